"""The desk's settings, read once from the environment and checked before anything starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.errors import SettingsError

STYLES = ("daily", "metro", "web")  # shipped with the library
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request, one client and the whole desk may take. ``chars`` counts code points."""

    chars: int = 60_000  # a broadsheet page holds about 10,000, a special issue's spread 30,000
    upload_bytes: int = 4 * 1024 * 1024
    files: int = 50
    queue: int = 64
    rate: int = 600  # requests per client and minute
    seconds: float = 90.0  # how long one request may wait and run

    def __post_init__(self) -> None:
        for name in ("chars", "upload_bytes", "files", "queue", "rate", "seconds"):
            if getattr(self, name) <= 0:
                raise SettingsError(f"{name} 必须大于 0 / {name} must be positive")

    @property
    def field_chars(self) -> int:
        """What the page's text field holds: more than ``chars``, or the browser would cut a long paste silently."""
        return 3 * self.chars

    @property
    def json_bytes(self) -> int:
        """The largest JSON body: every code point may be written as two ``\\uXXXX`` escapes."""
        return self.chars * 12 + 16_384


@dataclass(frozen=True, slots=True)
class Config:
    """``models`` maps the names that users see to what ``Summarizer(model=…)`` is given."""

    host: str = "127.0.0.1"
    port: int = 7860
    models: Mapping[str, str] = field(
        default_factory=lambda: {"embedded": "embedded", "extractive": "extractive"}
    )
    styles: tuple[str, ...] = STYLES
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    choices: Path | None = None
    evaluation: Path = Path("out/eval")
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if bool(self.user) != bool(self.password):
            raise SettingsError("DESK_USER 与 DESK_PASSWORD 须同时设置 / set both or neither")
        if not self.models:
            raise SettingsError("DESK_MODELS 为空 / DESK_MODELS names no model")
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"PORT 应为 0–65535，得到 {self.port} / PORT out of range")

    @property
    def default_model(self) -> str:
        return next(iter(self.models))

    @property
    def loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def guarded(self) -> bool:
        """Whether any credential is asked for."""
        return bool(self.password or self.token)


def from_environment(env: Mapping[str, str] | None = None) -> Config:
    """Settings from ``HOST``, ``PORT`` and the ``DESK_…`` variables; SettingsError names the bad one."""
    env = os.environ if env is None else env
    return Config(
        host=env.get("HOST", "127.0.0.1") or "127.0.0.1",
        port=_whole(env, "PORT", 7860),
        models=_models(env.get("DESK_MODELS", "embedded,extractive")),
        styles=_styles(env.get("DESK_STYLES", "")),
        user=env.get("DESK_USER", ""),
        password=env.get("DESK_PASSWORD", ""),
        token=env.get("DESK_TOKEN", ""),
        origins=_list(env.get("DESK_ORIGINS", "")),
        hosts=_list(env.get("DESK_HOSTS", "")),
        choices=_choices(env.get("DESK_CHOICES", "")),
        evaluation=Path(env.get("DESK_EVAL", "out/eval")),
        limits=Limits(
            chars=_whole(env, "DESK_MAX_CHARS", 60_000),
            upload_bytes=_whole(env, "DESK_MAX_UPLOAD_KB", 4096) * 1024,
            files=_whole(env, "DESK_MAX_FILES", 50),
            queue=_whole(env, "DESK_QUEUE", 64),
            rate=_whole(env, "DESK_RATE", 600),
            seconds=_whole(env, "DESK_SECONDS", 90),
        ),
    )


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise SettingsError(f"{name} 应为整数，得到 {value!r} / {name} must be a whole number")
    return int(value)


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _styles(value: str) -> tuple[str, ...]:
    """Names of shipped styles or style files; those of the library by default, none for ``off``."""
    return () if value.strip().lower() == "off" else _list(value) or STYLES


def _models(value: str) -> dict[str, str]:
    """``name`` or ``name=folder-or-URL``, comma separated; only the names are ever shown."""
    models = {}
    for part in _list(value):
        name, _, place = part.partition("=")
        models[name.strip()] = place.strip() or name.strip()
    return models


def _choices(value: str) -> Path | None:
    """Where the choices log would lie. ``off`` takes the switch off the page."""
    if value.strip().lower() == "off":
        return None
    return Path(value).expanduser() if value else Path.home() / ".local/share/headline-desk/choices.sqlite"
