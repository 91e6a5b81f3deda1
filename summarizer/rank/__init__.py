"""Rank: merge near-duplicate headlines, measure the rest and put them in order, with reasons."""

from .merge import merge
from .order import measure_all, rank
from .signals import Context, Signals, Weights, Yardstick, measure

__all__ = ["Context", "Signals", "Weights", "Yardstick", "measure", "measure_all", "merge", "rank"]
