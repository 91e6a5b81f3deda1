"""What must hold for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.guard import check, evidence, facts, flagged, read_ahead
from summarizer.guard.text import fold

CLAUSES = (
    "云溪市委书记章明远7月4日在青石县调研防汛工作",
    "上半年全市实现工业产值一万二千亿元",
    "同比增长百分之五点三",
    "比去年同期增加12.6万人次",
    "市长陆文清说“要把好事办好”",
    "会议审议通过《云溪市供水条例》",
    "但未通过道路拓宽方案",
    "云溪市第一人民医院新增床位498张",
    "3至5公里内均设服务点",
    "截至20日18时共有38人受伤",
    "枫桥镇不会提高水价",
    "长途客运暂停而大桥恢复通车",
    "首批C919客机飞抵云溪机场",
    "卡维尔森在临河区考察",
)
ORDERS = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=len(CLAUSES), unique=True)


@settings(max_examples=30, deadline=None)
@given(ORDERS, st.data())
def test_copied_clauses_are_never_flagged(clauses, data):
    copied = data.draw(st.lists(st.sampled_from(clauses), min_size=1, max_size=3, unique=True))
    body = "，".join(clauses) + "。"
    found = flagged(check(" ".join(copied), facts(body, tagger="jieba")))
    assert found == (), (body, copied)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=120))
def test_any_text_is_checked(text, body):
    known = facts(body, tagger="jieba", dateline=text[:10], date=text[:12])
    for finding in check(text, known):
        assert text[finding.start : finding.end] == finding.text
        assert all(0 <= s < e <= len(body) for s, e in finding.evidence)
    for link in evidence(text, known):
        assert 0 <= link.start < link.end <= len(text) and 0 <= link.strength <= 1
        assert all(0 <= s < e <= len(body) for s, e in link.spans)


ALPHABET = "0123456789.,，。%％年月日时点分一二两三十百千万亿半廿第至-—~近超约余多“”《》"
ALPHABET += "未不无增长下降云溪市章书记G·\n 　"


@settings(max_examples=100, deadline=None)
@given(st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=60))
def test_wild_numerals_and_marks_are_checked(text, body):
    for finding in check(text, facts(body, tagger="jieba", date="2025-07-05")):
        assert text[finding.start : finding.end] == finding.text
        assert all(0 <= s < e <= len(body) for s, e in finding.evidence)


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


def test_reading_ahead_changes_no_finding():
    body = "云溪市市长章明远7月1日在枫桥镇宣布，云溪大桥通车，投资3.2亿元。"
    texts = ["章明远：云溪大桥7月1日通车", "陆文清在枫桥镇宣布云溪大桥通车", "云溪大桥通车 投资2.3亿元"]
    ahead = facts(body)
    read_ahead([(texts, ahead)])
    assert [check(text, ahead) for text in texts] == [check(text, facts(body)) for text in texts]


def test_an_article_asked_about_for_long_remembers_only_so_much():
    asked = facts("云溪大桥7月1日通车，投资3.2亿元。")
    for number in range(600):
        check(f"云溪大桥投资{number}元", asked)
    assert len(asked.checked) <= 512 and len(asked.clauses) <= 512
    assert check("云溪大桥投资5元", asked) == check("云溪大桥投资5元", facts(asked.body))
