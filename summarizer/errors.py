"""One hierarchy: everything a caller can put right is a SummarizerError, shown in one line."""

from __future__ import annotations


class SummarizerError(Exception):
    """Base of all errors meant for display; the text says what is wrong and what to do."""


class InputError(SummarizerError):
    """The input can't be read or holds nothing to write about."""


class SettingsError(SummarizerError):
    """An option, style, layout or settings file is not valid."""


class ModelError(SummarizerError):
    """A model folder or endpoint is missing, unsafe, damaged or does not answer."""


class MissingDependency(SummarizerError):
    """An optional part is not installed; the text holds the exact install command."""

    def __init__(self, part: str, extra: str):
        super().__init__(
            f"{part} 未安装：请运行 pip install 'headline-desk[{extra}]' / {part} is not installed"
        )


class PromptError(SummarizerError):
    """A prompt template is not valid or lacks a variable."""


class BatchError(SummarizerError):
    """A batch can't start, go on or be written."""
