"""LawBench task 2-7, public-opinion summaries (Fei and others 2023): ``2-7.json``.

A JSON array of {"instruction", "question", "answer"}; the question is the report, the answer its summary.
LawBench scores ROUGE-L with ``rouge-chinese`` over jieba words: ``--mode rouge-chinese``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import InputError

from .rows import Raw, open_text


def sniff(fields: dict) -> bool:
    return {"instruction", "question", "answer"} <= fields.keys()


def read(path: Path) -> Iterator[Raw]:
    """One record per element, at the line where it starts; not an array raises InputError."""
    with open_text(path) as file:
        text = file.read()
    decoder, place = json.JSONDecoder(), _skip(text, 0)
    if text[place : place + 1] != "[":
        raise InputError(f"{path} 不是 JSON 数组 / expected a JSON array")
    place, count = _skip(text, place + 1), 0
    while text[place : place + 1] not in ("]", ""):
        line = text.count("\n", 0, place) + 1
        try:
            value, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            yield error.lineno, "JSON 在此中断 / JSON breaks off here"
            return
        yield line, _fields(f"{path.stem}-{count}", value)
        place, count = _skip(text, place), count + 1


def _fields(key: str, value: object) -> dict | str:
    if not isinstance(value, dict):
        return "不是 JSON 对象 / not a JSON object"
    return {"id": key, "body": value.get("question"), "summary": value.get("answer")}


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place
