"""Backend ``openai``: any server that speaks the OpenAI protocol (vLLM, Ollama, llama.cpp, vendors).

Candidates are counted, measured and screened here; the guard then judges them like any others. Nothing is
lost silently: a request that can't be answered raises ModelError with its reason, and is not sent again soon.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..errors import ModelError
from ..prompting.prompt import Rendered
from ..prompting.registry import Registry
from ..types import Decoding, Generated, Request
from .chat import answer, asking, orders
from .chat.memory import Memory
from .chat.retry import Again, GaveUp, Retry
from .chat.settings import ChatSettings, settings
from .chat.wire import Reply, Wire

# From how many calls on a person at a terminal is told beforehand.
TOLD_FROM = 3


def tell(plan: asking.Plan) -> None:
    """Says a plan on standard error, to a person only: not into files, not from a batch's workers."""
    if plan.calls >= TOLD_FROM and sys.stderr.isatty() and not multiprocessing.parent_process():
        print(plan, file=sys.stderr)


class OpenAIBackend:
    """``model`` is a URL such as ``http://localhost:8000/v1#qwen``, or a model's name at OPENAI_BASE_URL.

    ``announce`` gets the Plan of each batch before it is sent; ``rejections`` holds the last candidates that were
    kept out, with reasons. Raises ModelError and SettingsError.
    """

    languages: tuple[str, ...] = ("zh",)
    tasks = ("headline", "kicker", "subhead", "summary")
    prefer = "model"

    def __init__(
        self,
        model: str = "",
        chat: ChatSettings | None = None,
        prompts: Registry | None = None,
        retry: Retry | None = None,
        announce: Callable[[asking.Plan], None] = tell,
    ):
        self.settings = chat or settings(model)
        self.prompts = prompts or Registry()
        self.announce = announce
        self.source_budget = self.settings.budget
        self._retry = retry or Retry(self.settings.attempts)
        self._memory = Memory()
        self.rejections: deque[asking.Rejection] = deque(maxlen=1000)
        self._wire = Wire(self.settings)
        refs = tuple(map(str, asking.refs(self.prompts)))
        name = f"{self._wire.model}@{self.settings.host}"
        digest = hashlib.sha256("\n".join((name, *refs)).encode()).hexdigest()
        self.info = asking.ChatInfo(name, digest, "openai", refs)

    def __repr__(self) -> str:
        return f"OpenAIBackend({self.info.name!r})"

    def count(self, text: str) -> int:
        """See ``asking.count``: an estimate on the high side."""
        return asking.count(text)

    @property
    def usage(self) -> tuple[int, int]:
        """(input, output) tokens so far, by the server's own count."""
        return self._wire.input_tokens, self._wire.output_tokens

    def plan_calls(self, requests: Sequence[Request], decoding: Decoding) -> asking.Plan:
        """What ``generate`` would send for these; what is remembered costs nothing."""
        new = [r for r in dict.fromkeys(requests) if self._memory.answer((r, decoding)) is None]
        return asking.plan([asking.render(self.prompts, r, decoding, self.source_budget) for r in new])

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """See ``base.Backend.generate``. One failed request fails the batch; the answers are remembered.

        So a caller that runs the batch again in parts pays for nothing twice.
        """
        unique = list(dict.fromkeys(requests))
        self.announce(self.plan_calls(unique, decoding))
        with ThreadPoolExecutor(self.settings.concurrency) as pool:
            outcomes = list(pool.map(lambda request: self._outcome(request, decoding), unique))
        failed = [reason for _, reason in outcomes if reason]
        if failed:
            more = f"（{len(failed)}/{len(unique)} 次调用失败）" if len(unique) > 1 else ""
            raise ModelError(failed[0] + more)
        found = {request: texts for request, (texts, _) in zip(unique, outcomes, strict=True)}
        return [list(found[request]) for request in requests]

    def _outcome(self, request: Request, decoding: Decoding) -> tuple[list[Generated], str]:
        """(candidates, "") or ([], why it failed)."""
        key = (request, decoding)
        known = self._memory.answer(key)
        if known is not None:
            return known, ""
        reason = self._memory.failure(key)
        if reason:
            return [], reason
        try:
            found = self._ask(request, decoding)
        except (ModelError, GaveUp) as error:
            reason = self.settings.key.hide(str(error))
            self._memory.fail(key, reason)
            return [], reason
        self._memory.keep(key, found)
        return found, ""

    def _ask(self, request: Request, decoding: Decoding) -> list[Generated]:
        rendered = asking.render(self.prompts, request, decoding, self.source_budget)
        reply = self._retry.call(lambda: self._readable(rendered, decoding))
        return asking.candidates(reply.text, reply.finished, request, rendered, decoding, self.rejections)

    def _readable(self, rendered: Rendered, decoding: Decoding) -> Reply:
        """A reply that holds at least one whole candidate; raises Again for one that holds none."""
        reply = self._wire.send(rendered, decoding.temperature, decoding.seed)
        if not answer.items(reply.text).items:
            raise Again("应答中没有一条完整的候选 / no whole candidate in the answer")
        return reply

    def stream(self, request: Request, decoding: Decoding) -> Iterator[tuple[str, ...]]:
        """The candidates so far, each time one more is whole; screened like ``generate``'s."""
        rendered = asking.render(self.prompts, request, decoding, self.source_budget)
        shown: tuple[str, ...] = ()
        for text in self._wire.stream(rendered, decoding.temperature, decoding.seed):
            found = asking.candidates(text, True, request, rendered, decoding)
            items = tuple(generated.text for generated in found)
            if items != shown and answer.items(text).closed:
                shown = items
                yield shown

    def plan_sections(self, sections: Sequence[str]) -> asking.Plan:
        """What ``summarise`` will send: a call per section and one to merge them."""
        texts = [self._section(text, i, len(sections), 120) for i, text in enumerate(sections, 1)]
        merge = [self._merge(sections, 120, "plain")] if len(sections) > 1 else []
        return asking.plan([*texts, *merge])

    def summarise(self, sections: Sequence[str], max_chars: int, style: str = "plain") -> str:
        """One summary of a long report given in sections, at most about ``max_chars`` units; "" for none.

        A section's summary that obeys an order in its text is left out. Raises ModelError where a call fails.
        """
        self.announce(self.plan_sections(sections))
        each = max(40, min(200, 2 * max_chars // max(1, len(sections))))
        total = len(sections)
        prompts = [self._section(text, i, total, each, style) for i, text in enumerate(sections, 1)]
        with ThreadPoolExecutor(self.settings.concurrency) as pool:
            written = list(pool.map(self._paragraph, prompts))
        kept = [t for t, s in zip(written, sections, strict=True) if t and not orders.screen(s).judge(t)]
        if len(kept) < 2:
            return "".join(kept)
        return self._paragraph(self._merge(kept, max_chars, style))

    def _section(self, text: str, number: int, total: int, max_chars: int, style: str = "plain"):
        variables = {
            "article": text,
            "number": number,
            "total": total,
            "max_chars": max_chars,
            "style": style,
        }
        return self.prompts.render("section_summary", variables)

    def _merge(self, texts: Sequence[str], max_chars: int, style: str):
        return self.prompts.render(
            "merge", {"article": "\n".join(texts), "max_chars": max_chars, "style": style}
        )

    def _paragraph(self, rendered) -> str:
        try:
            reply = self._retry.call(lambda: self._wire.send(rendered, 0.2, 0))
        except GaveUp as error:
            raise ModelError(str(error)) from None
        if not reply.finished:
            raise ModelError(
                "摘要在词元上限处中断；请减少字数或分段 / the summary stopped at the token limit"
            )
        return answer.paragraph(reply.text)

    def close(self) -> None:
        self._wire.close()
