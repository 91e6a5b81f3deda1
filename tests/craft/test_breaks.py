"""Breaking a headline over lines, layouts, and the reasons of refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.chars import width
from summarizer.errors import SettingsError
from summarizer.forms import Layout, Line, fit, fit_shape, one_line, units
from summarizer.forms.layout import loads


def two(chars):
    return (Line(1, chars), Line(1, chars))


@pytest.mark.parametrize(
    "text, names, kept",
    [
        ("一季度全市生产总值增长5.3%达到1200亿元", (), ["5.3%", "1200亿元"]),
        ("云溪市委书记章明远到青石县调研", ("章明远",), ["章明远", "青石县"]),
        ("云溪市1月20日起不收停车费", (), ["1月20日"]),
        ("推进“四个全面”战略布局", (), ["“四个全面”"]),
        ("学习《云溪市志》有感", (), ["《云溪市志》"]),
        ("云溪与Open Sea公司签约", (), ["Open Sea"]),
        ("云溪百分之六十的村通公交", (), ["百分之六十"]),
        ("第三季度云溪用电量", (), ["第三季度"]),
        ("丁薛禾出席云溪教育大会", (), ["丁薛禾"]),
    ],
)
def test_units_stay_whole(text, names, kept):
    found = [text[a:b] for a, b in units(text, names)]
    assert "".join(found) == text
    for unit in kept:
        assert any(unit in piece for piece in found), found


def test_negation_stays_with_its_word():
    assert not any(t == "不" for t in [("云溪今年不涨价"[a:b]) for a, b in units("云溪今年不涨价")])


@given(st.text(alphabet="云溪市的5.3%章明远，“”《》A bc、和", max_size=25))
def test_units_cover(text):
    spans = units(text, ("章明远",))
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(a < b for a, b in spans)


def test_break_at_the_space():
    found = fit_shape("深入推进四个全面战略布局 奋力谱写云溪新篇章", two(14))
    assert found.lines == ("深入推进四个全面战略布局", "奋力谱写云溪新篇章")


def test_no_line_starts_with_de():
    for chars in range(8, 15):
        found = fit_shape("云溪的发展和改革的成就的展览开幕", two(chars))
        assert all(not line.startswith(("的", "和")) for line in found.lines)
        assert found.ok or found.reasons


@pytest.mark.parametrize(
    "text, chars, names, reason",
    [
        ("云溪访欧阳明远之家乡", 5, ("欧阳明远之家",), "中间"),
        ("云溪市一季度经济", 3, (), "超过|版面|over"),
        ("投资2000000000元", 5, (), "中间"),
        ("云溪经济和（青石县）", 5, (), "结尾|中间"),
    ],
)
def test_refused_with_reason(text, chars, names, reason):
    found = fit_shape(text, two(chars), names)
    assert not found.ok and found.lines == ()
    assert any(part in found.reasons[0] for part in reason.split("|")), found.reasons


@given(
    st.lists(
        st.sampled_from(["云溪", "经济", "的", "和", "5.3%", "，", "“改革”", "增长", "（上）", " "]),
        max_size=12,
    )
)
def test_lines_hold_the_text_and_their_budgets(parts):
    text = "".join(parts).strip()
    found = fit(text, (two(8), two(12)))
    if found.ok:
        assert "".join(found.lines).replace(" ", "") == text.replace(" ", "")
        assert all(width(line) <= 12 for line in found.lines)
        assert not any(line[0] in "的和，）”" or line[-1] in "（“" for line in found.lines[1:])


def test_shapes_are_tried_and_the_best_wins():
    layout = loads("main:\n  - 1×12\n  - [1×9, 1×9]\n")
    assert len(fit("云溪市一季度经济开门红", layout.main).lines) == 1
    assert len(fit("云溪市一季度经济增长 创历史新高", layout.main).lines) == 2


def test_no_shape():
    assert not fit("云溪", ()).ok and not fit("", Layout().main).ok


@pytest.mark.parametrize(
    "text, where",
    [
        ("main: 20", "x.yaml:1: main"),
        ("main:\n  - 1×20\n  - 1-20", "x.yaml:3: main[1]"),
        ("mian: 1×20", "是不是 main"),
        ("main: 0×20", "x.yaml:1: main"),
        ("main: [[]]", "main[0]"),
        ("main: {a: 1}", "main"),
    ],
)
def test_layout_errors_name_line_and_key(text, where):
    with pytest.raises(SettingsError, match=".") as caught:
        loads(text, "x.yaml")
    assert where in str(caught.value)


def test_layout_reads_columns_times_characters():
    layout = loads("main: [2×9, 2x8]\nkicker: []\n")
    assert layout.main == ((Line(2, 9), Line(2, 8)),) and layout.budget("main") == 34
    assert layout.budget("kicker") == 0
    assert loads("") == Layout()


@pytest.mark.parametrize("chars", [4, 20, 81, 100])
def test_one_line_holds_exactly(chars):
    if chars == 81 or chars <= 100:
        assert one_line(chars).budget("main") == chars


def test_unknown_slot():
    with pytest.raises(SettingsError):
        Layout().budget("headline")
