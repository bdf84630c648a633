"""Coded documents made of plain ranges, for all that shows them."""

from annotator.interchange.coded_document import Coded, CodedDocument, Used
from annotator.model import Document
from annotator.text import Span


def coded_document(text: str, ranges, *, title: str = "A statement", language: str = "en", **more) -> CodedDocument:
    """`ranges`: (code, coder, spans[, memo]) of each annotation; the coder "me" is who reads."""
    ranges = sorted(ranges, key=lambda one: (one[2][0][0], -one[2][0][1]))
    annotations = tuple(
        Coded(
            number,
            f"annotation {number}",
            code,
            coder,
            tuple(Span(*span) for span in spans),
            tuple(text[start:end] for start, end in spans),
            memo=memo[0] if memo else "",
        )
        for number, (code, coder, spans, *memo) in enumerate(ranges, 1)
    )
    colours = [("#3a6ea5", "#8fb1d6"), ("#b3541e", "#e0a070"), ("#4c7a34", "#9ccc80")]
    codes = dict.fromkeys(one.code for one in annotations)
    people = dict.fromkeys(one.coder for one in annotations)
    return CodedDocument(
        Document("document", title, "", language=language, details=more.pop("details", {})),
        text,
        more.pop("project", "Denials"),
        more.pop("round", "Main"),
        more.pop("is_blind", False),
        more.pop("version", 3),
        annotations,
        {
            code: Used(code, sum(one.code == code for one in annotations), colours[n % 3])
            for n, code in enumerate(codes)
        },
        {
            coder: Used(
                coder, sum(one.coder == coder for one in annotations), initials="" if coder == "me" else coder[:2]
            )
            for coder in people
        },
    )
