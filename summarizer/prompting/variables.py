"""The declared variables of a prompt: each has a type, and a value of another type raises PromptError."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import PromptError

KINDS = ("text", "data", "integer", "number", "choice", "list")
_MARK = "稿件"


@dataclass(frozen=True)
class Variable:
    """``kind`` is one of KINDS; ``data`` is someone else's text, which is fenced when it is rendered."""

    name: str
    kind: str
    choices: tuple[str, ...] = ()
    default: object = None
    optional: bool = False

    def value(self, given: object, prompt: str) -> object:
        """``given`` as the template gets it. Raises PromptError for another type."""
        if self.kind in ("text", "data") and isinstance(given, str):
            return fence(given) if self.kind == "data" else given
        if self.kind == "integer" and isinstance(given, int) and not isinstance(given, bool):
            return given
        if self.kind == "number" and isinstance(given, (int, float)) and not isinstance(given, bool):
            return given
        if self.kind == "choice" and given in self.choices:
            return given
        if (
            self.kind == "list"
            and isinstance(given, (list, tuple))
            and all(isinstance(x, str) for x in given)
        ):
            return tuple(given)
        expected = "、".join(self.choices) if self.choices else self.kind
        raise PromptError(
            f"提示词 {prompt} 的变量 {self.name} 应为 {expected}，得到 {type(given).__name__}"
            f" / variable {self.name} has the wrong type"
        )


def fence(text: str) -> str:
    """``text`` between two lines that it can't hold: their number is taken from its own hash.

    A report that tries to close the fence would have to know a hash of itself.
    """
    salt = 0
    while True:
        number = hashlib.sha256(f"{salt}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        if number not in text:
            return f"<{_MARK} {number}>\n{text}\n</{_MARK} {number}>"
        salt += 1


def parse(name: str, given: object, prompt: str) -> Variable:
    """One entry of a prompt's ``variables``. Raises PromptError where it isn't one."""
    if not isinstance(given, Mapping) or given.get("type") not in KINDS:
        raise PromptError(f"提示词 {prompt}：变量 {name} 的 type 应为 {'、'.join(KINDS)} / unknown type")
    extra = set(given) - {"type", "choices", "default", "description"}
    if extra:
        raise PromptError(
            f"提示词 {prompt}：变量 {name} 有不认识的键 {'、'.join(sorted(extra))} / unknown key"
        )
    choices = tuple(given.get("choices", ()))
    if (given["type"] == "choice") != bool(choices):
        raise PromptError(f"提示词 {prompt}：变量 {name}：choice 类型需要 choices / choice needs choices")
    return Variable(name, given["type"], choices, given.get("default"), "default" in given)


def bind(declared: Mapping[str, Variable], given: Mapping[str, object], prompt: str) -> dict[str, object]:
    """The values for a template: all declared, none else. Raises PromptError, naming what is wrong."""
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise PromptError(f"提示词 {prompt} 没有变量 {'、'.join(unknown)} / unknown variable")
    missing = sorted(name for name, v in declared.items() if name not in given and not v.optional)
    if missing:
        raise PromptError(f"提示词 {prompt} 缺少变量 {'、'.join(missing)} / missing variable")
    return {name: v.value(given.get(name, v.default), prompt) for name, v in declared.items()}
