"""A start that already copies: the weights of an induction circuit, laid into an otherwise random T5.

Learning to copy from scratch costs a small model most of its first examples. The circuit is known (Olsson et al. 2022,
"In-context Learning and Induction Heads"): an encoder head writes into each position what stood before it; the decoder
looks for positions whose predecessor is the piece it has just written, and reads out what stands there. Everything
stays trainable; ``fit`` learns where to start, when to leave and what not to copy.
"""

from __future__ import annotations

import torch
from torch import Tensor

from .model import Model, buckets

SHARPNESS = 0.25  # of the decoder's match; a match scores about 16, a chance one below 6
GAIN = 1.6  # of what is read out, against the decoder's own last piece in the residual stream
BACK = 8.0  # bias of the head that looks one position back


@torch.no_grad()
def lay_copying(model: Model, seed: int = 0) -> None:
    """Lay the circuit: head 0 of the encoder's first layer, all heads of the decoder's first cross-attention."""
    size, wide = model.shape.d_model, model.shape.d_kv
    generator = torch.Generator().manual_seed(seed)
    basis, values = (torch.linalg.qr(torch.randn(size, size, generator=generator))[0] for _ in range(2))
    sketch, place = (
        basis[:wide],
        basis[-wide:],
    )  # how a piece is read, and where the encoder notes its predecessor
    _look_back(model, sketch, place)
    cross = model.decoder.block[0].layer[1].EncDecAttention
    for head in range(model.shape.heads):
        rows = slice(head * wide, (head + 1) * wide)
        read = values[torch.arange(head * wide, (head + 1) * wide) % size]
        cross.q.weight[rows] = sketch * SHARPNESS
        cross.k.weight[rows] = place
        cross.v.weight[rows] = read
        cross.o.weight[:, rows] = read.T * GAIN
    model.decoder.block[0].layer[0].SelfAttention.o.weight.mul_(0.3)


def _look_back(model: Model, sketch: Tensor, place: Tensor) -> None:
    """Encoder head 0 of layer 0 attends one position back and notes that piece's sketch in ``place``."""
    shape = model.shape
    attention = model.encoder.block[0].layer[0].SelfAttention
    back = int(buckets(torch.tensor([-1]), True, shape.buckets, shape.distance)[0])
    bias = attention.relative_attention_bias.weight
    bias[:, 0] = 0.0
    bias[back, 0] = BACK
    attention.q.weight[: shape.d_kv] *= 0.05
    attention.v.weight[: shape.d_kv] = sketch
    attention.o.weight[:, : shape.d_kv] = place.T
