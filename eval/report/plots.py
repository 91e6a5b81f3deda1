"""The report's four pictures, each from scored systems to SVG text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summarizer.chars import width as text_width

from ..data import DataSet
from ..metrics.significance import interval
from ..score import GOLD, Scored
from .svg import COLOURS, GRID, SHAPES, SOFT, Canvas, around, size_of

ROUGE_L, NOVEL = "char/rouge-l", "novel-2"
CLAIMS = (
    ("faith-numbers", "数字"),
    ("faith-names", "名称"),
    ("faith-quotes", "引语"),
    ("faith-polarity", "方向"),
)
KINDS = {
    "model": COLOURS[0],
    "predictions": COLOURS[0],
    "baseline": COLOURS[2],
    "peer": COLOURS[3],
    "oracle": COLOURS[5],
}
KIND_NAMES = {
    "model": "模型",
    "predictions": "预测文件",
    "baseline": "基线",
    "peer": "同行",
    "oracle": "上限",
    GOLD: "参考",
}
BUCKETS = 5


def rivals(scored: Sequence[Scored]) -> list[Scored]:
    """The systems without the golds, best ROUGE-L first."""
    found = [item for item in scored if item.kind != GOLD]
    return sorted(found, key=lambda item: -_value(item, ROUGE_L))


def _value(item: Scored, key: str) -> float:
    measure = item.measure(key)
    return measure.value if measure is not None else float("nan")


def scores(scored: Sequence[Scored], keys: Sequence[str]) -> str:
    """One panel per measure: a dot with its 95% interval for each system, best on top."""
    items = rivals(scored)
    left = max((size_of(item.name) for item in items), default=0) + 24
    panel, row, top = 240.0, 26.0, 44.0
    bottom = top + row * len(items)
    canvas = Canvas(left + panel * len(keys), bottom + 62, "各系统得分与 95% 区间 / scores with intervals")
    for index, item in enumerate(items):
        canvas.text(left - 12, top + row * (index + 0.5) + 4, item.name, "end")
    for place, key in enumerate(keys):
        _score_panel(canvas, items, key, left + place * panel, panel, top, row)
    _kinds_legend(canvas, items, left, bottom + 50)
    return canvas.svg()


def _score_panel(
    canvas: Canvas, items: Sequence[Scored], key: str, x: float, size: float, top: float, row: float
) -> None:
    bounds = [interval(item.draws[key]) for item in items]
    scale = around([b.low for b in bounds] + [b.high for b in bounds], x + 8, x + size - 22)
    bottom = top + row * len(items)
    for tick in scale.ticks(4):
        canvas.line(scale(tick), top - 4, scale(tick), bottom)
        canvas.text(scale(tick), bottom + 18, f"{tick:g}", "middle", SOFT)
    measure = items[0].measure(key) if items else None
    canvas.text(x + 8, top - 16, measure.label if measure else key, bold=True)
    for index, (item, bound) in enumerate(zip(items, bounds, strict=True)):
        y, value = top + row * (index + 0.5), _value(item, key)
        if value != value:
            continue
        colour = KINDS.get(item.kind, SOFT)
        canvas.line(scale(bound.low), y, scale(bound.high), y, colour, 3)
        tip = f"{item.name} {value:.2f} [{bound.low:.2f}, {bound.high:.2f}]"
        canvas.mark(scale(value), y, colour, "circle", tip)


def _kinds_legend(canvas: Canvas, items: Sequence[Scored], x: float, y: float) -> None:
    for kind in dict.fromkeys(item.kind for item in items):
        name = KIND_NAMES.get(kind, kind)
        canvas.mark(x + 8, y - 4, KINDS.get(kind, SOFT), "circle", name)
        canvas.text(x + 18, y, name, colour=SOFT)
        x += size_of(name) + 44


def buckets(data: DataSet) -> list[tuple[str, np.ndarray]]:
    """Row indices by length of body in up to BUCKETS equal parts, each with its range as a name."""
    lengths = np.array([text_width(row.body) for row in data.rows])
    edges = np.unique(np.quantile(lengths, np.linspace(0, 1, min(BUCKETS, len(lengths)) + 1)))
    if len(edges) < 2:
        return [(f"{edges[0]:.0f}", np.arange(len(lengths)))]
    inside = np.clip(np.searchsorted(edges, lengths, side="right") - 1, 0, len(edges) - 2)
    named = [
        (f"{edges[i]:.0f}–{edges[i + 1]:.0f}", np.flatnonzero(inside == i)) for i in range(len(edges) - 1)
    ]
    return [(name, rows) for name, rows in named if rows.size]


def by_length(data: DataSet, scored: Sequence[Scored]) -> str:
    """ROUGE-L over the length of the body; each system a line named at its right end."""
    items, parts = rivals(scored), buckets(data)
    values = [[float(np.nanmean(item.measure(ROUGE_L).each[rows])) for _, rows in parts] for item in items]
    right = max((size_of(item.name) for item in items), default=0) + 30
    canvas = Canvas(640 + right, 380, "按正文长度的 ROUGE-L / ROUGE-L by length of the body")
    scale = around([v for row in values for v in row], 310, 30, floor=0)
    places = [60 + 560 * (i + 0.5) / len(parts) for i in range(len(parts))]
    for tick in scale.ticks(6):
        canvas.line(56, scale(tick), 630, scale(tick))
        canvas.text(48, scale(tick) + 4, f"{tick:g}", "end", SOFT)
    for x, (name, rows) in zip(places, parts, strict=True):
        canvas.text(x, 332, name, "middle", SOFT)
        canvas.text(x, 350, f"n={rows.size}", "middle", SOFT)
    canvas.text(340, 372, "正文长度（字）", "middle", SOFT)
    for index, (item, row) in enumerate(zip(items, values, strict=True)):
        colour, shape = _style(index)
        points = [(x, scale(v)) for x, v in zip(places, row, strict=True)]
        canvas.path(points, colour)
        for (x, y), value in zip(points, row, strict=True):
            canvas.mark(x, y, colour, shape, f"{item.name} {value:.2f}")
    ends = _apart([scale(row[-1]) for row in values], 16)
    for index, (item, y) in enumerate(zip(items, ends, strict=True)):
        colour, shape = _style(index)
        canvas.mark(645, y, colour, shape, item.name)
        canvas.text(656, y + 4, item.name)
    return canvas.svg()


def _style(index: int) -> tuple[str, str]:
    return COLOURS[index % len(COLOURS)], SHAPES[index // len(COLOURS) % len(SHAPES)]


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """``places`` moved as little downwards as keeps every two ``gap`` px apart, in their order."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved, last = list(places), -1e9
    for i in order:
        last = max(places[i], last + gap)
        moved[i] = last
    shift = max(0.0, last - 330) if places else 0.0
    return [y - shift for y in moved]


