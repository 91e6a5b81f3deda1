"""SnowNLP: TextRank over BM25 similarity; its sentences are comma-parted clauses without their marks."""

from __future__ import annotations

from . import Peer


def load(what: str) -> Peer:
    """SnowNLP's ``summary``; ``what`` is not used."""
    from snownlp import SnowNLP

    def peer(body: str, sentences: int, budget: int) -> str:
        # A clause is about a third of a sentence.
        wanted = sentences if sentences == 1 else 3 * sentences
        return "，".join(SnowNLP(body).summary(wanted))

    return peer
