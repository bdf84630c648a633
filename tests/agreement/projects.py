"""Projects with codings of several coders, made in one step as an import makes them."""

import hashlib

from annotator import editing
from annotator.model import (
    Annotation,
    Assignment,
    Change,
    Code,
    Coder,
    Document,
    Edit,
    Round,
    assignment_id,
    new_id,
)
from annotator.project import Project
from annotator.text import Span

FIVE = "One is said. Two is said. Three is said.\n\nFour is said. Five is said."


class Codings:
    """A supervisor's open project. Coders, documents, codes and rounds are made when they are first named."""

    def __init__(self, folder):
        self.project = Project.create(folder / "codings.annotator", name="Codings", supervisor="Sue", device=new_id())
        self.ids = {("round", one.name): one.id for one in self.project.nouns("round")}
        self.ids.update({("coder", one.name): one.id for one in self.project.nouns("coder")})
        self.nouns = []

    def document(self, title: str, text: str = FIVE, **fields) -> str:
        data = text.encode()
        noun = Document(new_id(), title, hashlib.sha256(data).hexdigest(), filename=f"{title}.txt", **fields)
        self.project.apply(Change("import documents", (Edit(None, noun),)), contents=[data])
        self.ids["document", title] = noun.id
        return noun.id

    def code(self, name: str, **fields) -> str:
        return self._made("code", name, Code(new_id(), name, position=len(self.ids), **fields))

    def round(self, name: str, **fields) -> str:
        return self._made("round", name, Round(new_id(), name, **fields))

    def coder(self, name: str) -> str:
        return self._made("coder", name, Coder(new_id(), name))

    def coded(self, coder: str, document: str, *marks: tuple, round: str = "Main", done: bool = True) -> None:
        """What a coder did in a document: (code, start, end) or (code, start, end, start, end ...), and whether it is done."""
        round_id = self.ids.get(("round", round)) or self.round(round)
        coder_id = self.ids.get(("coder", coder)) or self.coder(coder)
        document_id = self.ids.get(("document", document)) or self.document(document)
        text, nouns = self.project.text(document_id), []
        for code, *ends in marks:
            spans = tuple(Span(*ends[n : n + 2]) for n in range(0, len(ends), 2))
            code_id = self.ids.get(("code", code)) or self.code(code)
            quotes = tuple(text[span.start : span.end] for span in spans)
            nouns.append(Annotation(new_id(), document_id, coder_id, round_id, code_id, spans, quotes))
        place = assignment_id(document_id, coder_id, round_id)
        nouns.append(Assignment(place, document_id, coder_id, round_id))
        self.project.apply(Change("import annotations", tuple(Edit(None, noun) for noun in nouns)))
        if done:
            self.project.apply(editing.mark_done(self.project, document=document_id, round=round_id, coder=coder_id))

    def _made(self, kind: str, name: str, noun) -> str:
        self.project.apply(Change(f"add {kind}", (Edit(None, noun),)))
        self.ids[kind, name] = noun.id
        return noun.id
