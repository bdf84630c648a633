"""What stands beside kappa and alpha of a code: prevalence, bias, and the agreement on either answer.

Kappa falls where nearly all units are alike, however well coders agree: the paradox of Feinstein & Cicchetti 1990, High
agreement but low kappa I, and Cicchetti & Feinstein 1990, High agreement but low kappa II (Journal of Clinical Epidemiology
43). Everything follows from the 2 x 2 table of a code and a pair of coders. Axes of the cells are stacks; what is undefined
is NaN.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from annotator.agreement import intervals
from annotator.agreement.coefficients import corrected, ratio, rounded
from annotator.agreement.ends import Ends, ends
from annotator.agreement.sums import CodeCounts, Coding, Crossing, Group, crossing
from annotator.agreement.words import FLOOR, RELIABLE, some

FAR = 0.5  # of the prevalence index: a code in a quarter of the units or fewer, or in three quarters or more


class Table(NamedTuple):
    """Two coders and one code: units that both gave it, the first only, the second only, and neither."""

    a: np.ndarray
    b: np.ndarray
    c: np.ndarray
    d: np.ndarray

    @classmethod
    def of(cls, sums: Crossing) -> "Table":
        """From the sums over documents of a pair."""
        both = (sums.first + sums.second + sums.agreeing - sums.units) / 2
        return cls(both, sums.first - both, sums.second - both, sums.agreeing - both)

    @property
    def n(self) -> np.ndarray:
        return self.a + self.b + self.c + self.d


def percent(table: Table) -> np.ndarray:
    """Po = (a + d) / n."""
    return ratio(table.a + table.d, table.n)


def prevalence_index(table: Table) -> np.ndarray:
    """(a - d) / n: -1 where both always say no, 0 where yes and no are as many, 1 where both always say yes (Byrt, Bishop &
    Carlin 1993, Bias, prevalence and kappa, Journal of Clinical Epidemiology 46)."""
    return ratio(table.a - table.d, table.n)


def bias_index(table: Table) -> np.ndarray:
    """(b - c) / n: how much more often the first coder gives the code than the second (Byrt, Bishop & Carlin 1993)."""
    return ratio(table.b - table.c, table.n)


def pabak(table: Table) -> np.ndarray:
    """Prevalence-adjusted bias-adjusted kappa, 2 Po - 1: kappa with both a and d, and both b and c, put at their means, so
    that kappa = (PABAK - PI^2 + BI^2) / (1 - PI^2 + BI^2) (Byrt, Bishop & Carlin 1993)."""
    return 2 * percent(table) - 1


def kappa(table: Table) -> np.ndarray:
    """Cohen's kappa (Cohen 1960): (Po - Pe) / (1 - Pe), Pe = ((a + b)(a + c) + (c + d)(b + d)) / n^2."""
    a, b, c, d = table
    return corrected(percent(table), ratio((a + b) * (a + c) + (c + d) * (b + d), table.n**2))


def ac1(table: Table) -> np.ndarray:
    """Gwet's AC1 of two coders and two answers: (Po - Pe) / (1 - Pe), Pe = 2 p (1 - p), p = (2 a + b + c) / 2n (Gwet 2008)."""
    p = ratio(2 * table.a + table.b + table.c, 2 * table.n)
    return corrected(percent(table), 2 * p * (1 - p))


def positive(table: Table) -> np.ndarray:
    """2 a / (2 a + b + c): of the times a coder gives the code, how often the other does too (Cicchetti & Feinstein 1990)."""
    return ratio(2 * table.a, 2 * table.a + table.b + table.c)


def negative(table: Table) -> np.ndarray:
    """2 d / (2 d + b + c): the same of not giving it (Cicchetti & Feinstein 1990)."""
    return ratio(2 * table.d, 2 * table.d + table.b + table.c)


FUNCTIONS = {
    "percent": percent,
    "kappa": kappa,
    "prevalence": prevalence_index,
    "bias": bias_index,
    "pabak": pabak,
    "ac1": ac1,
    "positive": positive,
    "negative": negative,
}
NAMES = {
    "percent": "percent",
    "kappa": "kappa",
    "prevalence": "prevalence index",
    "bias": "bias index",
    "pabak": "PABAK",
    "ac1": "AC1",
    "positive": "positive agreement",
    "negative": "negative agreement",
}
REFERENCES = (
    "Byrt, T., Bishop, J., & Carlin, J. B. (1993). Bias, prevalence and kappa. Journal of Clinical Epidemiology, 46, 423–429.",
    "Cicchetti, D. V., & Feinstein, A. R. (1990). High agreement but low kappa: II. Resolving the paradoxes. Journal of "
    "Clinical Epidemiology, 43, 551–558.",
    "Feinstein, A. R., & Cicchetti, D. V. (1990). High agreement but low kappa: I. The problems of two paradoxes. Journal of "
    "Clinical Epidemiology, 43, 543–549.",
    "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British "
    "Journal of Mathematical and Statistical Psychology, 61, 29–48.",
)
MEAN = "mean over pairs"
NOTE = (
    "Prevalence index (a − d)/n: −1 where no unit has the code, 0 at half, 1 where every unit has it. Bias index (b − c)/n: "
    "how much more often the first coder gives it; in a mean over pairs its size. PABAK: 2 Po − 1."
)


