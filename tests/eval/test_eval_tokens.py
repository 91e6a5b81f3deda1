"""Tokens for scoring: synthetic cases, tokenised by hand from the definition."""

import pytest

from eval.metrics import tokens
from summarizer.errors import SettingsError

CASES = [
    ("一季度GDP增长5.3%", ["一", "季", "度", "gdp", "增", "长", "5.3"]),
    ("ＧＤＰ增长５．３％", ["gdp", "增", "长", "5.3"]),  # full-width is the same text
    ("12,000元与12000元", ["12000", "元", "与", "12000", "元"]),
    ("1,2,3号", ["1", "2", "3", "号"]),  # a list of numbers is not one number
    ("新增H1N1流感38例", ["新", "增", "h1n1", "流", "感", "38", "例"]),
    ("“云溪之声”——《章程》……", ["云", "溪", "之", "声", "章", "程"]),
    ("Café·Δ与𠮷野家", ["café", "δ", "与", "𠮷", "野", "家"]),
    ("，。！", []),
    ("", []),
]


@pytest.mark.parametrize("text, expected", CASES)
def test_characters(text, expected):
    assert list(tokens.characters(text)) == expected


def test_words_drop_punctuation_and_keep_latin_whole():
    found = tokens.words("云溪市GDP增长5.3%，城镇居民收入提高。")
    assert "gdp" in found and "5.3" in found and "增长" in found
    assert not {"，", "。", "%", " "} & set(found)


def test_sentences_keep_closing_quotes_and_unterminated_tails():
    text = "他说：“先通水。”随后通电！第三步\n第四步"
    assert tokens.sentences(text) == ["他说：“先通水。”", "随后通电！", "第三步\n", "第四步"]
    assert "".join(tokens.sentences(text)) == text


def test_unknown_tokenizer_is_named():
    with pytest.raises(SettingsError, match="bpe"):
        tokens.tokenizer("bpe")
