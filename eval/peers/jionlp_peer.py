"""JioNLP: ``extract_summary``, sentences weighted by tf-idf, topic words and place in the text."""

from __future__ import annotations

import contextlib
import io

from . import Peer


def load(what: str) -> Peer:
    """JioNLP's extractor; ``what`` is not used. Its banner goes nowhere."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    def peer(body: str, sentences: int, budget: int) -> str:
        with contextlib.redirect_stdout(io.StringIO()):
            return jionlp.summary.extract_summary(body, summary_length=budget) or ""

    return peer
