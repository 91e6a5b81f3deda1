"""House styles: shipped files load, errors name line and key, findings say what to write."""

import pytest

from summarizer.errors import SettingsError
from summarizer.style import SHIPPED, Style, check, load, loads


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped(name):
    style = load(name)
    assert style.name == name and style.title and not style.hype
    assert style.layout.budget("main") >= 12


@pytest.mark.parametrize(
    "text, message",
    [
        ("kickr: wanted", "x.yaml:1: kickr: 没有这个键，是不是 kicker？"),
        ("name: a\nhype: 1", "x.yaml:2: hype: 应为 true 或 false"),
        ("banned:\n  - 甲\n  - {wrd: 3}", "x.yaml:3: banned[1].wrd: 没有这个键，是不是 word？"),
        ("preferred:\n  - {word: 甲}", "x.yaml:2: preferred[0]: 缺少 instead"),
        ("layout:\n  main: 20", "x.yaml:2: layout.main"),
        ("layout:\n  main:\n    - 1×99", "x.yaml:3: layout.main[0]"),
        ("a: b: c", "x.yaml:1: 不是合法的 YAML"),
        ("name: a\nname: b", "x.yaml:2: name: 键重复"),
        ("punctuation: {comma: 空}", "x.yaml:1: punctuation.comma"),
        ("kicker: want", "是不是 wanted"),
        ("banned:\n  - {word: /(/}", "正则式"),
        ("- 1", "应为键值表"),
        ("extends: daly", "是不是 daily"),
        ("layout: {main: &a [*a]}", "不能引用自身"),
        ("sensitive: [死]", "sensitive[0]"),
    ],
)
def test_errors_name_line_and_key(text, message):
    with pytest.raises(SettingsError) as caught:
        loads(text, "x.yaml")
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_unknown_name_suggests():
    with pytest.raises(SettingsError, match="是不是 daily"):
        load("dayly")


def test_missing_file(tmp_path):
    with pytest.raises(SettingsError, match="nowhere.yaml"):
        load(tmp_path / "nowhere.yaml")


def test_file_extends_and_overrides(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text("extends: daily\nhype: true\nbanned: [云里雾里, {word: 老板}]\n", encoding="utf-8")
    style = load(path)
    assert style.name == "ours" and style.hype and style.kicker == "wanted"
    assert style.layout == load("daily").layout
    assert [r for r in style.rules if r.word == "老板"][0].instead == ""  # our rule, not the inherited one


def test_empty_file_is_the_default():
    assert loads("") == Style("style")


DAILY = load("daily")


@pytest.mark.parametrize(
    "text, said, reason",
    [
        ("震惊！云溪物价", "震惊", "煽情词"),
        ("章明远书记到青石县调研", "章明远书记", "书记章明远"),
        ("云溪老板座谈", "老板", "企业负责人"),
        ("一万二千名务工人员返岗", "一万二千", "1.2万"),
        ("云溪市一万二千名务工人员返岗", "一万二千", "1.2万"),
        ("工业增加值增长百分之五点三", "百分之五点三", "5.3%"),
        ("云溪经济，稳中向好", "，", "空格"),
        ("云溪经济稳中向好。", "。", "句号"),
        ("陆文清先生来访", "先生", "不用"),
    ],
)
def test_found(text, said, reason):
    found = check(text, DAILY)
    hit = [f for f in found if f.text == said]
    assert hit and reason in hit[0].reason
    assert all(
        f.kind == "style" and f.verdict == "inferred" and text[f.start : f.end] == f.text for f in found
    )


@pytest.mark.parametrize(
    "text",
    [
        "市委书记章明远到青石县调研春耕",
        "云溪市一季度GDP增长5.3%",
        "第十四届云溪书展开幕 一线职工受邀",
        "云溪队3:1取胜",
        "千家万户迎新春 一百零八将展演",
        "",
    ],
)
def test_not_found(text):
    assert [f for f in check(text, DAILY) if "慎用" not in f.reason] == []


def test_chinese_numerals_style():
    style = loads("numerals: chinese")
    assert [f.text for f in check("云溪3人获奖 5G覆盖", style)] == ["3"]


def test_hype_may_be_allowed():
    assert check("重磅新规来了", loads("hype: true")) == ()


def test_longest_hit_only():
    assert [f.text for f in check("惊呆了众人", DAILY)] == ["惊呆了"]
