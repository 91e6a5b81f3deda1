"""Shorter, longer, keep, avoid with the embedded model: what is asked for holds, and the first is a statement."""

from __future__ import annotations

from pathlib import Path

import pytest

import summarizer
from summarizer import Summarizer
from summarizer.chars import width
from summarizer.forms.polish import faults
from summarizer.forms.short import about, stands
from summarizer.forms.whole import torn, verbless
from summarizer.rewrite import targets
from summarizer.types import Decoding, Request

BODY = (
    "云溪市水务局11月20日通报，青石县引水工程当天全线通水。沿线3个乡镇的4.2万居民用上了自来水。\n"
    "工程总投资1.8亿元，铺设管道126公里，历时14个月。"
)
HEADLINE = "青石县引水工程全线通水"
INSTALLED = (Path(summarizer.__file__).parent / "weights" / "ct2-encoder-int8").is_dir()

needs_model = pytest.mark.skipif(not INSTALLED, reason="the embedded model is not installed")


@pytest.fixture(scope="module")
def desk():
    with Summarizer(engine="ct2") as made:
        yield made


@needs_model
def test_shorter_is_shorter_and_longer_is_longer(desk):
    shorter, longer = (desk.rewrite(BODY, HEADLINE, how) for how in ("shorter", "longer"))
    assert shorter and all(width(c.text) < width(HEADLINE) for c in shorter)
    assert longer and all(width(c.text) > width(HEADLINE) for c in longer)


@needs_model
def test_a_word_is_kept_or_avoided(desk):
    kept = desk.rewrite(BODY, HEADLINE, "again", keep=("水务局",))
    assert kept and all("水务局" in c.text for c in kept)
    avoided = desk.rewrite(BODY, HEADLINE, "again", avoid=("引水",))
    assert avoided and all("引水" not in c.text for c in avoided)


@needs_model
def test_the_first_is_a_whole_statement(desk):
    assert stands(desk.rewrite(BODY, HEADLINE, "again")[0].text, 20, BODY)


@needs_model
@pytest.mark.parametrize("word", ["彩虹桥", "饕餮", "县引水", "长生制药"])
def test_the_decoder_goes_on_from_words_that_the_article_lacks(desk, word):
    """Wild: a prefix outside the vocabulary map was read as other pieces, or raised IndexError."""
    backend = desk.backend
    request = Request("headline", BODY, 20, keep=(word,))
    (found,) = backend._complete(request, [backend.ids_of("青石县" + word)], Decoding())
    assert found.text.startswith("青石县" + word)


@needs_model
def test_a_stray_byte_spoils_no_other_character(desk):
    codec = desk.backend.codec
    ids = desk.backend.ids_of("青石县饕餮桥")
    stray = desk.backend.ids_of("饕")[0]
    assert codec.decode(ids) == "青石县饕餮桥"
    assert codec.decode([*ids, stray]) == "青石县饕餮桥\ufffd"
    assert codec.decode([*ids[:-1], stray]).startswith("青石县饕餮")


def test_again_leaves_the_names_of_things_alone():
    assert "引水" not in targets("again", HEADLINE, 20).avoid
    assert targets("again", "章明远到青石县调研农业", 20).avoid == ("调研",)


@needs_model
@pytest.mark.parametrize("how", ["shorter", "longer", "formal", "again"])
def test_a_rewriting_tells_the_same_thing_in_a_whole_statement(desk, how):
    for found in desk.rewrite(BODY, HEADLINE, how):
        assert about(found.text, HEADLINE) and not verbless(found.text) and not torn(found.text, BODY)
        assert not any(f.verdict in ("unsupported", "contradicted") for f in found.findings)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("章明远市长章明远调研", True), ("市长章明远调研", False), ("打赢云溪保卫战青石保卫战", False)],
)
def test_a_name_on_both_sides_of_a_post_is_a_fault(text, wrong):
    assert bool(faults(text)) is wrong
