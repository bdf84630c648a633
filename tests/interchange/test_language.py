"""The language of a text is told when it is plain, and not otherwise."""

import pytest

from annotator.interchange.language import fit, likely

PLAIN = {
    "en": "The ministry has denied that it was aware of the tests, and that is all there is to say on the matter.",
    "fr": "Le ministère dément avoir été averti des essais, et il ne voit pas dans cette note une preuve.",
    "es": "El ministerio niega que se le haya avisado de los ensayos, y no ve en la nota una prueba de ello.",
    "de": "Das Ministerium bestreitet, dass es von den Tests wusste, und sieht in der Note auch keinen Beweis für das.",
    "ru": "Министерство отвергает обвинения, которые были выдвинуты против нас, и не видит в них ничего нового.",
    "ar": "تنفي الوزارة الادعاءات التي لا أساس لها من الصحة وتدعو إلى الحوار في أقرب وقت على أن لا تكون هذه النهاية",
    "ko": "외무성 대변인은 이웃 나라의 근거 없는 비난을 단호히 배격하고 대화를 제안하였다.",
    "zh": "外交部发言人表示，我方坚决反对任何形式的单边制裁，敦促有关方面停止错误的做法。",
    "ja": "外務省の報道官は、わが国に対する根拠のない非難を断固として拒否すると述べた。",
}


@pytest.mark.parametrize("language", PLAIN)
def test_plain_prose_tells_its_language(language):
    assert likely(PLAIN[language]) == language


@pytest.mark.parametrize(
    "words", ["", "DPRK 2014", "Seldonia Valoria Tarkov Brenn Osk Ulm Pell Marn Dost", "☕ 🕊️ 1234"]
)
def test_nothing_is_said_of_what_is_not_plain(words):
    assert likely(words) == ""


def test_two_languages_in_equal_parts_are_not_called_one():
    assert likely(PLAIN["en"] + " " + PLAIN["fr"]) == ""


def test_the_right_reading_fits_better_than_a_wrong_one():
    assert fit(PLAIN["fr"]) > fit(PLAIN["fr"].encode("cp1252").decode("cp1250"))
    assert fit(PLAIN["ja"]) > fit(PLAIN["ja"].encode("cp932").decode("cp949", "replace"))
