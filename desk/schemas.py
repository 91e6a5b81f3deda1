"""Types of the HTTP API, version 1. Unknown fields and wrong types are refused, nothing is guessed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from summarizer.types import Candidate, Draft, Forms, ModelInfo, Report, Span

from .service import Options

SAMPLE = (
    "本报讯（记者 沈知夏）云溪市水务局11月20日通报，青石县引水工程当天全线通水，"
    "沿线3个乡镇的4.2万居民用上了自来水。工程总投资1.8亿元，铺设管道126公里，历时14个月。"
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TextIn(_Strict):
    """One report."""

    text: str = Field(description="报道全文 / the report's text", examples=[SAMPLE])
    model: str | None = Field(None, description="模型名，默认用第一个 / a configured model's name")
    style: str | None = Field(None, description="风格名 / a configured style's name")
    seed: int = Field(0, ge=0, lt=2**31, description="同样的种子给出同样的结果 / same seed, same answer")


class HeadlineIn(TextIn):
    candidates: int = Field(5, ge=1, le=10, description="候选条数 / how many candidates")
    headline_chars: int = Field(
        20, ge=6, le=60, description="标题上限，全角字 / length limit in full-width characters"
    )


class SummaryIn(TextIn):
    summary_chars: int = Field(
        120, ge=30, le=600, description="摘要上限，全角字 / length limit in full-width characters"
    )


class PageIn(HeadlineIn):
    """A whole page, or a report of which everything is wanted."""

    summary_chars: int = Field(120, ge=30, le=600, description="每篇摘要上限 / length limit of each summary")


class Answer(BaseModel):
    """What every answer says about itself. ``body`` is the cleaned text; spans index it in code points."""

    body: str
    model: ModelInfo
    seconds: float
    warnings: list[str]


class HeadlineOut(Answer):
    headline: str
    kicker: str | None
    subhead: str | None
    candidates: list[Candidate]
    forms: Forms


class SummaryOut(Answer):
    summary: str
    summary_evidence: list[Span]
    key_points: list[str]


class Detail(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    code: str
    message: str
    details: list[Detail] | None = None


class ErrorOut(BaseModel):
    """The one form of every error."""

    error: Problem


def options(asked: TextIn) -> Options:
    """The service layer's options for a request."""
    return Options(**asked.model_dump(exclude={"text"}))


def headline(report: Report) -> HeadlineOut:
    """The headline part of a report's first article."""
    draft, shared = _first(report)
    return HeadlineOut(
        headline=draft.headline,
        kicker=draft.kicker,
        subhead=draft.subhead,
        candidates=list(draft.candidates),
        forms=draft.forms,
        **shared,
    )


def summary(report: Report) -> SummaryOut:
    """The summary part of a report's first article."""
    draft, shared = _first(report)
    return SummaryOut(
        summary=draft.summary,
        summary_evidence=list(draft.summary_evidence),
        key_points=list(draft.key_points),
        **shared,
    )


_NOTHING = Draft("", None, None, (), "", (), (), None, None, "", 0.0)


def _first(report: Report) -> tuple[Draft, dict]:
    """The first article and the fields that every answer has; a warning tells of what is left out."""
    draft = report.articles[0] if report.articles else _NOTHING
    warnings = list(dict.fromkeys([*report.warnings, *draft.warnings]))
    if not report.articles:
        warnings.append("没有找到正文 / no article found in the text")
    if len(report.articles) > 1:
        warnings.append(
            f"文字里有 {len(report.articles)} 篇报道，这里只写第一篇，整版请用 /v1/page"
            f" / {len(report.articles)} articles found, only the first is answered: use /v1/page"
        )
    return draft, {"body": draft.body, "model": report.model, "seconds": report.seconds, "warnings": warnings}
