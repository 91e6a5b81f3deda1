"""Where a chat model is and how it may be used: from the model string and the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from ...errors import ModelError, SettingsError

OPENAI = "https://api.openai.com/v1"
_UNNAMED = ("", "openai", "embedded")  # what the command line gives where no model was named
_LOCAL = ("localhost", "127.0.0.1", "::1")


class Secret:
    """A key that never shows: its repr, str and format are dots."""

    __slots__ = ("_value",)

    def __init__(self, value: str):
        self._value = value

    def reveal(self) -> str:
        return self._value

    def hide(self, text: str) -> str:
        """``text`` without the key."""
        return text.replace(self._value, "•••") if len(self._value) >= 4 else text

    def __repr__(self) -> str:
        return "•••"

    def __reduce__(self):
        raise TypeError("a key is not pickled / 密钥不序列化")


@dataclass(frozen=True)
class ChatSettings:
    """``timeout`` in seconds without a byte; ``attempts`` is how often one request may be sent at most.

    ``budget`` is the most tokens of article in one request, ``concurrency`` the most requests at once.
    """

    base_url: str
    model: str = ""
    key: Secret = field(default_factory=lambda: Secret(""))
    timeout: float = 60.0
    attempts: int = 4
    concurrency: int = 4
    budget: int = 6000

    def __post_init__(self):
        for name, low, high in (("attempts", 1, 20), ("concurrency", 1, 64), ("budget", 200, 1_000_000)):
            value = getattr(self, name)
            if not isinstance(value, int) or not low <= value <= high:
                raise SettingsError(
                    f"对话模型的 {name} 应在 {low} 到 {high} 之间，得到 {value!r} / out of range"
                )
        if not 0 < self.timeout <= 3600:
            raise SettingsError(
                f"对话模型的 timeout 应在 0 到 3600 秒之间，得到 {self.timeout!r} / out of range"
            )

    @property
    def host(self) -> str:
        """Host and port, for messages and results."""
        return urlsplit(self.base_url).netloc

    @property
    def is_local(self) -> bool:
        return urlsplit(self.base_url).hostname in _LOCAL


def settings(model: str, env: Mapping[str, str] | None = None) -> ChatSettings:
    """Settings for ``model``: a URL, optionally with ``#name``, or the name of a model at OPENAI_BASE_URL.

    The key is SUMMARIZER_API_KEY; OPENAI_API_KEY is sent only to OPENAI_BASE_URL or OpenAI itself, never to
    another address that a command line names. Raises ModelError and SettingsError.
    """
    env = os.environ if env is None else env
    default = env.get("OPENAI_BASE_URL") or OPENAI
    is_url = model.startswith(("http://", "https://"))
    base, name = _split(model) if is_url else (default, "" if model in _UNNAMED else model)
    key = env.get("SUMMARIZER_API_KEY", "")
    if not key and urlsplit(base).netloc in (urlsplit(default).netloc, urlsplit(OPENAI).netloc):
        key = env.get("OPENAI_API_KEY", "")
    if not key and base.rstrip("/") == OPENAI:
        raise ModelError("请设置环境变量 SUMMARIZER_API_KEY（或给出 --model URL）/ set SUMMARIZER_API_KEY")
    return ChatSettings(
        base,
        name or env.get("SUMMARIZER_CHAT_MODEL", ""),
        Secret(key),
        timeout=_number(env, "SUMMARIZER_CHAT_TIMEOUT", 60.0),
        attempts=int(_number(env, "SUMMARIZER_CHAT_ATTEMPTS", 4)),
        concurrency=int(_number(env, "SUMMARIZER_CHAT_CONCURRENCY", 4)),
        budget=int(_number(env, "SUMMARIZER_CHAT_BUDGET", 6000)),
    )


def _split(url: str) -> tuple[str, str]:
    """(base URL, model name) of ``http://host/v1#name``."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ModelError(f"{url} 不是有效的网址 / is not a valid URL")
    if parts.username or parts.password:
        raise ModelError("网址里不要写密钥，请用环境变量 SUMMARIZER_API_KEY / no key in the URL, please")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, "")), parts.fragment


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    try:
        return float(env.get(name) or default)
    except ValueError:
        raise SettingsError(f"{name} 应为数字，得到 {env[name]!r} / should be a number") from None
