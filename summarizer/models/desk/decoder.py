"""The decoder of a T5 in numpy: a step for all hypotheses of all requests at once.

CTranslate2 runs the encoder. The shallow decoder is ours because grounded decoding wants what no library offers: scores
shifted piece by piece for each request (``lean``), and a softmax over the few hundred pieces that it may write.
Layers as in transformers' T5 (Raffel et al. 2020): RMS norms before each part, no scaling of attention scores, a bias
by relative position in the first self-attention that all layers share, ReLU between, tied output embedding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...errors import ModelError

FAR = np.float32(-1e9)
EPSILON = np.float32(1e-6)
ROOM = 4  # steps
LONGEST = 512  # steps; the longest target of the project's models takes 180


@dataclass(frozen=True)
class Layer:
    """One block; matrices lie as (inputs, outputs)."""

    self_in: np.ndarray  # (d, 3·h·k): queries, keys and values side by side
    self_out: np.ndarray
    cross_q: np.ndarray
    cross_out: np.ndarray
    memory_keys: np.ndarray  # (d, h·k)
    memory_values: np.ndarray
    wide: np.ndarray
    narrow: np.ndarray
    norms: tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass
class Memory:
    """What the decoder reads of its r sources: keys (r, h, k, n) and values (r, h, n, k) of each layer.

    Padding repeats the first state in the keys, so that it is never a row's maximum alone, and is 0 in the values and
    in ``real`` (r, 1, n, 1), which is 1 elsewhere: so it weighs nothing.
    """

    keys: list[np.ndarray]
    values: list[np.ndarray]
    real: np.ndarray

    def take(self, rows: np.ndarray) -> Memory:
        return Memory([k[rows] for k in self.keys], [v[rows] for v in self.values], self.real[rows])


@dataclass(frozen=True)
class Fan:
    """Which rows read which source: source r has ``index[r]`` (padded), row i stands in place ``places[i]``."""

    index: np.ndarray  # (r, most)
    places: np.ndarray  # (rows,)

    @classmethod
    def of(cls, counts: Sequence[int]) -> Fan:
        """Of ``counts[r]`` rows for source r, side by side."""
        sizes, most = np.asarray(counts), max(counts, default=0)
        first = np.cumsum(sizes) - sizes
        inside = np.arange(most)[None] < sizes[:, None]
        index = np.where(inside, first[:, None] + np.arange(most), 0)
        return cls(index, np.nonzero(inside.ravel())[0])

    def spread(self, rows: np.ndarray) -> np.ndarray:
        """(rows, …) → (r, most, …), the padding filled with the first row."""
        return rows[self.index]

    def gather(self, spread: np.ndarray) -> np.ndarray:
        """(r, most, …) → (rows, …)."""
        return spread.reshape(-1, *spread.shape[2:])[self.places]


class Past:
    """Keys and values of the steps done: (layers, 2, rows, heads, room, k). Room grows, so ``take`` moves little."""

    def __init__(self, layers: int, rows: int, heads: int, size: int):
        self.held = np.empty((layers, 2, rows, heads, ROOM, size), np.float32)
        self.length = 0

    def add(self, layer: int, keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Put the step's (rows, heads, k) behind the others; all of this layer's so far."""
        at = self.length
        if at == self.held.shape[4]:
            self.held = np.concatenate([self.held, np.empty_like(self.held[..., :ROOM, :])], 4)
        held = self.held[layer]
        held[0, :, :, at], held[1, :, :, at] = keys, values
        return held[0, :, :, : at + 1], held[1, :, :, : at + 1]

    def take(self, rows: np.ndarray) -> None:
        """Row i becomes the former row ``rows[i]``."""
        self.held = self.held[:, :, rows]


