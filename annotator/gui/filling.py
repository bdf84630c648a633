"""What hands do to the attributes of annotations: values, entities made on the fly, the same as in the annotation before."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from annotator import editing
from annotator.entities import Registry
from annotator.model import Annotation, Change, Entity

if TYPE_CHECKING:
    from .coding import Coding

RECENT = 20  # entities that are offered first
READ = 50  # annotations that are read at once while looking back


class Filling(QObject):
    """Of the document that one codes."""

    def __init__(self, coding: "Coding"):
        super().__init__(coding)
        self.coding, self.project, self.session = coding, coding.project, coding.session
        self.recent: list[str] = []  # entities used last, the newest first
        self._registry: Registry | None = None
        coding.session.changed.connect(self._hear)
        coding.inspector.attribute_changed.connect(self.set_attribute)
        coding.inspector.before_wanted.connect(self.take_before)

    @property
    def registry(self) -> Registry:
        """The entities of the project as they are now."""
        if self._registry is None:
            self._registry = Registry(self.project.nouns("entity"))
        return self._registry

    def _hear(self, change: Change) -> None:
        if any(edit.kind == "entity" for edit in change.edits):
            self._registry = None

    def set_attribute(self, id: str, attribute: str, value: Any) -> None:
        """Fills in an attribute; a name that the registry does not know is put into it first."""
        coding = self.coding
        if id not in coding.shown:
            return  # it was taken back while the name was being typed
        if value and coding.book.attributes[attribute].type == "entity":
            if (entity := self._entity(value)) is None:
                coding.refresh_inspector()
                return
            value = entity
            self._remember(entity)
        annotation = self.project.noun("annotation", id)
        coding.do(lambda: editing.set_attribute(self.project, annotation, attribute, value))

    def _entity(self, name: str) -> str | None:
        """The entity of this name, put into the registry if it is not there; None if that could not be done."""
        if found := self.registry.find(name):
            return found.id
        made = self.session.attempt(lambda: editing.add_entity(self.project, name))
        entity = made.edits[0].after if made else None
        return entity.id if isinstance(entity, Entity) else None

    def _remember(self, entity: str) -> None:
        self.recent = [entity, *(other for other in self.recent if other != entity)][:RECENT]

    # As in the annotation before --------------------------------------------------------------------------------------

    def as_before(self) -> None:
        """Fills in the actor, the target and whatever entity the code asks for as in one's own annotation before this one
        in the text, in one step. What is filled in already stays."""
        coding = self.coding
        coding.inspector.flush()
        annotation = coding.annotation()
        if annotation is None:
            return
        asked = coding.book.asking(annotation).attributes
        entities = [id for id in asked if id in coding.book.attributes and coding.book.attributes[id].type == "entity"]
        self._take(annotation, [id for id in entities if not annotation.attributes.get(id)])

    def take_before(self, id: str, attribute: str) -> None:
        """Fills in one attribute so, whatever its type and whatever stands there."""
        if id in self.coding.shown:
            self._take(self.project.noun("annotation", id), [attribute])

    def _take(self, annotation: Annotation, attributes: Collection[str]) -> None:
        if not attributes:
            self.session.refused.emit(self.tr("There is no actor or target to fill in here."))
            return
        values = self.before(annotation, attributes)
        if not values:
            self.session.refused.emit(self.tr("None of your annotations before this one says it."))
            return
        for value in reversed(list(values.values())):
            if value in self.registry.by_id:
                self._remember(value)
        self.coding.do(lambda: editing.set_attributes(self.project, annotation, values))

    def before(self, annotation: Annotation, attributes: Collection[str]) -> dict[str, Any]:
        """What the nearest of one's own annotations before this one in the text says of these attributes: of the first
        that says anything of them. Entities that were merged are the one they became."""
        shown = self.coding.shown
        own = [id for id in shown.ids()[: shown.number(annotation.id)] if shown.coder(id) == self.coding.me.id]
        for end in range(len(own), 0, -READ):
            ids = own[max(0, end - READ) : end]
            found = {one.id: one for one in self.project.nouns_of("annotation", ids)}
            for id in reversed(ids):
                values = {one: found[id].attributes[one] for one in attributes if found[id].attributes.get(one)}
                if values:
                    return {
                        one: value
                        for one, value in self.registry.values(values).items()
                        if self.coding.book.attributes.get(one)
                    }
        return {}
