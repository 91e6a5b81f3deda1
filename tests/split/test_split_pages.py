"""Pages: composed from fictional articles with their truth, the sample page, and hand-made corners."""

import time
from pathlib import Path

import pytest

from eval.pages import load, measure
from summarizer.clean import clean
from summarizer.read import read_path, read_str
from summarizer.split import split
from tests.accounting import unaccounted
from tests.composer import Composer, read_stories

ROOT = Path(__file__).parents[2]
STORIES = read_stories(ROOT / "tests" / "articles")


def read(text):
    page = read_str(text)
    cleaned = clean(page)
    result = split(cleaned)
    assert not unaccounted(page, cleaned, result)
    return result


def test_the_composer_is_seeded_and_its_truth_covers_the_page():
    one, two = Composer(STORIES, 7).compose(), Composer(STORIES, 7).compose()
    assert one.text == two.text and one.kinds == two.kinds
    assert len(one.text) == len(one.kinds) == len(one.owners)
    assert Composer(STORIES, 8).compose().text != one.text
    for number, story in enumerate(one.stories):
        body = "".join(
            char
            for char, kind, owner in zip(one.text, one.kinds, one.owners, strict=True)
            if (kind, owner) == ("body", number)
        )
        expected = story.body.replace("\n", "")
        assert body.translate({0xFF10 + i: 48 + i for i in range(10)}) == expected


def test_composed_pages_reach_the_figures():
    tally = measure(STORIES, pages=30, seed=2000)
    assert tally.share("body") >= 0.95
    assert tally.share("headline blocks") >= 0.85
    assert tally.share("kept out") >= 0.98


@pytest.mark.parametrize("seed", range(3000, 3012))
def test_composed_pages_are_accounted_for(seed):
    read(Composer(STORIES, seed).compose().text)


def test_stories_are_read_from_a_folder():
    assert len(load(ROOT / "tests" / "articles")) == len(STORIES) >= 12


@pytest.fixture(scope="module")
def sample():
    return split(clean(read_path(ROOT / "examples" / "page.txt")))


def test_sample_page_headlines(sample):
    assert [article.headline for article in sample.articles] == [
        "全力保障群众温暖过冬　扎实做好供热安全工作",
        "云溪大桥合龙",
        "辛苦了！",
        "云岭轴承拿下海上风电大单",
    ]
    first, second, third, _ = sample.articles
    assert first.kicker == "章明远在青石县检查时强调"
    assert first.boxes == ("■全市新增供热面积180万平方米", "■诉求办结率98.6%")
    assert first.byline == "本报记者 沈知夏 通讯员 何小满"
    assert second.subhead == "——两岸车程将由50分钟缩短到12分钟"
    assert (second.dateline, second.byline) == ("本报讯（记者 秦牧野）", "记者 秦牧野")
    assert third.subhead == "——写给凌晨扫雪的环卫工人"


def test_sample_page_bodies_are_clean(sample):
    bodies = "\n".join(article.body for article in sample.articles)
    for kept_out in ("□", "江一帆", "下转", "热线：0571", "责编", "五折", "■", "本报讯", "第1版"):
        assert kept_out not in bodies
    assert "气温降至零下六摄氏度，市委书记章明远来到青石县" in bodies
    assert {removal.kind for removal in sample.removed} == {"furniture", "advert"}


def test_a_caption_inside_a_sentence_does_not_break_it():
    text = (ROOT / "examples" / "page.txt").read_text(encoding="utf-8")
    torn = text.replace(
        "询问煤炭储备能用多\n\n", "询问煤炭储备能用多\n\n图为工人在检修供热管道。江一帆 摄\n\n", 1
    )
    assert torn != text
    body = read(torn).articles[0].body
    assert "询问煤炭储备能用多少天。" in body.replace("\n", "")
    assert "江一帆" not in body


def test_headline_without_article_is_reported():
    text = (ROOT / "examples" / "page.txt").read_text(encoding="utf-8")
    result = read(text + "\n\n我市航天员完成太空授课\n")
    found = [removal.text for removal in result.removed if removal.kind == "headline"]
    assert found == ["我市航天员完成太空授课"]
    assert any("我市航天员" in warning for warning in result.warnings)


def test_many_pages_in_one_file_take_linear_time():
    def seconds(pages):
        text = "\n".join(Composer(STORIES, 4000 + number).compose().text for number in range(pages))
        cleaned, taken = clean(read_str(text)), []
        for _ in range(2):
            began = time.process_time()
            assert len(split(cleaned).articles) >= 2 * pages
            taken.append(time.process_time() - began)
        return min(taken)

    # Each run of lines is compared with the articles nearby, not with all of the file.
    assert seconds(100) <= 12 * seconds(10)
