"""The model card, written from the run and the scores; nobody edits it by hand."""

from __future__ import annotations

import json
from pathlib import Path

_FAULTS = """\
- It has read news in mainland Chinese only; other genres, dialects and Traditional Chinese are outside its data.
- It writes only pieces that stand in its source and a few hundred common ones, so it can't write a name whose
  characters the source lacks. It can join true pieces into a false statement (subject and object exchanged, a number
  with the wrong noun). The guard checks this and is not perfect either.
- Slogan headlines (People's Daily commentary) can't be predicted from the body; expect a factual one.
- Digits are single pieces: a long number can lose a digit; the guard rejects such candidates.
- Relative positions let it read longer sources than it was trained on (at most 176 pieces, some 270 characters),
  with little loss and little gain."""


def write_card(path: Path, summary: dict, run: Path, sources: str) -> None:
    """Write ``README.md`` of a model folder: origin, licence, figures, faults."""
    training, evaluation = summary.get("training", {}), summary.get("evaluation", {})
    lines = [
        f"# {summary['name']}",
        "",
        _intro(run),
        "",
        "## Data and licence",
        "",
        f"Licence of the weights: {summary['licence']}.",
        "",
        sources,
        "",
        "## Training",
        "",
    ]
    lines += [*_runs(summary.get("runs", [])), *(f"- {key}: {value}" for key, value in training.items())]
    lines += ["", "## Figures", "", *_figures(evaluation), "", "## Known faults", "", _FAULTS, ""]
    path.write_text("\n".join(lines), "utf-8")


def _intro(run: Path) -> str:
    fields = json.loads((run / "run.json").read_text("utf-8"))["shape_fields"]
    return (
        "A T5-shaped encoder-decoder for Chinese headlines, kickers, subheads and short summaries: "
        f"{fields['encoder']} encoder and {fields['decoder']} decoder layers, d_model {fields['d_model']}, "
        f"{fields['vocab']} Unigram pieces "
        "with byte fallback, grounded decoding, a salience head. Trained from scratch by `python -m train`; "
        "loads in transformers without custom code, its encoder in CTranslate2."
    )


def figures_of(run: Path, evaluation: dict, machine: str = "") -> dict[str, object]:
    """One row of the card's table of runs: compute, what was seen, losses, ROUGE-1/2/L by source."""
    path = run / "curve.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    last = next((x for x in reversed(lines) if "loss" in x), {})
    dev = next((x for x in reversed(lines) if "dev_loss" in x), {})
    return {
        "machine": machine,
        "hours": last.get("hours"),
        "examples": last.get("seen"),
        "source_pieces": last.get("source_pieces"),
        "training_loss": last.get("loss"),
        "held_out_loss": dev.get("dev_loss"),
        "held_out_salience_loss": dev.get("dev_salience"),
        "rouge": evaluation.get("systems", {}).get("model", {}),
    }


def _runs(runs: list[dict]) -> list[str]:
    """The runs that made these weights, each continuing the one before."""
    kinds = list(dict.fromkeys(kind for run in runs for kind in run["rouge"]))
    heads = ["run", "machine", "hours", "examples seen", "source pieces seen", "held-out loss", *kinds]
    lines = ["Each run continues the one before. Losses are nats a piece, grounded; by source ROUGE-L.", ""]
    lines += ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for number, run in enumerate(runs, 1):
        seen = [f"{run[key]:,}" if run[key] else "" for key in ("examples", "source_pieces")]
        scores = [f"{run['rouge'][kind][2]:.1f}" if kind in run["rouge"] else "" for kind in kinds]
        cells = [number, run["machine"], run["hours"], *seen, run["held_out_loss"], *scores]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return [*lines, ""]


def _figures(evaluation: dict) -> list[str]:
    if not evaluation:
        return ["None yet: run `python -m train score` and export with `--score`."]
    lines = [f"Character ROUGE-1/2/L F1 on held-out rows, by source ({evaluation.get('signature', '')}).", ""]
    lines += _table(evaluation.get("systems", {}))
    if "summaries" in evaluation:
        lines += ["", "Short summaries against human ones:", "", *_table(evaluation["summaries"])]
    if "kickers and subheads" in evaluation:
        lines += ["", "Kickers and subheads that go with the human headline:", ""]
        lines += _table(evaluation["kickers and subheads"])
    return lines


def _table(systems: dict) -> list[str]:
    groups = list(dict.fromkeys(group for scores in systems.values() for group in scores))
    lines = ["| source | " + " | ".join(systems) + " |", "|---" * (len(systems) + 1) + "|"]
    for group in groups:
        cells = ["/".join(f"{v:.1f}" for v in scores.get(group, [])) for scores in systems.values()]
        lines.append(f"| {group} | " + " | ".join(cells) + " |")
    return lines
