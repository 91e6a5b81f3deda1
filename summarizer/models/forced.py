"""Words that must stand in a headline, by prefix search: write up to a place, put the word, let the model go on.

Every break of the model's own best headline is a place to try; the model's probability of the whole decides which
continuation reads best. The word is in the text because the decoder was made to write it, not pasted in afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

MAX_PREFIXES = 10


def missing(text: str, keep: Sequence[str]) -> list[str]:
    """The words of ``keep`` that ``text`` lacks, in the order given."""
    return [word for word in keep if word not in text]


def prefixes(written: Sequence[int], word: Sequence[int]) -> list[list[int]]:
    """Decoder prefixes that end in ``word``: before, after and between the pieces of ``written``.

    At most ``MAX_PREFIXES``, spread evenly; the empty text and the whole of ``written`` are always among them.
    """
    places = range(len(written) + 1)
    if len(places) > MAX_PREFIXES:
        step = (len(places) - 1) / (MAX_PREFIXES - 1)
        places = sorted({round(i * step) for i in range(MAX_PREFIXES)})
    return [[*written[:place], *word] for place in places]