@dataclass(frozen=True, slots=True)
class Balance:
    """The numbers of one code and two coders; of more coders their mean over the pairs that have them, where bias goes in by
    its size, since which of two coders is the first means nothing."""

    code: str
    coders: tuple[str, ...]
    n: int  # units compared
    documents: int  # that two or more of these coders coded
    percent: float | None
    kappa: float | None
    prevalence: float | None
    bias: float | None
    pabak: float | None
    ac1: float | None
    positive: float | None
    negative: float | None
    ends: Mapping[str, Ends] = field(default_factory=dict)  # how far each of these numbers can be trusted

    @property
    def is_mean(self) -> bool:
        return len(self.coders) > 2

    @property
    def is_paradox(self) -> bool:
        """Whether kappa is low for prevalence and not for disagreement: kappa under the floor, AC1 and percent at what may be
        relied on, prevalence far from half."""
        high = min(self.percent or 0, self.ac1 or 0) >= RELIABLE
        low = self.kappa is not None and self.kappa < FLOOR
        return high and low and abs(self.prevalence or 0) >= FAR


def balances(
    coding: Coding,
    counts: CodeCounts,
    codes: Sequence[str],
    coders: tuple[str, ...],
    weights: Callable[[Group], np.ndarray],
    replicates: int,
) -> tuple[Balance, ...]:
    """Of each code, in order: all coders, then each pair where there are more than two. `weights` are those of the documents
    that a group shares: the data, and so many replicates of them."""
    everyone: Group = tuple(range(coding.coders))
    sums = {pair: crossing(coding, counts, pair) for pair in combinations(everyone, 2)}
    found = {everyone: _mean(_within(coding, sums, everyone, weights(everyone)))}
    found |= {pair: _of_pair(intervals.added(weights(pair), one)) for pair, one in sums.items()}
    told = {group: _told(coding, group, numbers, replicates) for group, numbers in found.items()}
    return tuple(
        Balance(
            code,
            tuple(coders[g] for g in group),
            round(float(counts.units[coding.shared(group)].sum())),
            len(coding.shared(group)),
            **{name: rounded(values[0, at]) for name, values in found[group].items()},
            ends={name: far[at] for name, far in told[group].items()},
        )
        for at, code in enumerate(codes)
        for group in found
    )


def _told(coding: Coding, group: Group, numbers: dict[str, np.ndarray], replicates: int) -> dict[str, list[Ends]]:
    """How far the numbers of a group can be trusted, a value a code; of what is undefined, why."""
    documents = len(coding.shared(group))
    found = {name: ends(values, documents, replicates) for name, values in numbers.items()}
    units, given = np.isfinite(numbers["percent"][0]), np.isfinite(numbers["positive"][0])
    for name, values in numbers.items():
        for at in np.flatnonzero(~np.isfinite(values[0])):
            found[name][at] = Ends(note=_why(name, has_units=bool(units[at]), is_given=bool(given[at])))
    return found


def _why(name: str, *, has_units: bool, is_given: bool) -> str:
    """Why a number is undefined."""
    if not has_units:
        return "there are no units that both coded"
    if name == "positive":
        return "no coder used this code"
    if name == "negative":
        return "every unit has this code"
    return f"no variation: {'every unit has this code' if is_given else 'no coder used this code'}"


def _within(
    coding: Coding, sums: Mapping[Group, Crossing], everyone: Group, weights: np.ndarray
) -> Iterator[dict[str, np.ndarray]]:
    """The numbers of each pair, where the documents of all coders are drawn."""
    rows = coding.shared(everyone)
    for pair, one in sums.items():
        yield _of_pair(intervals.added(weights[:, np.searchsorted(rows, coding.shared(pair))], one))


def _of_pair(sums: Crossing) -> dict[str, np.ndarray]:
    table = Table.of(sums)
    return {name: function(table) for name, function in FUNCTIONS.items()}


def _mean(pairs: Iterable[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Over the pairs where a number is defined; of bias its size."""
    total, defined = dict[str, np.ndarray](), dict[str, np.ndarray]()
    for pair in pairs:
        for name, values in pair.items():
            there = np.isfinite(values)
            size = np.where(there, np.abs(values) if name == "bias" else values, 0)
            total[name] = total.get(name, 0) + size
            defined[name] = defined.get(name, 0) + there
    return {name: ratio(total[name], defined[name]) for name in FUNCTIONS}


def of_everyone(found: Sequence[Balance]) -> list[Balance]:
    """One for each code: that of all coders."""
    most = max((len(one.coders) for one in found), default=0)
    return [one for one in found if len(one.coders) == most]


def warning(found: Sequence[Balance]) -> str:
    """One sentence on the codes whose kappa is low for prevalence; "" when there are none."""
    codes = [one.code for one in of_everyone(found) if one.is_paradox]
    if not codes:
        return ""
    return (
        "Coders agree on most units and kappa is low all the same, because nearly all units are alike (the kappa paradox): "
        f"{some(codes)}; there are too few cases to show whether coders can tell the code, so read positive agreement and AC1 "
        "beside kappa, and sample more of them."
    )


def lines(found: Sequence[Balance]) -> Iterator[tuple[Balance, list[float | None]]]:
    """Each with its numbers in the order of `NAMES`."""
    for one in found:
        yield one, [getattr(one, name) for name in NAMES]
