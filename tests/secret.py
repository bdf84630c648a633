"""What tests of encrypted projects share: a passphrase, and a search of files for words that may stand in none of them."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

PASSPHRASE = "four words without sense"


def holders(words: Sequence[str], *folders: Path) -> set[str]:
    """The names of the files below these folders that hold one of these words, in whatever encoding, letter case or archive."""
    spelt = {
        one.encode(encoding)
        for word in words
        for one in (word, word.lower(), word.upper())
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    files = (one for folder in folders for one in folder.rglob("*") if one.is_file())
    return {one.name for one in files if _holds(one.read_bytes(), spelt)}


def _holds(data: bytes, spelt: set[bytes]) -> bool:
    if any(one in data for one in spelt):
        return True
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(_holds(archive.read(name), spelt) for name in archive.namelist())
    return False
