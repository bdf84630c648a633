"""Annotations without a word of what was coded: for data that go where the texts may not."""

from typing import Any

from annotator.errors import Refused
from annotator.interchange.annotation_table import Names
from annotator.model import Attribute
from annotator.project import Project
from annotator.values import checked

FREE = ("quote", "memo")


class Ids(Names):
    """Rows as offsets, codes, coders, and values that somebody chose instead of writing them. Documents and entities are
    called by their ids: titles are often the first words of a text, and names of entities often stand in it."""

    def __init__(self, project: Project):
        super().__init__(project)
        self.documents = {}
        free = {id: one.name for id, one in self.attributes.items() if one.type == "text"}
        self.attributes = {id: one for id, one in self.attributes.items() if id not in free}
        self.columns = [name for name in self.columns if name not in (*FREE, *free.values())]

    def values(self, attributes: dict[str, Any]) -> dict[str, Any]:
        kept = {id: value for id, value in attributes.items() if id in self.attributes}
        return {self.attributes[id].name: self._chosen(self.attributes[id], value) for id, value in kept.items()}

    def _chosen(self, attribute: Attribute, value: Any) -> Any:
        """A value that the attribute takes today. One from when it still took free text is left out."""
        if attribute.type == "entity":
            id = self.registry.final(str(value))
            return id if id in self.registry.by_id else ""
        try:
            chosen = checked(attribute, value)
        except Refused:
            return ""
        return ";".join(chosen) if isinstance(chosen, list) else chosen

    def kept(self, row: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if name not in FREE}
