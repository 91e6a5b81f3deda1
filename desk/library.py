"""The desk's only door to the library: models are made once, each is entered by one lane."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from summarizer.errors import SummarizerError
from summarizer.forms import one_line
from summarizer.types import Article, Finding, Page, Span, SplitPage

FACTS_KEPT = 128  # articles whose claims stay in memory for the live guard


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: its bytes and the name the client gave it (only shown, never opened)."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a written text, ``text[start:end]``, with the spans of the body that hold it."""

    start: int
    end: int
    spans: tuple[Span, ...]
    strength: float = 0.0


class Library:
    """Makes and keeps Summarizers and reads pages. Tests replace it as a whole by a double."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str | None, int], Any] = {}
        self._failed: set[str] = set()
        self._facts: OrderedDict[Article, Any] = OrderedDict()
        self._lock = threading.Lock()

    # --- models ------------------------------------------------------------------------------------

    def summarizer(self, place: str, style: str | None = None, seed: int = 0) -> Any:
        """The Summarizer of a model name, folder or URL. Raises ModelError when it can't be loaded.

        Different styles and seeds of one place share its backend: weights are loaded once.
        """
        key = (place, style, seed)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(place, style, seed)
                while len(self._made) > 64:  # seeds come from clients
                    self._made.pop(next(iter(self._made)))
            return self._made[key]

    def state(self, place: str) -> str:
        """``ready``, ``unavailable`` (loading has failed) or ``cold`` (not asked for yet)."""
        if place in self._failed:
            return "unavailable"
        return "ready" if any(key[0] == place for key in self._made) else "cold"

    def _make(self, place: str, style: str | None, seed: int) -> Any:
        from summarizer import Summarizer

        shared = next((made for key, made in self._made.items() if key[0] == place), None)
        try:
            made = Summarizer(model=place, style=style, seed=seed, backend=shared and shared.backend)
        except SummarizerError:
            self._failed.add(place)
            raise
        self._failed.discard(place)
        return made

    def remarks(self, place: str) -> tuple[str, ...]:
        """Standing warnings of a model that has been made, such as a fall-back to extraction."""
        made = next((made for key, made in self._made.items() if key[0] == place), None)
        return tuple(getattr(made, "warnings", ()))

    def styles(self, names: Iterable[str], titles: bool) -> list[tuple[str, str]]:
        """What to show for each style's name, and the name. Raises SettingsError for a style that is not valid."""
        from summarizer.style import load

        return [(titles and load(name).title or name, name) for name in names]

    def close(self) -> None:
        """Let go of every model."""
        with self._lock:
            for made in self._made.values():
                made.close()
            self._made.clear()

    # --- reading -----------------------------------------------------------------------------------

    def page(self, source: str | Upload) -> Page:
        """The decoded text of a pasted text or an uploaded file."""
        from summarizer.read import read_bytes, read_str

        return read_bytes(source.data, source.name) if isinstance(source, Upload) else read_str(source)

    def split(self, page: Page) -> SplitPage:
        """The page's articles, cleaned."""
        from summarizer.clean import clean
        from summarizer.split import split

        return split(clean(page))

    # --- guard and forms ---------------------------------------------------------------------------

    def findings(self, text: str, article: Article) -> tuple[Finding, ...]:
        """What the guard says about ``text``; an empty text has nothing to find."""
        from summarizer.guard import check

        return tuple(check(text, self._facts_of(article))) if text.strip() else ()

    def pieces(self, text: str, article: Article) -> tuple[Piece, ...]:
        """``text`` clause by clause with the spans of the body that hold it."""
        from summarizer.guard import evidence

        links = evidence(text, self._facts_of(article)) if text.strip() else ()
        return tuple(Piece(link.start, link.end, tuple(link.spans), link.strength) for link in links)

    def budget(self, slot: str, chars: int) -> int:
        """How many full-width units ``slot`` (kicker, main or sub) holds when the main line has ``chars``."""
        return one_line(chars).budget(slot)

    def width(self, text: str) -> float:
        """Length of ``text`` in full-width units."""
        from summarizer.chars import width

        return width(text)

    def _facts_of(self, article: Article) -> Any:
        from summarizer.guard import facts

        with self._lock:
            if article in self._facts:
                self._facts.move_to_end(article)
                return self._facts[article]
        # What the page prints around the body may support what an editor keeps of it.
        around = "\n".join(filter(None, (article.kicker, article.headline, article.subhead)))
        found = facts(article.body, dateline=article.dateline, byline=article.byline, headline=around)
        with self._lock:
            self._facts[article] = found
            while len(self._facts) > FACTS_KEPT:
                self._facts.popitem(last=False)
        return found
