"""Every coefficient as its formula says, in loops, one pair and one character at a time: slow, and without the program."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations, permutations, product
from math import isclose
from typing import Any

Far = Callable[[Any, Any], float]
Value = float | None


def over(part: float, whole: float) -> Value:
    return None if isclose(whole, 0, abs_tol=1e-12) else part / whole


def corrected(observed: Value, expected: Value) -> Value:
    return None if observed is None or expected is None else over(observed - expected, 1 - expected)


def mean(found: Sequence[float]) -> Value:
    return sum(found) / len(found) if found else None


def told(rows: Sequence[Sequence]) -> list[list]:
    """The ratings of each unit without the missing ones."""
    return [[one for one in row if one is not None] for row in rows]


# Ratings ----------------------------------------------------------------------------------------------------------------


def apart(level: str, units: Sequence[Sequence]) -> Far:
    """Squared differences of a level of measurement; of ordinal values by how often they stand in units of two or more."""
    times = Counter(value for unit in units if len(unit) > 1 for value in unit)
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: (float(a) - float(b)) ** 2
    if level == "ratio":
        return lambda a, b: 0.0 if float(a) + float(b) == 0 else ((float(a) - float(b)) / (float(a) + float(b))) ** 2

    def ordinal(a, b) -> float:
        low, high = sorted((float(a), float(b)))
        between = sum(n for value, n in times.items() if low <= float(value) <= high)
        return 0.0 if low == high else (between - (times[a] + times[b]) / 2) ** 2

    return ordinal


def alpha(units: Sequence[Sequence], far: Far) -> Value:
    """1 - Do / De over all ordered pairs of values of a unit, and of all units."""
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    n = len(values)
    observed = sum(far(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2))
    expected = sum(far(a, b) for a, b in permutations(values, 2))
    share = over(observed * (n - 1), expected)
    return None if share is None else 1 - share


def percent(units: Sequence[Sequence], near: Far) -> Value:
    return mean([sum(near(a, b) for a, b in permutations(u, 2)) / (len(u) * (len(u) - 1)) for u in units if len(u) > 1])


def same(a: object, b: object) -> float:
    return float(a == b)


def shares(units: Sequence[Sequence], values: Sequence) -> dict:
    """The mean over units of the share of their coders who gave each value."""
    units = [unit for unit in units if unit]
    return {value: sum(unit.count(value) / len(unit) for unit in units) / max(1, len(units)) for value in values}


def fleiss(units: Sequence[Sequence], values: Sequence, near: Far = same) -> Value:
    p = shares(units, values)
    return corrected(percent(units, near), sum(near(a, b) * p[a] * p[b] for a, b in product(values, repeat=2)))


def gwet(units: Sequence[Sequence], values: Sequence, near: Far = same) -> Value:
    q, p = len(values), shares(units, values)
    if q < 2:
        return None
    weight = sum(near(a, b) for a, b in product(values, repeat=2)) / (q * (q - 1))
    return corrected(percent(units, near), weight * sum(one * (1 - one) for one in p.values()))


def free(units: Sequence[Sequence], values: Sequence, near: Far = same) -> Value:
    q = len(values)
    return corrected(percent(units, near), sum(near(a, b) for a, b in product(values, repeat=2)) / q**2) if q else None


def conger(rows: Sequence[Sequence], values: Sequence, near: Far = same) -> Value:
    columns = [[one for one in column if one is not None] for column in zip(*rows, strict=True)]
    columns = [column for column in columns if column]
    by = [{value: column.count(value) / len(column) for value in values} for column in columns]
    found = [
        sum(near(a, b) * p[a] * r[b] for a, b in product(values, repeat=2)) for p, r in permutations(by, 2)
    ]  # over ordered pairs of coders
    return corrected(percent(told(rows), near), mean(found))


def cohen(pairs: Sequence[tuple], values: Sequence, near: Far = same, *, common: bool = False) -> Value:
    """Kappa of two coders, or with their common shares pi."""
    if not pairs:
        return None
    n = len(pairs)
    first, second = ({v: sum(pair[g] == v for pair in pairs) / n for v in values} for g in (0, 1))
    if common:
        first = second = {v: (first[v] + second[v]) / 2 for v in values}
    expected = sum(near(a, b) * first[a] * second[b] for a, b in product(values, repeat=2))
    return corrected(sum(near(a, b) for a, b in pairs) / n, expected)


def light(rows: Sequence[Sequence], values: Sequence) -> Value:
    coders = len(rows[0]) if rows else 0
    found = [
        cohen([(row[g], row[h]) for row in rows if None not in (row[g], row[h])], values)
        for g, h in combinations(range(coders), 2)
    ]
    known = [value for value in found if value is not None]
    return mean(known) if len(known) == len(found) else None


def weighing(kind: str | None, values: Sequence) -> Far:
    """Agreement weights on the values themselves, or on their places where they are no numbers."""
    if kind in (None, "identity"):
        return same
    try:
        score = {value: float(value) for value in values}
    except ValueError:
        score = {value: float(n) for n, value in enumerate(values)}
    span = max(score.values()) - min(score.values())

    def near(a, b) -> float:
        far = abs(score[a] - score[b]) / span if span else 0.0
        return 1 - (far if kind == "linear" else far**2)

    return near


# Sets -------------------------------------------------------------------------------------------------------------------


def jaccard(a: frozenset, b: frozenset) -> float:
    return 1 - (len(a & b) / len(a | b) if a | b else 1.0)


def masi(a: frozenset, b: frozenset) -> float:
    m = 1.0 if a == b else 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0.0
    return 1 - (1 - jaccard(a, b)) * (0.0 if not (a & b) and a != b else m)


# Continua ---------------------------------------------------------------------------------------------------------------


def tiled(units: Sequence[tuple], length: int) -> list[tuple[int, int, object]]:
    """Units and the gaps between them; a gap has the value None."""
    found, at = [], 0
    for start, end, code in sorted(units):
        found += [(at, start, None)] if start > at else []
        found.append((start, end, code))
        at = end
    return [*found, (at, length, None)] if at < length else found


def family(documents: Sequence[tuple[list, int]], codes: Sequence[str]) -> dict[str, Value]:
    """u, |u, cu and (k)u in the pairwise reading (Krippendorff et al. 2016), a character at a time."""
    values = [*codes, None]
    crossed, lumps, joint = (defaultdict[Any, float](float) for _ in range(3))
    for layers, length in documents:
        m = len(layers)
        if m < 2:
            continue
        tiles = [tiled(mine, length) for mine in layers]
        said = [[next(c for s, e, c in mine if s <= x < e) for x in range(length)] for mine in tiles]
        for a, b in permutations(range(m), 2):
            for x in range(length):
                crossed[said[a][x], said[b][x]] += 1 / (m - 1)
        for g, mine in enumerate(tiles):
            for start, end, code in mine:
                lumps[code] += end - start if code is None else (end - start) ** 2
                for h in range(m) if code is not None else ():
                    if h != g:
                        covered = sum(said[h][x] is not None for x in range(start, end))
                        joint[code] += covered**2 / (m - 1)
    total = sum(crossed.values())
    by = {c: sum(crossed[c, k] for k in values) for c in values}
    below = total**2 - sum(lumps.values())

    def by_chance(c, k) -> float:
        return total * (by[c] * by[k] - (lumps[c] if c == k else 0)) / below if below else 0.0

    u = over(total - sum(crossed[c, c] for c in values), total - sum(by_chance(c, c) for c in values))
    bar = over(by[None] - crossed[None, None], sum(by_chance(None, c) for c in codes))
    inside = {c: sum(crossed[c, k] for k in codes) for c in codes}
    within = sum(inside.values())
    rest = within**2 - sum(joint[c] for c in codes)
    near = {c: within * (inside[c] ** 2 - joint[c]) / rest if rest else 0.0 for c in codes}
    cu = over(within - sum(crossed[c, c] for c in codes), within - sum(near.values()))
    values_of = {"u": u, "bar_u": bar, "cu_pairwise": cu}
    return {name: None if value is None else 1 - value for name, value in values_of.items()}


def of_1995(layers: Sequence[Sequence[tuple]], length: int) -> tuple[float, float]:
    """Observed and expected disagreement of one code (Krippendorff 1995, 2004): no two units of a coder overlap."""
    m, tiles = len(layers), [tiled(mine, length) for mine in layers]
    if m < 2:
        return 0.0, 0.0
    observed = 0.0
    for one, two in permutations(tiles, 2):
        for (a, b, mine), (c, d, other) in product(one, two):
            if min(b, d) > max(a, c):
                both = mine is not None and other is not None
                inside = mine is not None and other is None and c <= a and b <= d
                within = mine is None and other is not None and a <= c and d <= b
                observed += (a - c) ** 2 + (b - d) ** 2 if both else (b - a) ** 2 * inside + (d - c) ** 2 * within
    units = [end - start for mine in tiles for start, end, code in mine if code is not None]
    gaps = [end - start for mine in tiles for start, end, code in mine if code is None]
    chance = 0.0
    for size in units:
        chance += (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        chance += size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    below = m * length * (m * length - 1) - sum(size * (size - 1) for size in units)
    return observed / (m * (m - 1) * length**2), 2 / length * chance / below


def most_matches(one: Sequence[tuple], two: Sequence[tuple], fits: Callable[[tuple, tuple], bool]) -> int:
    """The most pairs that can be matched one to one, by trying."""
    if not one:
        return 0
    first, *rest = one
    best = most_matches(rest, two, fits)
    for n, other in enumerate(two):
        if fits(first, other):
            best = max(best, 1 + most_matches(rest, [*two[:n], *two[n + 1 :]], fits))
    return best


def place(a: tuple, b: tuple) -> float:
    return ((abs(a[0] - b[0]) + abs(a[1] - b[1])) / ((a[1] - a[0]) + (b[1] - b[0]))) ** 2


def disorder(layers: Sequence[Sequence[tuple]], weight: float, kind: float) -> float:
    """The least disorder of any alignment, by trying them all (Mathet et al. 2015)."""
    n = len(layers)
    pairs = n * (n - 1) / 2

    def far(a, b) -> float:
        return 1.0 if a is None or b is None else weight * place(a, b) + kind * (a[2] != b[2])

    def least(left: tuple[tuple, ...]) -> float:
        g = next((g for g, mine in enumerate(left) if mine), None)
        if g is None:
            return 0.0
        choices = [[None, *left[h]] if h > g else [None] for h in range(n)]
        choices[g] = [left[g][0]]
        best = float("inf")
        for chosen in product(*choices):
            cost = sum(far(a, b) for a, b in combinations(chosen, 2)) / pairs
            rest = tuple(tuple(u for u in mine if u is not chosen[h]) for h, mine in enumerate(left))
            best = min(best, cost + least(rest))
        return best

    return least(tuple(tuple(mine) for mine in layers)) / (sum(map(len, layers)) / n)


# Segmentations ----------------------------------------------------------------------------------------------------------


def cuts(masses: Sequence[int]) -> list[int]:
    return [sum(masses[: n + 1]) for n in range(len(masses) - 1)]


def boundary(one: Sequence[int], two: Sequence[int], near: int) -> float:
    """Boundary similarity by trying every set of near misses."""
    a, b = set(cuts(one)), set(cuts(two))
    only, other, both = sorted(a - b), sorted(b - a), len(a & b)

    def least(left: list[int], right: list[int], moved: tuple[int, ...]) -> tuple[int, float, tuple[int, ...]]:
        """Additions, then the distance of the near misses."""
        if not left:
            return len(right), sum(moved), moved
        skipped, far, kept = least(left[1:], right, moved)
        best = (skipped + 1, far, kept)
        for n, y in enumerate(right):
            if abs(left[0] - y) < near:
                best = min(best, least(left[1:], right[:n] + right[n + 1 :], (*moved, abs(left[0] - y))))
        return best

    additions, _, misses = least(only, other, ())
    whole = additions + len(misses) + both
    return 1 - (additions + sum(miss / near for miss in misses)) / whole if whole else 1.0
