"""The colours of figures, from the tokens of the theme: blue is where, orange is what, grey is attribute or agreement."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from annotator import paths
from annotator.colours import contrast

WORDS, MARKS = 4.6, 3.1  # the least contrast of words, and of what is drawn
WHERE, WHAT = 5, 1  # of the code colours: blue and orange, which every kind of sight tells apart


def mix(colour: str, other: str, share: float) -> str:
    """`share` of a colour, the rest of another."""
    pairs = ((int(colour[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Ink:
    """One mode of the theme. `where` and `what` are the colours that the parts are made of; `say` puts the words of figures
    into another language."""

    canvas: str
    text: str
    muted: str
    rule: str
    accent: str
    where: str
    what: str
    dark: bool = False
    say: Callable[[str], str] = str

    @classmethod
    def of(cls, tokens: Mapping, mode: str) -> "Ink":
        """From the tokens of theme.json and the name of a mode in it."""
        dark, colours = mode.startswith("dark"), tokens[mode]
        where, what = (tokens["code_colours"][n][dark] for n in (WHERE, WHAT))
        return cls(
            colours["canvas"], colours["text"], colours["muted"], colours["rule"], colours["accent"], where, what, dark
        )

    @classmethod
    def named(cls, mode: str = "light") -> "Ink":
        """A mode of the theme that came with the program. Print takes `light`: its ground is white."""
        return cls.of(json.loads((paths.resources() / "themes" / "theme.json").read_text(encoding="utf-8")), mode)

    def saying(self, say: Callable[[str], str]) -> "Ink":
        """The same in another language."""
        return replace(self, say=say)

    @cached_property
    def parts(self) -> dict[str, str]:
        """The kinds of disagreement; each stands out 3:1 from the canvas, and lightness alone tells neighbours apart."""
        dark = self.dark
        return {
            "missed": self.firm(mix(self.where, self.text, 0.85 if dark else 0.70)),
            "boundary": self.firm(mix(self.where, self.canvas, 0.58 if dark else 0.74)),
            "label": self.firm(self.what),
            "attribute": self.firm(mix(self.muted, self.canvas, 0.60 if dark else 0.76)),
        }

    @property
    def faint(self) -> str:
        """Lines that numbers are read against."""
        return mix(self.muted, self.canvas, 0.75)

    @property
    def empty(self) -> str:
        """The ground of a cell that holds nothing."""
        return mix(self.rule, self.canvas, 0.35)

    def firm(self, colour: str) -> str:
        """The colour, moved towards the words until it stands out 3:1 from the canvas."""
        share = 1.0
        while contrast(mix(colour, self.text, share), self.canvas) < MARKS and share > 0:
            share -= 0.04
        return mix(colour, self.text, max(share, 0.0))

    def tint(self, hue: str, strength: float) -> str:
        """A fill of this strength, never so strong that words on it fade."""
        while strength > 0 and contrast(self.text, mix(hue, self.canvas, strength)) < WORDS:
            strength -= 0.01
        return mix(hue, self.canvas, max(0.0, strength))
