"""Inputs for the batch tests, all invented."""

from __future__ import annotations

import json
import random
from pathlib import Path

_PLACES = ("青石县", "临河区", "枫桥镇", "云溪市")
_DEEDS = ("修好了三座石桥", "新开两条公交线路", "把旧粮仓改成图书馆", "为老街换上新路灯", "办起秋收集市")


def article(number: int) -> str:
    """An invented report whose length varies from one sentence to some twenty."""
    chance = random.Random(number)
    lines = [
        f"{chance.choice(_PLACES)}今年{chance.choice(_DEEDS)}，第{number}号工程由市长陆文清宣布完工。"
        for _ in range(1 + chance.randrange(20))
    ]
    return "".join(lines)


def write_rows(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"id": f"a-{number}", "body": article(number)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
