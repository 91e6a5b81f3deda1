"""``summarizer prompts list|show|render|check``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..errors import PromptError
from .registry import Registry, shipped


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The four verbs and their arguments."""
    parser.add_argument("--folder", metavar="DIR", help="自己的提示词文件夹 / a folder of your own prompts")
    verbs = parser.add_subparsers(dest="verb", metavar="list|show|render|check", required=True)
    verbs.add_parser("list", help="列出全部提示词 / all prompts")
    verbs.add_parser("show", help="一个提示词的文件 / one prompt's file").add_argument("name")
    render = verbs.add_parser("render", help="代入变量后的全文 / the messages as they would be sent")
    render.add_argument("name")
    render.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="变量，可重复 / a variable, repeatable",
    )
    render.add_argument("--sample", action="store_true", help="用自带样例补全变量 / fill in from the sample")
    verbs.add_parser("check", help="检查全部提示词 / check every prompt")


def run(args: argparse.Namespace) -> int:
    """Exit code 0; ``check`` gives 1 when a prompt is not valid."""
    registry = Registry((shipped(), _folder(args.folder))) if args.folder else Registry()
    return {"list": _list, "show": _show, "render": _render, "check": _check}[args.verb](registry, args)


def _folder(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise PromptError(f"没有文件夹 {name} / no such folder")
    return folder


def _list(registry: Registry, args: argparse.Namespace) -> int:
    for name in registry.names():
        prompt = registry.get(name)
        mine = "" if registry.path(name).parent == shipped() else "\t自定义 / your own"
        print(f"{prompt.name}\t{prompt.version}\t{prompt.task}\t{prompt.description}{mine}")
    return 0


def _show(registry: Registry, args: argparse.Namespace) -> int:
    prompt = registry.get(args.name)
    print(f"# {registry.path(args.name)}")
    print(f"# sha256 {prompt.sha256(registry.partials)}")
    print(registry.path(args.name).read_text(encoding="utf-8"), end="")
    return 0


def _render(registry: Registry, args: argparse.Namespace) -> int:
    prompt = registry.get(args.name)
    given = dict(prompt.sample) if args.sample else {}
    for pair in args.set:
        name, equals, value = pair.partition("=")
        if not equals:
            raise PromptError(f"--set {pair} 应写作 名称=值 / should read NAME=VALUE")
        given[name] = _typed(prompt.variables.get(name), value)
    rendered = registry.render(args.name, given)
    print(f"# {rendered.ref}\n{rendered.text()}", end="")
    return 0


def _typed(variable, value: str) -> object:
    """A command line's text as the variable's type; what doesn't parse is left for ``bind`` to refuse."""
    kind = getattr(variable, "kind", "text")
    if kind == "list":
        return value.split(",") if value else []
    if kind not in ("integer", "number"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _check(registry: Registry, args: argparse.Namespace) -> int:
    failed = 0
    for name in registry.names():
        try:
            rendered = registry.render(name, registry.get(name).sample)
            print(f"{rendered.ref}\t可用 / valid")
        except PromptError as error:
            failed += 1
            print(f"{name}\t{error}")
    return 1 if failed else 0
