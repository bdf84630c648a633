"""All that stands on paper from the title to the list of codes, block by block. A block is laid out when it is asked for."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from annotator.gui.textview.frozen import RIGHT_TO_LEFT
from annotator.gui.words import date_words
from annotator.interchange.coded_document import DEGREES, Coded, OnPlace, Used, degree

from .blocks import ACROSS, Laid, LaidCodes, LaidParagraph, LaidWords, Look, Words
from .surface import Surface

QUOTED = 160  # characters of the quote of a note


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper", text)


class Story:
    """The blocks of one document, by number."""

    def __init__(self, surface: Surface):
        self.surface = surface
        paper, coded = surface.paper, surface.coded
        codes = list(coded.codes.items())
        rows = [codes[n : n + ACROSS] for n in range(0, len(codes), ACROSS)] if paper.legend else []
        self._parts: list[tuple[int, Callable[[int], Laid]]] = []
        self._add_words(self._head())
        self._parts.append((len(surface.text), lambda n: LaidParagraph(surface, n)))
        if surface.noted:
            self._add_words([self._heading(_tr("Notes"))])
            self._parts.append((2 * len(surface.noted), self._note))
        if rows:
            self._add_words([self._heading(_tr("Codes"))])
            self._parts.append((len(rows), lambda n: LaidCodes(surface, rows[n], last=n + 1 == len(rows))))

    def __len__(self) -> int:
        return sum(count for count, _ in self._parts)

    def block(self, number: int) -> Laid:
        """A block with its lines."""
        for count, lay in self._parts:
            if number < count:
                return lay(number)
            number -= count
        raise IndexError(number)

    def _add_words(self, blocks: list[Words]) -> None:
        self._parts.append((len(blocks), lambda n: LaidWords(self.surface, blocks[n])))

    def _heading(self, words: str) -> Words:
        return Words(words, bold=True, before=20, after=6, with_next=True)

    def _head(self) -> list[Words]:
        """Title, who said it when and where, and whose coding this is."""
        coded = self.surface.coded
        document, version = coded.document, coded.version
        speaker, date, source = (str(document.details.get(name, "")).strip() for name in ("speaker", "date", "source"))
        facts = _line(filter(None, (speaker, date_words(date), source)))
        round = _tr("{round}, blind").format(round=coded.round) if coded.is_blind else coded.round
        of = [coded.project, round]
        of += [_tr("codebook version {number}").format(number=version)] if version is not None else []
        coders = [_person(one) for one in coded.people.values()]
        blocks = [Words(document.title, 1.35, bold=True, wide=True, after=4, with_next=True)]
        blocks += [Words(facts, muted=True, wide=True, with_next=True)] if facts else []
        blocks += [
            Words(_line(of), muted=True, wide=True, with_next=True),
            Words(_line(coders) or _tr("No annotations"), muted=True, wide=True, after=22, with_next=True),
        ]
        return blocks

    def _note(self, number: int) -> Laid:
        """Notes are two blocks each: what it is about, and what is said of it."""
        surface, (n, second) = self.surface, divmod(number, 2)
        one = surface.noted[n]
        if second:
            return LaidWords(surface, Words(self._said(one), x=10, after=8))
        if isinstance(one, OnPlace):
            name, code, person = _tr("Memo"), "", one.person if one.initials else ""
            quote = one.quote
        else:
            coder = surface.coded.people[one.coder]
            name, code, person = surface.coded.codes[one.code].name, one.code, coder.name if coder.initials else ""
            quote = " … ".join(one.quotes)
        about = _tr("paragraph {number}: “{quote}”").format(
            number=surface.text.numbers[surface.text.number_at(one.start)], quote=_short(quote)
        )
        about = f"  {person},  {about}" if person else f"  {about}"
        looks = (Look(_units(name), bold=True), Look(_units(about), muted=True))
        return LaidWords(surface, Words(name + about, looks=looks, hang=str(n + 1), code=code, x=10, with_next=True))

    def _said(self, one: Coded | OnPlace) -> str:
        paper = self.surface.paper
        said = [one.memo.strip()] if paper.notes and one.memo.strip() else []
        if paper.attributes and isinstance(one, Coded):
            facts = [f"{name}: {value}" for name, value in one.attributes]
            if one.certainty is not None:
                facts.append(_degrees()[degree(one.certainty)])
            said += [_line(facts)] if facts else []
        return "\u2028".join(" ".join(part.split("\n")) for part in said)


def _person(one: Used) -> str:
    words = _tr("{initials} {name} ({count}, dashed)") if one.initials else _tr("{name} ({count})")
    return words.format(initials=one.initials, name=one.name, count=one.count)


def _degrees() -> dict[str, str]:
    words = (_tr("unsure"), _tr("fairly sure"), _tr("sure"))
    return dict(zip(DEGREES, words, strict=True))


def _line(facts: Iterable[str]) -> str:
    """Facts one after the other, each in its own direction."""
    words = "  ·  ".join(facts)
    return (
        "  ·  ".join(f"\u2068{fact}\u2069" for fact in words.split("  ·  ")) if RIGHT_TO_LEFT.search(words) else words
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 40]} … {words[-30:]}"


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
