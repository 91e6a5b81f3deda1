"""Files that a page's visitor drops: read here once, by content; their names are only shown."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import gradio as gr

from ..config import Limits
from ..errors import Invalid, TooLarge
from ..library import Upload


def read_upload(file: Any, limits: Limits) -> Upload:
    """The bytes of a file that Gradio has put into its own cache (it refuses any other path)."""
    path = Path(str(getattr(file, "name", file)))
    try:
        if path.stat().st_size > limits.upload_bytes:
            raise TooLarge(f"{path.name[:80]} 超过 {limits.upload_bytes // 1024} KB / file too large")
        return Upload(path.read_bytes(), path.name)
    except OSError:
        raise Invalid("文件已不在，请重新上传 / The file is gone, upload it again") from None


def scratch() -> Path:
    """A new folder for files to download. Gradio copies them; what is older than ten minutes is removed."""
    root = Path(os.environ["DESK_TEMP"]) / "out"
    root.mkdir(mode=0o700, exist_ok=True)
    for old in root.iterdir():
        if time.time() - old.stat().st_mtime > 600:
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(dir=root))


def client_of(request: gr.Request | None) -> str:
    """Whom the rate limit counts: the address."""
    client = getattr(request, "client", None)
    return getattr(client, "host", None) or "?"