def novelty(scored: Sequence[Scored]) -> str:
    """ROUGE-L over novel bigrams: who copies, who writes, and where the golds stand."""
    items = rivals(scored)
    gold = next((item for item in scored if item.kind == GOLD), None)
    canvas = Canvas(760, 390, "新词率与 ROUGE-L / novelty against ROUGE-L")
    xs = [_value(item, NOVEL) for item in items] + ([_value(gold, NOVEL)] if gold else [])
    across = around(xs, 60, 560, floor=0)
    up = around([_value(item, ROUGE_L) for item in items], 320, 30, floor=0)
    for tick in up.ticks(6):
        canvas.line(60, up(tick), 560, up(tick))
        canvas.text(50, up(tick) + 4, f"{tick:g}", "end", SOFT)
    for tick in across.ticks(8):
        canvas.text(across(tick), 340, f"{tick:g}", "middle", SOFT)
    canvas.text(310, 364, "正文中没有的二元组（%）", "middle", SOFT)
    canvas.text(60, 18, "ROUGE-L", "start", SOFT)
    if gold:
        x = across(_value(gold, NOVEL))
        canvas.line(x, 30, x, 320, SOFT, 1.5)
        canvas.text(x, 24, f"参考 {_value(gold, NOVEL):.1f}%", "middle", SOFT)
    marks = [(across(_value(i, NOVEL)), up(_value(i, ROUGE_L))) for i in items]
    labels = _apart([y for _, y in marks], 17)
    for index, (item, (x, y), side) in enumerate(zip(items, marks, labels, strict=True)):
        colour, shape = _style(index)
        tip = f"{item.name}：ROUGE-L {_value(item, ROUGE_L):.2f}，新二元组 {_value(item, NOVEL):.1f}%"
        canvas.line(x, y, 585, side, GRID)
        canvas.mark(x, y, colour, shape, tip)
        canvas.mark(592, side, colour, shape, tip)
        canvas.text(602, side + 4, item.name)
    return canvas.svg()


def faithfulness(scored: Sequence[Scored]) -> str:
    """Claims kept by kind, in per cent: one group of bars per kind of claim, the golds last."""
    items = [*rivals(scored), *(item for item in scored if item.kind == GOLD)]
    items = [item for item in items if item.measure("faith-all") is not None]
    left = max((size_of(item.name) for item in items), default=0) + 24
    panel, row, top = 170.0, 22.0, 44.0
    bottom = top + row * len(items)
    canvas = Canvas(left + panel * len(CLAIMS), bottom + 34, "忠实度：正文支持的说法 / claims kept by kind")
    for index, item in enumerate(items):
        name = "参考" if item.kind == GOLD else item.name
        canvas.text(left - 12, top + row * (index + 0.5) + 4, name, "end", bold=item.kind == GOLD)
    for place, (key, name) in enumerate(CLAIMS):
        x = left + place * panel
        canvas.text(x, top - 16, f"{name}（%）", bold=True)
        canvas.line(x, top - 6, x, bottom, SOFT)
        for index, item in enumerate(items):
            _claim_bar(canvas, item, key, x, top + row * index, panel, row)
    return canvas.svg()


def _claim_bar(canvas: Canvas, item: Scored, key: str, x: float, y: float, panel: float, row: float) -> None:
    value, reach = _value(item, key), panel - 64
    if value != value:
        canvas.text(x + 6, y + row / 2 + 4, "无", colour=SOFT)
        return
    colour = SOFT if item.kind == GOLD else KINDS.get(item.kind, SOFT)
    made = int(item.measure(key).stats[:, 1].sum())
    canvas.bar(x, y + 4, reach * value / 100, row - 8, colour, f"{item.name} {value:.1f}%，{made} 处")
    canvas.text(x + reach * value / 100 + 5, y + row / 2 + 4, f"{value:.1f}", colour=SOFT)
