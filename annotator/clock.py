"""How long a person works on a document: counting only, the time is given from outside.

What lies between two signs of life counts, unless it is longer than a pause may be. Two clocks are read each time, a steady
one that nobody sets and that of the wall: the shorter stretch is what counts, the longer one tells a pause. So a clock that
is set, forward or back, and a machine that slept make no time.
"""

from typing import NamedTuple

SLEPT = 120.0  # seconds without a look at the clock after which the machine must have slept
EVERY = 300.0  # seconds of work after which a sitting that goes on is written down
LEAST = 5.0  # seconds under which somebody only passed through a document

Place = tuple[str, str]  # document, round


class Moment(NamedTuple):
    """One moment by two clocks, in seconds."""

    steady: float
    wall: float  # since 1970, as this machine believes

    def since(self, earlier: "Moment") -> tuple[float, float]:
        """The shorter and the longer stretch since another moment, neither below zero."""
        low, high = sorted((self.steady - earlier.steady, self.wall - earlier.wall))
        return max(0.0, low), max(0.0, high)


class Worked(NamedTuple):
    """So long somebody has worked on a document by now, in one sitting."""

    place: Place
    began: float  # by the wall
    seconds: int
    is_over: bool


class Clock:
    """The sittings of one person, one after the other. What has to be written down is handed out by whatever was told last; of
    a sitting that goes on only by `tick`, which nobody waits for."""

    def __init__(self, idle: float):
        """`idle` are the seconds without a sign of life after which it pauses."""
        self.idle = idle
        self.place: Place | None = None
        self.counted = 0.0  # seconds of this sitting
        self.is_paused = False
        self._began: Moment | None = None  # None: there is no sitting, and the next sign of life begins one
        self._alive = self._looked = Moment(0.0, 0.0)
        self._written = 0.0

    def open(self, place: Place | None, now: Moment) -> Worked | None:
        """Another document, or none: the sitting is over, and one on the other begins."""
        ended = self._look(now) or self._end(now)
        self.place = place
        if place:
            self._begin(now)
        return ended

    def act(self, now: Moment) -> Worked | None:
        """A sign of life: a key, or the mouse."""
        ended = self._look(now)
        if self.place is None:
            return ended
        if self._began is None:
            self._begin(now)
        else:
            self._count(now)
        self._alive, self.is_paused = now, False
        return ended

    def tick(self, now: Moment) -> Worked | None:
        """Time goes by. To be told often, or the machine counts as asleep."""
        ended = self._look(now)
        if self._began:
            self.is_paused = now.since(self._alive)[1] > self.idle
        return ended or self._due()

    def _look(self, now: Moment) -> Worked | None:
        """Ends a sitting over which the machine slept, at the last sign of life before."""
        slept = now.since(self._looked)[1] > SLEPT
        self._looked = now
        return self._end(self._alive) if slept else None

    def _begin(self, now: Moment) -> None:
        self._began = self._alive = self._looked = now
        self.counted = self._written = 0.0
        self.is_paused = False

    def _count(self, now: Moment) -> None:
        shorter, longer = now.since(self._alive)
        self.counted += shorter if longer <= self.idle else 0.0

    def _end(self, now: Moment) -> Worked | None:
        began, self._began = self._began, None
        if began is None or self.place is None:
            return None
        self._count(now)
        self.is_paused = True
        ended = Worked(self.place, began.wall, int(self.counted), is_over=True)
        is_new = self.counted >= LEAST and ended.seconds > int(self._written)
        self.counted = self._written = 0.0
        return ended if is_new else None

    def _due(self) -> Worked | None:
        if self._began is None or self.place is None or self.counted - self._written < EVERY:
            return None
        self._written = self.counted
        return Worked(self.place, self._began.wall, int(self.counted), is_over=False)
