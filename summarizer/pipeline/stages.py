"""The one place where the pipeline names the stages it runs."""

from __future__ import annotations

from ..clean import clean
from ..read import read_bytes, read_path, read_str
from ..select import coverage, select, windows
from ..sentences import sentences
from ..split import split
from ..types import Article, Page, SplitPage

__all__ = ["coverage", "prepare", "read_bytes", "read_path", "read_str", "select", "sentences", "windows"]


def prepare(page: Page) -> SplitPage:
    """A page as its articles: cleaned, then split."""
    return split(clean(page))


def facts_of(article: Article) -> object:
    return None


def check(text: str, facts: object) -> tuple:
    return ()


def evidence(text: str, facts: object) -> tuple:
    return ()
