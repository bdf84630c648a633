"""export --redacted: not four words of a document in a row, wherever they could hide."""

import csv
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import editing
from annotator.model import Attribute, Change, Edit, Entity, entity_id, new_id
from tests.conftest import Team

WORDS = (
    "The ministry of distant affairs denies it. The republic on the other side of the strait accuses its neighbour of lies. "
    "Talks at the highest level may begin on Monday in a third country."
)
ACTOR = "The ministry of distant affairs"


def runs(words: str) -> set[tuple[str, ...]]:
    """All runs of four words, without case and signs."""
    plain = re.findall(r"\w+", words.casefold())
    return {tuple(plain[n : n + 4]) for n in range(len(plain) - 3)}


def words_in(path: Path) -> str:
    """All that is in a file, of a workbook in all its parts."""
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


@pytest.fixture
def coded(tmp_path) -> Team:
    """A project in which the words of the document are wherever people can put words."""
    team = Team(tmp_path, words=WORDS)
    sue, named = team.sue, WORDS[:42]
    details = replace(team.document, title=named, filename=f"{named}.txt", details={"source": named})
    sue.apply(Change("change document", (Edit(team.document, details),)))
    free, chosen = Attribute(new_id(), "said"), Attribute(new_id(), "tone", "one of", choices=("warm", "cool"))
    before = sue.codebook()[team.codes["denial"].id]
    code = replace(before, attributes=(*before.attributes, free.id, chosen.id))
    kept = [sue.codebook()[one.id] for one in (team.family, team.codes["offer"])]
    sue.apply(editing.revise_codebook(sue, [kept[0], code, kept[1]], [*sue.attributes().values(), free, chosen]))
    sue.apply(Change("add entity", (Edit(None, entity := Entity(entity_id(sue.id, ACTOR), ACTOR)),)))
    _, one = team.code(sue, 0, 42, memo=f"So: {WORDS}")
    said = {
        free.id: WORDS[43:100],
        chosen.id: WORDS[43:80],  # from when it took free text
        team.attributes["actor"].id: entity.id,
        team.attributes["stance"].id: 1,
    }
    sue.apply(Change("set attributes", (Edit(one, replace(one, attributes=said)),)))
    _, other = team.code(sue, 43, 60)
    sue.apply(Change("set attributes", (Edit(other, replace(other, attributes={chosen.id: "cool"})),)))
    sue.apply(editing.write_memo(sue, about=team.document.id, words=WORDS))
    team.close()
    return team


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_not_four_words_of_the_text_in_a_row(command, coded, tmp_path, ending):
    whole, redacted = tmp_path / f"whole.{ending}", tmp_path / f"redacted.{ending}"
    assert command("export", coded.sue.path, whole).code == 0
    assert command("export", coded.sue.path, redacted, "--redacted").code == 0
    assert runs(words_in(whole)) & runs(WORDS)
    assert runs(words_in(redacted)) & runs(WORDS) == set()
    assert "ministry" not in words_in(redacted)


def test_what_is_left_is_enough_to_count_by(command, coded, tmp_path):
    out = tmp_path / "redacted.csv"
    assert command("export", coded.sue.path, out, "--redacted").code == 0
    with out.open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert {"quote", "memo", "said"} & first.keys() == set()
    assert (first["document"], first["coder"], first["code"]) == (coded.document.id, "Sue", "Denial")
    assert (first["start"], first["end"], first["round"]) == ("0", "42", "Reliability")
    assert first["actor"] == entity_id(coded.sue.id, ACTOR)
    assert (first["stance"], first["tone"], second["tone"]) == ("1", "", "cool")
    assert isinstance(first["annotation"], str)
    assert first["annotation"] != second["annotation"]


def test_only_tables_can_be_redacted(command, coded, tmp_path):
    for name in ("out.html", "out.pdf"):
        ran = command("export", coded.sue.path, tmp_path / name, "--redacted")
        assert (ran.code, "nothing without the words" in ran.err) == (1, True)
    ran = command("export", coded.sue.path, tmp_path / "texts", "--format", "texts", "--redacted")
    assert (ran.code, "texts is nothing without" in ran.err) == (1, True)
    assert not (tmp_path / "texts").exists()
