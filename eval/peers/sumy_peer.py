"""sumy: TextRank, LexRank and LSA with its own Chinese tokenizer (jieba)."""

from __future__ import annotations

from importlib import import_module

from . import Peer


def load(what: str) -> Peer:
    """The summariser ``module:class`` of sumy."""
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser

    module, name = what.split(":")
    summarise = getattr(import_module(f"sumy.summarizers.{module}"), name)()
    tokenizer = Tokenizer("chinese")

    def peer(body: str, sentences: int, budget: int) -> str:
        document = PlaintextParser.from_string(body, tokenizer).document
        return "".join(str(sentence) for sentence in summarise(document, sentences))

    return peer
