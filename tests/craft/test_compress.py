"""The compressor: within its target, whole units, no lost negation, never empty."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.chars import unbalanced, width
from summarizer.compress import compress, compressions
from summarizer.errors import SettingsError
from summarizer.forms import units
from summarizer.weigh import covered, salience

SENTENCE = (
    "云溪市统计局20日发布数据，2024年全市地区生产总值1200亿元，按可比价格计算，比上年增长5.3%，"
    "其中规模以上工业增加值增长6.1%，市长陆文清在会上表示要继续扩大内需。"
)


@pytest.mark.parametrize("target", [6, 10, 14, 20, 26, 40])
def test_within_target_and_made_of_whole_units(target):
    found = compress(SENTENCE, target, names=("陆文清",))
    assert found.text and width(found.text) <= target
    edges = {0, *(p for span in units(SENTENCE, ("陆文清",)) for p in span)}
    assert all(a in edges and b in edges for a, b in found.spans)
    joined = "".join(SENTENCE[a:b] for a, b in found.spans)
    assert found.text.replace(" ", "").replace("：", "") == joined.replace("：", "")


def test_longer_targets_keep_more_value():
    values = [c.value for c in compressions(SENTENCE, (8, 14, 20, 30))]
    assert values == sorted(values)


def test_a_sentence_that_fits_stays_whole():
    assert compress("云溪至枫桥高速公路通车。", 20).text == "云溪至枫桥高速公路通车"


def test_dateline_and_brackets_go():
    text = "本报云溪1月20日讯（记者沈知夏）云溪至枫桥高速公路（全长48公里）建成通车。"
    found = compress(text, 30).text
    assert "讯" not in found and "（" not in found and "记者" not in found and "建成通车" in found


def test_given_salience_decides():
    start = SENTENCE.index("规模以上")
    scores = [1.0 if start <= i < start + 15 else 0.0 for i in range(len(SENTENCE))]
    assert compress(SENTENCE, 16, scores).text.endswith("规模以上工业增加值增长6.1%")


@pytest.mark.parametrize(
    "text, word, rest",
    [
        ("云溪市政府否认将上调城区公共停车场收费标准", "否认", "上调"),
        ("该公司没有取得青石县矿区的采矿许可证", "没有", "许可证"),
        ("云溪市拟于明年起取消城区小学入学摸底考试", "取消", "考试"),
        ("他涉嫌挪用枫桥镇扶贫专项资金三百万元", "涉嫌", "挪用"),
    ],
)
@pytest.mark.parametrize("target", [6, 8, 10, 12, 14])
def test_no_negation_or_hedge_is_lost(text, word, rest, target):
    scores = [0.0 if text[max(0, i - 2) : i + 2].find(word) >= 0 else 1.0 for i in range(len(text))]
    found = compress(text, target, scores).text
    assert rest not in found or word in found


def test_quotation_stays_whole_or_goes():
    text = "陆文清说，云溪要坚持“一张蓝图绘到底”，把青石县的旅游公路和枫桥镇的古街连成一线。"
    for target in (6, 10, 14, 18, 24):
        found = compress(text, target).text
        assert unbalanced(found) == "" and ("“" not in found or "“一张蓝图绘到底”" in found)


ALPHABET = [
    "云溪市",
    "章明远",
    "调研",
    "不",
    "5.3%",
    "，",
    "。",
    "：",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "的",
    "和",
    "A公司",
    " ",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=25), st.integers(4, 30))
@settings(max_examples=200)
def test_any_text(parts, target):
    text = "".join(parts)
    try:
        found = compress(text, target).text
    except SettingsError:
        assert not any(p in text for p in ("云溪市", "章明远", "调研")) or any(m in text for m in "（《“")
        return
    # A title, a quotation or a short bracket is one unit: it is kept whole where nothing else is left.
    whole = any(f"{a}{found}{b}" in text for a, b in ("《》", "（）", "“”"))
    assert found and (width(found) <= max(target, 5) or whole)
    assert all(char in text or char in " ：" for char in found)
    assert not unbalanced(found) or unbalanced(text)


def test_what_is_refused():
    for text, target, scores in [("", 10, None), ("。，", 10, None), ("云溪", 1, None), ("云溪", 10, [1.0])]:
        with pytest.raises(SettingsError):
            compress(text, target, scores)


def test_salience_and_coverage():
    scores = salience(SENTENCE)
    assert len(scores) == len(SENTENCE) and 0 <= min(scores) and max(scores) == 1.0
    assert salience("") == ()
    full = covered(SENTENCE, SENTENCE, scores, 20)
    part = covered("云溪市生产总值", SENTENCE, scores, 20)
    assert full == 1.0 and 0 < part < 1 and covered("", SENTENCE, scores, 20) == 0.0
