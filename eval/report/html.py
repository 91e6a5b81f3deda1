"""The report as one HTML file that opens offline: tables, pictures and signatures, no script, no link out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from ..score import GOLD
from . import markdown

_HERE = Path(__file__).parent


def document(results: Sequence[dict[str, Any]], pictures: Sequence[Sequence[tuple[str, str]]]) -> str:
    """The whole report; ``pictures`` are (caption, svg) pairs per data set."""
    loader = jinja2.FileSystemLoader(_HERE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    sections = [_section(result, shown) for result, shown in zip(results, pictures, strict=True)]
    return environment.get_template("report.html.j2").render(sections=sections, note=markdown.NOISE_NOTE)


def _section(result: dict[str, Any], pictures: Sequence[tuple[str, str]]) -> dict[str, Any]:
    keys = markdown.columns(result)
    return {
        "heading": markdown.heading(result),
        "main": _table(result, keys),
        "groups": [(group, _table(result, members)) for group, members in _groups(result).items()],
        "pictures": pictures,
        "pairs": markdown.listed(result),
        "left_out": result["data"]["left_out"],
        "options": result["options"],
    }


def _groups(result: dict[str, Any]) -> dict[str, list[str]]:
    """Measure keys by group, in the order they were computed."""
    groups: dict[str, list[str]] = {}
    for system in result["systems"].values():
        for key, figure in system["measures"].items():
            members = groups.setdefault(figure["group"], [])
            if key not in members:
                members.append(key)
    return groups


def _table(result: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    systems = result["systems"]
    known = {k: f for s in systems.values() for k, f in s["measures"].items()}
    ties = {key: markdown.tied(result, key) for key in keys}
    tops = {key: _top(result, key) for key in keys}
    rows = []
    for name in markdown.names(result):
        measures, kind = systems[name]["measures"], systems[name]["kind"]
        cells = [
            {"figure": measures.get(key), "tie": name in ties[key], "best": name == tops[key]} for key in keys
        ]
        rows.append({"name": "参考" if kind == GOLD else name, "kind": kind, "cells": cells})
    heads = [{**known[key], "mode": markdown._mode(key)} for key in keys]
    return {"heads": heads, "rows": rows}


def _top(result: dict[str, Any], key: str) -> str | None:
    """The best system on ``key``, oracles and golds aside; None where neither direction is better."""
    found = {
        name: system["measures"][key]
        for name, system in result["systems"].items()
        if system["kind"] not in (GOLD, "oracle")
        and (system["measures"].get(key) or {}).get("value") is not None
    }
    better = next((figure["better"] for figure in found.values()), "neither")
    if better == "neither":
        return None
    pick = max if better == "higher" else min
    return pick(found, key=lambda name: found[name]["value"])
