"""The codebook editor: a window of its own in which a supervisor writes codes and attributes.

It works on a draft. Nothing outside changes before `save_wanted`, so closing it undoes everything since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QSplitter, QTabWidget, QWidget

from annotator.gui.dialogs.attribute_form import AttributeForm
from annotator.gui.dialogs.code_form import CodeForm
from annotator.gui.dialogs.code_tree import CodeTree
from annotator.gui.dialogs.codebook_draft import Draft, Wrong
from annotator.gui.dialogs.fields import button
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.messages import ask
from annotator.gui.parts import Scroll, box, column, elided, label, row, rule
from annotator.gui.theme import Theme
from annotator.model import Attribute, Code

LEFT = 296  # px of the tree
CODES, ATTRIBUTES = range(2)


class CodebookEditor(QWidget):
    """Codes in a tree with their form; attributes in a second tab; what is wrong is said while one types."""

    save_wanted = Signal(list, list)  # every Code, every Attribute, as they shall be; then call `saved`
    export_wanted = Signal(list, list)  # the same, as they stand in the editor
    page_wanted = Signal(list, list)
    import_wanted = Signal()  # then call `take` with what the file holds
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        codes: Iterable[Code],
        attributes: Iterable[Attribute],
        *,
        used: Mapping[str, int] | None = None,
        parent: QWidget | None = None,
    ):
        """`used`: id of a code or attribute -> how many annotations hold it; those cannot be deleted."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Codebook"))
        self.theme = theme
        self.draft = Draft(codes, attributes, used)
        self.before = self.draft.ordered()
        self.tree, self.code_form = CodeTree(theme), CodeForm(theme)
        self.listing, self.attribute_form = Lines(self.tr("Attributes"), theme), AttributeForm(theme)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Codes or attributes"))
        self.tabs.tabBar().setAccessibleName(self.tr("Codes or attributes"))
        self.tabs.setStyleSheet("QTabWidget::tab-bar { left: 4px; }")
        self.tabs.addTab(self._codes_tab(), self.tr("Codes"))
        self.tabs.addTab(self._attributes_tab(), self.tr("Attributes"))
        self.tabs.currentChanged.connect(self._show_both)
        whole = column(self.tabs, rule(), self._foot(), gap=0)
        self.setLayout(column(box(whole, ground="panel"), gap=0))
        self._listen()
        self.take(*self.before)
        self.before = self.draft.ordered()
        self.resize(1120, 760)
        self.setMinimumSize(880, 560)

    def take(self, codes: Iterable[Code], attributes: Iterable[Attribute]) -> None:
        """Puts a codebook in the place of what stands here, as one not saved yet."""
        self.draft = Draft(codes, attributes, self.draft.used)
        first = next(iter(self.draft.ordered()[0]), None)
        self.tree.show_draft(self.draft, first.id if first else "")
        self._list_attributes("")
        self._show_both()

    def saved(self) -> None:
        """What stands here is saved: closing asks nothing more."""
        self.before = self.draft.ordered()
        self._show_state()

    @property
    def changed(self) -> bool:
        return self.draft.ordered() != self.before

    def save(self) -> None:
        """Asks for the draft to be saved; goes to the first thing that is wrong instead, if anything is."""
        if wrongs := self.draft.wrongs():
            self._go_to(wrongs[0])
        elif self.changed:
            self.save_wanted.emit(*self.draft.ordered())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Save):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        words = self.tr("Leave the codebook as it was before?")
        more = self.tr("What you changed since it was saved is lost.")
        if self.changed and not ask(self, words, yes=self.tr("Leave it"), no=self.tr("Go on editing"), more=more):
            event.ignore()
            return
        self.closed.emit()
        event.accept()

    # Parts ------------------------------------------------------------------------------------------------------------

    def _codes_tab(self) -> QWidget:
        add_family = button(self.tr("Add a family"), lambda: self._add_code(codable=False))
        self.add_code_button = button(self.tr("Add a code"), lambda: self._add_code(codable=True))
        self.no_code = label(self.tr("No code yet. Add one, or import a codebook."), "body", "muted")
        self.code_area = Scroll(box(column(self.code_form, gap=0), ground="panel"))
        right = column(self.no_code, self.code_area, None, gap=0)
        return _parted(column(self.tree, row(add_family, self.add_code_button, None, margins=(8, 0, 8, 0))), right)

    def _attributes_tab(self) -> QWidget:
        self.add_attribute_button = button(self.tr("Add an attribute"), self._add_attribute)
        words = self.tr("No attribute yet. Attributes are what a code asks for: actor, target, issue.")
        self.no_attribute = label(words, "body", "muted")
        self.attribute_area = Scroll(box(column(self.attribute_form, gap=0), ground="panel"))
        right = column(self.no_attribute, self.attribute_area, None, gap=0)
        left = column(self.listing, row(self.add_attribute_button, None, margins=(8, 0, 8, 0)))
        return _parted(left, right)

    def _foot(self) -> QWidget:
        self.wrong = elided("", "small", "danger")
        self.state = label("", "small", "muted")
        self.import_button = button(self.tr("Import …"), self.import_wanted.emit)
        self.export_button = button(self.tr("Export …"), lambda: self.export_wanted.emit(*self.draft.ordered()))
        self.page_button = button(self.tr("Printable page …"), lambda: self.page_wanted.emit(*self.draft.ordered()))
        self.cancel_button = button(self.tr("Close"), self.close)
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("primary", "true")
        self.save_button.clicked.connect(self.save)
        foot = row(self.import_button, self.export_button, self.page_button, 8, self.wrong, self.state, None)
        for push in (self.cancel_button, self.save_button):
            foot.addWidget(push)
        foot.setContentsMargins(16, 12, 16, 12)
        return box(foot)

    def _listen(self) -> None:
        self.tree.chosen.connect(lambda id: self._show_code())
        self.tree.move_wanted.connect(self._move)
        self.code_form.edited.connect(self._edit_code)
        self.code_form.moved.connect(lambda id, parent: self._move(id, parent, len(self.draft.children(parent))))
        self.code_form.retire_wanted.connect(self._retire)
        self.code_form.delete_wanted.connect(self._delete_code)
        self.listing.currentRowChanged.connect(lambda place: self._show_attribute())
        self.attribute_form.edited.connect(self._edit_attribute)
        self.attribute_form.step_wanted.connect(self._step_attribute)
        self.attribute_form.delete_wanted.connect(self._delete_attribute)

    # Codes ------------------------------------------------------------------------------------------------------------

    def _add_code(self, *, codable: bool) -> None:
        current = self.draft.codes.get(self.tree.current())
        parent = current.id if current and not current.codable else current.parent if current else None
        name = self.tr("New code") if codable else self.tr("New family")
        made = self.draft.add_code(parent if codable else None, codable=codable, name=name)
        self._rebuild(made.id)
        self.code_form.name.setFocus()
        self.code_form.name.selectAll()

    def _move(self, id: str, parent: str | None, place: int) -> None:
        if self.draft.place(id, parent, place):
            self._rebuild(id)

    def _retire(self, id: str) -> None:
        code = self.draft.codes[id]
        self.draft.codes[id] = replace(code, retired=not code.retired, merged_into=None)
        self._rebuild(id)

    def _delete_code(self, id: str) -> None:
        siblings = [code.id for code in self.draft.ordered()[0]]
        place = siblings.index(id)
        self.draft.delete(id)
        near = [*siblings[place + 1 :], *reversed(siblings[:place])]
        self._rebuild(near[0] if near else "")
        self.tree.setFocus()

    def _edit_code(self, code: Code) -> None:
        self.draft.codes[code.id] = code
        self.tree.refresh(self.draft)
        self._show_state()

    def _rebuild(self, current: str) -> None:
        self.tree.show_draft(self.draft, current)
        self._show_code()

    def _show_code(self) -> None:
        code = self.draft.codes.get(self.tree.current())
        self.no_code.setVisible(code is None)
        self.code_area.setVisible(code is not None)
        if code:
            self.code_form.show_code(code, self.draft)
        self._show_state()

    # Attributes -------------------------------------------------------------------------------------------------------

    def _list_attributes(self, current: str) -> None:
        kinds = {one.id: self.attribute_form.type.words_of(one.type) for one in self.draft.ordered()[1]}
        self.listing.blockSignals(True)
        self.listing.set_lines([Line(one.name or "–", one.id, kinds[one.id]) for one in self.draft.ordered()[1]])
        self.listing.choose(current)
        self.listing.blockSignals(False)
        self._show_attribute()

    def _add_attribute(self) -> None:
        self._list_attributes(self.draft.add_attribute(self.tr("new attribute")).id)
        self.attribute_form.name.setFocus()
        self.attribute_form.name.selectAll()

    def _edit_attribute(self, attribute: Attribute) -> None:
        self.draft.attributes[attribute.id] = attribute
        kind = self.attribute_form.type.words_of(attribute.type)
        self.listing.change(Line(attribute.name or "–", attribute.id, kind))
        self._show_state()

    def _step_attribute(self, id: str, by: int) -> None:
        places = [one.id for one in self.draft.ordered()[1]]
        self.draft.place_attribute(id, places.index(id) + by)
        self._list_attributes(id)

    def _delete_attribute(self, id: str) -> None:
        self.draft.delete(id)
        self._list_attributes("")
        self.listing.setFocus()

    def _show_attribute(self) -> None:
        attribute = self.draft.attributes.get(self.listing.current())
        self.no_attribute.setVisible(attribute is None)
        self.attribute_area.setVisible(attribute is not None)
        if attribute:
            self.attribute_form.show_attribute(attribute, self.draft)
        self._show_state()

    # What is wrong ----------------------------------------------------------------------------------------------------

    def _show_both(self) -> None:
        self._show_code()
        self._show_attribute()

    def _show_state(self) -> None:
        wrongs = self.draft.wrongs()
        self.code_form.show_wrongs(one for one in wrongs if one.about == self.tree.current())
        self.attribute_form.show_wrongs(one for one in wrongs if one.about == self.listing.current())
        first = wrongs[0] if wrongs else None
        named = self._name(first.about) if first else ""
        self.wrong.setText(f"{named}: {first.words}" if first and named else first.words if first else "")
        self.wrong.setVisible(bool(wrongs))
        self.state.setText(self.tr("Not saved yet") if self.changed and not wrongs else "")
        self.save_button.setEnabled(self.changed)

    def _name(self, id: str) -> str:
        noun = self.draft.codes.get(id) or self.draft.attributes.get(id)
        return noun.name if noun else ""

    def _go_to(self, wrong: Wrong) -> None:
        if wrong.about in self.draft.codes:
            self.tabs.setCurrentIndex(CODES)
            self._rebuild(wrong.about)
            self.code_form.focus(wrong.field)
        else:
            self.tabs.setCurrentIndex(ATTRIBUTES)
            self._list_attributes(wrong.about)
            self.attribute_form.focus(wrong.field)


def _parted(left, right) -> QSplitter:
    left.setContentsMargins(8, 8, 8, 12)
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    made.addWidget(box(left, ground="panel"))
    made.addWidget(box(right, ground="panel"))
    made.setStretchFactor(1, 1)
    made.setSizes([LEFT, 800])
    return made
