"""The codebook as one round uses it: the codes of its version, called and drawn as they are today."""

from dataclasses import replace

from annotator import colours, editing
from annotator.model import Annotation, Attribute, Code
from annotator.project import Project


class RoundCodebook:
    """Ids -> codes and attributes. `codes` and `attributes` are those on offer; `drawn` says how any code looks now."""

    def __init__(self, project: Project):
        self.project = project
        self.codes: dict[str, Code] = {}
        self.attributes: dict[str, Attribute] = {}
        self.drawn: dict[str, Code] = {}
        self.keys: dict[str, str] = {}  # key, in lower case -> code
        self._versions: dict[str | None, dict[str, Code]] = {}  # codes as published

    def load(self, version: str | None) -> None:
        """Takes what a version offers; without one, the codebook as it stands."""
        now = self.project.codebook()
        self._versions.pop(None, None)
        self.codes = self.project.codebook(version) if version else now
        self.attributes = self.project.attributes(version)
        known = {**self.codes, **now}
        self.drawn = {id: known[editing.final_code(known, id)] for id in known}
        usable = (code for code in self.codes.values() if code.key and code.codable and not code.retired)
        self.keys = {code.key.casefold(): code.id for code in usable}

    def textures(self) -> dict[str, int]:
        """The texture of every code: given in the order in which codes were made, so that a new one changes no other."""
        codes = sorted({code.id: code for code in self.drawn.values() if code.codable}.items())
        made = dict(zip(dict(codes), colours.textures([code.colour for _, code in codes]), strict=True))
        return {id: made.get(code.id, 0) for id, code in self.drawn.items()}

    def offered(self) -> list[Code]:
        """The codes on offer in the tree of their version, with the names and colours of today."""
        drawn = self.drawn
        return [
            replace(drawn[id], parent=code.parent, position=code.position) if drawn[id].id == id else code
            for id, code in self.codes.items()
        ]

    def asking(self, annotation: Annotation) -> Code:
        """Its code with the name and colour of today, asking for what it asked for when it was put there."""
        now, version = self.drawn[annotation.code], annotation.codebook_version
        if version not in self._versions:
            self._versions[version] = self.project.codebook(version)
        then = self._versions[version].get(annotation.code, now)
        return replace(now, attributes=then.attributes, required=then.required)
