"""What one side says or does is not given to the other."""

import pytest

from summarizer.guard import check, facts, flagged

TALKS = facts(
    "发言人7日说，俄方的真实目的是拖延通航谈判。他强调，乌方将采取措施，坚决维护本国渔民的合法权益。"
    "双方同意下月继续就渔船停靠进行磋商。俄方提出分两步走，乌方也提出分两步走。渔民期待早日恢复出海捕鱼。"
)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("俄方坚决维护本国渔民的合法权益", "俄方"),
        ("渔民期待 乌方的真实目的是拖延通航谈判", "乌方"),
        ("乌方坚决维护本国渔民的合法权益", ""),
        ("乌方称俄方的真实目的是拖延通航谈判", ""),
        ("对俄方坚决维护本国渔民的合法权益表示欢迎", ""),
        ("俄方同意下月继续就渔船停靠进行磋商", ""),  # both do
        ("乌方提出分两步走", ""),
        ("俄方：渔民期待早日恢复出海捕鱼", ""),  # nobody's words
        ("俄方维护渔民权益", ""),  # not the body's words
        ("美方坚决维护本国渔民的合法权益", ""),  # a side that the body does not know is the names' business
    ],
)
def test_sides(text, side):
    found = [f for f in flagged(check(text, TALKS)) if "正文说的是" in f.reason]
    assert [f.text[:2] for f in found] == ([side] if side else [])
