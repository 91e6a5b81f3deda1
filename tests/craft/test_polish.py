"""The newspaper's normal form and the faults that forbid a headline. Cases in tests/cases/polish.json."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.chars import width
from summarizer.forms.polish import faults, polish, repeated, stutter

CASES = json.loads((Path(__file__).parents[1] / "cases" / "polish.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['label']}:{c['text'][:12]}")
def test_labelled(case):
    assert polish(case["text"], case.get("comma", "keep")) == case["polished"]


TEXT = st.text(alphabet=st.sampled_from('云溪增长5.3%A，,。.：:（）()“”"—-…· 　!？'), max_size=30)


@given(TEXT, st.sampled_from(["keep", "space"]))
def test_idempotent(text, comma):
    once = polish(text, comma)
    assert polish(once, comma) == once


@given(TEXT)
def test_words_never_change(text):
    def letters(t):
        return [c for c in t if c in "云溪增长53%A"]

    assert letters(polish(text)) == letters(text)


def test_faults():
    assert faults("云溪市一季度经济开门红", 20) == ()
    assert "空" in faults("  ")[0]
    assert "缺另一半" in faults("云溪（市一季度")[0]
    assert "重复" in faults("老鼠老鼠老鼠老鼠")[0]
    assert "超过 5 字" in faults("云溪市一季度", 5)[0]
    assert faults("云溪市一季度", 6) == ()


@pytest.mark.parametrize(
    "text, gram",
    [("枫桥镇春耕 枫桥镇春耕忙", "枫桥镇春"), ("2024—2024 20242024", ""), ("云溪 云溪", ""), ("", "")],
)
def test_repeated(text, gram):
    assert repeated(text) == gram


@pytest.mark.parametrize(
    "text, said",
    [
        ("云溪为为为群众办事", "为为"),
        ("陆文清举行举行会谈", "举行举行"),
        ("累计累计1例", "累计累计"),
        ("中国国务院发布通知", ""),
        ("妈妈天天看书 家家户户贴春联", ""),
        ("2024年年会在云溪举行", ""),
        ("一步一步走稳", ""),
        ("", ""),
    ],
)
def test_stutter(text, said):
    assert stutter(text) == said


def test_width_of_separator():
    assert width(polish("云溪  市")) == 3.5
