"""Files on their way into the import dialog: what was read from each, and what a person has said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.interchange import importing, plain_text, reader_for, table
from annotator.interchange.incoming import Columns, Incoming


@dataclass(slots=True)
class ReadFile:
    """One file, its documents or why it gave none, and how it was told to be read."""

    path: Path
    documents: list[Incoming] = field(default_factory=list)
    failure: AnnotatorError | None = None
    encoding: str = ""  # "" was found out
    columns: Columns | None = None  # None were the likely ones

    @property
    def is_table(self) -> bool:
        return self._reader() is table

    @property
    def has_encoding(self) -> bool:
        """Whether another encoding could be chosen: a text, or a table of separated text."""
        return self._reader() is plain_text or self.path.suffix.casefold() in table.SEPARATED

    def _reader(self):
        try:
            return reader_for(self.path)
        except (AnnotatorError, OSError):
            return None


def read_file(path: Path, *, encoding: str = "", columns: Columns | None = None) -> ReadFile:
    """Reads one file; what goes wrong is in the answer."""
    try:
        documents = importing.read(path, encoding=encoding, columns=columns)
    except AnnotatorError as error:
        return ReadFile(path, [], error, encoding, columns)
    return ReadFile(path, documents, None, encoding, columns)


def read_files(
    paths: Sequence[Path], progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]
) -> list[ReadFile]:
    """Reads all files in these paths and the folders among them, up to where it is cancelled."""
    found, files = [], importing.gather(paths)
    for done, path in enumerate(files):
        if cancelled():
            break
        progress(done, len(files), path.name)
        found.append(read_file(path))
    return found
