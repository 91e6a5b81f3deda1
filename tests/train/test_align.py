"""The salience labels: contiguous and early runs win."""

from train.align import align


def kept(source: str, target: str) -> str:
    return "".join(c for c, flag in zip(source, align([source], [target])[0], strict=False) if flag)


def test_takes_whole_runs_in_order():
    source = "记者从市教育局获悉，今年中考将于6月18日举行，全市设考点42个。"
    assert kept(source, "今年中考6月18日举行") == "今年中考6月18日举行"


def test_prefers_the_early_of_two_equal_places():
    flags = align(["云溪港通航，云溪港通航"], ["云溪港通航"])[0]
    assert flags.tolist() == [True] * 5 + [False] * 6


def test_prefers_one_run_to_scattered_characters():
    source = "大会的桥今天在云溪举行，云溪大桥今天合龙"
    assert kept(source, "云溪大桥合龙") == "云溪大桥合龙"
    assert align([source], ["云溪大桥合龙"])[0][:12].sum() == 0


def test_batches_do_not_mix():
    alone = align(["今年中考将于6月18日举行"], ["中考6月18日"])[0]
    together = align(
        ["云溪港恢复通航，船只往来如常，码头繁忙", "今年中考将于6月18日举行"], ["云溪港通航", "中考6月18日"]
    )[1]
    assert together[: len(alone)].tolist() == alone.tolist()
    assert not together[len(alone) :].any()


def test_nothing_in_common_keeps_nothing():
    assert not align(["甲乙丙丁"], ["戊己庚辛"]).any()
