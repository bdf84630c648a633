"""Which texts may hold some words: an index beside the texts, made when it is first needed, thrown away at will.

It only says which texts need not be looked at; where words stand is always looked up in the text itself (`search`). Two
tables of SQLite's FTS5, both without a copy of the text: words as `search` takes them, with single letters and pairs of
letters of scripts that part words by nothing; and all sequences of three letters, for parts of words. Texts never change,
so an index of one is right for good. Where this SQLite has no FTS5, or the file may not be written, every text is read.
"""

from collections.abc import Iterable
from itertools import pairwise

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from .search import folded_words, is_blankless, is_word_letter

TABLES = (
    "CREATE TABLE IF NOT EXISTS text_indexed (row INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS text_words USING fts5(body, content='', detail=none, tokenize='ascii')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS text_pieces USING fts5(body, content='', detail=none, tokenize='trigram')",
)
WRONG = (  # rows that there must not be: of a text that is not stored, or that only one part of the index knows
    "SELECT 1 FROM text_indexed WHERE sha256 NOT IN (SELECT sha256 FROM content)",
    "SELECT 1 FROM text_indexed WHERE row NOT IN (SELECT id FROM text_words_docsize)",
    "SELECT 1 FROM text_indexed WHERE row NOT IN (SELECT id FROM text_pieces_docsize)",
    "SELECT 1 FROM text_words_docsize WHERE id NOT IN (SELECT row FROM text_indexed)",
    "SELECT 1 FROM text_pieces_docsize WHERE id NOT IN (SELECT row FROM text_indexed)",
)
PIECE = 3  # letters
MOST = 200_000  # bytes: longer texts are looked at each time, as putting them in would hold up whoever writes


def is_there(connection: Connection) -> bool:
    """Whether an index was ever made."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'text_indexed'"
    return connection.exec_driver_sql(query).first() is not None


def is_right(connection: Connection) -> bool:
    """Whether there is an index whose parts fit each other and the texts: only such a one may be asked."""
    try:
        return all(connection.exec_driver_sql(f"{query} LIMIT 1").first() is None for query in WRONG)
    except OperationalError:
        return False


def make(connection: Connection, *, anew: bool = False) -> bool:
    """Makes the tables, unless they are there and right. False where this SQLite cannot."""
    try:
        if is_there(connection) and (anew or not is_right(connection)):
            drop(connection)
        for statement in TABLES:
            connection.exec_driver_sql(statement)
    except OperationalError:
        return False
    return True


def drop(connection: Connection) -> None:
    """Throws the index away: it is made anew when it is next needed."""
    for name in ("text_indexed", "text_words", "text_pieces"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


def lacking(connection: Connection) -> set[str]:
    """The SHA-256 of what is stored, not too long, and not in the index."""
    query = "SELECT sha256 FROM content WHERE length(data) <= ? AND sha256 NOT IN (SELECT sha256 FROM text_indexed)"
    return {row[0] for row in connection.exec_driver_sql(query, (MOST,))}


def add(connection: Connection, sha256: str, text: str) -> None:
    """Puts a text into the index."""
    folded = folded_words(text)
    row = connection.exec_driver_sql("INSERT INTO text_indexed (sha256) VALUES (?)", (sha256,)).lastrowid
    for table, body in (("text_words", " ".join(tokens(folded))), ("text_pieces", folded)):
        connection.exec_driver_sql(f"INSERT INTO {table} (rowid, body) VALUES (?, ?)", (row, body))


def without(connection: Connection, words: str, *, whole: bool) -> set[str]:
    """The SHA-256 of texts in the index that cannot hold these words, whatever the case."""
    table, wanted = _asked(folded_words(words), whole)
    if not wanted:
        return set()
    query = " AND ".join(f'"{token.replace(chr(34), chr(34) * 2)}"' for token in wanted)
    found = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    try:
        rows = connection.exec_driver_sql(f"SELECT sha256 FROM text_indexed WHERE row NOT IN ({found})", (query,))
        return {row[0] for row in rows}
    except OperationalError:
        return set()


def tokens(folded: str) -> set[str]:
    """The words of a folded text as ASCII, so that no tokenizer has a mind of its own about them."""
    letters = {*folded}
    words = folded.translate({ord(one): " " for one in letters if not is_word_letter(one)})
    found = {"w" + word.encode().hex() for word in words.split()}
    if any(map(is_blankless, letters)):
        runs = folded.translate({ord(one): " " for one in letters if not is_blankless(one)})
        for run in runs.split():
            found.update("c" + piece.encode().hex() for piece in _pieces(run))
    return found


def _pieces(run: str) -> Iterable[str]:
    yield from run
    yield from (a + b for a, b in pairwise(run))


def _asked(folded: str, whole: bool) -> tuple[str, set[str]]:
    """The table to ask, and all that a text needs to have."""
    if whole or any(map(is_blankless, folded)):
        found = tokens(folded)
        return "text_words", found if whole else {token for token in found if token.startswith("c")}
    return "text_pieces", {folded[n : n + PIECE] for n in range(len(folded) - PIECE + 1)}
