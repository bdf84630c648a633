"""Code political texts by hand, compare coders, report their agreement."""

__version__ = "0.1.0"
