"""House style as data: what a paper bans, prefers, and how its headlines are set.

A style is a YAML file; ``load`` checks every key and names file, line and key of what is wrong. See
docs/style.md for the keys. Checking a text against a style is ``manner.check``, offered here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from .errors import SettingsError
from .forms import layout as layouts
from .forms.layout import Layout
from .types import Finding
from .yamlfile import Field, parse, read

Action = Literal["ban", "prefer", "note"]
SHIPPED = ("daily", "metro", "web", "plain")
STYLES = Path(__file__).with_name("styles")

# 情绪 words that sell and say nothing; off unless a style says ``hype: true``.
HYPE = tuple(
    (
        "震惊 速看 速转 竟然 居然 重磅 惊呆 惊呆了 吓傻 吓人 疯传 疯转 刷屏 炸锅 炸裂 沸腾 太可怕 "
        "不转不是 必看 看哭 泪奔 万万没想到 真相了 细思极恐 不敢相信 轰动全国 史上最 全网最 99%的人 "
        "紧急扩散 内幕曝光 逆天 爆款 燃爆 刚刚！"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A word and what to do about it: ``ban`` it, ``prefer`` ``instead``, or only ``note`` the reason."""

    word: str
    action: Action
    instead: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """How people are named: the order of post and name, and whether 先生/女士 and 同志 may stand."""

    order: Literal["post-name", "name-post", "any"] = "any"
    honorifics: bool = True


@dataclass(frozen=True, slots=True)
class Punctuation:
    """Marks of a headline. ``comma``: ``space`` sets a space between clauses, ``keep`` lets commas stand."""

    comma: Literal["space", "keep"] = "keep"
    exclamation: bool = True
    question: bool = True
    colon: bool = True
    ellipsis: bool = True


@dataclass(frozen=True, slots=True)
class Style:
    """A house style. ``tone`` is passed to the model as ``Request.style``; ``layout`` holds line budgets."""

    name: str
    title: str = ""
    tone: str = "plain"
    kicker: Literal["wanted", "allowed", "never"] = "allowed"
    parallel: bool = False
    hype: bool = False
    numerals: Literal["arabic", "chinese", "any"] = "any"
    address: Address = field(default_factory=Address)
    punctuation: Punctuation = field(default_factory=Punctuation)
    rules: tuple[Rule, ...] = ()
    layout: Layout = field(default_factory=Layout)


def layout_of(style: Style | None, chars: int) -> Layout:
    """The layout of ``style``, or that of one line of ``chars`` full-width units."""
    return style.layout if style else layouts.one_line(chars)


def load(name_or_path: str | Path | Style) -> Style:
    """A shipped style by name, or the style of a YAML file. Raises SettingsError."""
    if isinstance(name_or_path, Style):
        return name_or_path
    text = str(name_or_path)
    if text in SHIPPED:
        return from_field(read(STYLES / f"{text}.yaml"), text)
    path = Path(text)
    if path.suffix.lower() in (".yaml", ".yml") or path.exists():
        return from_field(read(path), path.stem)
    near = get_close_matches(text, SHIPPED, n=1)
    hint = f"，是不是 {near[0]}？" if near else "；自定义文风请给出 .yaml 文件"
    raise SettingsError(f"没有文风 {text!r}{hint} / no such style, shipped: {', '.join(SHIPPED)}")


def loads(text: str, file: str = "<style>") -> Style:
    """The style of a YAML text. Raises SettingsError naming file, line and key."""
    return from_field(parse(text, file), "style")


_KEYS = (
    "name", "title", "tone", "extends", "kicker", "parallel", "hype", "numerals", "address", "punctuation",
    "banned", "preferred", "sensitive", "layout",
)  # fmt: skip


