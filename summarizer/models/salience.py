"""The salience head: how likely each character of an article is to stand in its headline.

The encoder runs in CTranslate2 (``ct2-encoder-int8``); the head is one weight vector (``salience.safetensors``) over
its states. Long texts are read in windows, each with the context of the one before. States are held for a while: what
salience has read is decoded next, at several lengths.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import starmap
from pathlib import Path
from threading import Lock

import numpy as np

from ..types import Request
from .codec import Codec
from .folder import ENCODER, SALIENCE, ModelFolder

WINDOW, OVERLAP = 240, 40  # code points; near the length the head was trained on, and attention is quadratic
HELD = 80  # sources whose states are held: two of each article in a batch of 32 and some, 1 kB a piece


class SalienceHead:
    """Scores of a folder's head; made by ``open``, which gives None where the folder has none."""

    def __init__(self, encoder, weight: np.ndarray, bias: float, codec: Codec, threads: int = 1):
        self._encoder, self._weight, self._bias, self._codec = encoder, weight, bias, codec
        self._threads = threads
        self._held: OrderedDict[tuple[int, ...], np.ndarray] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def open(
        cls, folder: ModelFolder, codec: Codec, threads: int = 1, part: str = ENCODER
    ) -> SalienceHead | None:
        part: Path = folder.path / part
        if not part.is_dir() or not (folder.path / SALIENCE).is_file():
            return None
        import ctranslate2
        from safetensors.numpy import load_file

        head = load_file(folder.path / SALIENCE)
        encoder = ctranslate2.Encoder(str(part), device="cpu", inter_threads=threads, intra_threads=1)
        return cls(encoder, head["weight"].astype(np.float32), float(head["bias"]), codec, threads)

    def scores(self, texts: Sequence[str], openings: Sequence[Request | None] = ()) -> list[list[float]]:
        """One value in 0..1 per code point of each text; an empty text gives an empty list.

        The text of ``openings[n]`` begins text n and is its first window; ``states`` of the request's ids need not
        read it again. Without one the first window has the usual length.
        """
        windows = [
            (n, a, b, request)
            for n, text in enumerate(texts)
            for a, b, request in _windows(text, openings[n] if n < len(openings) else None)
        ]
        found = [np.zeros(len(text), np.float32) for text in texts]
        read = self._read([(texts[n][a:b], request) for n, a, b, request in windows])
        for (n, a, b, _), values in zip(windows, read, strict=True):
            fresh = a + OVERLAP // 2 if a else 0
            found[n][fresh:b] = values[fresh - a :]
        return [values.tolist() for values in found]

    def _read(self, windows: Sequence[tuple[str, Request | None]]) -> Iterator[np.ndarray]:
        """Each window's values. Windows are read one at a time and dealt to all threads.

        One at a time takes two thirds of the time of 32 together and 28 MB less, and no window's values depend
        on its neighbours.
        """
        yield from dealt(self._threads, self._window, *zip(*windows, strict=True))

    def _window(self, text: str, opening: Request | None) -> np.ndarray:
        ids = self._codec.encode(opening or Request("headline", text, 20))
        return self._spread(text, ids, self.states(ids) if opening else self._encoded(ids))

    def states(self, ids: Sequence[int]) -> np.ndarray:
        """The encoder's states (n, d) of one encoded source, read now or not long ago."""
        key = tuple(ids)
        with self._lock:
            found = self._held.pop(key, None)
        if found is None:
            found = self._encoded(ids)
        with self._lock:
            self._held[key] = found
            if len(self._held) > HELD:
                self._held.popitem(last=False)
        return found

    def _encoded(self, ids: Sequence[int]) -> np.ndarray:
        found = self._encoder.forward_batch([self._codec.tokens(ids)])
        return np.asarray(found.last_hidden_state)[0, : len(ids)].astype(np.float32, copy=False)

    def values(self, states: np.ndarray) -> np.ndarray:
        """The head's value in 0..1 of each state."""
        # einsum, not @: for one column BLAS would wake a thread per core, and they spin on after it.
        logits = np.einsum("ij,j->i", states, self._weight) + self._bias
        return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))

    def _spread(self, text: str, ids: list[int], state: np.ndarray) -> np.ndarray:
        """Values of pieces laid over the characters they stand for."""
        values = self.values(state)
        out = np.zeros(len(text), np.float32)
        places = self._codec.spans(text)
        for (start, end), value in zip(places, values[len(ids) - len(places) :], strict=True):
            out[start:end] = value
        return out


def dealt(threads: int, work: Callable, *args: Sequence) -> Iterator:
    """What ``work`` gives for each of ``args`` side by side, in order, from ``threads`` threads; one starts none."""
    if threads == 1:
        yield from starmap(work, zip(*args, strict=True))  # map() takes no empty ``args``
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, *args)


def _windows(text: str, opening: Request | None) -> list[tuple[int, int, Request | None]]:
    found = spans(len(text), len(opening.text) if opening else 0)
    return [(start, end, opening if start == 0 else None) for start, end in found]


def spans(length: int, first: int = 0) -> list[tuple[int, int]]:
    """Windows over ``length`` code points, each beginning OVERLAP before the last one's end.

    The first takes ``first`` code points, or WINDOW of them.
    """
    if not length:
        return []
    end = min(length, first or WINDOW)
    starts = range(max(0, end - OVERLAP), length - OVERLAP, WINDOW - OVERLAP) if end < length else ()
    return [(0, end), *((start, min(length, start + WINDOW)) for start in starts)]
