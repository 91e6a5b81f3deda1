"""One call over the OpenAI-compatible protocol through the official client, its errors sorted by what to do.

Servers differ in what they take: an option that one refuses is left out from then on, and asked for no more.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import MissingDependency, ModelError
from ...prompting.prompt import Rendered
from .retry import Again
from .settings import ChatSettings

try:
    import openai
except ImportError as error:
    raise MissingDependency("对话模型客户端 / the chat client", "openai") from error

_SCHEMA = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"type": "string"}}},
    "required": ["items"],
    "additionalProperties": False,
}
_FORMATS = (
    {"type": "json_schema", "json_schema": {"name": "items", "strict": True, "schema": _SCHEMA}},
    {"type": "json_object"},
    None,
)
_OPTIONAL = ("response_format", "seed", "stop", "temperature")


@dataclass(frozen=True)
class Reply:
    """``finished`` is false where the server stopped at the token limit."""

    text: str
    finished: bool


class Wire:
    """A client for one server and model. Raises Again for what may be sent again, ModelError for the rest."""

    def __init__(self, settings: ChatSettings):
        self.settings = settings
        self.input_tokens = self.output_tokens = 0
        self._format = 0
        self._dropped: set[str] = set()
        self._limit_name = "max_tokens"
        self._lock = threading.Lock()
        # No redirects: a key must not follow one. No proxy between this machine and itself.
        http = openai.DefaultHttpxClient(
            trust_env=not settings.is_local, follow_redirects=False, timeout=settings.timeout
        )
        self._client = openai.OpenAI(
            api_key=settings.key.reveal() or "none",
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=0,
            http_client=http,
            organization="",
            project="",
        )
        self.model = settings.model or self._only_model()

    def __repr__(self) -> str:
        return f"Wire({self.model!r} at {self.settings.host})"

    def close(self) -> None:
        self._client.close()

    def _only_model(self) -> str:
        try:
            names = [model.id for model in self._client.models.list().data]
        except openai.APIConnectionError:
            raise ModelError(
                f"连不上 {self.settings.host}：请检查网址和服务器 / can't reach the server"
            ) from None
        except openai.OpenAIError as error:
            raise ModelError(self._said("无法列出服务器的模型", error)) from None
        if len(names) != 1:
            shown = "、".join(names[:5]) or "无"
            raise ModelError(
                f"请指定模型：--model {self.settings.base_url}#模型名（服务器上有：{shown}）/ name a model"
            )
        return names[0]

    def send(self, rendered: Rendered, temperature: float, seed: int) -> Reply:
        """One request, sent once."""
        options = self._options(rendered, temperature, seed)
        try:
            whole = self._client.chat.completions.create(**options)
            choice = whole.choices[0]
            text = choice.message.content or ""
        except openai.OpenAIError as error:
            raise self._sorted(error, options) from None
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise Again(
                f"应答不是有效的 JSON（{type(error).__name__}）/ the answer is not valid JSON"
            ) from None
        self._count(whole.usage)
        if not text.strip():
            raise Again("应答为空 / an empty answer")
        return Reply(text, choice.finish_reason != "length")

    def stream(self, rendered: Rendered, temperature: float, seed: int) -> Iterator[str]:
        """The answer's text as it grows. Not sent again: part of it may have been shown."""
        options = self._options(rendered, temperature, seed)
        text = ""
        try:
            for part in self._client.chat.completions.create(stream=True, **options):
                delta = part.choices[0].delta.content if part.choices else None
                if delta:
                    text += delta
                    yield text
        except openai.OpenAIError as error:
            raise ModelError(self._said("流式应答中断", error)) from None
        except (ValueError, TypeError, AttributeError) as error:
            raise ModelError(f"流式应答无效：{type(error).__name__} / the stream is not valid") from None

    def _options(self, rendered: Rendered, temperature: float, seed: int) -> dict:
        options: dict[str, object] = {
            "model": self.model,
            "messages": [{"role": m.role, "content": m.content} for m in rendered.messages],
            "temperature": temperature,
            "seed": seed,
            "stop": list(rendered.stop) or None,
            "response_format": _FORMATS[self._format] if rendered.output == "list" else None,
            self._limit_name: rendered.output_tokens,
        }
        return {k: v for k, v in options.items() if v is not None and k not in self._dropped}

    def _count(self, usage) -> None:
        with self._lock:
            self.input_tokens += getattr(usage, "prompt_tokens", 0) or 0
            self.output_tokens += getattr(usage, "completion_tokens", 0) or 0

    def _sorted(self, error: openai.OpenAIError, options: dict) -> Exception:
        """Again or ModelError, by what the error is."""
        if isinstance(error, openai.APITimeoutError):
            return Again(f"{self.settings.timeout:g} 秒无应答 / timed out")
        if isinstance(error, openai.APIConnectionError):
            return Again("连接中断 / the connection broke")
        if isinstance(error, openai.APIResponseValidationError):
            return Again("应答不是有效的 JSON / the answer is not valid JSON")
        status = getattr(error, "status_code", None)
        if status in (408, 409, 425, 429) or (status or 0) >= 500:
            return Again(f"服务器应答 {status} / the server said {status}", _retry_after(error))
        if status in (400, 422) and self._leave_out(str(error), options):
            return Again(f"服务器不接受某个选项（{status}）/ an option was refused", wait=False)
        return ModelError(self._said("对话模型拒绝了请求", error))

    def _leave_out(self, message: str, options: dict) -> bool:
        """Drops the option that a refusal names; False where it names none that was sent."""
        with self._lock:
            if "max_completion_tokens" in message and "max_tokens" in options:
                self._limit_name = "max_completion_tokens"
                return True
            for name in _OPTIONAL:
                named = name in message or (name == "response_format" and "json_schema" in message)
                if not named or name not in options:
                    continue
                if name != "response_format":
                    self._dropped.add(name)
                elif options[name] == _FORMATS[self._format] and self._format + 1 < len(_FORMATS):
                    self._format += 1
                return True
        return False

    def _said(self, what: str, error: openai.OpenAIError) -> str:
        status = getattr(error, "status_code", None)
        hint = {
            401: "密钥无效，请检查 SUMMARIZER_API_KEY / the key is not valid",
            403: "密钥没有权限 / the key has no access",
            404: f"没有模型 {self.settings.model} 或网址不对 / no such model or path",
        }.get(status, " ".join(str(error).split())[:200])
        return self.settings.key.hide(f"{what}（{self.settings.host}）：{hint}")


def _retry_after(error: openai.OpenAIError) -> float | None:
    response = getattr(error, "response", None)
    try:
        return max(0.0, float(response.headers.get("retry-after", "")))
    except (AttributeError, ValueError):
        return None
