"""From a Page to Cleaned: named repairs in a fixed order, each change logged with its reason.

No repair changes wording. The order matters: line ends before lines, stray characters before widths,
doubled type before spaces (a shadow repeats its spaces too), joining when lines are clean but their
indents and blank lines still tell where paragraphs start.
"""

from __future__ import annotations

from ..types import Cleaned, Page
from . import marks, shadow, spaces, widths, wrap
from .edits import Manuscript

REPAIRS = (
    ("line-end", marks.line_ends, "换行符统一 / one kind of line end"),
    ("surrogate", marks.surrogates, "无效的代理码位 / surrogates can't be written as UTF-8"),
    ("control", marks.controls, "控制字符 / control characters"),
    ("invisible", marks.invisible, "零宽字符、软连字符等 / zero-width characters and soft hyphens"),
    ("private-use", marks.private, "字体私用码位 / glyph numbers of an embedded font"),
    ("heading", marks.headings, "Markdown 标题号 / number signs of a Markdown heading"),
    ("width", widths.letters_and_digits, "全角字母数字 / full-width letters and digits"),
    ("width", widths.decimal_points, "全角小数点 / full-width decimal point"),
    ("shadow", shadow.doubled_text, "阴影重影字 / display type doubled by its shadow"),
    ("shadow", shadow.doubled_lines, "阴影重影行 / display line doubled by its shadow"),
    ("spacing", spaces.letter_spacing, "字间空格 / letter-spacing"),
    ("spacing", spaces.before_marks, "标点前空格 / space before punctuation"),
    ("spacing", spaces.after_marks, "标点后空格 / space after punctuation"),
    ("join", wrap.joins, "硬换行接续 / line broken by the column"),
    ("blank", wrap.blanks, "行首行尾空白与空行 / blanks around lines and blank lines"),
)


def clean(page: Page) -> Cleaned:
    """Repair the text of ``page``; the empty page gives empty text. Linear time; raises nothing."""
    manuscript = Manuscript(page)
    for name, find, reason in REPAIRS:
        manuscript.apply(find(manuscript.text), name, reason)
    return manuscript.finish()


__all__ = ["REPAIRS", "clean"]
