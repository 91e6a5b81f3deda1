"""Reports of a run: one offline HTML file, and Markdown with pictures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import html, markdown, plots

__all__ = ["html", "markdown", "write"]

PANELS = ("char/rouge-1", "char/rouge-2", "char/rouge-l")


def write(out: Path, results: Sequence[dict[str, Any]]) -> None:
    """Writes report.html, report.md and plots/ under ``out``; each result holds its data under "scored"."""
    pictures = [_pictures(result) for result in results]
    files = []
    (out / "plots").mkdir(parents=True, exist_ok=True)
    for result, shown in zip(results, pictures, strict=True):
        named = []
        for caption, key, svg in shown:
            path = Path("plots") / f"{result['data']['name']}-{key}.svg"
            (out / path).write_text(svg + "\n", encoding="utf-8")
            named.append((caption, path.as_posix()))
        files.append(named)
    inline = [[(caption, svg) for caption, _, svg in shown] for shown in pictures]
    (out / "report.md").write_text(markdown.document(results, files), encoding="utf-8")
    (out / "report.html").write_text(html.document(results, inline), encoding="utf-8")


def _pictures(result: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(caption, key, svg) of each picture that the computed measures allow."""
    data, scored = result["scored"]
    found = []
    if all(item.measure(plots.ROUGE_L) for item in plots.rivals(scored)):
        found += [
            ("各系统得分与 95% 区间 / scores with intervals", "scores", plots.scores(scored, PANELS)),
            ("按正文长度 / ROUGE-L by length of the body", "length", plots.by_length(data, scored)),
            ("照抄还是改写 / novelty against ROUGE-L", "novelty", plots.novelty(scored)),
        ]
    if any(item.measure("faith-all") for item in scored):
        found.append(("正文支持的说法 / claims kept", "faithfulness", plots.faithfulness(scored)))
    return found
