"""NLPCC 2017 task 3 (Toutiao): ``train_with_summ.txt`` and ``evaluation_with_ground_truth.txt``.

JSON Lines of {"summarization", "article"}; paragraphs of the article are parted by <Paragraph>.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .rows import Raw, jsonl


def sniff(fields: dict) -> bool:
    return {"summarization", "article"} <= fields.keys()


def read(path: Path) -> Iterator[Raw]:
    """One record per line, numbered by line; <Paragraph> becomes a line break."""
    for line, fields in jsonl(path):
        if isinstance(fields, dict):
            article = fields.get("article")
            body = article.replace("<Paragraph>", "\n") if isinstance(article, str) else article
            fields = {"id": f"{path.stem}-{line}", "summary": fields.get("summarization"), "body": body}
        yield line, fields
