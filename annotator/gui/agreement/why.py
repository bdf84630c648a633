"""Why a number is not there, or what to know about it, in a sentence, with the documents that concerns."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

from annotator.gui.theme import Theme, font

if TYPE_CHECKING:
    from .computing import Numbers

Documents = list[tuple[str, str]]  # ids and titles
MOST = 6  # documents that are named


class Why(QLabel):
    """One sentence and links. It takes no room while there is nothing to say."""

    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setFont(font("small"))
        self.setProperty("tone", "muted")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setContentsMargins(8, 4, 8, 0)
        self.linkActivated.connect(self.open_wanted)
        self.say("", [])

    def say(self, words: str, documents: Sequence[tuple[str, str]], *, keep: bool = False) -> None:
        """Plain words. With `keep` its room stays where there is nothing to say."""
        links = self._links(documents) if words else ""
        flags = Qt.TextInteractionFlag
        reach = flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(reach if links else flags.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if links else Qt.FocusPolicy.NoFocus)
        self.setText(" ".join(filter(None, (escape(words), links))))
        self.setVisible(keep or bool(words))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a frame while it has the focus: Qt marks a link only once one has gone to it."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.accent, 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.end()

    def _links(self, documents: Sequence[tuple[str, str]]) -> str:
        ink = self.theme.accent_ink.name()
        links = [f'<a href="{id}" style="color: {ink}">{escape(title)}</a>' for id, title in documents]
        more = [self.tr("{count} more").format(count=len(links) - MOST)] if len(links) > MOST else []
        return ", ".join([*links[:MOST], *more])


def concerned(numbers: "Numbers", code: str | None, coders: Sequence[str]) -> Documents:
    """The documents that a number of a code (None: all) and these coders is of: those in which they used the code; where
    they did not, those that two of them coded; where there are none, those that one of them coded."""
    coding = numbers.study.coding
    group = [numbers.coders.index(name) for name in coders]
    shared = coding.coded[:, group].sum(1) >= 2
    found = np.zeros(len(shared), bool)
    if code is not None:
        used = (coding.code == numbers.study.codes.index(code)) & np.isin(coding.coder, group)
        found[coding.document[used]] = True
        found &= shared
    for some in (found, shared, coding.coded[:, group].any(1)):
        if some.any():
            return named(numbers, np.flatnonzero(some).tolist())
    return []


def of_the_family(numbers: "Numbers", variant: str) -> Documents:
    """The documents that a unitizing alpha of all codes is of; where codes overlap, so that there is none, those in which
    they do."""
    from annotator.agreement.unitizing import overlapping

    found = overlapping(numbers.study.coding) if variant != "bar_u" else np.zeros(0, int)
    return named(numbers, found.tolist()) if len(found) else concerned(numbers, None, numbers.coders)


def named(numbers: "Numbers", places: Sequence[int]) -> Documents:
    """Documents by their numbers in the study."""
    study = numbers.study
    return [(study.document_ids[n], study.documents[n]) for n in places]
