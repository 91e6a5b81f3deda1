"""Where clauses and sentences come from."""

import time

from summarizer.guard import evidence, facts

BODY = (
    "云溪市7月4日召开防汛会议。市长陆文清出席会议并讲话。会议要求，加强堤防巡查。\n"
    "今年上半年，云溪市工业产值一万二千亿元，同比增长百分之五点三。临河区新建学校三所。"
)
KNOWN = facts(BODY, tagger="jieba")


def texts(link):
    return [BODY[a:b] for a, b in link.spans]


def test_a_copied_clause_is_fully_held():
    (link,) = evidence("临河区新建学校三所", KNOWN)
    assert link.strength == 1 and texts(link) == ["临河区新建学校三所"]


def test_clauses_of_a_headline_are_linked_one_by_one():
    headline = "加强堤防巡查 新建学校三所"
    assert [(headline[k.start : k.end], texts(k)) for k in evidence(headline, KNOWN)] == [
        ("加强堤防巡查", ["加强堤防巡查"]),
        ("新建学校三所", ["新建学校三所"]),
    ]


def test_sentences_of_a_summary_are_linked_one_by_one():
    summary = "云溪市召开防汛会议，要求加强堤防巡查，市长陆文清出席会议并讲话。"
    summary += "上半年工业产值一万二千亿元，同比增长百分之五点三。"
    links = evidence(summary, KNOWN)
    assert len(links) == 2 and all(k.strength > 0.85 for k in links)
    assert summary[links[1].start : links[1].end].startswith("上半年")


def test_a_normalised_number_is_evidence():
    (link,) = evidence("工业产值1.2万亿元", KNOWN)
    assert "一万二千亿元" in "".join(texts(link)) and link.strength == 1


def test_no_evidence():
    (link,) = evidence("飞船发射圆满", KNOWN)
    assert (link.spans, link.strength) == ((), 0)


def test_empty_texts():
    assert evidence("", KNOWN) == () and evidence("……", KNOWN) == ()
    (link,) = evidence("云溪", facts("", tagger="jieba"))
    assert link.strength == 0


def test_spans_are_sorted_and_apart():
    for link in evidence("陆文清出席防汛会议 工业产值增长百分之五点三 云溪市新建学校", KNOWN):
        assert all(a[1] < b[0] for a, b in zip(link.spans, link.spans[1:], strict=False))


def test_time_grows_with_length_only():
    """Ten times the body may cost at most thirty times as much (loose, for busy machines)."""

    def cost(copies):
        body = "".join(f"{i}号站点今日开放，接待{i}人。{BODY}" for i in range(copies))
        began = time.process_time()
        evidence("临河区新建学校三所 工业产值1.2万亿元", facts(body, tagger="jieba"))
        return time.process_time() - began, len(body)

    cost(10)
    (small, _), (large, length) = cost(105), cost(1050)
    assert length > 100_000 and large < 30 * max(small, 0.02)


def test_a_text_without_letters_has_no_links():
    assert evidence("_", facts("")) == ()
    assert evidence("＿，……", facts("云溪市召开会议。")) == ()
