"""From bytes, a file or a string to a Page: decoding only, no change of text."""

from .encodings import Decoded, decode
from .files import MAX_BYTES, read_bytes, read_path, read_str

__all__ = ["MAX_BYTES", "Decoded", "decode", "read_bytes", "read_path", "read_str"]
