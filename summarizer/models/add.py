"""``summarizer models add``: takes over a checkpoint, converts it and proves the conversion.

The steps: fetch (hub names only), inspect, copy, convert to ct2-int8, compare torch with CTranslate2 on three
inputs in float32, write the card with checksums, move into place. A failure leaves nothing behind.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import ModelError
from ..types import Request
from . import families, hub, store
from .families.base import Family, SeqCodec
from .folder import open_folder
from .inspection import Inspection, check_chinese, inspect

Fetch = Callable[[str, str | None, Path], str]
Say = Callable[[str], None]
DEFAULT_TOKENS = {"headline": 64, "summary": 256}
# Three made-up inputs of different length: a sentence, a paragraph, digits and Latin letters.
SAMPLES = (
    "昨日，全市召开春季造林动员会。",
    "市统计局公布，一季度全市居民人均可支配收入同比增长百分之五点三，其中农村居民增长更快。分县区看，各地增速普遍回升。",
    "公司发布半年报：营业收入12.4亿元，同比下降3.7%；将投产2条5G设备生产线，票价6元，6:00发车。",
)


@dataclass(frozen=True)
class Options:
    """What a user may set. ``prefixes`` maps a task to the text that leads its source."""

    name: str | None = None
    tasks: tuple[str, ...] = ("headline", "summary")
    prefixes: dict[str, str] = field(default_factory=dict)
    revision: str | None = None
    convert: bool = True
    replace: bool = False


def add(source: str, options: Options, say: Say = print, fetch: Fetch = hub.fetch) -> Path:
    """Adds the folder or hub name ``source`` and returns the new model folder.

    Raises ModelError where the checkpoint is unsafe, unsupported, damaged or already there, and
    MissingDependency where the conversion's packages are not installed.
    """
    local = Path(source).is_dir()
    if not local and not hub.is_hub_name(source):
        raise ModelError(
            f"{source} 不是文件夹，也不是 作者/模型 形式的名称 / neither a folder nor a hub name"
        )
    name = store.check_name(options.name or (Path(source).resolve() if local else Path(source)).name)
    target = store.home() / name
    if target.exists() and not options.replace:
        raise ModelError(
            f"已有模型 {name}；加 --replace 覆盖，或用 --name 换名 / exists: use --replace or --name"
        )
    store.home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=store.home()) as scratch:
        staged = _stage(source, local, Path(scratch), options, say, fetch, name)
        _move(staged, target)
    say(usage(name, store.card(target)))
    return target


def _stage(
    source: str, local: bool, scratch: Path, options: Options, say: Say, fetch: Fetch, name: str
) -> Path:
    """The finished model folder inside ``scratch``."""
    origin = {"from": Path(source).resolve().name if local else source, "revision": ""}
    folder = Path(source)
    if not local:
        folder = scratch / "download"
        folder.mkdir()
        say(f"下载 {source} / downloading")
        origin["revision"] = fetch(source, options.revision, folder)
    if (folder / store.CARD).is_file():
        return _take_over(folder, scratch / "model", name, origin, say)
    found = inspect(folder)
    say(f"家族 {found.family.name} / family")
    staged = scratch / "model"
    _copy(found, staged, say)
    card = _card(name, found, origin, options)
    codec = found.family.codec(staged, card)
    check_chinese(codec)
    card["ct2"] = _convert(staged, found.family, codec, options, say)
    card["sha256"] = store.checksums(staged)
    _write_card(staged, card)
    open_folder(staged)  # what every engine does first
    return staged


def _take_over(folder: Path, staged: Path, name: str, origin: dict, say: Say) -> Path:
    """A folder that is a model folder already (trained or exported here): verified, then copied as it is."""
    opened = open_folder(folder)
    say(
        f"已是模型文件夹（{opened.card['family']}），核对后复制 / a model folder already: verified and copied"
    )
    for file in opened.card["sha256"]:
        (staged / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file, staged / file)
    _write_card(staged, {**opened.card, "name": name, "source": origin, "added": _today()})
    families.codec(open_folder(staged))
    return staged


def _write_card(folder: Path, card: dict) -> None:
    text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    (folder / store.CARD).write_text(text, encoding="utf-8")


def _today() -> str:
    return datetime.date.today().isoformat()


def _copy(found: Inspection, staged: Path, say: Say) -> None:
    need = sum((found.checkpoint.path / name).stat().st_size for name in found.kept)
    free = shutil.disk_usage(store.home()).free
    # The copy, its float32 conversion for the comparison, and the int8 one.
    if free < need * 2.5:
        raise ModelError(
            f"磁盘空间不足：需要 {need * 2.5 / 1e9:.1f} GB，剩余 {free / 1e9:.1f} GB / not enough disk space"
        )
    staged.mkdir()
    for name in found.kept:
        shutil.copyfile(found.checkpoint.path / name, staged / name)
    for name, reason in found.left:
        say(f"未复制 {name}：{reason}")


def _card(name: str, found: Inspection, origin: dict, options: Options) -> dict:
    unknown = [task for task in options.tasks if task not in DEFAULT_TOKENS]
    if unknown or not options.tasks:
        raise ModelError(f"任务 {unknown} 不可用，可选 headline、summary / tasks are headline and summary")
    default = found.family.prefix(found.checkpoint)
    tasks = {
        task: {"prefix": options.prefixes.get(task, default), "max_tokens": DEFAULT_TOKENS[task]}
        for task in options.tasks
    }
    return {
        "format": 1,
        "name": name,
        "family": found.family.name,
        "normal_form": found.family.normal_form,
        "tasks": tasks,
        "source_budget": found.family.budget(found.checkpoint),
        "languages": list(found.languages),
        "licence": found.licence,
        "grounded": False,
        "prefer": "model",
        "source": origin,
        "added": _today(),
        "evaluation": None,
    }


def _convert(staged: Path, family: Family, codec: SeqCodec, options: Options, say: Say) -> dict | None:
    """Writes ct2-int8/ and returns what was proven of it; None where conversion was not wanted."""
    if not options.convert:
        say("未转换为 CTranslate2，将用 torch 推理 / not converted: torch will run it")
        return None
    from .convert import convert

    say("转换为 CTranslate2 int8 并与 torch 对照 / converting and comparing with torch")
    convert(staged, family, codec, staged / "ct2-int8", "int8")
    with tempfile.TemporaryDirectory(dir=staged.parent) as exact:
        float32 = convert(staged, family, codec, Path(exact) / "ct2", "float32")
        return _agreement(staged, codec, float32)


def _agreement(staged: Path, codec: SeqCodec, float32: Path) -> dict:
    """Greedy outputs of torch, CTranslate2 float32 (must be equal) and int8 (counted)."""
    from .convert import greedy_ct2, greedy_torch

    task = next(iter(codec.tasks))
    requests = [Request(task, text, 20) for text in SAMPLES]
    expected = [codec.tokens(ids) for ids in greedy_torch(staged, codec, requests)]
    exact = greedy_ct2(float32, codec, requests)
    for text, left, right in zip(SAMPLES, expected, exact, strict=True):
        if left != right:
            raise ModelError(
                f"torch 与 CTranslate2 输出不一致，未添加（输入：{text[:12]}…）；可加 --no-convert 只用 torch"
                " / torch and CTranslate2 differ: not added, try --no-convert"
            )
    quantised = greedy_ct2(staged / "ct2-int8", codec, requests)
    same = sum(a == b for a, b in zip(expected, quantised, strict=True))
    return {"quantization": "int8", "inputs": len(SAMPLES), "float32_equal": len(SAMPLES), "int8_equal": same}


def _move(staged: Path, target: Path) -> None:
    """Puts the finished folder in place; an older one of that name goes only once the new one is whole."""
    old = staged.parent / "replaced"
    if target.exists():
        os.replace(target, old)
    os.replace(staged, target)


def usage(name: str, card: dict) -> str:
    """How to use an added model, for the end of ``add`` and for ``show``."""
    tasks = "、".join(card.get("tasks", {}))
    return (
        f"已添加 {name}（{card.get('family')}，{tasks}）。用法：summarizer write 稿件.txt --model {name}\n"
        f"added; in Python: Summarizer(model={name!r}); check it: summarizer models verify {name}"
    )
