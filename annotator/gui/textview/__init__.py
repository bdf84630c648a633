"""The coded text view."""

from .index import Mark
from .painter import SpanPainter
from .pointer import CODE_TYPE
from .styles import Style
from .view import CodedTextView

__all__ = ["CODE_TYPE", "CodedTextView", "Mark", "SpanPainter", "Style"]
