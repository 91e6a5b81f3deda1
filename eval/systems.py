"""Systems under test: models, extraction, baselines, oracles, peers and files, behind one small face."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.errors import SettingsError

from . import peers
from .baselines import graph, lead, oracle
from .data import Row

BATCH = 16


@dataclass(frozen=True, slots=True)
class Options:
    """What every system is asked for. Lengths in full-width units."""

    task: str = "headline"
    headline_chars: int = 20
    summary_chars: int = 120
    engine: str = "auto"
    seed: int = 0

    @property
    def budget(self) -> int:
        return self.headline_chars if self.task == "headline" else self.summary_chars


@dataclass(frozen=True, slots=True)
class System:
    """``write`` turns rows into one text each, in order. ``key`` changes whenever the texts could.

    Rows go in batches of ``BATCH`` from the start of the data, always the same ones: a model whose
    output depends on its batch still writes the same text after a resume.
    """

    name: str
    kind: str
    key: str
    write: Callable[[Sequence[Row]], list[str]]
    close: Callable[[], None] = lambda: None


Rule = Callable[[Row, Options], str]
BASELINES: dict[str, Rule] = {
    "lead": lambda row, o: lead.sentence(row.body, o.task, o.budget),
    "random": lambda row, o: lead.shuffled(row.body, o.task, o.budget, o.seed),
    "textrank": lambda row, o: graph.textrank(row.body, o.task, o.budget),
    "lexrank": lambda row, o: graph.lexrank(row.body, o.task, o.budget),
    "oracle": lambda row, o: oracle.sentences(row.body, row.gold, o.task),
    "oracle-span": lambda row, o: oracle.span(row.body, row.gold),
}
_LEAD_N = re.compile(r"lead-([1-9]\d*)$")


def digest(*parts: Any) -> str:
    """SHA-256 of ``parts`` as JSON."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def load(spec: str, options: Options) -> System:
    """A baseline, ``lead-N``, a peer, or a model with a view of it (see ``product``), by that name."""
    if spec in BASELINES:
        return _baseline(spec, BASELINES[spec], options)
    lead_n = _LEAD_N.match(spec)
    if lead_n:
        limit = int(lead_n.group(1))
        return _baseline(spec, lambda row, _: lead.characters(row.body, limit), options)
    if spec in peers.PEERS:
        return _peer(spec, options)
    from . import product  # which needs this module's types

    return product.load(spec, options)


def _baseline(name: str, rule: Rule, options: Options) -> System:
    # The rules are the model: their source is part of the key.
    source = "".join(inspect.getsource(module) for module in (lead, graph, oracle))
    used = [options.task, options.budget, options.seed]
    kind = "oracle" if name.startswith("oracle") else "baseline"
    return System(name, kind, digest(name, source, used), lambda rows: [rule(row, options) for row in rows])


def _peer(name: str, options: Options) -> System:
    from .metrics.signature import package

    peer = peers.load(name)

    def write(rows: Sequence[Row]) -> list[str]:
        counts = [peers.count(row.body, options.task, options.budget) for row in rows]
        return [
            _one_line(peer(row.body, count, options.budget)) for row, count in zip(rows, counts, strict=True)
        ]

    used = [options.task, options.budget, package(peers.PEERS[name][1])]
    return System(name, "peer", digest(name, used), write)


def _one_line(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


def unique(systems: Sequence[System]) -> None:
    """Raises SettingsError where two systems share a name: their scores could not be told apart."""
    names = [system.name for system in systems]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SettingsError(f"系统重名：{'、'.join(twice)} / two systems share a name")
