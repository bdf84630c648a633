"""The clock of time on task: what counts, what is a pause, when a sitting is over, and what is written down."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.clock import EVERY, LEAST, SLEPT, Clock, Moment, Place, Worked

HERE, THERE = ("a", "round"), ("b", "round")
IDLE = 180.0
STEP = 15.0  # as often as the window looks at the clock


class Desk:
    """Somebody at a clock; time goes by as it is told to, and what is written down is kept."""

    def __init__(self, idle: float = IDLE):
        self.clock, self.now, self.written = Clock(idle), Moment(1000.0, 2e9), list[Worked]()

    def keep(self, worked: Worked | None) -> None:
        self.written += [worked] if worked else []

    def open(self, place: Place | None = HERE) -> None:
        self.keep(self.clock.open(place, self.now))

    def act(self, after: float = 0.0) -> None:
        self.go_by(after)
        self.keep(self.clock.act(self.now))
        self.keep(self.clock.tick(self.now))

    def go_by(self, seconds: float) -> None:
        """Time in which the clock is looked at as often as it should be."""
        while seconds > STEP:
            self.shift(STEP, STEP)
            self.keep(self.clock.tick(self.now))
            seconds -= STEP
        self.shift(seconds, seconds)

    def shift(self, steady: float, wall: float) -> None:
        self.now = Moment(self.now.steady + steady, self.now.wall + wall)

    def sums(self) -> dict[Place, int]:
        """The seconds of each document, by the last word on each sitting."""
        last = {(one.place, one.began): one.seconds for one in self.written}
        found: dict[Place, int] = {}
        for (place, _), seconds in last.items():
            found[place] = found.get(place, 0) + seconds
        return found


def test_what_lies_between_signs_of_life_counts_and_a_longer_pause_does_not():
    desk = Desk()
    desk.open()
    desk.act(60)
    desk.act(170)
    desk.act(181)
    desk.act(30)
    assert desk.clock.counted == pytest.approx(60 + 170 + 30)
    desk.open(None)
    assert [(one.place, one.seconds, one.is_over) for one in desk.written] == [(HERE, 260, True)]


def test_it_pauses_after_the_idle_minutes_and_goes_on_with_the_next_sign_of_life():
    desk = Desk(idle=60.0)
    desk.open()
    desk.go_by(55)
    desk.clock.tick(desk.now)
    assert not desk.clock.is_paused
    desk.go_by(10)
    desk.clock.tick(desk.now)
    assert desk.clock.is_paused
    assert desk.clock.counted == 0
    desk.act()
    assert not desk.clock.is_paused
    desk.act(20)
    assert desk.clock.counted == pytest.approx(20)


def test_another_document_ends_the_sitting_and_begins_one():
    desk = Desk()
    desk.open()
    desk.act(40)
    desk.open(THERE)
    desk.act(25)
    desk.open(HERE)
    desk.act(10)
    desk.open(None)
    assert [(one.place, one.seconds) for one in desk.written] == [(HERE, 40), (THERE, 25), (HERE, 10)]
    assert [one.began for one in desk.written] == [2e9, 2e9 + 40, 2e9 + 65]


def test_passing_through_a_document_is_no_sitting():
    desk = Desk()
    for place in (HERE, THERE, HERE):
        desk.open(place)
        desk.act(LEAST - 1)
    desk.open(None)
    assert desk.written == []


def test_a_long_sitting_is_written_at_most_every_five_minutes_and_once_more_at_its_end():
    desk = Desk()
    desk.open()
    for _ in range(70):
        desk.act(10)
    assert [one.seconds for one in desk.written] == [EVERY, 2 * EVERY]
    assert not any(one.is_over for one in desk.written)
    desk.open(None)
    assert (desk.written[-1].seconds, desk.written[-1].is_over) == (700, True)
    assert len({one.began for one in desk.written}) == 1


@pytest.mark.parametrize("steady", [0.0, 8 * 3600.0])  # a steady clock stands still in sleep, or goes on
@pytest.mark.parametrize("first", ["tick", "act"])
def test_sleep_ends_the_sitting_at_the_last_sign_of_life(steady, first):
    desk = Desk()
    desk.open()
    desk.act(50)
    desk.go_by(20)
    desk.shift(steady, 8 * 3600.0)
    desk.keep(getattr(desk.clock, first)(desk.now))
    assert [(one.seconds, one.is_over) for one in desk.written] == [(50, True)]
    desk.act(7)
    desk.act(7)
    desk.open(None)
    assert len(desk.written) == 2
    assert desk.written[1].began > 2e9 + 8 * 3600
    assert desk.written[1].seconds in (7, 14)


def test_without_a_document_nothing_is_counted():
    desk = Desk()
    desk.act(10)
    desk.open(None)
    desk.act(400)
    desk.go_by(400)
    assert desk.written == []
    assert desk.clock.counted == 0


def test_a_clock_that_is_set_makes_no_time():
    desk = Desk()
    desk.open()
    desk.act(50)
    desk.shift(1, 3600)
    desk.act()
    desk.shift(1, -7200)
    desk.act()
    desk.act(10)
    desk.open(None)
    assert 50 <= sum(desk.sums().values()) <= 62


GAPS = st.lists(st.floats(0, 600, allow_nan=False), max_size=30)


@given(gaps=GAPS, idle=st.sampled_from([60.0, 180.0, 900.0]))
def test_the_sum_is_that_of_the_gaps_that_are_no_pause(gaps, idle):
    desk = Desk(idle)
    desk.open()
    for gap in gaps:
        desk.act(gap)
    desk.open(None)
    expected = sum(gap for gap in gaps if gap <= idle)
    assert sum(desk.sums().values()) == pytest.approx(expected if expected >= LEAST else 0, abs=1)


JUMPS = st.floats(-1e7, 1e7, allow_nan=False)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["act", "tick", "here", "there", "none"]), st.floats(0, 1e5, allow_nan=False), JUMPS),
    max_size=40,
)


@given(deeds=DEEDS)
def test_no_clock_that_jumps_makes_negative_or_absurd_time(deeds):
    desk = Desk()
    begun = desk.now.steady
    for deed, steady, wall in deeds:
        desk.shift(steady, wall)
        if deed in ("act", "tick"):
            desk.keep(getattr(desk.clock, deed)(desk.now))
        else:
            desk.open({"here": HERE, "there": THERE, "none": None}[deed])
        assert 0 <= desk.clock.counted <= desk.now.steady - begun
    assert all(one.seconds >= LEAST for one in desk.written)
    assert all(one.place in (HERE, THERE) for one in desk.written)
    assert sum(one.seconds for one in desk.written if one.is_over) <= desk.now.steady - begun
    assert sum(one.seconds for one in desk.written if one.is_over) <= len(deeds) * min(IDLE, SLEPT)


@given(gaps=GAPS)
def test_within_a_sitting_it_only_grows_and_is_written_seldom(gaps):
    desk = Desk()
    desk.open()
    for gap in gaps:
        desk.act(gap)
    growing = [one for one in desk.written if not one.is_over]
    assert all(after.seconds - before.seconds >= EVERY - 1 for before, after in pairwise(growing))
    assert len(growing) <= desk.clock.counted / EVERY
