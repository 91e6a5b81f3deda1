"""From a request to a rendered prompt and from an answer to candidates; the same for every chat model."""

from __future__ import annotations

from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass

from ...errors import ModelError
from ...prompting.prompt import PromptRef, Rendered
from ...prompting.registry import Registry
from ...types import Decoding, Generated, ModelInfo, Request
from . import answer, orders

STYLES = ("plain", "daily", "metro", "web")
# Up to which length (full-width units) a summary is one sentence, and a short one.
ONE_SENTENCE, SHORT = 60, 180


@dataclass(frozen=True, slots=True)
class ChatInfo(ModelInfo):
    """A chat model has no files to hash: ``sha256`` is over its name and prompts, which are named too."""

    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that the backend itself kept out, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What a batch of requests will cost at most, known before anything is sent. Tokens are estimates."""

    calls: int
    input_tokens: int
    output_tokens: int

    def __str__(self) -> str:
        return (
            f"将调用 {self.calls} 次，输入约 {self.input_tokens} 个词元，输出至多 {self.output_tokens} 个"
            f" / {self.calls} calls"
        )


def count(text: str) -> int:
    """Estimated tokens of ``text``, on the high side: one per non-ASCII character, a half per ASCII one.

    The servers' tokenizers differ and can't be asked; Chinese costs 0.6–1 token a character on current ones.
    """
    ascii_count = sum(char.isascii() for char in text)
    return len(text) - ascii_count + (ascii_count + 1) // 2


def prompt_name(request: Request) -> str:
    """The prompt for a request. A headline with a context is a rewrite of that context."""
    if request.task == "headline" and request.context:
        return "shorter" if len(request.context) > request.max_chars else "longer"
    if request.task != "summary":
        return request.task
    if request.max_chars <= ONE_SENTENCE:
        return "summary_short"
    return "summary" if request.max_chars <= SHORT else "summary_long"


def render(
    registry: Registry,
    request: Request,
    decoding: Decoding,
    budget: int,
    tokens_of: Callable[[str], int] = count,
) -> Rendered:
    """The prompt of ``request``. Raises ModelError for a text over ``budget`` tokens: cutting is select's."""
    tokens = tokens_of(request.text)
    if tokens > budget:
        raise ModelError(
            f"稿件约 {tokens} 个词元，超过每次 {budget} 个的上限；请先分段 / over the budget of one request"
        )
    name = prompt_name(request)
    variables = {
        "article": request.text,
        "count": decoding.candidates + decoding.samples,
        "max_chars": request.max_chars,
        "style": request.style if request.style in STYLES else "plain",
        "keep": request.keep,
        "avoid": request.avoid,
    }
    if "headline" in registry.get(name).variables:
        variables["headline"] = request.context
    return registry.render(name, variables)


def candidates(
    text: str,
    finished: bool,
    request: Request,
    rendered: Rendered,
    decoding: Decoding,
    rejected: MutableSequence[Rejection] | None = None,
) -> list[Generated]:
    """What may be used of an answer: counted, measured and screened here, whatever the model says of it.

    What is kept out is added to ``rejected`` with its reason.
    """
    found = answer.items(text)
    items = found.items
    system = "".join(message.content for message in rendered.messages if message.role == "system")
    screen = orders.screen(request.text, system)
    judged = [(item, screen.judge(item) or _disobeys(item, request)) for item in items]
    if rejected is not None:
        rejected.extend(Rejection(item, reason) for item, reason in judged if reason)
    kept = [item for item, reason in judged if not reason][: decoding.candidates + decoding.samples]
    cut = not finished and not found.closed
    return [Generated(item, 0.0, cut and item == items[-1]) for item in kept]


def _disobeys(item: str, request: Request) -> str:
    """Which wish of the request a candidate does not meet, "" where it meets all."""
    lacking = [word for word in request.keep if word not in item]
    holding = [word for word in request.avoid if word and word in item]
    if lacking:
        return f"缺少“{lacking[0]}” / lacks a word to keep"
    return f"含有“{holding[0]}” / holds a word to avoid" if holding else ""


def plan(rendered: Sequence[Rendered]) -> Plan:
    """One call each."""
    inputs = sum(count(message.content) for one in rendered for message in one.messages)
    return Plan(len(rendered), inputs, sum(one.output_tokens for one in rendered))


def refs(registry: Registry) -> tuple[PromptRef, ...]:
    """Every prompt that a chat backend may send, as results record it."""
    names = ("headline", "kicker", "subhead", "summary_short", "summary", "summary_long", "shorter", "longer")
    return tuple(registry.render(name, registry.get(name).sample).ref for name in names)
