"""Files written whole or not at all."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import Refused

if TYPE_CHECKING:
    from xlsxwriter import Workbook


@contextlib.contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to; it takes the name of `path` when the block ends well, and is gone when it does not.
    Raises Refused when the folder or the disk does not let it be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        with part.open(
            "r+b"
        ) as written:  # a new name before the bytes are on disk would be an empty file after a power cut
            os.fsync(written.fileno())
        part.replace(path)
    except OSError as error:
        raise Refused("file.not_written", path=path, reason=error.strerror or error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


@contextlib.contextmanager
def staged_folder(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` to fill; it takes its place when the block ends well, and is gone when it does not. What
    stood there before is kept until then. Raises Refused when the disk does not let it be written."""
    part, before = (folder.with_name(f"{folder.name}.{end}") for end in ("part", "before"))
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        for path in sorted(part.rglob("*")):
            if path.is_file():
                with path.open("r+b") as written:
                    os.fsync(written.fileno())
        if folder.exists():
            folder.replace(before)
        try:
            part.replace(folder)
        except OSError:
            if before.exists():
                before.replace(folder)
            raise
        shutil.rmtree(before, ignore_errors=True)
    except OSError as error:
        raise Refused("file.not_written", path=folder, reason=error.strerror or error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextlib.contextmanager
def staged_workbook(path: Path, **options: object) -> "Iterator[Workbook]":
    """A workbook of Excel to fill, in the same way, made in memory: nothing of it is left in a temporary file.
    Raises Refused as `staged` does."""
    from xlsxwriter import Workbook

    with staged(path) as part:
        made = BytesIO()
        with Workbook(made, {"in_memory": True, **options}) as book:
            yield book
        part.write_bytes(made.getbuffer())
