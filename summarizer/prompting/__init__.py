"""Prompts as data: loaded strictly, rendered in a sandbox, recorded by name, version and hash."""

from __future__ import annotations

from .command import add_arguments, run
from .prompt import Prompt, PromptRef, Rendered
from .registry import Registry

__all__ = ["Prompt", "PromptRef", "Registry", "Rendered", "add_arguments", "run"]
