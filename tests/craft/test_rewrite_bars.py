"""What a rewording must pass, at which bar others fall, and what an editor is told where none is left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from summarizer import Summarizer
from summarizer.chars import width
from summarizer.models.fake import Fake
from summarizer.pipeline.bars import BARS, Order, acted
from summarizer.pipeline.rewrite import Rewritten
from summarizer.rewrite import targets
from summarizer.types import Candidate, Finding

BODY = (
    "云溪市水务局11月20日通报，青石县引水工程当天全线通水，沿线3个乡镇的4.2万居民用上了自来水。\n"
    "市长章明远到现场看望建设者，副市长陆文清主持通水仪式。工程总投资1.8亿元，铺设管道126公里。"
)
HEADLINE = "青石县引水工程全线通水"


def bar(text, how="again", headline=HEADLINE, keep=(), seen=(), findings=()):
    order = Order(headline, how, targets(how, headline, 20, keep=keep), frozenset(seen), BODY)
    return order.bar(Candidate(text, width(text), 0.5, "model", findings))


@pytest.mark.parametrize(
    ("text", "options", "where"),
    [
        ("引水工程当天全线通水", {}, ""),
        ("引水工程全线通水", {"how": "longer"}, "length"),
        ("引水工程当天全线通水", {"seen": ["引水工程当天全线通水"]}, "seen"),
        ("青石县引水工程全线", {}, "whole"),
        ("通水仪式在青石县", {}, "whole"),
        ("青石县引水工程通水通水", {}, "whole"),
        ("云溪市水务局看望建设者", {}, "actor"),
        ("由青石县引水工程全线通水", {}, "scene"),
        ("章明远到现场看望建设者", {}, "other"),
    ],
)
def test_where_a_wording_falls(text, options, where):
    assert bar(text, **options) == where and where in {*BARS, ""}


def test_a_word_is_said_once():
    body = "青石县昨日通车。云溪市昨日通车，云溪市通车仪式举行。"
    order = Order("青石县昨日通车", "again", targets("again", "青石县昨日通车", 20), frozenset(), body)
    assert order.bar(Candidate("云溪市通车仪式举行 青石县昨日通车", 16.5, 0.5, "model")) == "twice"


def test_a_doubted_wording_falls():
    doubt = Finding("number", "5万", 0, 2, "unsupported")
    assert bar("青石县引水工程当天通水", findings=(doubt,)) == "doubt"


def test_a_word_to_keep_may_not_stand_inside_another():
    assert bar("青石自来水县引水工程通水", keep=("自来水",)) == "whole"


def test_a_word_to_avoid_may_not_be_left_in_pieces():
    body = "云溪市第三届文博会昨日在青石县开幕，文博会展出新品。"
    wanted = targets("formal", "第三届文博会开幕", 20, avoid=("文博会",))
    order = Order("第三届文博会开幕", "formal", wanted, frozenset(), body)
    assert order.bar(Candidate("云溪市第三届文会在青石县开幕", 14, 0.5, "model")) == "whole"


def test_a_longer_one_says_more():
    assert bar("青石县的引水工程全线通了水", "longer") in ("more", "whole")
    assert bar("青石县引水工程全线通水 4.2万居民用上了自来水", "longer", "青石县引水工程全线通水") in (
        "",
        "length",
    )


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("章明远看望建设者", True),
        ("陆文清主持通水仪式", True),
        ("水务局主持通水仪式", False),
        ("韩明远看望建设者", True),  # nobody of that name: the guard's work
        ("引水工程竣工", True),  # a verb of its own
    ],
)
def test_who_acts(text, true):
    assert acted(text, BODY) is true


def scripted(*texts):
    return Summarizer(
        backend=Fake(script=lambda request: [t for t in texts if width(t) <= request.max_chars])
    )


def test_a_full_line_may_be_left_for_a_longer_one_and_it_says_so():
    longer = "青石县引水工程全线通水 4.2万居民用上了自来水"
    found = scripted(longer).rewrite(BODY, HEADLINE, "longer", headline_chars=12)
    assert longer not in [c.text for c in found]  # 135% of the headline
    wide = "青石县引水工程当天全线通水"
    (first, *_) = scripted(wide).rewrite(BODY, HEADLINE, "longer", headline_chars=12)
    assert first.text == wide and first.chars > 12 and "超出设定的12字" in first.why


def test_an_empty_answer_says_at_which_bar_the_wordings_fell():
    found = scripted("章明远章明远调研").rewrite("今天天气。", "天气", "shorter")
    assert isinstance(found, Rewritten) and found == () and found.why
    nothing = scripted("青石县引水工程全线").rewrite(BODY[:22], HEADLINE, "again", keep=("饕餮",))
    assert nothing == () and nothing.why and "\n" not in nothing.why


def test_what_was_seen_is_not_given_again():
    desk = scripted("引水工程当天全线通水", "水务局通报引水工程全线通水")
    first = desk.rewrite(BODY, HEADLINE, "again")
    again = desk.rewrite(BODY, HEADLINE, "again", seen=[c.text for c in first[:1]])
    assert first and first[0].text not in [c.text for c in again]


def test_a_headline_is_joined_to_a_clause_that_says_another_thing():
    found = Summarizer(model="extractive").rewrite(BODY, HEADLINE, "longer", headline_chars=28)
    assert found and all(width(c.text) > width(HEADLINE) for c in found)
