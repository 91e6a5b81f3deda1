"""Ordinary documents come out untouched: one article, its own headline, its sections, its end."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.clean import clean
from summarizer.read import read_path, read_str
from summarizer.split import split
from tests.accounting import unaccounted
from tests.composer import read_stories

ROOT = Path(__file__).parents[2]
STORIES = read_stories(ROOT / "tests" / "articles")


def read(text):
    page = read_str(text)
    cleaned = clean(page)
    result = split(cleaned)
    assert not unaccounted(page, cleaned, result)
    return result


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_clean_article_is_untouched(story):
    result = read(f"{story.title.replace(' ', '　')}\n\n{story.body}\n")
    assert [article.body for article in result.articles] == [story.body]
    assert result.articles[0].headline == story.title.replace(" ", "　")
    assert not result.removed


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_body_alone_has_no_headline(story):
    article = read(story.body).articles[0]
    assert (article.body, article.headline) == (story.body, None)


def test_the_sample_article():
    (article,) = split(clean(read_path(ROOT / "examples" / "article.txt"))).articles
    assert article.headline == "老粮仓里开起了博物馆"
    assert article.byline == "本报记者 沈知夏"
    assert article.body.startswith("12月21日，停用了二十一年") and article.body.endswith("当起了讲解员。")


def test_a_report_keeps_its_sections():
    text = (ROOT / "examples" / "report.txt").read_text(encoding="utf-8")
    (article,) = read(text).articles
    assert article.headline == "关于云溪市2026年民生实事办理情况的报告"
    assert article.subhead.startswith("——2026年12月15日")
    lines = article.body.split("\n")
    assert [line for line in lines if line[1:2] == "、"] == [
        "一、总体进展情况",
        "二、主要做法",
        "三、存在的主要问题",
        "四、下一步打算",
    ]
    assert lines[0].startswith("主任、各位副主任") and lines[-1] == "以上报告，请予审议。"
    assert sum(line.startswith("（") for line in lines) == 13


def test_a_speech_keeps_salutation_and_thanks():
    text = (
        "在全市经济工作会议上的讲话\n（2026年1月10日）\n章明远\n同志们：\n"
        + STORIES[0].body
        + "\n谢谢大家！\n"
    )
    (article,) = read(text).articles
    assert article.headline == "在全市经济工作会议上的讲话"
    assert article.body.startswith("同志们：") and article.body.endswith("谢谢大家！")


def test_a_signature_stays():
    text = f"关于做好冬季供热工作的通知\n\n各县区人民政府：\n{STORIES[0].body}\n\n云溪市人民政府办公室\n2026年12月1日\n"
    (article,) = read(text).articles
    assert article.body.endswith("云溪市人民政府办公室\n2026年12月1日")


def test_subheads_without_marks_stay_in_the_body():
    paragraphs = STORIES[4].body.split("\n")
    text = "\n".join([paragraphs[0], "故事讲了十年", *paragraphs[1:4], "帮手越来越多", *paragraphs[4:]])
    (article,) = read(text).articles
    assert "\n故事讲了十年\n" in article.body and "\n帮手越来越多\n" in article.body


@pytest.mark.parametrize("text", ["", " \n\n　", "\x00"])
def test_nothing_gives_no_article_and_says_so(text):
    result = read(text)
    assert not result.articles and result.warnings


@pytest.mark.parametrize(
    "text", ["云溪", "2026", "1234567890\n12\n3", "hello world", "张三 李四\n王五 赵六", "？！"]
)
def test_what_is_no_article_is_kept_as_body(text):
    result = read(text)
    assert "".join(article.body for article in result.articles).split() == text.split()


PIECES = st.sampled_from(
    [
        "云溪市",
        "章明远指出，",
        "供热。",
        "\n",
        "\n",
        "　　",
        "□本报记者 沈知夏\n",
        "本报讯 ",
        "江一帆 摄\n",
        "第3版\n",
        "（下转第3版）\n",
    ]
    + [
        "——两岸通车\n",
        "■新增学位\n",
        "责编：周一白\n",
        "电话：0571-1234567\n",
        "一、总体情况\n",
        "（记者 何小满）",
        "强调\n",
        "“",
        "”",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_anything_is_read_and_accounted_for(text):
    result = read(text)
    for article in result.articles:
        assert article.body.strip()


@pytest.mark.parametrize(
    "text",
    ["云" * 200_000, "云溪市供热。\n" * 5_000, "云溪\n" * 5_000, "（" * 100_000],
    ids=["line", "body", "display", "brackets"],
)
def test_long_texts(text):
    read(text)


def test_the_trail_of_a_web_page_is_no_headline():
    trail = "您当前的位置 ： 云溪要闻 正文"
    (article,) = read(
        f"{trail}\n云溪大桥合龙\n12月18日上午，云溪大桥顺利合龙，距离通车又近了一步。大桥全长2860米。"
    ).articles
    assert article.headline == "云溪大桥合龙"
    assert article.body.startswith("12月18日上午")
