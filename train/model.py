"""A T5 encoder-decoder for training, lean and in bf16, whose state dict is that of transformers' T5.

The modules carry transformers' names, so ``export`` saves the state dict as it is and ``tests`` hold the outputs equal.
Beside the T5 stand a salience head (one logit per source piece) and a start that can copy from step 0, see ``start``.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """Sizes of a model. ``mini`` is for CPU cores over hours, ``base`` for a GPU over half an hour."""

    d_model: int = 256
    d_ff: int = 1024
    d_kv: int = 64
    heads: int = 4
    encoder: int = 6
    decoder: int = 2
    vocab: int = 12000
    buckets: int = 32
    distance: int = 128
    dropout: float = 0.0

    def config(self) -> dict:
        """The fields of transformers' ``T5Config``."""
        return {
            "architectures": ["T5ForConditionalGeneration"],
            "model_type": "t5",
            "vocab_size": self.vocab,
            "d_model": self.d_model,
            "d_kv": self.d_kv,
            "d_ff": self.d_ff,
            "num_layers": self.encoder,
            "num_decoder_layers": self.decoder,
            "num_heads": self.heads,
            "relative_attention_num_buckets": self.buckets,
            "relative_attention_max_distance": self.distance,
            "dropout_rate": self.dropout,
            "layer_norm_epsilon": 1e-6,
            "feed_forward_proj": "relu",
            "is_encoder_decoder": True,
            "tie_word_embeddings": True,
            "pad_token_id": 0,
            "eos_token_id": 1,
            "decoder_start_token_id": 0,
        }

    def asdict(self) -> dict:
        return asdict(self)


SHAPES = {
    "mini": Shape(),
    "base": Shape(d_model=512, d_ff=2048, heads=8, encoder=10, decoder=3, dropout=0.05),
    "tiny": Shape(d_model=64, d_ff=128, d_kv=16, encoder=2, decoder=1),
}


def half(x: Tensor) -> Tensor:
    """bf16 where the matrix units have it; Model.precision rules."""
    return x.to(Model.precision)


class Norm(nn.Module):
    def __init__(self, size: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x: Tensor) -> Tensor:
        scaled = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)
        return half(scaled * self.weight)


class Linear(nn.Module):
    def __init__(self, inputs: int, outputs: int, scale: float):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * scale)

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(half(x), half(self.weight))


class Attention(nn.Module):
    def __init__(self, shape: Shape, biased: bool, branch: float):
        super().__init__()
        inner = shape.heads * shape.d_kv
        self.heads = shape.heads
        self.q = Linear(shape.d_model, inner, (shape.d_model * shape.d_kv) ** -0.5)
        self.k = Linear(shape.d_model, inner, shape.d_model**-0.5)
        self.v = Linear(shape.d_model, inner, shape.d_model**-0.5)
        self.o = Linear(inner, shape.d_model, branch * inner**-0.5)
        if biased:
            self.relative_attention_bias = nn.Embedding(shape.buckets, shape.heads)
            nn.init.normal_(self.relative_attention_bias.weight, std=0.3)

    def split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> Tensor:
        q, k, v = self.split(self.q(x)), self.split(self.k(memory)), self.split(self.v(memory))
        weights = torch.softmax((q @ k.transpose(-1, -2)).float() + bias, -1)
        out = (half(weights) @ v).transpose(1, 2).flatten(2)
        return self.o(out).float()


class AttentionLayer(nn.Module):
    def __init__(self, name: str, shape: Shape, biased: bool, branch: float):
        super().__init__()
        setattr(self, name, Attention(shape, biased, branch))
        self.name = name
        self.layer_norm = Norm(shape.d_model)
        self.dropout = shape.dropout

    def forward(self, x: Tensor, memory: Tensor | None, bias: Tensor) -> Tensor:
        y = self.layer_norm(x)
        out = getattr(self, self.name)(y, y if memory is None else memory, bias)
        return x + F.dropout(out, self.dropout, self.training)


