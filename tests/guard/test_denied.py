"""What a report only mentions to deny it, or only asks, is no claim of its own."""

import pytest

from summarizer.guard import check, facts, flagged

BRIDGE = (
    "近日，网传云溪大桥下月将拆除，这是对规划的误解。市住建局局长章明远7日说，大桥只做加固，工期三个月。"
    "有人声称“云溪模式”是圈地工具，这种说法站不住脚。一名男子谎称候车室里有爆炸物，被拘留十日。"
    "一些人认为，环城路是面子工程，旨在招揽投资，这些看法完全错误。大桥要改收费？陆文清认为不会。云溪市上月新增岗位300个？市人社局核实，确有300个。云溪市上月新增岗位300个。"
)
KNOWN = facts(BRIDGE)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("云溪大桥下月将拆除", "云溪大桥下月将拆除"),
        ("章明远：工期三个月 云溪大桥下月将拆除", None),
        ("大桥加固 云溪大桥下月将拆除", "云溪大桥下月将拆除"),
        ("“云溪模式”是圈地工具", "“云溪模式”是圈地工具"),
        ("候车室里有爆炸物", "候车室里有爆炸物"),
        ("云溪大桥要改收费", "大桥要改收费"),
        ("环城路是面子工程", "环城路是面子工程"),
    ],
)
def test_a_claim_that_is_denied_or_only_asked(text, claim):
    found = [f for f in flagged(check(text, KNOWN)) if f.kind == "polarity"]
    assert [f.text for f in found] == ([claim] if claim else [])
    for finding in found:
        assert finding.verdict == "contradicted" and finding.reason
        assert BRIDGE[slice(*finding.evidence[0])] in finding.text


@pytest.mark.parametrize(
    "text",
    [
        "网传云溪大桥将拆除不实",
        "云溪大桥下月将拆除？",
        "云溪大桥不会拆除",
        "男子谎称候车室里有爆炸物被拘",
        "大桥只做加固 工期三个月",
        "云溪市上月新增岗位300个",  # asked, and then said
        "一些人认为，环城路是面子工程，旨在招揽投资，这些看法完全错误。大桥要改收费？官方回应",
        "云溪大桥是否改收费",
    ],
)
def test_what_keeps_its_distance_or_is_said_elsewhere(text):
    assert not [f for f in check(text, KNOWN) if "否定" in f.reason or "在问" in f.reason]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "下月各门店恢复供应鲜奶",
            "针对停售的传言，云溪乳业公告，下月各门店恢复供应鲜奶，有关传言是谣言。",
        ),
        ("摊贩收入更加稳当", "如何让夜市人气更旺、摊贩收入更加稳当？云溪市给出了答案。"),
        ("学生创客拉着老师创业", "新潮！学生创客拉着老师创业学生建议老师开公司？章明远真做到了。"),
        ("守护好一泓清水", "有人说守护好一泓清水太难。章明远不这样看。这条路没有尽头。"),
    ],
)
def test_a_claim_that_the_report_makes_itself(text, body):
    assert not flagged(check(text, facts(body)))
