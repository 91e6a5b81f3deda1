"""Which pieces a source allows (grounding), and a target written in allowed pieces only."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from summarizer.models import control, grounding

COMMON = 480
# Never in the common list: what a headline must take from its source. Digits and numerals, and parts of names.
_NUMERALS = set("0123456789一二三四五六七八九十百千万亿两零〇几半双")
_NAMES = set(
    "京沪津渝粤浙苏鲁闽川湘鄂豫冀晋陕甘青藏疆桂黔滇琼皖赣辽吉黑蒙宁港澳台韩俄英法德美日印朝越欧亚非王乌华肺炎习"
)
# Words of one passing event or one outlet, and the country's name: a source that is about them holds them.
_PASSING = re.compile("中国|确诊|新冠|播出|校领导|访华|疫情|[<>|+]")


class Pieces:
    """Vocabulary view of a tokenizer: text of each id, substrings of each piece, constrained segmentation."""

    def __init__(self, folder: Path):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.size = self.tokenizer.get_vocab_size()
        self.text = [self.tokenizer.id_to_token(i) for i in range(self.size)]
        self.id = grounding.writable(self.text, control.RESERVED)
        self.separator = self.tokenizer.token_to_id(control.SEPARATOR)
        self.within = [grounding.within(i, self.text, self.id) for i in range(self.size)]
        path = folder / "common.json"
        self.common: list[int] = (
            [self.id[t] for t in json.loads(path.read_text("utf-8"))] if path.exists() else []
        )

    def allowed(self, source: list[int]) -> set[int]:
        """Ids that a text grounded in ``source`` may hold: the pieces within its pieces, and the common ones."""
        return set(self.common).union(*(self.within[i] for i in set(source)))

    def write(self, text: str, allowed: set[int]) -> tuple[list[int], list[bool]]:
        """``text`` in the fewest allowed pieces; where none fits, its own pieces, flagged as not grounded."""
        text = text.replace(" ", "▁")
        best: list[tuple[int, int, list[int], bool]] = [(0, 0, [], True)]
        for end in range(1, len(text) + 1):
            options = []
            for start in range(max(0, end - 5), end):
                index = self.id.get(text[start:end])
                if index is not None and index in allowed:
                    options.append((best[start][0] + 1, start, [index], True))
            if not options:
                index = self.id.get(text[end - 1])
                ids = [index] if index is not None else self.tokenizer.encode(text[end - 1]).ids
                grounded = all(i in allowed for i in ids)
                options.append((best[end - 1][0] + (3 if grounded else 30), end - 1, ids, grounded))
            best.append(min(options, key=lambda option: option[:2]))
        return self._path(best)

    @staticmethod
    def _path(best: list[tuple[int, int, list[int], bool]]) -> tuple[list[int], list[bool]]:
        ids: list[int] = []
        flags: list[bool] = []
        end = len(best) - 1
        while end > 0:
            _, start, part, grounded = best[end]
            ids[:0] = part
            flags[:0] = [grounded] * len(part)
            end = start
        return ids, flags


def choose_common(counts: Counter[str], size: int = COMMON) -> list[str]:
    """The most frequent target pieces that their source lacks, without digits, numerals, names and letters."""

    def general(piece: str) -> bool:
        plain = piece.strip("▁")
        specific = any(c in _NUMERALS or c in _NAMES or c.isascii() and c.isalnum() for c in plain)
        return not specific and not _PASSING.search(plain)

    return [piece for piece, _ in counts.most_common() if general(piece) and not piece.startswith("<")][:size]
