"""Verse, recipes and listings are refused; reports that go on to a list are not."""

import pytest

from summarizer.refuse import refusals

LEAD = "晚间19:35，云溪队主场迎战临河队，赛前两队公布了首发阵容：章明远领衔锋线。"
TEAMS = "\n云溪：\n门将：1-陆文清\n后卫：2-何小满、3-沈知夏\n前锋：9-章明远\n替补：12-王立诚\n临河：\n门将：1-李国栋"
REFUSED = {
    "verse": (
        "清水\n你从山里来\n带着石头的凉\n带着松针的香\n你流过枫桥\n流过母亲的手\n流过一九八三年的月光\n我在下游等你",
        "lines",
    ),
    "recipe": (
        "红烧肉做法\n材料：五花肉500克、冰糖30克、生抽2勺\n步骤：\n1. 五花肉切块，冷水下锅焯水\n2. 小火炒冰糖至焦糖色\n"
        "3. 放入肉块翻炒上色\n4. 小火炖50分钟，大火收汁即可",
        "lines",
    ),
    "programme": (
        "云溪卫视节目单\n06:00 早间新闻\n07:30 动画城\n12:00 午间新闻\n"
        "17:00 少儿时间\n18:30 云溪新闻联播\n20:00 黄金剧场",
        "lines",
    ),
    "one sentence": ("云溪通水了。" * 40, "repeated"),
    "encoding": ("锟斤拷锟斤拷烫烫烫烫屯屯屯屯" * 6, "broken"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name):
    text, kind = REFUSED[name]
    assert [r.kind for r in refusals(text) if r.stops] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        LEAD + TEAMS,
        "问：为什么要改造供水？\n答：老管网用了四十年，漏损率超过三成。\n问：什么时候完工？\n答：计划明年底。\n问：会停水吗？\n答：会分段停水，每次不超过六小时。",
        "云溪市供水工程7月5日通水，惠及三县42万人。\n仪式上，小学生朗诵：\n清水清水流进家\n奶奶笑开一朵花\n门前不再挑水忙\n井台变成小广场\n掌声久久没有停。",
    ],
)
def test_a_report_is_not(text):
    assert not [r for r in refusals(text) if r.stops]
