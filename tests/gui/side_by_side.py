"""A document and its coders, to be laid side by side: what the tests of the comparison share."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.gui.compare.comparison import Comparison
from annotator.model import Annotation, Attribute, Code, Coder, Document, Entity, new_id
from annotator.text import Span

WORDS = (
    "The minister denies every charge. Kestria fired first, and its friends kept silent.\n"
    "\n"
    "Talks may begin on Monday, if the ships withdraw. Nobody wants a war.\n"
    "We thank the Council for its patience."
)
DENIAL = Code("denial", "Denial", boundary="Take the claim and its denial.", colour=("#6f42c1", "#b197fc"))
ACCUSATION = Code("accusation", "Accusation", boundary="Take doer and deed.", attributes=("stance", "target"))
OFFER = Code("offer", "Offer of dialogue", boundary="Take the sentence.", attributes=("stance", "target"))
LABEL = Code("label", "Loaded label", boundary="Take the name alone.")
PRAISE = Code("praise", "Praise")
CODES = (DENIAL, ACCUSATION, OFFER, LABEL, PRAISE)
STANCE = Attribute("stance", "stance", "scale", ("-1", "0", "1"), ("cool", "neutral", "warm"), "How it stands.")
TARGET = Attribute("target", "target", "entity", position=1)
KESTRIA = Entity("kestria", "Kestria")
ANNA, BO, CY = (Coder(name.lower(), name) for name in ("Anna", "Bo", "Cy"))


@dataclass
class Desk:
    """Who coded what of one text."""

    text: str = WORDS
    language: str = ""
    coders: Sequence[Coder] = (ANNA, BO, CY)
    codes: Sequence[Code] = CODES
    states: dict[str, str] = field(default_factory=dict)
    layers: dict[str, list[Annotation]] = field(default_factory=dict)
    document: Document = field(default_factory=lambda: Document("document", "On the strait", "sha"))

    def __post_init__(self):
        self.states = {coder.id: "done" for coder in self.coders} | self.states
        self.document = replace(self.document, language=self.language)

    def put(self, coder: Coder, code: Code, *quotes: str, **more) -> Annotation:
        """Codes the first place of these words for a coder; several quotes are several spans of one annotation."""
        spans = tuple(Span(self.text.index(words), self.text.index(words) + len(words)) for words in quotes)
        made = Annotation(new_id(), self.document.id, coder.id, "round", code.id, spans, quotes, **more)
        self.layers.setdefault(coder.id, []).append(made)
        return made

    def put_all(self, code: Code, *quotes: str) -> None:
        """The same annotation by everybody."""
        for coder in self.coders:
            self.put(coder, code, *quotes)

    def given(self) -> dict[str, Any]:
        """What `ComparePage.show_document` takes besides document and text."""
        return {
            "layers": self.layers,
            "coders": self.coders,
            "codes": {code.id: code for code in self.codes},
            "states": self.states,
            "attributes": [TARGET, STANCE],
            "entities": [KESTRIA],
        }

    def laid(self, *, blind: bool = False) -> Comparison:
        """The comparison without a window. Unless blind, coders stand in the order given and show their initials."""
        return Comparison(self.document, self.text, **self.given(), seed="seed", blind=blind)


def differing_desk() -> Desk:
    """A match, a boundary, a label, an attribute and a miss, in this order."""
    desk = Desk()
    desk.put_all(DENIAL, "The minister denies every charge.")
    desk.put(ANNA, ACCUSATION, "Kestria fired first, and its friends kept silent.", certainty=0.95)
    desk.put(BO, ACCUSATION, "Kestria fired first, and its friends kept silent.", certainty=0.6)
    desk.put(CY, ACCUSATION, "Kestria fired first", certainty=0.25, memo="The rest is a reproach.")
    desk.put(ANNA, OFFER, "Talks may begin on Monday, if the ships withdraw.")
    desk.put(BO, OFFER, "Talks may begin on Monday, if the ships withdraw.")
    desk.put(CY, PRAISE, "Talks may begin on Monday, if the ships withdraw.")
    desk.put(ANNA, OFFER, "Nobody wants a war.", attributes={"stance": "-1", "target": "kestria"})
    desk.put(BO, OFFER, "Nobody wants a war.", attributes={"stance": "-1", "target": "kestria"})
    desk.put(CY, OFFER, "Nobody wants a war.", attributes={"stance": "0", "target": "kestria"})
    desk.put(BO, PRAISE, "We thank the Council for its patience.")
    return desk
