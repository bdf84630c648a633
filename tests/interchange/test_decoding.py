"""Encodings: what is certain is not a guess, what is a guess is the likeliest, and what is no text is refused."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import Refused
from annotator.interchange.decoding import candidates, decode

WORDS = {
    "cp1252": "Le ministère des Affaires étrangères dément les allégations selon lesquelles il aurait été averti à temps.",
    "mac_roman": "Le ministère des Affaires étrangères dément les allégations selon lesquelles il aurait été averti à temps.",
    "cp1250": "Ministerstvo zahraničí odmítá, že by o zkouškách vědělo, a žádá, aby se jednání vrátilo k věci.",
    "iso8859_2": "Ministerstvo zahraničí odmítá, že by o zkouškách vědělo, a žádá, aby se jednání vrátilo k věci.",
    "cp1251": "Министерство отвергает обвинения, которые были выдвинуты против нашей страны, и призывает к диалогу.",
    "koi8_r": "Министерство отвергает обвинения, которые были выдвинуты против нашей страны, и призывает к диалогу.",
    "cp1253": "Το υπουργείο απορρίπτει τις κατηγορίες και καλεί όλες τις πλευρές να επιστρέψουν στον διάλογο για την ειρήνη.",
    "cp1255": "משרד החוץ דוחה את ההאשמות של השכנים שלנו, לא רק על הגבול אלא גם על המים, והוא קורא לשיחות.",
    "cp1256": "تنفي وزارة الخارجية الادعاءات التي لا أساس لها من الصحة وتدعو إلى الحوار في أقرب وقت.",
    "cp949": "외무성 대변인은 이웃 나라의 근거 없는 비난을 단호히 배격하고 대화를 제안하였다.",
    "gb18030": "外交部发言人表示，我方坚决反对任何形式的单边制裁，敦促有关方面停止错误的做法。",
    "big5": "外交部發言人表示，我方堅決反對任何形式的單邊制裁，敦促有關方面停止錯誤的做法。",
    "cp932": "外務省の報道官は、わが国に対する根拠のない非難を断固として拒否すると述べた。",
}


@pytest.mark.parametrize("encoding", WORDS)
def test_a_legacy_encoding_is_guessed_aloud_and_rightly(encoding):
    decoded = decode("a.txt", WORDS[encoding].encode(encoding))
    assert decoded.guessed
    assert decoded.text == WORDS[encoding]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_no_guess(encoding):
    decoded = decode("a.txt", ("A statement.\r\n" + WORDS["cp1252"]).encode(encoding))
    assert (decoded.text, decoded.guessed) == ("A statement.\n" + WORDS["cp1252"], False)


def test_a_person_overrules_the_guess_but_not_the_mark():
    data = WORDS["cp1252"].encode("cp1252")
    assert decode("a.txt", data, "cp1250").text.startswith("Le ministčre")
    assert not decode("a.txt", data, "cp1250").guessed
    with pytest.raises(Refused, match=r"There is no encoding called klingon"):
        decode("a.txt", data, "klingon")
    with pytest.raises(Refused, match=r"no encoding called zip"):
        decode("a.txt", data, "zip")
    with pytest.raises(Refused, match="is not utf-8: byte 9"):
        decode("a.txt", data, "utf-8")


def test_the_preview_shows_different_readings_from_where_they_differ_likeliest_first():
    data = ("Statement\n" * 200 + WORDS["cp1251"]).encode("cp1251")
    shown = candidates(data)
    assert shown[0] == ("cp1251", WORDS["cp1251"])
    assert len({one.beginning for one in shown}) == len(shown) > 2
    assert candidates(b"plain")[0] == ("utf-8", "plain")
    assert candidates("\ufeffDéni".encode("utf-16"))[0].beginning == "Déni"


@settings(max_examples=25)
@given(st.sampled_from(list(WORDS)), st.integers(0, 40))
def test_the_preview_takes_a_character_cut_by_its_end(encoding, cut):
    data = (WORDS[encoding] * 1200).encode(encoding)[: (1 << 16) + 40 - cut]
    assert any(one.beginning[:30] == WORDS[encoding][:30] for one in candidates(data))


def test_bytes_of_a_picture_are_no_text():
    noise = b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(4000)
    with pytest.raises(Refused, match="not text"):
        decode("a.txt", noise)
