"""Reading a settings file in YAML so that every complaint can name file, line and key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from .errors import SettingsError


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a YAML file with its place; ``key`` is its dotted path, ``line`` counts from 1."""

    file: str
    line: int
    key: str
    value: Any  # str, int, float, bool, None, tuple[Field, ...] or dict[str, Field]

    def error(self, message: str) -> SettingsError:
        """A SettingsError that begins with file, line and key."""
        return SettingsError(f"{self.file}:{self.line}: {self.key or '文件'}: {message}")

    def mapping(self, allowed: Iterable[str]) -> dict[str, Field]:
        """The value as a mapping whose keys are all in ``allowed``; an empty value is an empty mapping."""
        if self.value is None:
            return {}
        if not isinstance(self.value, dict):
            raise self.error("应为键值表 / expected a mapping")
        known = list(allowed)
        for name, field in self.value.items():
            if name not in known:
                raise field.error(
                    f"没有这个键{_nearest(name, known)} / unknown key, known: {', '.join(known)}"
                )
        return self.value

    def items(self) -> tuple[Field, ...]:
        """The value as a list; an empty value is an empty list."""
        if self.value is None:
            return ()
        if not isinstance(self.value, tuple):
            raise self.error("应为列表 / expected a list")
        return self.value

    def text(self) -> str:
        """The value as a non-empty string."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(f"应为文字，得到 {self._shown()} / expected text")
        return self.value

    def flag(self) -> bool:
        """The value as true or false."""
        if not isinstance(self.value, bool):
            raise self.error(f"应为 true 或 false，得到 {self._shown()} / expected true or false")
        return self.value

    def choice(self, allowed: Iterable[str]) -> str:
        """The value as one of ``allowed``."""
        known = list(allowed)
        if self.value not in known:
            near = _nearest(str(self.value), known)
            raise self.error(f"应为 {'、'.join(known)} 之一，得到 {self._shown()}{near} / not a valid choice")
        return str(self.value)

    def texts(self) -> tuple[str, ...]:
        """The value as a list of non-empty strings."""
        return tuple(item.text() for item in self.items())

    def _shown(self) -> str:
        return (
            "列表"
            if isinstance(self.value, tuple)
            else "键值表"
            if isinstance(self.value, dict)
            else repr(self.value)
        )


def read(path: str | Path) -> Field:
    """The whole file as one Field. Raises SettingsError where it can't be read or is not YAML."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: 读不了，请检查路径与 UTF-8 编码 / can't read: {error}") from error
    return parse(text, str(path))


def parse(text: str, file: str = "<text>") -> Field:
    """``text`` as one Field; the empty text has the value None. Raises SettingsError."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        loader = yaml.SafeLoader("")
        try:
            return Field(file, 1, "", None) if node is None else _field(node, file, "", loader, frozenset())
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{file}:{line}: 不是合法的 YAML / not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise SettingsError(
            f"{file}:1: 不是合法的 YAML / not valid YAML: {str(error).splitlines()[0]}"
        ) from error


def _field(node: yaml.Node, file: str, key: str, loader: yaml.SafeLoader, above: frozenset[int]) -> Field:
    line = node.start_mark.line + 1
    if id(node) in above:
        raise SettingsError(f"{file}:{line}: {key}: 不能引用自身 / an alias holds itself")
    above = above | {id(node)}
    if isinstance(node, yaml.MappingNode):
        return Field(file, line, key, _mapping(node, file, key, loader, above))
    if isinstance(node, yaml.SequenceNode):
        items = (_field(item, file, f"{key}[{i}]", loader, above) for i, item in enumerate(node.value))
        return Field(file, line, key, tuple(items))
    try:
        return Field(file, line, key, loader.construct_object(node))
    except (yaml.constructor.ConstructorError, ValueError) as error:
        raise SettingsError(f"{file}:{line}: {key}: 值不合法 / not a plain value: {error}") from error


def _mapping(
    node: yaml.MappingNode, file: str, key: str, loader: yaml.SafeLoader, above: frozenset[int]
) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        path = f"{key}.{name}" if key else name
        line = name_node.start_mark.line + 1
        if name in found:
            raise SettingsError(f"{file}:{line}: {path}: 键重复 / key stands twice")
        inner = _field(value_node, file, path, loader, above)
        # The key's own line is where an editor looks, also when its value starts below.
        found[name] = Field(file, line, path, inner.value)
    return found


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"，是不是 {near[0]}？" if near else ""
