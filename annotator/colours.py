"""Colours as numbers: contrast, how far two colours lie apart for every kind of sight, a colour for a new code.

Contrast is that of WCAG 2. Colour blindness is simulated whole (severity 1) with the matrices of Machado, Oliveira and
Fernandes (2009) on linear light. Distance is CIEDE2000, of which 2 can just be told apart side by side. Knows no Qt.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Linear = tuple[float, float, float]
Pair = tuple[str, ...]  # two, as # and six digits: on a light page, on a dark one

SIGHTS: dict[str, tuple[Linear, Linear, Linear]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
NEAR = 9.0  # closer than this, for some kind of sight, two codes also need another texture
TEXTURES = 7  # how many there are (see gui/textures.py)
PAGES: Pair = ("#ffffff", "#1d1f23")
LEAST = 3.0  # contrast of a code's colour with its page
HUES, LIGHTS, DARKS, CHROMAS = range(0, 360, 15), (30, 38, 46, 54), (62, 69, 76, 83), (28, 48, 66)
FAMILY = 30.0  # degrees of hue within which a code looks like its family


def linear(colour: str) -> Linear:
    """Red, green and blue as amounts of light, 0 to 1."""
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in channels)
    return red, green, blue


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def seen(light: Linear, sight: str) -> Linear:
    """What light is to a kind of sight of SIGHTS."""
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in SIGHTS[sight]
    )
    return red, green, blue


def lab(light: Linear) -> Linear:
    """CIE L*a*b* under D65."""
    red, green, blue = light
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Linear, other: Linear) -> float:
    """Difference of two colours given as L*a*b* (Sharma, Wu and Dalal 2005)."""
    l1, a1, b1 = one
    l2, a2, b2 = other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    if turn == -180:
        turn = 180.0
    lift, colourful, hue = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    lightness, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = h1 + h2
    if c1 * c2:
        h = h / 2 if abs(h1 - h2) <= 180 else ((h + 360) / 2 if h < 360 else (h - 360) / 2)
    t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h))
    t += 0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63))
    sl = 1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    twist = -2 * sqrt(c**7 / (c**7 + 25**7)) * sin(radians(60 * exp(-(((h - 275) / 25) ** 2))))
    dl, dc, dh = lift / sl, colourful / sc, hue / sh
    return sqrt(dl**2 + dc**2 + dh**2 + twist * dc * dh)


@lru_cache(maxsize=4096)
def _views(colour: str) -> tuple[Linear, ...]:
    light = linear(colour)
    return lab(light), *(lab(seen(light, sight)) for sight in SIGHTS)


@lru_cache(maxsize=65536)
def distance(a: str, b: str) -> float:
    """How far two colours lie apart for the kind of sight that tells them apart least."""
    return min(ciede2000(one, other) for one, other in zip(_views(a), _views(b), strict=True))


def apart(a: Pair, b: Pair) -> float:
    """How far two codes lie apart, on the page on which they differ less."""
    return min(distance(a[0], b[0]), distance(a[1], b[1]))


def textures(pairs: Sequence[Pair]) -> list[int]:
    """A texture for each code, in the order of the codebook: 0 is plain. Codes whose colours are near differ in it; a
    code that is added at the end changes that of no other."""
    found: list[int] = []
    for n, pair in enumerate(pairs):
        room = [NEAR] * TEXTURES  # how far the nearest code of each texture is: beyond NEAR it does not matter
        for other, taken in zip(pairs[:n], found, strict=True):
            room[taken] = min(room[taken], apart(pair, other))
        found.append(max(range(TEXTURES), key=lambda texture: (room[texture], -texture)))
    return found


def propose(taken: Sequence[Pair], family: Pair | None = None) -> Pair:
    """The colours for a new code: readable on their pages, of the family's hue if one can still be told apart from all
    that are taken, and as far from those as can be."""
    pairs = [_pair(hue, light, dark, chroma) for hue in HUES for light, dark, chroma in _shades()]
    room = {pair: min((apart(pair, other) for other in taken), default=100.0) for pair in pairs if _readable(pair)}
    if family:
        own = [pair for pair in room if _hues_apart(pair[0], family[0]) <= FAMILY and room[pair] >= NEAR]
        if own:
            return max(own, key=lambda pair: room[pair])
    return max(room, key=lambda pair: room[pair])


def _shades() -> list[tuple[int, int, int]]:
    return [(light, dark, chroma) for light in LIGHTS for dark in DARKS for chroma in CHROMAS]


def _pair(hue: int, light: int, dark: int, chroma: int) -> Pair:
    return _colour(light, chroma, hue), _colour(dark, chroma, hue)


@lru_cache(maxsize=4096)
def _colour(lightness: float, chroma: float, hue: float) -> str:
    """The nearest colour that a screen has to a lightness, chroma and hue of L*a*b*."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    fy = (lightness + 16) / 116
    fx, fz = fy + a / 500, fy - b / 200
    x, y, z = (t**3 if t**3 > 216 / 24389 else (116 * t - 16) * 27 / 24389 for t in (fx, fy, fz))
    x, z = x * 0.95047, z * 1.08883
    channels = (
        3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
        -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
    )
    clipped = (min(1.0, max(0.0, value)) for value in channels)
    curved = (12.92 * t if t <= 0.0031308 else 1.055 * t ** (1 / 2.4) - 0.055 for t in clipped)
    return "#" + "".join(f"{round(255 * value):02x}" for value in curved)


@lru_cache(maxsize=4096)
def _readable(pair: Pair) -> bool:
    return all(contrast(colour, page) >= LEAST for colour, page in zip(pair, PAGES, strict=True))


def _hues_apart(a: str, b: str) -> float:
    one, other = (degrees(atan2(view[2], view[1])) for view in (_views(a)[0], _views(b)[0]))
    return abs((one - other + 180) % 360 - 180)
