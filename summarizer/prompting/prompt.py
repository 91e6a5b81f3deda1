"""One prompt: what its YAML file says, checked when it is loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import PromptError
from .variables import Variable, parse

OUTPUTS = ("list", "text")
_NEEDED = ("name", "version", "task", "language", "variables", "template", "output", "sample")
_KEYS = frozenset((*_NEEDED, "description", "system", "examples", "stop", "limits"))


@dataclass(frozen=True, slots=True)
class PromptRef:
    """What a result records: ``sha256`` is over the prompt's file and every partial."""

    name: str
    version: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}:{self.sha256[:12]}"


@dataclass(frozen=True, slots=True)
class Message:
    role: str  # system user assistant
    content: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Messages ready to send. ``output_tokens`` is a limit; ``output`` is list (JSON) or text."""

    messages: tuple[Message, ...]
    stop: tuple[str, ...]
    output_tokens: int
    output: str
    ref: PromptRef

    def text(self) -> str:
        """All messages as one text, each under its role."""
        return "\n\n".join(f"[{m.role}]\n{m.content}" for m in self.messages) + "\n"


@dataclass(frozen=True)
class Prompt:
    """``system`` and ``template`` are Jinja2 texts; ``examples`` are (variables, answer) pairs."""

    name: str
    version: int
    task: str
    language: str
    description: str
    variables: Mapping[str, Variable]
    system: str
    template: str
    examples: tuple[tuple[Mapping[str, object], str], ...]
    stop: tuple[str, ...]
    output_tokens: int
    output: str
    sample: Mapping[str, object]
    source: str = field(repr=False, default="")

    def sha256(self, partials: Mapping[str, str]) -> str:
        """Hash over the file as parsed and all partials, so that any change of wording shows."""
        whole = json.dumps([self.source, sorted(partials.items())], ensure_ascii=False)
        return hashlib.sha256(whole.encode("utf-8")).hexdigest()


def from_mapping(raw: object, where: str) -> Prompt:
    """The prompt that a YAML file holds. Raises PromptError, naming ``where`` and the key."""
    if not isinstance(raw, Mapping):
        raise PromptError(f"{where} 应是一个键值表 / should hold a mapping")
    unknown = sorted(map(str, set(raw) - _KEYS))
    if unknown:
        raise PromptError(f"{where} 有不认识的键 {'、'.join(unknown)} / unknown key")
    missing = [key for key in _NEEDED if key not in raw]
    if missing:
        raise PromptError(f"{where} 缺少 {'、'.join(missing)} / missing key")
    return Prompt(
        name=_text(raw, "name", where),
        version=_count(raw, "version", where),
        task=_text(raw, "task", where),
        language=_text(raw, "language", where),
        description=str(raw.get("description", "")),
        variables=_variables(raw["variables"], where),
        system=str(raw.get("system", "")),
        template=_text(raw, "template", where),
        examples=_examples(raw.get("examples") or [], where),
        stop=tuple(map(str, raw.get("stop") or ())),
        output_tokens=_output_tokens(raw.get("limits") or {}, where),
        output=_output(raw["output"], where),
        sample=_mapping(raw["sample"], "sample", where),
        source=json.dumps(raw, ensure_ascii=False, sort_keys=True),
    )


def _text(raw: Mapping, key: str, where: str) -> str:
    if not isinstance(raw[key], str) or not raw[key].strip():
        raise PromptError(f"{where}：{key} 应为非空文字 / should be text")
    return raw[key]


def _count(raw: Mapping, key: str, where: str) -> int:
    if not isinstance(raw[key], int) or isinstance(raw[key], bool) or raw[key] < 1:
        raise PromptError(f"{where}：{key} 应为正整数 / should be a positive integer")
    return raw[key]


def _mapping(raw: object, key: str, where: str) -> Mapping[str, object]:
    if not isinstance(raw, Mapping) or not all(isinstance(name, str) for name in raw):
        raise PromptError(f"{where}：{key} 应为键值表 / should be a mapping")
    return raw


def _variables(raw: object, where: str) -> dict[str, Variable]:
    return {name: parse(name, given, where) for name, given in _mapping(raw, "variables", where).items()}


def _examples(raw: object, where: str) -> tuple[tuple[Mapping[str, object], str], ...]:
    if not isinstance(raw, list):
        raise PromptError(f"{where}：examples 应为列表 / should be a list")
    pairs = []
    for number, entry in enumerate(raw, 1):
        if not isinstance(entry, Mapping) or set(entry) != {"variables", "answer"}:
            raise PromptError(f"{where}：examples 第 {number} 项应有 variables 和 answer / needs both")
        answer = entry["answer"]
        answer = answer if isinstance(answer, str) else json.dumps({"items": answer}, ensure_ascii=False)
        pairs.append((_mapping(entry["variables"], "variables", where), answer))
    return tuple(pairs)


def _output_tokens(raw: object, where: str) -> int:
    limits = _mapping(raw, "limits", where)
    if set(limits) - {"output_tokens"}:
        raise PromptError(f"{where}：limits 只认 output_tokens / knows output_tokens only")
    return _count({"output_tokens": limits.get("output_tokens", 512)}, "output_tokens", where)


def _output(raw: object, where: str) -> str:
    if raw not in OUTPUTS:
        raise PromptError(f"{where}：output 应为 list 或 text / should be list or text")
    return str(raw)
