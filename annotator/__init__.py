"""Code political texts by hand, compare coders, report their agreement."""

__version__ = "0.2.0"
