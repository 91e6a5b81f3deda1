"""Other packages' summarisers, each behind a small adapter; pip install 'headline-desk[peers]'."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from summarizer.chars import width
from summarizer.errors import MissingDependency, SettingsError

from ..baselines.units import split

# name: module of this package, its distribution, and what the adapter is given
PEERS = {
    "sumy-textrank": ("sumy_peer", "sumy", "text_rank:TextRankSummarizer"),
    "sumy-lexrank": ("sumy_peer", "sumy", "lex_rank:LexRankSummarizer"),
    "sumy-lsa": ("sumy_peer", "sumy", "lsa:LsaSummarizer"),
    "snownlp": ("snownlp_peer", "snownlp", ""),
    "jionlp": ("jionlp_peer", "jionlp", ""),
}

# (body, sentences, budget in characters) -> text
Peer = Callable[[str, int, int], str]


def load(name: str) -> Peer:
    """The adapter called ``name``; MissingDependency where its package is not installed."""
    if name not in PEERS:
        raise SettingsError(f"没有同行系统 {name!r}，可用：{'、'.join(PEERS)} / unknown peer")
    module, package, what = PEERS[name]
    try:
        return import_module(f"{__name__}.{module}").load(what)
    except ImportError as error:
        if (error.name or "").partition(".")[0] != package:
            raise
        raise MissingDependency(package, "peers") from None


def count(body: str, task: str, budget: float) -> int:
    """How many sentences to ask a peer for: one for a headline, what fills ``budget`` for a summary."""
    units = split(body)
    if task == "headline" or not units:
        return 1
    mean = sum(map(width, units)) / len(units)
    return max(1, min(len(units), round(budget / max(mean, 1))))
