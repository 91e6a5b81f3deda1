"""The value of a numeral as a comparable string: 一万二千 = 1.2万 = 12000, 百分之五 = 5%, 第三 = 第3.

This is for telling whether two headlines say the same number; the guard has quantities with their kinds.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..chars import fold_width

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_CN = "〇零一二三四五六七八九十百千万亿两"
NUMERAL = re.compile(
    rf"百分之(?:\d+(?:\.\d+)?|[{_CN}]+(?:点[{_CN}]+)?)|\d+(?:[,，]\d{{3}})*(?:\.\d+)?[千百]?[万亿]*[%％‰]?"
    rf"|(?<![一-龥])第[{_CN}]+|[{_CN}]+点[{_CN}]+|[{_CN}]{{2,}}|[{_CN}](?=[个名人家项条次位场年月日天岁倍成届])"
)
# 十 and 万 in 十分, 万一, 千万 and words like 一些 say no number.
_NO_NUMBER = re.compile(
    r"一些|一般|一起|一直|一样|一定|一切|一致|统一|唯一|万一|十分|千万别|百姓|千家万户|万众|一带一路|一路|一体|一线|一流|一行|一再|一律|一旦|一度|一方面"
)


def chinese_value(text: str) -> Decimal | None:
    """The value of Chinese numerals (三百二十, 二〇二四, 一点五); None where ``text`` is none."""
    if "点" in text:
        return _decimal(text)
    if not text or any(c not in _DIGIT and c not in _SMALL and c not in _LARGE for c in text):
        return None
    if all(c in _DIGIT for c in text):
        return Decimal("".join(str(_DIGIT[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[char], 0
        else:
            total, section, digit = (total + section + digit or 1) * _LARGE[char], 0, 0
    return Decimal(total + section + digit)


def _decimal(text: str) -> Decimal | None:
    """三点五, 三点五亿."""
    whole, _, rest = text.partition("点")
    part = rest.rstrip("万亿")
    digits = [_DIGIT.get(c) for c in part]
    base = chinese_value(whole)
    if base is None or None in digits or not digits:
        return None
    value = base + Decimal("0." + "".join(map(str, digits)))
    for unit in rest[len(part) :]:
        value *= _LARGE[unit]
    return value


def numerals(text: str) -> tuple[str, ...]:
    """Every numeral of ``text`` in normal form, in order; ``%`` and 第 stay part of it. Empty for none."""
    plain = _NO_NUMBER.sub(lambda m: "　" * len(m.group()), fold_width(text))
    found = (_normal(m.group()) for m in NUMERAL.finditer(plain))
    return tuple(value for value in found if value)


def _normal(token: str) -> str:
    if token.startswith("百分之"):
        value = _value(token[3:])
        return f"{_shown(value)}%" if value is not None else ""
    ordinal, percent = token.startswith("第"), token[-1] in "%％‰"
    value = _value(token.removeprefix("第").rstrip("%％‰"))
    if value is None:
        return ""
    return (
        ("第" if ordinal else "") + _shown(value) + ({"％": "%"}.get(token[-1], token[-1]) if percent else "")
    )


def _value(token: str) -> Decimal | None:
    match = re.fullmatch(r"(\d[\d,，]*(?:\.\d+)?)([百千]?)([万亿]*)", token)
    if match is None:
        return chinese_value(token)
    value = Decimal(match.group(1).replace(",", "").replace("，", ""))
    for unit in match.group(2) + match.group(3):
        value *= (_SMALL | _LARGE)[unit]
    return value


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
