"""The page's words: Chinese first, English beside it; the texts are in ``words.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

LANGUAGES = ("zh", "en")


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, str]]:
    """Every key with its Chinese and English words."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    return {key: (chinese, english) for key, (chinese, english) in yaml.safe_load(text).items()}


class Words:
    """``t(key, **values)`` for one language; an unknown key is a programming error (KeyError)."""

    def __init__(self, language: str):
        self.language = language
        self._column = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        text = table()[key][self._column]
        return text.format(**values) if values else text

    def half(self, message: str) -> str:
        """This language's half of a library message written ``中文 / English``; others whole."""
        chinese, bar, english = message.rpartition(" / ")
        return message if not bar else chinese if self.language == "zh" else english


def preferred(accept_language: str) -> str:
    """``en`` where the browser asks for a language and none of them is Chinese, else ``zh``.

    Of Chinese and English the one with the higher weight is taken.
    """
    weighted = []
    for index, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), index, tag.strip().lower()))
        except ValueError:
            continue
    for _, _, tag in sorted(weighted):
        if tag.startswith("zh") or tag == "*":
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "en" if any(tag for _, _, tag in weighted) else "zh"
