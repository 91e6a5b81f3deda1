"""jieba's dictionary as one memory-mapped file: words with their counts and parts of speech.

A Python dictionary of the same half million entries takes 50 MB and most of a second to load, and another for the
tags; from this file only the pages that a text touches are read. It is a trie in breadth-first order: node 0 is the
empty word, the children of a node stand side by side, sorted by character. ``python -m train lexicon`` writes it.

The file: ``MAGIC``, then little-endian uint32 nodes, words' total count, bytes of tag names; the names, parted by
spaces; padding to 8 bytes; per node uint32 first child (one more at the end), uint32 count (0 for what only
begins a word), uint16 last character, uint8 tag (0 for none, else its place among the names, from 1).
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path

MAGIC = b"words\0\0\1"
FILE = Path(__file__).with_name("lexicon.bin")
_HEAD = struct.Struct("<8sIII")
_PAIRS = 1 << 14  # pairs of characters remembered, 3 MB at most


class Lexicon:
    """Look-ups in the file at ``path``. Read-only; threads may share it."""

    def __init__(self, path: Path = FILE) -> None:
        with open(path, "rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, nodes, self.total, names = _HEAD.unpack_from(data)
        if magic != MAGIC:
            raise ValueError(f"{path.name} is no word table of this version")
        at = _HEAD.size + names
        self._names = ("", *bytes(data[_HEAD.size : at]).decode("ascii").split())
        at = _aligned(at)
        self._first, at = _column(data, at, nodes + 1, "I")
        self._counts, at = _column(data, at, nodes, "I")
        self._chars, at = _column(data, at, nodes, "H")
        self._tags, at = _column(data, at, nodes, "B")
        self._heads: dict[str, int] = {}
        self._pairs: dict[str, int] = {}

    def child(self, node: int, char: str) -> int:
        """The node of ``node``'s word and ``char`` after it; 0 where no word begins so."""
        code = ord(char)
        low, high = self._first[node], self._first[node + 1]
        if low == high or code > 0xFFFF:
            return 0
        found = bisect_left(self._chars, code, low, high)
        return found if found < high and self._chars[found] == code else 0

    def head(self, char: str) -> int:
        """``child(0, char)``, remembered: thirteen thousand characters begin a word."""
        found = self._heads.get(char)
        if found is None:
            found = self.child(0, char)
            if found:  # what is no head isn't kept: there is no end to such characters
                self._heads[char] = found
        return found

    def node(self, word: str) -> int:
        """The node of ``word``; 0 where it neither is a word nor begins one, and for the empty one."""
        if not word:
            return 0
        node = self.head(word[0])
        for char in word[1:]:
            if not node:
                return 0
            node = self.child(node, char)
        return node

    def count(self, node: int) -> int:
        """How often the word of ``node`` stands in jieba's corpus; 0 for a mere beginning."""
        return self._counts[node]

    def tag(self, word: str) -> str:
        """The part of speech of ``word``; "" where the dictionary has none."""
        return self._names[self._tags[self.node(word)]]

    def ends(self, text: str, start: int) -> list[int]:
        """Last indices of the words of ``text`` that begin at ``start``, shortest first."""
        node, end, found = self.head(text[start]), start, []
        while node:
            if self._counts[node]:
                found.append(end)
            end += 1
            node = self.child(node, text[end]) if end < len(text) else 0
        return found

    def route(self, text: str, weights: Mapping[int, float]) -> tuple[list[float], list[int]]:
        """For each index the best sum of ``weights`` (by a word's count) from there on, and its word's last index.

        A character that begins no word counts as a word of count 1; of two as good the longer word is taken. The
        sums have one more at the end, 0.
        """
        # ``child`` written out: this loop is most of what cutting a text into words takes.
        size, unknown, head, pairs = len(text), weights[1], self.head, self._pairs.get
        first, counts, chars = self._first, self._counts, self._chars
        sums, last = [0.0] * (size + 1), list(range(size))
        for start in range(size - 1, -1, -1):
            node, best, end = head(text[start]), None, start
            while node:
                count = counts[node]
                if count:
                    worth = weights[count] + sums[end + 1]
                    if best is None or worth >= best:
                        best, last[start] = worth, end
                end += 1
                if end == size:
                    break
                if end == start + 1:
                    known = pairs(text[start : end + 1])
                    node = self._pair(text[start : end + 1], node) if known is None else known
                    continue
                low, high = first[node], first[node + 1]
                if low == high:
                    break
                code = ord(text[end])
                node = bisect_left(chars, code, low, high)
                if node == high or chars[node] != code:
                    break
            sums[start] = unknown + sums[start + 1] if best is None else best
        return sums, last

    def _pair(self, pair: str, head: int) -> int:
        """The node of two characters, ``head`` being the first one's; remembered, for texts repeat most pairs."""
        if len(self._pairs) >= _PAIRS:
            self._pairs.clear()
        node = self._pairs[pair] = self.child(head, pair[1])
        return node


def _aligned(at: int) -> int:
    return -(-at // 8) * 8


def _column(data: memoryview, at: int, items: int, kind: str):
    """``items`` numbers of ``kind`` at ``at``, as a view where this machine's byte order is the file's."""
    end = at + items * array(kind).itemsize
    if sys.byteorder == "little":
        return data[at:end].cast(kind), end
    column = array(kind, bytes(data[at:end]))
    column.byteswap()
    return column, end


def pack(counts: Mapping[str, int], total: int, tags: Mapping[str, str]) -> bytes:
    """The file of a dictionary in which every beginning of a word stands too, with count 0.

    Raises ValueError where a beginning is missing, a character lies outside the first plane, or there are more
    than 255 tags.
    """
    words = sorted(counts, key=lambda word: (len(word), word))
    place = {"": 0, **{word: number for number, word in enumerate(words, 1)}}
    children = [0] * (len(words) + 1)
    for word in words:
        if word[:-1] not in place:
            raise ValueError(f"{word[:-1]!r} is missing, the beginning of {word!r}")
        children[place[word[:-1]]] += 1
    names = sorted({tag for tag in tags.values() if tag})
    number = {name: place for place, name in enumerate(names, 1)}
    if len(names) > 255 or any(ord(word[-1]) > 0xFFFF for word in words):
        raise ValueError("more tags or higher characters than the file can hold")
    columns = (
        array("I", accumulate(children, initial=1)),
        array("I", [0, *(counts[word] for word in words)]),
        array("H", [0, *(ord(word[-1]) for word in words)]),
        array("B", [0, *(number.get(tags.get(word, ""), 0) for word in words)]),
    )
    spelt = " ".join(names).encode("ascii")
    head = _HEAD.pack(MAGIC, len(words) + 1, total, len(spelt)) + spelt
    head += b"\0" * (_aligned(len(head)) - len(head))
    if sys.byteorder == "big":
        for column in columns:
            column.byteswap()
    return head + b"".join(column.tobytes() for column in columns)
