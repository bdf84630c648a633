"""What a statement says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.interchange.statement import Proposal, propose

ENGLISH = """Seldonia rejects the "border report" of its neighbours

By a spokesman for the Seldonian Foreign Ministry

On 3 March 2011 the neighbours published a report. The ministry denies all of it.

By the end of the year there will be talks. The U.S. Secretary said so on April 2, 2012.

(Source: SNA - October 30, 2014)
"""


def test_title_byline_source_and_date_are_proposed():
    assert propose(ENGLISH) == Proposal(
        'Seldonia rejects the "border report" of its neighbours',
        "Spokesman for the Seldonian Foreign Ministry",
        "SNA",
        "2014-10-30",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Déclaration du porte-parole du ministère des Affaires étrangères sur la frontière\n\n"
            "Seldon, le 1er mars 2020\n\nLe ministère dément.\n\nSource : Agence seldonienne – 3 mars 2020",
            Proposal(
                "Déclaration du porte-parole du ministère des Affaires étrangères sur la frontière",
                "Porte-parole du ministère des Affaires étrangères",
                "Agence seldonienne",
                "2020-03-03",
            ),
        ),
        (
            "외무성 대변인 담화\n\n우리는 단호히 배격한다.\n\n주체103(2014)년 10월 30일\n셀돈",
            Proposal("외무성 대변인 담화", "외무성 대변인", "", "2014-10-30"),
        ),
        (
            "外交部发言人林安就边界问题答记者问\n\n二〇一四年十月三十日\n\n问：有何评论？\n（来源：塞尔社，2014年10月31日）",
            Proposal("外交部发言人林安就边界问题答记者问", "外交部发言人林安", "塞尔社", "2014-10-31"),
        ),
        (
            "بيان صادر عن وزارة الخارجية بشأن الحدود\n\nتنفي الوزارة.\n\n(المصدر: وكالة سلدونيا - 30 أكتوبر 2014)",
            Proposal("بيان صادر عن وزارة الخارجية بشأن الحدود", "وزارة الخارجية", "وكالة سلدونيا", "2014-10-30"),
        ),
        (
            "بيان بشأن الرسوم\n\nصادر عن الناطق الرسمي باسم وزارة الخارجية في سلدونيا\n\nتنفي الوزارة.",
            Proposal("بيان بشأن الرسوم", "الناطق الرسمي باسم وزارة الخارجية في سلدونيا"),
        ),
        (
            "Un démenti\n\nPar le porte-parole, devant la presse\n\nLe ministère dément.",
            Proposal("Un démenti", "Porte-parole, devant la presse"),
        ),
        (
            "FOR IMMEDIATE RELEASE\n3 March 2020\n\n# Statement by the President on the talks\n\nTalks may begin.",
            Proposal("Statement by the President on the talks", "President", "", "2020-03-03"),
        ),
        (
            "Ministry denies\n\nSELDON, October 30, 2014 (SNA) -- The ministry said on 3 May 2013 that it does.",
            Proposal("Ministry denies", "", "SNA", "2014-10-30"),
        ),
        ("Denial\n\nWe deny.\n\n(SNA, 30 October 2014)", Proposal("Denial", "", "SNA", "2014-10-30")),
        ("One paragraph on 3 May 2013 and no more.", Proposal()),
        ("On 30 October 2014, the ministry of Seldonia said that it does.\n\nSo it does.", Proposal()),
        ("By the end of the year we will act.\n\nWe said so (see above).", Proposal()),
        ("", Proposal()),
    ],
)
def test_other_forms_and_what_is_none(text, expected):
    assert propose(text) == expected


@given(st.text(max_size=300), st.text(max_size=80))
def test_anything_can_be_asked(text, line):
    proposal = propose(f"{line}\n{text}\n(Source: {line})")
    assert all("\n" not in words for words in proposal)


def test_a_long_text_is_not_searched_through():
    proposal = propose(ENGLISH + "A word. " * 1_000_000)
    assert proposal.speaker == "Spokesman for the Seldonian Foreign Ministry"
