"""Checking a headline's manner against a house style: words, forms of address, numerals, marks, lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .chars import width
from .forms.numerals import chinese_value
from .style import HYPE, Rule, Style
from .types import Finding

_POSTS = (
    "省委书记|市委书记|县委书记|区委书记|党委书记|党组书记|书记|副省长|省长|副市长|市长|副县长|县长|副区长|区长|主任|局长|厅长|部长|"
    "院长|校长|董事长|总经理|总裁|主席|委员长|秘书长|总理|总统|所长|处长|科长|教授|院士"
)
# 姓名+职务: a two- or three-character name before a post that ends its phrase (章明远书记调研…).
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤章"
)
_NAME_POST = re.compile(
    rf"(?<![一-龥])(?P<name>[{_SURNAMES}][一-龥]{{1,2}})(?P<post>{_POSTS})(?=[一-龥]|$|[ ，：])"
)
_HONORIFIC = re.compile(r"(?<=[一-龥])(?:先生|女士|小姐|同志|老师傅)")
# 十分, 一些, 第一线, 十四五: no figures to be written in another manner.
_CHINESE_FIGURE = re.compile(
    r"(?<![第〇零一二三四五六七八九十百千万亿两统唯专单])[〇零一二三四五六七八九十百千万亿两]{2,}(?=[个名人家项条次天岁倍元吨公])"
    r"|(?<![第一-龥])[〇零一二三四五六七八九十百千]{2,}(?=[年月日])|百分之[〇零一二三四五六七八九十百点]+"
)
_ARABIC_FIGURE = re.compile(r"(?<![\dA-Za-z.])\d+(?:\.\d+)?[%％]?(?![\dA-Za-z])")
_MARKS = {"exclamation": "!！", "question": "?？", "colon": ":：", "ellipsis": "…"}
_MARK_NAMES = {"exclamation": "感叹号", "question": "问号", "colon": "冒号", "ellipsis": "省略号"}


def check(text: str, style: Style) -> tuple[Finding, ...]:
    """Where ``text`` goes against ``style``, in order of place; ``reason`` says what to write instead.

    Kind ``style``, verdict ``inferred``, no evidence. Nothing is replaced. The empty text has none.
    """
    found = [*_words(text, style), *_hype(text, style), *_address(text, style)]
    found += [*_numerals(text, style), *_marks(text, style)]
    return tuple(sorted(_outermost(found), key=lambda f: (f.start, f.end, f.reason)))


def _finding(text: str, start: int, end: int, reason: str) -> Finding:
    return Finding("style", text[start:end], start, end, "inferred", reason=reason)


def _outermost(found: list[Finding]) -> list[Finding]:
    """Rules for 惊呆了 and 惊呆 would both fire: the longer says it."""
    spans = {(f.start, f.end) for f in found}
    return [
        f
        for f in found
        if not any(a <= f.start and f.end <= b and (a, b) != (f.start, f.end) for a, b in spans)
    ]


def pattern(word: str) -> re.Pattern[str]:
    """A rule's word as a pattern: ``/…/`` is a regular expression, anything else stands for itself."""
    is_pattern = len(word) > 2 and word.startswith("/") and word.endswith("/")
    return re.compile(word[1:-1] if is_pattern else re.escape(word))


def _words(text: str, style: Style) -> Iterator[Finding]:
    for rule in style.rules:
        # “逝世” contains no ban on itself: a preferred word that holds the banned one is not a hit.
        held = [m.span() for m in re.finditer(re.escape(rule.instead), text)] if rule.instead else []
        for match in pattern(rule.word).finditer(text):
            if match.group() and not any(a <= match.start() and match.end() <= b for a, b in held):
                yield _finding(text, *match.span(), _reason(rule, match.group()))


def _reason(rule: Rule, said: str) -> str:
    lead = {"ban": f"禁用“{said}”", "prefer": f"不用“{said}”", "note": f"慎用“{said}”"}[rule.action]
    instead = f"，改用“{rule.instead}”" if rule.instead else ""
    return lead + instead + (f"（{rule.reason}）" if rule.reason else "")


def _hype(text: str, style: Style) -> Iterator[Finding]:
    if style.hype:
        return
    for word in HYPE:
        for match in re.finditer(re.escape(word), text):
            yield _finding(text, *match.span(), f"煽情词“{word}”，删去或改述事实")


def _address(text: str, style: Style) -> Iterator[Finding]:
    if style.address.order == "post-name":
        for match in _NAME_POST.finditer(text):
            right = match.group("post") + match.group("name")
            yield _finding(text, *match.span(), f"职务在前：改用“{right}”")
    if style.address.order == "name-post":
        for match in re.finditer(
            rf"(?P<post>{_POSTS})(?P<name>[{_SURNAMES}][一-龥]{{2}})(?=[ ，：]|$)", text
        ):
            right = match.group("name") + match.group("post")
            yield _finding(text, *match.span(), f"姓名在前：改用“{right}”")
    if not style.address.honorifics:
        for match in _HONORIFIC.finditer(text):
            yield _finding(text, *match.span(), f"标题不用“{match.group()}”")


def _numerals(text: str, style: Style) -> Iterator[Finding]:
    if style.numerals == "arabic":
        for match in _CHINESE_FIGURE.finditer(text):
            yield _finding(text, *match.span(), f"数字用阿拉伯数字{_as_arabic(match.group())}")
    elif style.numerals == "chinese":
        for match in _ARABIC_FIGURE.finditer(text):
            yield _finding(text, *match.span(), "数字用汉字")


def _as_arabic(text: str) -> str:
    """``：改用“1.2万”`` for 一万二千; "" where the value is not certain."""
    percent = text.startswith("百分之")
    value = chinese_value(text.removeprefix("百分之"))
    if value is None:
        return ""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if not percent and value >= size and len(f"{value / size:f}".rstrip("0").rstrip(".")) <= 5:
            return f"：改用“{(value / size).normalize():f}{unit}”"
    return f"：改用“{value.normalize():f}{'%' if percent else ''}”"


def _marks(text: str, style: Style) -> Iterator[Finding]:
    for name, marks in _MARKS.items():
        if getattr(style.punctuation, name):
            continue
        for match in re.finditer(f"[{marks}]+", text):
            if name == "colon" and re.match(r"\d[:：]\d", text[max(0, match.start() - 1) : match.end() + 1]):
                continue  # 3:1 and 20:00 are figures
            yield _finding(text, *match.span(), f"标题不用{_MARK_NAMES[name]}")
    if text.endswith(("。", "．")):
        yield _finding(text, len(text) - 1, len(text), "标题末尾不用句号")
    if style.punctuation.comma == "space":
        for match in re.finditer("，", text):
            yield _finding(text, *match.span(), "标题中用空格代替逗号")


def over_budget(text: str, style: Style, slot: str = "main") -> str:
    """Why ``text`` is too long for ``slot`` of the style's layout, or ""."""
    budget = style.layout.budget(slot)
    return f"{width(text):g} 字，版式限 {budget} 字 / over the budget" if width(text) > budget else ""
