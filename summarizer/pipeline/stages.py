"""The one place where the pipeline names the stages it runs."""

from __future__ import annotations

from ..clean import clean
from ..guard import Facts, check, evidence, facts, read_ahead
from ..read import read_bytes, read_path, read_str
from ..refuse import Refusal, refusals
from ..select import coverage, select, windows
from ..sentences import sentences
from ..split import split
from ..types import Article, Page, SplitPage

__all__ = [
    "Facts",
    "Refusal",
    "check",
    "coverage",
    "evidence",
    "facts_of",
    "prepare",
    "read_ahead",
    "read_bytes",
    "read_path",
    "read_str",
    "refusals",
    "select",
    "sentences",
    "windows",
]


def prepare(page: Page) -> SplitPage:
    """A page as its articles: cleaned, then split."""
    return split(clean(page))


def facts_of(article: Article) -> Facts:
    """The claims of an article; what stands beside the body (dateline, byline, headline) may support too."""
    return facts(article.body, article.dateline, article.byline, article.headline)
