"""Reading answers: JSON, nearly JSON, lists, talk. A case is (answer, items, whether the last is whole)."""

import pytest

from summarizer.models.chat.answer import items, paragraph

CASES = [
    ("json", '{"items": ["甲", "乙"]}', ("甲", "乙"), True),
    ("bare array", '["甲", "乙"]', ("甲", "乙"), True),
    ("fenced", '```json\n{"items": ["甲", "乙"]}\n```', ("甲", "乙"), True),
    ("talk around", '好的，以下是标题：\n{"items": ["甲", "乙"]}\n希望对您有帮助。', ("甲", "乙"), True),
    ("other key", '{"titles": ["甲", "乙"]}', ("甲", "乙"), True),
    ("objects", '[{"title": "甲"}, {"title": "乙"}]', ("甲", "乙"), True),
    ("object of strings", '{"标题1": "甲", "标题2": "乙"}', ("甲", "乙"), True),
    ("cut inside a string", '{"items": ["甲", "乙', ("甲",), True),
    ("cut after a comma", '{"items": ["甲", "乙",', ("甲", "乙"), True),
    ("key is no item", '{"items": ["甲"', ("甲",), True),
    ("escapes", '{"items": ["他说\\"好\\"", "a\\u4e59"]}', ('他说"好"', "a乙"), True),
    ("trailing comma", '{"items": ["甲", "乙",]}', ("甲", "乙"), True),
    ("numbered", "1. 甲\n2、乙\n（3）丙", ("甲", "乙", "丙"), False),
    ("circled and dashed", "① 甲\n- 乙\n• 丙", ("甲", "乙", "丙"), False),
    ("numbered with talk", "以下是候选标题：\n1. 甲\n2. 乙\n希望满意。", ("甲", "乙"), False),
    ("plain lines", "甲\n乙", ("甲", "乙"), False),
    ("labels", "标题一：甲\n标题二：乙", ("甲", "乙"), False),
    ("bold", "1. **甲**\n2. **乙**", ("甲", "乙"), False),
    ("quotes of JSON habit", '1. "甲"\n2. "乙"', ("甲", "乙"), False),
    ("chinese quotes stay", '{"items": ["“一门受理”减跑动"]}', ("“一门受理”减跑动",), True),
    ("thoughts", '<think>{"items": ["错"]}</think>{"items": ["甲"]}', ("甲",), True),
    ("unfinished thoughts", "<think>我想写", (), False),
    ("repeats", '{"items": ["甲", "甲", "乙"]}', ("甲", "乙"), True),
    ("blank and not text", '{"items": ["甲", "", null, 5]}', ("甲",), True),
    ("a year leads a line", "2024年云溪市财政收入增长", ("2024年云溪市财政收入增长",), False),
    ("a decimal leads a line", "12.6万亩造林任务下达", ("12.6万亩造林任务下达",), False),
    ("empty", "", (), False),
]


@pytest.mark.parametrize(
    ("text", "expected", "closed"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_items(text, expected, closed):
    found = items(text)
    assert found.items == expected
    assert not expected or found.closed == closed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市里召开会议。", "市里召开会议。"),
        ("摘要：市里召开会议。", "市里召开会议。"),
        ("以下是摘要：\n市里召开会议。\n部署造林。", "市里召开会议。部署造林。"),
        ("```\n市里召开会议。\n```", "市里召开会议。"),
        ('{"summary": "市里召开会议。"}', "市里召开会议。"),
        ("<think>想</think>市里召开会议。", "市里召开会议。"),
        ("", ""),
    ],
)
def test_paragraph(text, expected):
    assert paragraph(text) == expected
