"""What one browser tab is working on; it lives in the tab's session on the server and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from summarizer.types import Article, Candidate, Draft, SplitPage

from ..service import Options


@dataclass
class Session:
    """The articles of one written text, their drafts so far, and which is on screen."""

    split: SplitPage
    options: Options
    drafts: dict[int, Draft] = field(default_factory=dict)
    by_model: set[int] = field(default_factory=set)
    current: int = 0
    touched: bool = False  # the editor has typed into the fields: don't overwrite them
    filled: tuple[str, ...] = ()  # what the desk itself put into the fields last
    fresh: frozenset[str] = frozenset()  # headlines of the last rewriting, shown as new
    chosen: int | None = None  # rank of the candidate last taken, from 1
    edited: dict[int, tuple[str, ...]] = field(default_factory=dict)  # fields of articles left with own words

    @property
    def article(self) -> Article:
        return self.split.articles[self.current]

    @property
    def draft(self) -> Draft | None:
        return self.drafts.get(self.current)

    def put(self, index: int, draft: Draft, by_model: bool) -> None:
        """Keep a draft; one by the model stands over an extracted one, never the other way round."""
        if by_model or index not in self.by_model:
            self.drafts[index] = draft
        if by_model:
            self.by_model.add(index)

    def add(self, found: tuple[Candidate, ...]) -> int:
        """Put rewritten headlines before the others; how many are new."""
        assert self.draft is not None
        known = {candidate.text for candidate in self.draft.candidates}
        new = tuple(candidate for candidate in found if candidate.text not in known)
        self.fresh = frozenset(candidate.text for candidate in new)
        self.drafts[self.current] = replace(self.draft, candidates=new + self.draft.candidates)
        return len(new)

    def turn(self, index: int, slots: tuple[str, ...]) -> None:
        """Put another article on screen; ``slots`` are the fields of the one that is left."""
        if self.touched or slots != self.filled:
            self.edited[self.current] = slots
        self.current, self.touched, self.filled = index, index in self.edited, ()
        self.fresh, self.chosen = frozenset(), None
