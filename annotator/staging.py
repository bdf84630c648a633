"""Files written whole or not at all."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import Refused


@contextlib.contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to; it takes the name of `path` when the block ends well, and is gone when it does not.
    Raises Refused when the folder or the disk does not let it be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise Refused("file.not_written", path=path, reason=error.strerror or error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
