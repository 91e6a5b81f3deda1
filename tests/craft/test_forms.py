"""Stacks, parallel halves, short titles, key points, sections, rewriting targets."""

import pytest

from summarizer.errors import SettingsError
from summarizer.forms.layout import Layout, loads
from summarizer.forms.parallel import couplets, halves, parallel
from summarizer.forms.points import key_point, key_points, sections
from summarizer.forms.stack import Stack, parts, set_stack
from summarizer.rewrite import targets
from summarizer.sentences import sentences


@pytest.mark.parametrize(
    "text, stack",
    [
        (
            "章明远在青石县调研时强调 坚持生态优先 推动绿色发展",
            ("坚持生态优先 推动绿色发展", "章明远在青石县调研时强调", ""),
        ),
        ("古街新生——枫桥镇老街改造记", ("古街新生", "", "——枫桥镇老街改造记")),
        ("云溪出版《水乡——云溪老照片》", ("云溪出版《水乡——云溪老照片》", "", "")),
        ("云溪至枫桥高速公路通车", ("云溪至枫桥高速公路通车", "", "")),
    ],
)
def test_parts(text, stack):
    found = parts(text)
    assert (found.main, found.kicker, found.sub) == stack


def test_a_kicker_that_repeats_or_is_too_long_is_dropped_with_its_reason():
    layout = Layout()
    repeats = set_stack(Stack("云溪启动老旧小区改造工程", kicker="老旧小区改造工程启动"), layout)
    assert repeats.stack.kicker == "" and "重复" in repeats.reasons[0]
    long = set_stack(Stack("云溪启动老旧小区改造", kicker="投资" * 20), layout)
    assert long.stack.kicker == "" and long.reasons
    good = set_stack(Stack("坚持生态优先 推动绿色发展", kicker="章明远在青石县调研时强调"), layout)
    assert good.stack.kicker and good.kicker.ok and good.reasons == ()
    assert set_stack(Stack("云溪", kicker="章明远调研"), loads("kicker: []")).stack.kicker == ""


def test_main_says_why_it_does_not_fit():
    assert "超" in set_stack(Stack("云溪" * 15), Layout()).main.reasons[0] or set_stack(
        Stack("云溪" * 15), Layout()
    ).main.reasons[0].startswith("30 字")


@pytest.mark.parametrize(
    "left, right, low, high",
    [
        ("坚持生态优先", "推动绿色发展", 0.8, 1.0),
        ("春天防沙尘", "夏天防臭氧", 0.8, 1.0),
        ("坚持生态优先", "推动发展", 0.0, 0.0),
        ("推动绿色发展", "坚持绿色发展", 0.0, 0.0),
        ("", "", 0.0, 0.0),
    ],
)
def test_parallel(left, right, low, high):
    assert low <= parallel(left, right) <= high


def test_halves():
    assert halves("坚持生态优先 推动绿色发展").score > 0.8
    assert halves("云溪至枫桥高速公路通车") is None and halves("“坚持 推动”") is None


def test_couplets_are_found_in_the_report():
    body = "章明远指出，要坚持生态优先，推动绿色发展，让群众得实惠。普通市民，社区群众，都来参加。"
    found = couplets(body)
    assert found[0].text == "坚持生态优先 推动绿色发展" or "生态优先" in found[0].left
    assert all("普通市民" not in c.text for c in found)
    assert couplets("") == () and couplets("云溪至枫桥高速公路通车。") == ()


@pytest.mark.parametrize(
    "sentence, budget, line",
    [
        (
            "会议强调，要把群众安全放在首位，提前转移低洼地带居民。",
            30,
            "要把群众安全放在首位，提前转移低洼地带居民",
        ),
        ("会议强调，要把群众安全放在首位，提前转移低洼地带居民。", 14, "要把群众安全放在首位"),
        ("其中，青石县已转移群众320人。", 30, "青石县已转移群众320人"),
        ("他说“这是好事，大家都要支持，不能拖后腿”。", 10, ""),
        ("", 20, ""),
    ],
)
def test_key_point(sentence, budget, line):
    assert key_point(sentence, budget) == line


def test_key_points_do_not_repeat():
    lines = key_points(["青石县已转移群众320人。", "目前，青石县已转移群众320人。", "学校暂停户外活动。"], 30)
    assert lines == ("青石县已转移群众320人", "学校暂停户外活动")


def test_sections_of_a_long_report():
    topics = ("水库堤坝巡查除险", "竹编工坊订单学徒", "高速公路通车收费")
    body = "\n".join(
        f"{topic}，{topic}有关工作{'持续推进落实到位' * 20}。" for topic in topics for _ in range(3)
    )
    spans = sections(body, sentences(body))
    assert 2 <= len(spans) <= 5 and spans[0][0] == 0 and spans[-1][1] == len(body)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert sections("云溪。", sentences("云溪。")) == ()


HEADLINE = "章明远到青石县调研农业现代化"


@pytest.mark.parametrize(
    "how, most, least",
    [("shorter", 10, 0), ("longer", 19, 14.5), ("formal", 20, 0), ("again", 20, 0)],
)
def test_targets(how, most, least):
    found = targets(how, HEADLINE, 20, ["青石县"])
    assert (found.max_chars, found.least, found.keep) == (most, least, ("青石县",))
    assert not found.accepts(HEADLINE, HEADLINE)
    assert (found.style == "formal") is (how == "formal")


def test_again_avoids_the_verb_unless_it_is_kept():
    assert targets("again", HEADLINE, 20).avoid == ("调研",)
    assert targets("again", HEADLINE, 20, keep=["调研"]).avoid == ()


def test_keep_makes_room_and_conflicts_are_said():
    assert targets("shorter", HEADLINE, 20, ["青石县农业现代化调研"]).max_chars == 10
    for how, keep, avoid in [
        ("smaller", (), ()),
        ("again", ["青石县"], ["青石"]),
        ("again", ["章明远到青石县调研农业现代化工作会议精神"], ()),
        ("again", "青石县", ()),
    ]:
        with pytest.raises(SettingsError):
            targets(how, HEADLINE, 18, keep, avoid)


def test_accepts():
    found = targets("shorter", HEADLINE, 20, ["青石县"], ["农业"])
    assert found.accepts("章明远调研青石县", HEADLINE)
    assert not found.accepts("章明远调研青石", HEADLINE)
    assert not found.accepts("青石县的农业", HEADLINE)
    assert not found.accepts("章明远到青石县调研现代化", HEADLINE)
