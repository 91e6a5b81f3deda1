"""Chinese words, by jieba, which is loaded with the first call and not before."""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache

_NUMBER_END = re.compile(r"[\d.%]$")
_NUMBER_GOES_ON = re.compile(r"[\d.%％]|[^\W\d]{1,2}$")


@cache
def _tokenizer():
    with warnings.catch_warnings():  # jieba imports pkg_resources, which warns on every use
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    jieba.initialize()
    return jieba.dt


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """``text`` as words that join to it again; a number stays whole with its unit. "" gives ()."""
    joined: list[str] = []
    for word in _tokenizer().cut(text):
        if joined and _NUMBER_END.search(joined[-1]) and _NUMBER_GOES_ON.match(word):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)