class Decoder:
    """Made of transformers' tensors by ``of``."""

    def __init__(
        self, layers: list[Layer], table: np.ndarray, bias: np.ndarray, norm: np.ndarray, config: Mapping
    ):
        self.layers, self.table, self._norm = layers, table, norm
        self._back = _backwards(bias, config)
        self._heads, self._size = int(config["num_heads"]), int(config["d_kv"])
        self._scale = np.float32(int(config["d_model"]) ** -0.5)

    @classmethod
    def of(cls, tensors: Mapping[str, np.ndarray], config: Mapping) -> Decoder:
        """Of the decoder's tensors and ``shared.weight``.

        Raises ModelError for a T5 of another build than the project's own (gated, untied).
        """
        if config.get("feed_forward_proj") != "relu" or not config.get("tie_word_embeddings", True):
            raise ModelError(
                "此模型的解码器不是本项目的 T5（relu，词表共享） / the decoder is no T5 of the project's own build"
            )
        found = {name: np.asarray(value, np.float32) for name, value in tensors.items()}
        layers = [
            _layer(found, f"decoder.block.{i}.layer.") for i in range(int(config["num_decoder_layers"]))
        ]
        bias = found["decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
        return cls(layers, found["shared.weight"], bias, found["decoder.final_layer_norm.weight"], config)

    def read(self, states: Sequence[np.ndarray]) -> Memory:
        """The memory of encoder states, one (n, d) array per source, padded to the longest."""
        longest = max(len(s) for s in states)
        padded = np.empty((len(states), longest, states[0].shape[1]), np.float32)
        real = np.zeros((len(states), 1, longest, 1), np.float32)
        for row, state in enumerate(states):
            padded[row, : len(state)], padded[row, len(state) :] = state, state[0]
            real[row, :, : len(state)] = 1
        keys, values = [], []
        for layer in self.layers:
            lying = layer.memory_keys.T @ padded.transpose(0, 2, 1)  # (r, h·k, n): as attention takes them
            keys.append(lying.reshape(len(states), self._heads, self._size, longest))
            standing = (padded @ layer.memory_values).reshape(len(states), longest, self._heads, self._size)
            values.append(standing.transpose(0, 2, 1, 3) * real)
        return Memory(keys, values, real)

    def past(self, rows: int) -> Past:
        return Past(len(self.layers), rows, self._heads, self._size)

    def step(self, ids: np.ndarray, past: Past, memory: Memory, fan: Fan) -> np.ndarray:
        """States (rows, d) after writing ``ids`` (rows,), scaled for the output embedding; ``past`` grows by one."""
        x = self.table[ids]  # a copy
        bias = self._back[None, :, None, -past.length - 1 :]
        for number, layer in enumerate(self.layers):
            x += self._look_back(layer, number, _norm(x, layer.norms[0]), past, bias)
            x += self._look_up(layer, number, _norm(x, layer.norms[1]), memory, fan)
            wide = _norm(x, layer.norms[2]) @ layer.wide
            x += np.maximum(wide, 0, out=wide) @ layer.narrow
        past.length += 1
        return _norm(x, self._norm) * self._scale

    def _look_back(
        self, layer: Layer, number: int, y: np.ndarray, past: Past, bias: np.ndarray
    ) -> np.ndarray:
        rows = len(y)
        asked = (y @ layer.self_in).reshape(rows, 3, self._heads, self._size)
        keys, values = past.add(number, asked[:, 1], asked[:, 2])
        weights = asked[:, 0, :, None] @ keys.swapaxes(2, 3)
        weights += bias
        seen = _powers(weights) @ values
        seen /= weights.sum(-1, keepdims=True)
        return seen.reshape(rows, -1) @ layer.self_out

    def _look_up(self, layer: Layer, number: int, y: np.ndarray, memory: Memory, fan: Fan) -> np.ndarray:
        asked = (y @ layer.cross_q).reshape(len(y), self._heads, self._size)
        weights = _powers(fan.spread(asked).transpose(0, 2, 1, 3) @ memory.keys[number])
        seen = weights @ memory.values[number]
        seen /= weights @ memory.real
        return fan.gather(seen.transpose(0, 2, 1, 3)).reshape(len(y), -1) @ layer.cross_out


def _backwards(bias: np.ndarray, config: Mapping) -> np.ndarray:
    """The bias (heads, LONGEST) of each step as seen from the last, by T5's buckets of distance.

    As transformers' ``_relative_position_bucket`` for one direction.
    """
    count = int(config.get("relative_attention_num_buckets", 32))
    distance = int(config.get("relative_attention_max_distance", 128))
    back, exact = np.arange(LONGEST - 1, -1, -1), count // 2
    ratio = np.log(np.maximum(back, 1) / exact) / np.log(distance / exact)
    far = exact + np.maximum(ratio * (count - exact), 0).astype(np.int64)
    return bias[np.where(back < exact, back, np.minimum(far, count - 1))].T.copy()


def _layer(found: Mapping[str, np.ndarray], head: str) -> Layer:
    def lying(*names: str) -> np.ndarray:
        return np.ascontiguousarray(np.concatenate([found[head + n + ".weight"] for n in names]).T)

    own, cross = "0.SelfAttention.", "1.EncDecAttention."
    return Layer(
        self_in=lying(own + "q", own + "k", own + "v"),
        self_out=lying(own + "o"),
        cross_q=lying(cross + "q"),
        cross_out=lying(cross + "o"),
        memory_keys=lying(cross + "k"),
        memory_values=lying(cross + "v"),
        wide=lying("2.DenseReluDense.wi"),
        narrow=lying("2.DenseReluDense.wo"),
        norms=tuple(found[f"{head}{i}.layer_norm.weight"] for i in range(3)),
    )


def _norm(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    square = np.einsum("rd,rd->r", x, x)[:, None] / np.float32(x.shape[1])
    return x * (1 / np.sqrt(square + EPSILON)) * weight


def _powers(x: np.ndarray) -> np.ndarray:
    """A softmax's numerators, in place. They are divided by their sum behind the values: fewer numbers are there."""
    x -= x.max(-1, keepdims=True)
    return np.exp(x, out=x)
