"""Short forms that say something by themselves, and those that only look like it."""

import pytest

from summarizer.pipeline.telling import finished, from_the_news, scenic, tells

STATEMENTS = [
    "云溪供水条例7月起施行",
    "章明远在青石县调研",
    "北京发布暴雪橙色预警",
    "云溪是有故事的城市",
    "产量落后",
    "消费占比同比增长9.2%",
    "全市新增床位498张",
    "业主要求退款",
]
NO_STATEMENTS = [
    "亚欧会议成立25年来",
    "云溪的水库的管理",
    "约四成使用“先买后付”的用户",
    "军校招收约1.75万名",
    "给农业生产造成较大影响",
    "各地开展活动 传承践行新时代",
    "两家机构调研发现",
    "陆文清：演出结束后",
    "章明远叮嘱企业",
]


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_tells(text):
    assert tells(text)


@pytest.mark.parametrize("text", NO_STATEMENTS)
def test_a_fragment_does_not(text):
    assert not tells(text)


@pytest.mark.parametrize(
    "text", ["截至4月25日", "据多家媒体报道", "包括部分困难户在内", "赛前", "随着云溪队1比2失利"]
)
def test_a_scene_is_no_news(text):
    assert scenic(text)


def test_a_sentence_is_taken_from_its_news_where_the_scene_leaves_no_room():
    scene, news = "截至当地时间4月25日，", "云溪保持零确诊，居民照常上班。"
    assert from_the_news(scene + news, 34) == scene + news
    assert from_the_news(scene + news, 12) == news
    assert from_the_news("随着气温回升，", 34) == ""
    assert from_the_news("", 34) == ""


@pytest.mark.parametrize(
    "line",
    [
        "云溪大桥昨日通车",
        "事故已造成2人死亡、11人受伤",
        "全市人口约500万",
        "章明远会见青石县客商代表团",
        "云溪市对水质提出更高要求",
        "经过三年建设，云溪大桥昨日通车",
        "章明远在青石县走访",
        "以军昨日空袭机场",
        "坚定信心离不开对自身优势的认识",
        "经济总量居全省第三",
    ],
)
def test_a_finished_statement_makes_a_point(line):
    assert finished(line)


@pytest.mark.parametrize(
    "line",
    [
        "经过三年零两个月的建设",
        "受云溪市政府委托",
        "应青石县人民政府邀请",
        "章明远告诉记者",
        "云溪市政府办公会议上，市长决定",
        "在电视台、地热站",
        "检查组依法分别对云溪市原副市长陆文清",
        "云溪大学副教授、青石县科技特派员陆文清",
        "对于近年来农村的“直播风”",
        "2019年12月开业之初",
        "尽管原料价格上涨",
        "为什么夜校这么受欢迎呢",
        "（来源：云溪日报）今年雨水多",
        "不同于传统集市",
        "",
    ],
)
def test_what_waits_for_more_makes_none(line):
    assert not finished(line)
