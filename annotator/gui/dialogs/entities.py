"""The registry of entities, for supervisors: what each is called, how often it is used, which are one and the same."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.entities import Registry
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.dialogs.fields import button, line
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.parts import column, label, row, search_field
from annotator.gui.theme import Theme
from annotator.model import Entity


class EntitiesDialog(Dialog):
    """Says what is wanted, at once; whoever does it calls `show_registry` with what is so then."""

    renamed = Signal(str, str)  # entity, its new name
    alias_added = Signal(str, str)
    alias_removed = Signal(str, str)
    merged = Signal(list, str)  # entities, the one they become
    parted = Signal(str)  # a merged entity that is to stand for itself again

    def __init__(self, parent: QWidget | None, theme: Theme, registry: Registry, used: Mapping[str, int]):
        """`used`: entity -> how many annotations name it."""
        words = self.tr(
            "Tick what is one and the same, and choose the name that stays. No annotation is changed by that."
        )
        super().__init__(parent, theme, self.tr("Entities"), accept=self.tr("Close"), words=words)
        self.cancel_button.hide()
        self.primary.setDefault(False)
        self.registry, self.used = registry, used
        self.filter = search_field(self.tr("Find an entity"), theme)
        self.list = Lines(self.tr("Entities"), theme, ticks=True)
        self.preview = label("", "small", "muted", wrap=True)
        self.merge_button = button(self.tr("Merge"), self._merge)
        self.alike = label("", "small", "muted", wrap=True)
        self.alike_button = button(self.tr("Tick them"), self._tick_alike)
        self.name, self.aliases = line(""), line("", self.tr("parted by ;"))
        self.save_button = button(self.tr("Save the names"), self._save)
        self.part_button = button(self.tr("Take apart what was merged into it"), self._part)
        self.form.add(self.tr("Name"), self.name)
        self.form.add(self.tr("Also called"), self.aliases)
        lines = (row(self.preview, self.merge_button), row(self.alike, self.alike_button))
        for one in lines:
            one.setStretch(0, 1)
        foot = row(self.save_button, self.part_button, None)
        whole = column(self.filter, self.list, *lines, 4, self.form, foot, gap=8)
        whole.setStretch(1, 1)
        self.body.addLayout(whole)
        self.filter.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.ticked.connect(self._show_merge)
        self.setMinimumSize(640, 600)
        self.show_registry(registry, used)
        for one in self.findChildren(QPushButton):
            one.setAutoDefault(False)  # else Qt has Enter in a field press the first of them
        self.filter.setFocus()

    def value(self) -> None:
        """Nothing is left to decide: all was done at once."""

    def show_registry(self, registry: Registry, used: Mapping[str, int]) -> None:
        """What is so now; the line that was current stays it."""
        current = registry.final(self.list.current()) if self.list.current() else ""
        self.registry, self.used = registry, used
        entities = sorted(registry.offered.values(), key=lambda one: one.name.casefold())
        self.list.set_lines([Line(one.name, one.id, self._more(one)) for one in entities])
        self.list.choose(current)
        self._find(self.filter.text())
        self.show_problem(None)
        self._show()

    def _more(self, entity: Entity) -> str:
        count = sum(self.used.get(id, 0) for id in self.registry.by_id if self.registry.final(id) == entity.id)
        times = self.tr("1 annotation") if count == 1 else self.tr("{count} annotations").format(count=count)
        return "  ·  ".join((*entity.aliases[:3], times))

    def _find(self, typed: str) -> None:
        fits = {match.entity.id for match in self.registry.matches(typed)} if typed.strip() else None
        for n, one in enumerate(self.list.lines()):
            self.list.item(n).setHidden(fits is not None and one.id not in fits)

    def _show(self) -> None:
        """The names of the current line."""
        entity = self.registry.by_id.get(self.list.current())
        self.name.setText(entity.name if entity else "")
        self.aliases.setText("; ".join(entity.aliases) if entity else "")
        self.part_button.setEnabled(bool(self._inside()))
        self.save_button.setEnabled(entity is not None)
        self._show_merge()

    def _inside(self) -> list[str]:
        return [one.id for one in self.registry.by_id.values() if one.merged_into == self.list.current()]

    def _chosen(self) -> list[str]:
        """What is ticked, but for the one that stays."""
        return [id for id in self.list.ticked_ids() if id != self.list.current()]

    def _show_merge(self) -> None:
        """What merging would do, in a sentence, and what may be one."""
        into, chosen = self.registry.offered.get(self.list.current()), self._chosen()
        self.merge_button.setEnabled(bool(into and chosen))
        if into and chosen:
            finals = {id: self.registry.final(id) for id in self.registry.by_id}
            count = sum(self.used.get(id, 0) for id, final in finals.items() if final in chosen)
            names = ", ".join(self.registry.name(id) for id in chosen)
            one = self.tr("1 annotation will read “{into}” instead of {names}.")
            more = self.tr("{count} annotations will read “{into}” instead of {names}.")
            self.preview.setText((one if count == 1 else more).format(count=count, into=into.name, names=names))
        else:
            self.preview.setText(self.tr("Tick entities, then choose the line of the one they become."))
        pair = next(iter(self.registry.alike()), None)
        words = self.tr("May be the same: {one} and {other}.")
        self.alike.setText(words.format(one=pair[0].name, other=pair[1].name) if pair else "")
        self.alike_button.setVisible(pair is not None)

    def _tick_alike(self) -> None:
        if pair := next(iter(self.registry.alike()), None):
            self.filter.clear()
            self.list.choose(pair[0].id)
            self.list.tick([one.id for one in pair])

    def _merge(self) -> None:
        self.merged.emit(self._chosen(), self.list.current())

    def _part(self) -> None:
        for id in self._inside():
            self.parted.emit(id)

    def _save(self) -> None:
        """What was typed of the names, as far as it is other than it was."""
        entity = self.registry.by_id[self.list.current()]
        name, typed = self.name.text().strip(), _words(self.aliases.text())
        for alias in (one for one in entity.aliases if one not in typed):
            self.alias_removed.emit(entity.id, alias)
        for alias in (one for one in typed if one not in (*entity.aliases, entity.name)):
            self.alias_added.emit(entity.id, alias)
        if name != entity.name:
            self.renamed.emit(entity.id, name)


def _words(typed: str) -> Sequence[str]:
    return [" ".join(one.split()) for one in typed.split(";") if one.strip()]
