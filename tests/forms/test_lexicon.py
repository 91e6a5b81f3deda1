"""The memory-mapped dictionary and the segmenter over it give what jieba gives, to the last word."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import warnings

import pytest
from core_texts import ARTICLE, SECOND
from hypothesis import given
from hypothesis import strategies as st

from eval.bench import documents
from summarizer.forms import lexicon
from summarizer.forms.words import frequency, tag, tokenizer, words
from train.lexicon import dictionary

with warnings.catch_warnings():  # jieba 0.42 may import pkg_resources, which warns
    warnings.simplefilter("ignore")
    import jieba


@pytest.fixture(scope="module")
def known():
    """Counts, total and tags from the text of jieba's dictionary."""
    return dictionary()


@pytest.fixture(scope="module")
def theirs(known):
    made = jieba.Tokenizer()
    made.FREQ, made.total, made.initialized = *known[:2], True
    return made


def test_the_shipped_file_is_the_installed_dictionary(known):
    assert lexicon.FILE.read_bytes() == lexicon.pack(*known)


def test_counts_and_tags(known):
    counts, total, tags = known
    assert tokenizer().total == total
    for word in random.Random(5).sample(sorted(counts), 5000):
        assert tokenizer().FREQ.get(word) == counts[word]
        assert tokenizer().lexicon.tag(word) == tags.get(word, "")


@pytest.mark.parametrize("word", ["", "\U00020000", "县\U00020000", "不在词典里的长词", "\n", "2024"])
def test_what_is_no_word(word):
    assert frequency(word) == 0
    assert tag(word) == ("m" if word[:1].isdigit() else "x")


def mixtures(known, count: int):
    """Texts of dictionary words, random characters, Latin, digits, marks and breaks."""
    rng = random.Random(11)
    choice = rng.sample(sorted(known[0]), 2000)
    for _ in range(count):
        yield "".join(
            rng.choice(
                (rng.choice(choice), chr(rng.randint(0x4E00, 0x9FFF)), rng.choice("aZ9 .%\n\r-，“#&_　😀"))
            )
            for _ in range(50)
        )


def test_words_as_jieba_cuts_them(known, theirs):
    texts = [*mixtures(known, 200), *(documents.document(800, seed) for seed in range(20)), ARTICLE, SECOND]
    texts += ["", "\r\n", "丁薛祥陆文清龘靐", "5.3%的GDP与c++", "章明远说：“云溪镇，好！”"]
    for text in texts:
        assert tokenizer().spans(text) == [(a, b) for _, a, b in theirs.tokenize(text)], text
        assert list(tokenizer().cut(text, HMM=False)) == list(theirs.cut(text, HMM=False)), text


@given(st.text(max_size=60))
def test_words_cover_any_text(text):
    assert "".join(text[a:b] for a, b in words(text)) == text


def test_a_long_unknown_run_takes_linear_time():
    def seconds(size: int) -> float:
        text = "".join(chr(0x9000 + i % 97) for i in range(size))
        began = time.process_time()
        words(text)
        return time.process_time() - began

    def least(size: int) -> float:
        return min(seconds(size) for _ in range(3))

    seconds(1000)
    # Quadratic time would make it 100 times; a loaded machine alone has made it 38.
    assert least(30_000) < 50 * least(3_000)


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "other.bin").write_bytes(b"PK" + bytes(100))
    with pytest.raises(ValueError, match=r"other\.bin"):
        lexicon.Lexicon(tmp_path / "other.bin")


@pytest.mark.parametrize("counts", [{"云溪": 3}, {"\U00020000": 1}])
def test_a_dictionary_that_does_not_fit_the_file_is_refused(counts):
    with pytest.raises(ValueError):
        lexicon.pack(counts, 3, {})


def test_cutting_imports_nothing_of_jieba():
    code = "import sys; from summarizer.forms.words import words; words('丁薛祥龘靐到云溪'); "
    code += "assert 'jieba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
