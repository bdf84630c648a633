"""Dates in several languages and scripts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.interchange.dates import dates

SAME = [
    "2014-10-30",
    "2014/10/30",
    "2014. 10. 30",
    "October 30, 2014",
    "Oct. 30, 2014",
    "30 October 2014",
    "30th of October 2014",
    "30 OCTOBRE 2014",
    "30 de octubre de 2014",
    "30. Oktober 2014",
    "30.10.2014",
    "30/10/2014",
    "10/30/2014",
    "2014년 10월 30일",
    "주체103(2014)년 10월 30일",
    "2014年10月30日",
    "２０１４年１０月３０日",
    "二〇一四年十月三十日",
    "30 أكتوبر 2014",
    "30 تشرين الأول/أكتوبر 2014",
    "٣٠ تشرين الأول ٢٠١٤",
]


@pytest.mark.parametrize("words", SAME)
def test_the_same_day_in_many_ways(words):
    (found,) = dates(f"<{words}>")
    assert found.iso == "2014-10-30"
    assert f"<{words}>"[found.start : found.end] == words


@pytest.mark.parametrize(
    "words", ["3/4/2014", "31 February 2014", "2014-13-01", "October 2014", "12345-10-30", "in May", "30 Oct"]
)
def test_what_is_doubtful_or_no_day_is_none(words):
    assert dates(words) == []


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read(day):
    for words in (
        day.isoformat(),
        f"{day:%B} {day.day}, {day:%Y}",
        f"{day.day}.{day.month}.{day:%Y}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert [found.iso for found in dates(words)] == [day.isoformat()]


def test_the_dates_of_a_line_come_in_its_order():
    assert [one.iso for one in dates("1 May 2014, then 2013-04-03")] == ["2014-05-01", "2013-04-03"]
