"""Where things lie: what came with the program, and what this machine keeps for it."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """A folder that came with the program: inside the package when installed or frozen, beside it in a checkout."""
    inside = HERE / folder
    return inside if inside.is_dir() else HERE.parent / folder


def resources() -> Path:
    """Icons, themes, codebooks and help."""
    return shipped("resources")


def sample_docs() -> Path:
    """The sample statements and their codings."""
    return shipped("sample_docs")
