"""The newspaper's forms: line layouts, breaks, parallel halves, polish, short titles, headline stacks."""

from .breaks import Fit, breaks, fit, fit_shape
from .layout import Layout, Line, Shape, one_line
from .polish import faults, polish, repeated
from .words import units, words

__all__ = [
    "Fit", "Layout", "Line", "Shape", "breaks", "faults", "fit", "fit_shape", "one_line", "polish",
    "repeated", "units", "words",
]  # fmt: skip
