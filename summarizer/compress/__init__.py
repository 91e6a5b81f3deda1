"""The extractive compressor, and headlines made with it from the sentences of an article."""

from .headlines import headlines
from .search import Compression, compress, compressions
from .tokens import PRICES, Prices

__all__ = ["PRICES", "Compression", "Prices", "compress", "compressions", "headlines"]
