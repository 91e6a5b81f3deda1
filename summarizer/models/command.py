"""``summarizer models list|show|add|verify|record``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..errors import ModelError
from . import evaluation, store
from .folder import runs_in_ct2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs and their arguments."""
    verbs = parser.add_subparsers(dest="verb", metavar="list|show|add|verify|record", required=True)
    listing = verbs.add_parser("list", help="列出已安装的模型 / what is installed")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    show = verbs.add_parser("show", help="一个模型的详情 / one model in full")
    show.add_argument("model", metavar="NAME|DIR")
    show.add_argument("--format", choices=("text", "json"), default="text")
    verify = verbs.add_parser("verify", help="核对文件校验和 / compare files with their checksums")
    verify.add_argument("models", metavar="NAME|DIR", nargs="*", help="默认全部 / all models by default")
    record = verbs.add_parser("record", help="把评测结果记入模型卡 / put an evaluation into the card")
    record.add_argument("model", metavar="NAME")
    record.add_argument("scores", metavar="RUN_DIR|scores.json", type=Path)
    _add_arguments(verbs.add_parser("add", help="添加模型：文件夹或 作者/模型 / add a folder or hub name"))


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="DIR|OWNER/NAME")
    parser.add_argument("--name", help="在本机的名称 / name to add it under")
    parser.add_argument(
        "--tasks", default="headline,summary", help="逗号分隔 / comma-separated (%(default)s)"
    )
    parser.add_argument("--headline-prefix", metavar="TEXT", help="标题任务前缀 / source prefix of headlines")
    parser.add_argument("--summary-prefix", metavar="TEXT", help="摘要任务前缀 / source prefix of summaries")
    parser.add_argument("--revision", help="分支、标签或提交 / branch, tag or commit of the hub")
    parser.add_argument("--replace", action="store_true", help="覆盖同名模型 / replace a model of that name")
    parser.add_argument("--no-convert", action="store_true", help="不转换为 CTranslate2 / keep torch only")


def run(args: argparse.Namespace) -> int:
    """Exit code 0; ``verify`` gives 1 when a model is not as its card says."""
    return {"list": _list, "show": _show, "add": _add, "verify": _verify, "record": _record}[args.verb](args)


def _folders() -> list[Path]:
    from . import WEIGHTS

    embedded = [WEIGHTS] if (WEIGHTS / store.CARD).is_file() else []
    return embedded + store.installed()


def _folder(name: str) -> Path:
    from . import WEIGHTS

    if name == "embedded":
        return WEIGHTS
    found = store.find(name)
    if found is None and Path(name).is_dir():
        found = Path(name)
    if found is None:
        raise ModelError(f"没有模型 {name!r}，请运行 summarizer models list / no such model")
    return found


def summary(folder: Path) -> dict:
    """The facts that ``list`` shows of a model folder; sizes in bytes."""
    card = store.card(folder)
    keys = ("name", "family", "licence", "languages", "source_budget", "evaluation")
    facts = {key: card.get(key) for key in keys}
    tasks = list(card.get("tasks") or {})
    engines = ["ct2"] * runs_in_ct2(folder) + ["torch"] * any(folder.glob("*.safetensors"))
    return {**facts, "tasks": tasks, "engines": engines, "bytes": store.size(folder)}


def _list(args: argparse.Namespace) -> int:
    found = [summary(folder) for folder in _folders()]
    if args.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for facts in found:
        print(_line(facts))
    if not found:
        print("尚未安装模型；extractive 总可用 / no models installed; extractive is always there")
    print(f"模型目录 / folder: {store.home()}")
    return 0


def _line(facts: dict) -> str:
    languages = ",".join(facts["languages"] or [])
    return (
        f"{facts['name']}\t{facts['family']}\t{facts['bytes'] / 1e6:.1f} MB\t{facts['licence']}\t{languages}"
        f"\t{','.join(facts['tasks'])}\t{'+'.join(facts['engines'])}\t{evaluation.brief(facts['evaluation'])}"
    )


def _show(args: argparse.Namespace) -> int:
    folder = _folder(args.model)
    card = store.card(folder)
    facts = {**card, **summary(folder), "folder": str(folder)}
    if args.format == "json":
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    for key, value in facts.items():
        if key != "sha256":
            print(f"{key}: {_short(value)}")
    for name, digest in (card.get("sha256") or {}).items():
        print(f"sha256 {digest}  {name}")
    return 0


def _short(value: object) -> str:
    if value is None:
        return "无 / none"
    if isinstance(value, list) and len(value) > 20:
        return f"{len(value)} 项 / items"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _add(args: argparse.Namespace) -> int:
    from .add import Options, add

    given = {"headline": args.headline_prefix, "summary": args.summary_prefix}
    options = Options(
        name=args.name,
        tasks=tuple(task.strip() for task in args.tasks.split(",") if task.strip()),
        prefixes={task: prefix for task, prefix in given.items() if prefix is not None},
        revision=args.revision,
        convert=not args.no_convert,
        replace=args.replace,
    )
    add(args.source, options)
    return 0


def _record(args: argparse.Namespace) -> int:
    folder = store.find(args.model)
    if folder is None:
        raise ModelError(f"没有添加过模型 {args.model!r} / no added model of that name")
    for entry in evaluation.record(folder, args.scores):
        print(f"已记入 / recorded: {evaluation.brief([entry])}")
    return 0


def _verify(args: argparse.Namespace) -> int:
    folders = [_folder(name) for name in args.models] or _folders()
    failed = 0
    for folder in folders:
        problems = store.verify(folder)
        failed += bool(problems)
        name = store.card(folder).get("name", folder.name)
        print(f"{name}: {'；'.join(problems) if problems else '完好 / intact'}")
    if not folders:
        print("没有可核对的模型 / nothing to verify")
    return 1 if failed else 0