class Dense(nn.Module):
    def __init__(self, shape: Shape, branch: float):
        super().__init__()
        self.wi = Linear(shape.d_model, shape.d_ff, shape.d_model**-0.5)
        self.wo = Linear(shape.d_ff, shape.d_model, branch * shape.d_ff**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        return self.wo(F.relu(self.wi(x))).float()


class FeedForward(nn.Module):
    def __init__(self, shape: Shape, branch: float):
        super().__init__()
        self.DenseReluDense = Dense(shape, branch)
        self.layer_norm = Norm(shape.d_model)
        self.dropout = shape.dropout

    def forward(self, x: Tensor) -> Tensor:
        return x + F.dropout(self.DenseReluDense(self.layer_norm(x)), self.dropout, self.training)


class Block(nn.Module):
    def __init__(self, shape: Shape, cross: bool, first: bool, branch: float):
        super().__init__()
        layers: list[nn.Module] = [AttentionLayer("SelfAttention", shape, first, branch)]
        if cross:
            layers.append(AttentionLayer("EncDecAttention", shape, False, branch))
        self.layer = nn.ModuleList([*layers, FeedForward(shape, branch)])

    def forward(
        self, x: Tensor, bias: Tensor, memory: Tensor | None = None, mask: Tensor | None = None
    ) -> Tensor:
        x = self.layer[0](x, None, bias)
        if memory is not None:
            x = self.layer[1](x, memory, mask)
        return self.layer[-1](x)


class Stack(nn.Module):
    def __init__(self, shape: Shape, count: int, cross: bool, branch: float):
        super().__init__()
        self.block = nn.ModuleList(Block(shape, cross, i == 0, branch) for i in range(count))
        self.final_layer_norm = Norm(shape.d_model)
        self.shape, self.cross = shape, cross

    def bias(self, length: int, device: torch.device) -> Tensor:
        """Relative position bias, shape (1, heads, length, length)."""
        place = torch.arange(length, device=device)
        bucket = buckets(
            place[None] - place[:, None], not self.cross, self.shape.buckets, self.shape.distance
        )
        table = self.block[0].layer[0].SelfAttention.relative_attention_bias
        return table(bucket).permute(2, 0, 1)[None].float()


def buckets(relative: Tensor, both: bool, count: int, distance: int) -> Tensor:
    """T5's bucket of each relative position (Raffel et al. 2020, as in transformers' ``_relative_position_bucket``)."""
    result = torch.zeros_like(relative)
    if both:
        count //= 2
        result = result + (relative > 0).long() * count
        relative = relative.abs()
    else:
        relative = (-relative).clamp(min=0)
    exact = count // 2
    far = exact + (
        torch.log(relative.float().clamp(min=1) / exact) / math.log(distance / exact) * (count - exact)
    ).long().clamp(max=count - exact - 1)
    return result + torch.where(relative < exact, relative, far.clamp(max=count - 1))


class Model(nn.Module):
    """T5 with a salience head. ``precision`` is the type of the matrix products (set by ``fit``)."""

    precision = torch.float32

    def __init__(self, shape: Shape, branch: float = 0.3):
        super().__init__()
        self.shape = shape
        self.shared = nn.Embedding(shape.vocab, shape.d_model)
        self.encoder = Stack(shape, shape.encoder, False, branch)
        self.decoder = Stack(shape, shape.decoder, True, branch)
        self.salience = nn.Linear(shape.d_model, 1)

    def encode(self, source: Tensor, mask: Tensor) -> Tensor:
        """(batch, n) ids and mask → (batch, n, d_model) states after the final norm."""
        x = self.shared(source)
        bias = self.encoder.bias(source.shape[1], source.device) + shut(mask)
        for block in self.encoder.block:
            x = block(x, bias)
        return self.encoder.final_layer_norm(x)

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor, copies: int = 1) -> Tensor:
        """(batch, m) decoder inputs → (batch, m, d_model), scaled for the tied output embedding.

        A row may hold ``copies`` texts of equal padded length behind each other; none of them sees another.
        """
        length = target.shape[1] // copies
        ahead = torch.triu(torch.full((length, length), -1e9, device=target.device), 1)
        bias = self.decoder.bias(length, target.device) + ahead
        if copies > 1:
            apart = torch.block_diag(*[torch.ones(length, length, device=target.device)] * copies)
            bias = bias.repeat(1, 1, copies, copies).masked_fill(apart == 0, -1e9)
        x = self.shared(target)
        for block in self.decoder.block:
            x = block(x, bias, memory, shut(mask))
        return self.decoder.final_layer_norm(x) * self.shape.d_model**-0.5


def shut(mask: Tensor) -> Tensor:
    """Additive form of a boolean mask over keys, shape (batch, 1, 1, n)."""
    return (~mask)[:, None, None].float() * -1e9


def t5_state(model: Model) -> dict[str, Tensor]:
    """The tensors of transformers' T5 (tied copies left out)."""
    return {k: v for k, v in model.state_dict().items() if not k.startswith("salience.")}
