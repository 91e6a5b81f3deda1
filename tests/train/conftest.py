"""A tokenizer and arrays of ids learnt from a few hundred made-up stories, once for all tests."""

import json
import random

import pytest

pytest.importorskip("torch")
pytest.importorskip("sentencepiece")

PLACES = ["云溪市", "青石县", "临河区", "枫桥镇", "白石乡", "柳湾镇"]
WORKS = ["新门诊楼", "跨河大桥", "口袋公园", "实验小学", "污水处理厂", "游客中心", "便民市场", "图书馆"]
DEEDS = ["启用", "开工", "开放", "竣工", "通过验收", "投入使用"]
TAILS = ["附近居民表示十分方便", "项目负责人何小满介绍了情况", "工程历时两年", "主管部门将加强日常管理"]


def story(seed: int) -> dict:
    draw = random.Random(seed)
    place, work, deed = draw.choice(PLACES), draw.choice(WORKS), draw.choice(DEEDS)
    money = draw.randrange(100, 9999)
    body = (
        f"{draw.randrange(1, 28)}日上午，{place}{work}正式{deed}，总投资{money}万元。"
        + "。".join(draw.sample(TAILS, 3))
        + "。"
    )
    return {
        "id": str(seed),
        "title": f"{place}{work}{deed}",
        "body": body,
        "style": "web",
        "source": "made up",
    }


@pytest.fixture(autouse=True)
def float32():
    """``fit`` sets the type of the matrix products for its process: bf16 on some CPUs, which no parity test means."""
    import torch

    from train.model import Model

    Model.precision = torch.float32


@pytest.fixture(scope="session")
def recipe(tmp_path_factory):
    """Folder with ``train.jsonl``, ``tokenizer/`` and ``ids/``."""
    from train import encode, tokenizer
    from train.pieces import Pieces, choose_common

    folder = tmp_path_factory.mktemp("recipe")
    lines = [json.dumps(story(i), ensure_ascii=False) for i in range(400)]
    (folder / "train.jsonl").write_text("\n".join(lines), "utf-8")
    tokenizer.learn(folder / "train.jsonl", folder / "tokenizer", vocab=400, bodies=400)
    pieces = Pieces(folder / "tokenizer")
    common = choose_common(encode.count_missing([folder / "train.jsonl"], pieces))
    (folder / "tokenizer" / "common.json").write_text(json.dumps(common, ensure_ascii=False), "utf-8")
    encode.encode(Pieces(folder / "tokenizer"), [folder / "train.jsonl"], [], folder / "ids", gap_every=10)
    return folder


@pytest.fixture(scope="session")
def fitted(recipe, tmp_path_factory):
    """A run folder: a tiny model trained on the made-up stories for 240 steps."""
    from train import __main__ as train

    out = tmp_path_factory.mktemp("run")
    command = f"fit --shape tiny --steps 240 --batch 32 --warmup 20 --ids {recipe}/ids --tokenizer {recipe}/tokenizer"
    assert train.main([*command.split(), "--out", str(out), "--dev-ids", f"{recipe}/ids"]) == 0
    return out


@pytest.fixture(scope="session")
def exported(recipe, fitted, tmp_path_factory):
    from train.export import export

    out = tmp_path_factory.mktemp("model")
    export(fitted, recipe / "tokenizer", out, {"name": "tiny-test"})
    return out
