"""Agreement between candidates, and the choice that agrees most with the rest."""

import random

from hypothesis import given
from hypothesis import strategies as st

from summarizer.rank.consensus import agreement, consensus
from summarizer.rank.subsequence import lcs_length

TEXTS = st.text(alphabet="云溪大桥合龙通车5.3% ，“”A", max_size=24)


def table(a, b):
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            rows[i + 1][j + 1] = rows[i][j] + 1 if x == y else max(rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


@given(TEXTS, TEXTS)
def test_lcs_equals_the_plain_table(a, b):
    assert lcs_length(a, b) == table(a, b)


def test_lcs_of_long_texts():
    draw = random.Random(1)
    a, b = ("".join(draw.choices("甲乙丙丁", k=300)) for _ in range(2))
    assert lcs_length(a, b) == table(a, b)


@given(TEXTS, TEXTS)
def test_agreement_is_symmetric_and_bounded(a, b):
    assert agreement(a, b) == agreement(b, a)
    assert 0 <= agreement(a, b) <= 1
    assert agreement(a, a) == (1 if any(c.isalnum() for c in a) else 0)


def test_marks_do_not_count():
    assert agreement("云溪大桥合龙 通车在即", "云溪大桥合龙，通车在即") == 1


def test_the_middle_of_the_crowd_has_the_highest_consensus():
    crowd = [
        "云溪大桥顺利合龙",
        "云溪大桥合龙 通车又近一步",
        "云溪大桥顺利合龙 通车又近了一步",
        "三年零两个月的建设",
    ]
    values = consensus(crowd, crowd)
    assert values.index(max(values)) == 2 and values.index(min(values)) == 3


def test_alone_there_is_no_consensus():
    assert consensus(["云溪大桥合龙"], ["云溪大桥合龙"]) == [0.0]
    assert consensus([], []) == []


def test_a_crowd_of_votes_counts_though_it_was_merged():
    crowd = ["云溪大桥合龙", "云溪大桥顺利合龙", "云溪大桥今日合龙", "便民市场开业", "便民市场明日开业"]
    bridge, market = consensus(["云溪大桥合龙", "便民市场开业"], crowd)
    assert bridge > market > 0
