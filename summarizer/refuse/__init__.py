"""Refuse: texts that no headline can honestly be written for, each said with what was found."""

from .kinds import Refusal, refusals

__all__ = ["Refusal", "refusals"]
