"""The pipeline with the extractor and with scripted models."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace

import pytest
from core_texts import ARTICLE, SECOND, report

from summarizer import Summarizer
from summarizer.chars import width
from summarizer.errors import ModelError, SettingsError
from summarizer.models.extractive import Extractive
from summarizer.models.fake import Fake
from summarizer.types import Article

GOOD = "云溪市委常委会部署安全生产工作"
# Other wordings of GOOD: candidates are chosen by how far they agree, so one alone is worth little.
AGREED = ("市委常委会部署安全生产工作", "云溪市委部署安全生产工作", "云溪市委常委会部署安全生产")
WRONG = "云溪市前十一个月投资增长9.9%"


def scripted(*headlines, summary="云溪市委常委会会议部署岁末年初安全生产工作。", **options):
    return Summarizer(backend=Fake(script={"headline": headlines, "summary": (summary,)}, **options))


def draft(summarizer, text=ARTICLE, **options):
    report = summarizer.write(text, **options)
    assert len(report.articles) == 1
    return report.articles[0]


@pytest.fixture(scope="module")
def extractive():
    return Summarizer(model="extractive")


def test_extractive_draft(extractive):
    found = draft(extractive)
    assert "安全生产" in found.headline or "常委会" in found.headline
    assert width(found.headline) <= 20
    assert {c.origin for c in found.candidates} == {"extract"}
    assert width(found.summary) <= 120
    assert found.coverage == 1.0
    assert all(found.body[a:b] in found.summary for a, b in found.summary_evidence)
    assert found.summary_evidence


def test_what_the_model_agrees_on_comes_first_and_extracts_stand_beside_it():
    found = draft(scripted(GOOD, *AGREED))
    assert found.headline in (GOOD, *AGREED)
    assert {c.origin for c in found.candidates} == {"model", "extract"}
    assert all(c.why for c in found.candidates)


def test_a_lone_wording_of_the_model_leads_and_one_of_many_may_not():
    assert draft(scripted("云溪市部署工作")).candidates[0].origin == "model"
    unlike = ("云溪市工作", "排查隐患", "市委听取汇报", "防范事故发生")
    found = draft(scripted(*unlike))
    assert found.candidates[0].origin == "extract"
    assert not any("没有写出" in warning for warning in found.warnings)


def test_scores_fall_along_the_list():
    scores = [c.score for c in draft(scripted(GOOD)).candidates]
    assert scores == sorted(scores, reverse=True)


def test_a_wrong_number_is_never_the_default():
    found = draft(scripted(WRONG, GOOD))
    assert found.headline == GOOD
    wrong = [c for c in found.candidates if c.text == WRONG]
    assert not wrong or any(f.verdict in ("unsupported", "contradicted") for f in wrong[0].findings)


def test_when_the_model_is_wrong_throughout_an_extract_leads():
    found = draft(scripted(WRONG))
    assert found.candidates[0].origin == "extract"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("云溪市委常委会会议研究部署岁末年初安全生产工作并听取汇报", "20"),
        ("云溪市“安全生产会议", "“"),
        ("安全生产安全生产安全生产", "重复"),
    ],
)
def test_unprintable_candidates_are_refused_with_the_reason(text, reason):
    found = draft(scripted(text, GOOD))
    assert text not in [c.text for c in found.candidates]
    assert any(text[:6] in w and reason in w for w in found.warnings)


def test_where_the_card_prefers_extraction_the_extract_comes_first_and_the_report_says_so():
    report = scripted(GOOD, prefer="extract").write(ARTICLE)
    assert report.articles[0].candidates[0].origin == "extract"
    assert any("抽取" in warning for warning in report.warnings)


def test_a_summary_with_a_wrong_number_falls_back_to_sentences_and_says_so():
    found = draft(scripted(GOOD, summary="云溪市投资增长9.9%。"))
    assert "9.9" not in found.summary
    assert found.summary
    assert any("改用原文" in warning for warning in found.warnings)


def test_the_page_headline_is_a_candidate_and_named_apart():
    found = scripted(GOOD, *AGREED).draft(
        Article(ARTICLE, headline="市委部署安全生产", kicker="章明远强调"), candidates=9
    )
    assert found.page_headline == "市委部署安全生产"
    assert found.kicker == "章明远强调"
    assert "page" in {c.origin for c in found.candidates}
    assert found.headline in (GOOD, *AGREED)


LISTING = "云溪卫视节目单\n06:00 早间新闻\n12:00 午间新闻\n17:00 少儿时间\n18:30 云溪新闻联播\n20:00 黄金剧场"


def test_the_page_headline_of_a_refused_article_leads_where_the_body_bears_it_out():
    found = scripted(GOOD).draft(Article(LISTING, headline="云溪卫视节目单"))
    assert found.headline == found.page_headline == "云溪卫视节目单"
    assert [c.origin for c in found.candidates] == ["page"]


@pytest.mark.parametrize(
    ("headline", "lacking"), [("云溪卫视3月9日节目单", "3月9日"), ("云溪卫视2031年节目单", "2031年")]
)
def test_the_page_headline_of_a_refused_article_is_no_default_where_the_body_lacks_what_it_says(
    headline, lacking
):
    found = scripted(GOOD).draft(Article(LISTING, headline=headline))
    assert (found.headline, found.candidates, found.page_headline) == ("", (), headline)
    told = [w for w in found.warnings if f"版面原题“{headline}”" in w]
    assert len(told) == 1 and f"“{lacking}”" in told[0] and "正文" in told[0]


def test_a_style_that_wants_a_kicker_asks_for_one():
    backend = Fake(
        script={
            "headline": (GOOD, *AGREED),
            "summary": ("部署安全生产工作。",),
            "kicker": ("章明远主持召开市委常委会会议",),
        }
    )
    backend.tasks = ("headline", "summary", "kicker")
    found = draft(Summarizer(backend=backend, style="daily"))
    assert found.kicker == "章明远主持召开市委常委会会议"
    asked = [r for r in backend.requests if r.task == "kicker"]
    assert asked[0].context == found.headline
    assert asked[0].style == "daily"


def test_too_little_text_is_said_not_guessed():
    found = draft(scripted(GOOD), "今天下雨。")
    assert found.headline == "" and found.candidates == () and found.summary == ""
    assert found.coverage == 0.0
    assert any("太短" in warning for warning in found.warnings)


def test_a_text_that_is_not_chinese_is_said():
    english = "The city council met on Friday to discuss safety. " * 5
    found = draft(scripted(GOOD), english)
    assert found.headline == ""
    assert any("Chinese only" in warning for warning in found.warnings)


def test_many_texts_go_to_the_backend_in_one_batch_per_kind():
    backend = Fake(script={"headline": (GOOD,), "summary": ("部署安全生产工作。",)})
    reports = Summarizer(backend=backend).write_many([ARTICLE, SECOND, ARTICLE])
    assert len(reports) == 3
    assert backend.calls == [6, 3]  # two lengths of headline each, then the summaries


def test_many_texts_give_what_each_alone_gives():
    together = Summarizer(model="extractive").write_many([ARTICLE, SECOND])
    alone = [Summarizer(model="extractive").write(text) for text in (ARTICLE, SECOND)]
    assert [r.articles for r in together] == [r.articles for r in alone]


def test_a_long_report_is_shown_whole_in_windows():
    text = report(6000)
    backend = Fake(
        script=lambda r: (r.text[:14],) if r.task == "headline" else (r.text.split("。")[0][-30:] + "。",)
    )
    found = draft(Summarizer(backend=backend), text)
    summaries = [r for r in backend.requests if r.task == "summary"]
    assert len(summaries) > 8
    assert all(len(r.text) <= backend.source_budget for r in backend.requests)
    assert found.coverage == 1.0
    assert width(found.summary) <= 120
    assert len(found.key_points) > 2


def test_a_models_salience_guides_the_extracts():
    class Knowing(Fake):
        def salience(self, texts, openings=()):
            return [[float("青石县" in t[max(0, i - 3) : i + 12]) for i in range(len(t))] for t in texts]

    backend = Knowing(script={"headline": (), "summary": ("部署安全生产工作。",)})
    found = draft(Summarizer(backend=backend))
    assert "青石县" in found.headline
    assert any("抽取的标题" in warning for warning in found.warnings)


@pytest.mark.parametrize(("times", "length", "max_chars"), [(1, None, 20), (30, 60, 14)])
def test_the_salience_of_an_article_is_read_with_its_first_view(times, length, max_chars):
    """Of one that fits in an input the whole, at its full length; of a longer one the opening, at the shorter."""

    class Reading(Fake):
        headline_budget = 60
        first = None

        def salience(self, texts, openings=()):
            (self.first,) = openings
            return [[0.5] * len(text) for text in texts]

    backend = Reading(script={"headline": (GOOD,), "summary": ("部署安全生产工作。",)}, budget=600)
    found = draft(Summarizer(backend=backend), ARTICLE * times)
    first = backend.first
    assert first in backend.requests
    assert first.max_chars == max_chars and found.body.startswith(first.text)
    assert len(first.text) <= length if length else found.body == first.text


def test_what_the_backend_itself_kept_out_is_said_once():
    backend = Fake(script={"headline": (GOOD,), "summary": ("部署安全生产工作。",)})
    backend.rejections = deque([SimpleNamespace(text="震惊！", reason="太夸张")])
    made = Summarizer(backend=backend)
    assert any("震惊！" in w and "太夸张" in w for w in made.write(ARTICLE).warnings)
    assert not any("震惊！" in w for w in made.write(ARTICLE).warnings)


def test_seconds_and_source_and_model():
    found = scripted(GOOD).write(ARTICLE)
    assert found.seconds >= 0 and found.source == "<text>" and found.model.engine == "fake"


@pytest.mark.parametrize(
    "options",
    [
        {"candidates": 0},
        {"headline_chars": 3},
        {"summary_chars": 5},
        {"candidates": True},
        {"headline_chars": 2.5},
    ],
)
def test_options_out_of_range(extractive, options):
    with pytest.raises(SettingsError):
        extractive.write(ARTICLE, **options)


def test_a_missing_embedded_model_falls_back_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("summarizer.models.WEIGHTS", tmp_path)
    made = Summarizer()
    assert isinstance(made.backend, Extractive)
    assert any("抽取" in w for w in made.write(ARTICLE).warnings)
    with pytest.raises(ModelError):
        Summarizer(engine="ct2")


def test_unknown_models_and_styles():
    with pytest.raises(ModelError):
        Summarizer(model="no-such-model")
    with pytest.raises(SettingsError):
        Summarizer(model="extractive", engine="steam")
    with pytest.raises(SettingsError):
        Summarizer(model="extractive", style="no-such-style")


@pytest.mark.parametrize("text", ["", " \n\t", "\n" * 50])
def test_an_empty_text_has_no_articles_and_a_warning(extractive, text):
    found = extractive.write(text)
    assert found.articles == () and found.warnings


def test_check_is_the_live_guard(extractive):
    assert any(
        f.verdict in ("unsupported", "contradicted") for f in extractive.check("投资增长9.9%", ARTICLE)
    )
    assert not any(f.verdict == "unsupported" for f in extractive.check("投资增长8.6%", ARTICLE))


def test_close_frees_the_backend():
    backend = Fake()
    with Summarizer(backend=backend):
        pass
    assert backend.closed


def words_back(request):
    """A model that obeys its request, as real backends do."""
    texts = (
        "云溪市委部署安全工作",
        "云溪市委常委会部署安全生产",
        "章明远主持召开市委常委会会议",
        "安全生产工作",
    )
    fitting = [t for t in texts if width(t) <= request.max_chars]
    kept = [t for t in fitting if all(w in t for w in request.keep)]
    return [t for t in kept if not any(w in t for w in request.avoid)]


@pytest.mark.parametrize("model", [Fake(script=words_back), Extractive()])
class TestRewrite:
    def test_shorter(self, model):
        found = Summarizer(backend=model).rewrite(ARTICLE, GOOD, "shorter")
        assert found and all(width(c.text) < width(GOOD) for c in found)

    def test_longer(self, model):
        found = Summarizer(backend=model).rewrite(ARTICLE, "市委部署安全工作", "longer")
        assert found and all(8 < width(c.text) <= 20 for c in found)

    def test_keep_and_avoid(self, model):
        made = Summarizer(backend=model)
        kept = made.rewrite(ARTICLE, GOOD, "again", keep=("常委会",))
        avoided = made.rewrite(ARTICLE, GOOD, "again", avoid=("常委会",))
        assert kept and all("常委会" in c.text for c in kept)
        assert avoided and all("常委会" not in c.text for c in avoided)

    def test_again_and_formal_give_other_words(self, model):
        for how in ("again", "formal"):
            found = Summarizer(backend=model).rewrite(ARTICLE, "云溪市委部署安全工作", how)
            assert found and "云溪市委部署安全工作" not in [c.text for c in found]


def test_rewrite_asks_the_backend_again_with_the_constraints():
    backend = Fake(script=words_back)
    Summarizer(backend=backend).rewrite(ARTICLE, GOOD, "shorter", keep=("安全",), avoid=("部署",))
    (request,) = backend.requests
    assert request.max_chars < width(GOOD)
    assert (request.keep, request.avoid) == (("安全",), ("部署",))


def test_rewrite_refuses_bad_calls(extractive):
    for options in ({"how": "louder"}, {"how": "again", "keep": ("a",), "avoid": ("a",)}):
        with pytest.raises(SettingsError):
            extractive.rewrite(ARTICLE, GOOD, **options)


@pytest.mark.parametrize("text", ["“安全”的“安”", "云溪市“安”排安全生产工作", "“云溪市”部署“安全”生产工作"])
def test_a_models_marks_that_the_article_does_not_have_are_refused(text):
    found = draft(scripted(text, GOOD))
    assert text not in [c.text for c in found.candidates]
    assert any(text in w and "引号" in w for w in found.warnings)


def test_one_word_coined_in_marks_and_the_articles_own_marks_may_stand():
    body = ARTICLE + "会议要求开展“安”字号宣传和“回头看”检查。"
    for text in ("云溪市开展“安”字号宣传和“回头看”检查", "云溪市委常委会部署“安全生产”工作"):
        found = draft(scripted(text), body)
        assert text in [c.text for c in found.candidates]
