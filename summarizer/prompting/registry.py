"""All prompts by name: the shipped ones, then a user's folder, whose files of the same name win."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import yaml
from jinja2 import DictLoader, StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import PromptError
from .prompt import Message, Prompt, PromptRef, Rendered, from_mapping
from .variables import bind

_PACKAGE = Path(__file__).resolve().parent.parent
PARTIALS = "partials"


def shipped() -> Path:
    """Where the shipped prompts are: inside an installed package, at the top of a checkout."""
    for folder in (_PACKAGE / "prompts", _PACKAGE.parent / "prompts"):
        if (folder / "headline.yaml").is_file():
            return folder
    raise PromptError("安装不完整：找不到 prompts，请重新安装 / the prompts are not installed")


def user_folder() -> Path | None:
    """``SUMMARIZER_PROMPTS``, a folder of the user's own prompts; None where it is not set."""
    named = os.environ.get("SUMMARIZER_PROMPTS")
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise PromptError(f"SUMMARIZER_PROMPTS 指向的文件夹不存在：{folder} / no such folder")
    return folder


class Registry:
    """Prompts of ``folders``, the last winning; by default the shipped ones and the user's folder."""

    def __init__(self, folders: tuple[Path, ...] | None = None):
        if folders is None:
            mine = user_folder()
            folders = (shipped(),) if mine is None else (shipped(), mine)
        self.folders = folders
        # Files are read once: one batch is written with one wording.
        self._read: dict[str, Prompt] = {}
        self._compiled: dict[str, Template] = {}

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {path.stem: path for folder in self.folders for path in sorted(folder.glob("*.yaml"))}

    @cached_property
    def partials(self) -> dict[str, str]:
        """Partials by the name that templates include them with, such as ``style-daily.j2``."""
        found = (path for folder in self.folders for path in sorted((folder / PARTIALS).glob("*.j2")))
        return {path.name: path.read_text(encoding="utf-8") for path in found}

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def path(self, name: str) -> Path:
        """The file of prompt ``name``. Raises PromptError for an unknown name."""
        if name not in self._files:
            known = "、".join(self.names())
            raise PromptError(f"没有提示词 {name!r}，可用：{known} / no such prompt")
        return self._files[name]

    def get(self, name: str) -> Prompt:
        """The prompt ``name``, checked. Raises PromptError for what is wrong with its file."""
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def _load(self, name: str) -> Prompt:
        path = self.path(name)
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise PromptError(f"{path} 不是有效的 YAML：{_one_line(error)} / is not valid YAML") from error
        prompt = from_mapping(raw, path.name)
        if prompt.name != name:
            raise PromptError(f"{path.name}：name 应为 {name}，得到 {prompt.name} / name and file differ")
        self._check_names(prompt)
        return prompt

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        return ImmutableSandboxedEnvironment(
            loader=DictLoader(self.partials),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            keep_trailing_newline=True,
        )

    def _check_names(self, prompt: Prompt) -> None:
        """What the templates and their partials read must be what the file declares."""
        read: set[str] = set()
        texts = [prompt.system, prompt.template, *self.partials.values()]
        for number, text in enumerate(texts):
            names = self._names_in(text, prompt.name)
            read |= names if number < 2 else names & set(prompt.variables)
        undeclared = sorted(read - set(prompt.variables))
        unread = sorted(set(prompt.variables) - read)
        if undeclared:
            raise PromptError(f"提示词 {prompt.name} 用了未声明的变量 {'、'.join(undeclared)} / not declared")
        if unread:
            raise PromptError(f"提示词 {prompt.name} 声明了不用的变量 {'、'.join(unread)} / never used")

    def _names_in(self, text: str, prompt: str) -> set[str]:
        try:
            return meta.find_undeclared_variables(self._environment.parse(text))
        except TemplateError as error:
            raise PromptError(f"提示词 {prompt} 的模板有误：{_one_line(error)} / bad template") from error

    def render(self, name: str, variables: Mapping[str, object]) -> Rendered:
        """Prompt ``name`` with ``variables``: every declared one and no other, else PromptError."""
        prompt = self.get(name)
        ref = PromptRef(prompt.name, prompt.version, prompt.sha256(self.partials))
        messages = []
        if prompt.system.strip():
            values = bind(prompt.variables, variables, name)
            messages.append(Message("system", self._fill(prompt.system, values, name)))
        for shown, answer in prompt.examples:
            both = {**variables, **shown}
            messages.append(Message("user", self._user(prompt, both)))
            messages.append(Message("assistant", answer))
        messages.append(Message("user", self._user(prompt, variables)))
        return Rendered(tuple(messages), prompt.stop, prompt.output_tokens, prompt.output, ref)

    def _user(self, prompt: Prompt, variables: Mapping[str, object]) -> str:
        values = bind(prompt.variables, variables, prompt.name)
        return self._fill(prompt.template, values, prompt.name)

    def _fill(self, text: str, values: Mapping[str, object], name: str) -> str:
        try:
            if text not in self._compiled:
                self._compiled[text] = self._environment.from_string(text)
            return self._compiled[text].render(values).strip()
        except (TemplateError, TypeError, ValueError) as error:
            raise PromptError(f"提示词 {name} 渲染失败：{_one_line(error)} / can't be rendered") from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