def from_field(root: Field, name: str) -> Style:
    """A style from the whole YAML file; keys not given come from ``extends`` or the defaults."""
    given = root.mapping(_KEYS)
    base = _base(given.get("extends"))
    return Style(
        name=given["name"].text() if "name" in given else name,
        title=given["title"].text() if "title" in given else base.title,
        tone=given["tone"].choice(("plain", "formal", "lively", "web")) if "tone" in given else base.tone,
        kicker=_choice(given, "kicker", ("wanted", "allowed", "never"), base.kicker),
        parallel=given["parallel"].flag() if "parallel" in given else base.parallel,
        hype=given["hype"].flag() if "hype" in given else base.hype,
        numerals=_choice(given, "numerals", ("arabic", "chinese", "any"), base.numerals),
        address=_address(given["address"], base.address) if "address" in given else base.address,
        punctuation=_punctuation(given.get("punctuation"), base.punctuation),
        rules=_rules(given, base.rules),
        layout=layouts.from_field(given["layout"], base.layout) if "layout" in given else base.layout,
    )


def _base(extends: Field | None) -> Style:
    """``extends`` names a shipped style only, so that no file can extend itself in a ring."""
    return Style("style") if extends is None else load(extends.choice(SHIPPED))


def _choice(given: dict[str, Field], key: str, allowed: tuple[str, ...], default: str):
    return given[key].choice(allowed) if key in given else default


def _address(value: Field, base: Address) -> Address:
    given = value.mapping(("order", "honorifics"))
    return Address(
        order=_choice(given, "order", ("post-name", "name-post", "any"), base.order),
        honorifics=given["honorifics"].flag() if "honorifics" in given else base.honorifics,
    )


def _punctuation(value: Field | None, base: Punctuation) -> Punctuation:
    if value is None:
        return base
    flags = ("exclamation", "question", "colon", "ellipsis")
    given = value.mapping(("comma", *flags))
    values = {flag: given[flag].flag() if flag in given else getattr(base, flag) for flag in flags}
    return Punctuation(comma=_choice(given, "comma", ("space", "keep"), base.comma), **values)


def _rules(given: dict[str, Field], base: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Own rules before inherited ones; a word stands once."""
    own = [_banned(item) for item in given["banned"].items()] if "banned" in given else []
    own += [_preferred(item) for item in given["preferred"].items()] if "preferred" in given else []
    own += [_sensitive(item) for item in given["sensitive"].items()] if "sensitive" in given else []
    words = {rule.word for rule in own}
    return (*own, *(rule for rule in base if rule.word not in words))


def _banned(item: Field) -> Rule:
    """A word alone, or ``word`` with ``instead`` and ``reason``."""
    if isinstance(item.value, str):
        return Rule(_word(item), "ban")
    given = _entry(item, ("word", "instead", "reason"), ("word",))
    return Rule(_word(given["word"]), "ban", _optional(given, "instead"), _optional(given, "reason"))


def _preferred(item: Field) -> Rule:
    given = _entry(item, ("word", "instead", "reason"), ("word", "instead"))
    return Rule(_word(given["word"]), "prefer", given["instead"].text(), _optional(given, "reason"))


def _sensitive(item: Field) -> Rule:
    given = _entry(item, ("word", "reason"), ("word", "reason"))
    return Rule(_word(given["word"]), "note", "", given["reason"].text())


def _entry(item: Field, allowed: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Field]:
    given = item.mapping(allowed)
    for key in needed:
        if key not in given:
            raise item.error(f"缺少 {key} / missing {key}")
    return given


def _word(item: Field) -> str:
    """A word to look for; ``/…/`` is a regular expression."""
    word = item.text()
    if len(word) > 2 and word.startswith("/") and word.endswith("/"):
        try:
            re.compile(word[1:-1])
        except re.error as error:
            raise item.error(f"正则式不合法 / not a regular expression: {error}") from error
    return word


def _optional(given: dict[str, Field], key: str) -> str:
    return given[key].text() if key in given else ""


def check(text: str, style: Style) -> tuple[Finding, ...]:
    """Where ``text`` goes against ``style``; see ``manner.check``."""
    from .manner import check as check_manner  # manner imports the dataclasses of this module

    return check_manner(text, style)
