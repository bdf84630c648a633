"""Codebooks to test with: any that may be, and files of a few codes."""

import json
from pathlib import Path

from hypothesis import strategies as st

from annotator import codebook
from annotator.codebook import Codebook, in_order
from annotator.model import Attribute, Code, new_id

FIELDS = ("definition", "use_when", "not_when", "boundary")


def write_file(path: Path, *codes, attributes=(), **top) -> Path:
    """A codebook file of these entries, with other fields at its top where they are given."""
    whole = {"schema": "annotator-codebook/1", "name": "Moves", "attributes": list(attributes), "codes": list(codes)}
    path.write_text(json.dumps({**whole, **top}), encoding="utf-8")
    return path


def by_name(book: Codebook) -> dict[str, Code]:
    return {code.name: code for code in book.codes}


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).filter(str.strip)
colours = st.tuples(*[st.integers(0, 0xFFFFFF).map("#{:06x}".format)] * 2)


@st.composite
def attributes(draw):
    found = []
    for position, name in enumerate(draw(st.lists(names, max_size=4, unique_by=codebook.folded))):
        kind = draw(st.sampled_from(["text", "number", "scale", "one of", "several of", "entity"]))
        choices, labels = (), ()
        if kind in ("scale", "one of", "several of"):
            one = st.integers(-9, 9).map(str) if kind == "scale" else words.filter(bool)
            choices = tuple(draw(st.lists(one, min_size=1, max_size=5, unique=True)))
            labels = draw(st.just(()) | st.tuples(*[words] * len(choices)))
        found.append(Attribute(new_id(), name, kind, choices, labels, draw(words), position))
    return tuple(found)


@st.composite
def codebooks(draw):
    """Any codebook whose positions are counted from 0, a tree of any shape."""
    asked, codes, taken, counts = draw(attributes()), [], set(), {}
    keys = iter(draw(st.permutations("abcdefgh0123éд한")))
    for name in draw(st.lists(names, max_size=9)):
        parent = draw(st.sampled_from([None, *(code.id for code in codes)]))
        if (parent, codebook.folded(name)) in taken:
            continue
        taken.add((parent, codebook.folded(name)))
        ids = tuple(draw(st.lists(st.sampled_from([one.id for one in asked]), unique=True))) if asked else ()
        code = Code(
            new_id(),
            name,
            parent,
            counts.setdefault(parent, 0),
            draw(st.booleans()),
            *(draw(words) for _ in FIELDS),
            examples=tuple(draw(st.lists(words, max_size=3))),
            colour=draw(colours),
            key=next(keys) if draw(st.booleans()) else "",
            attributes=ids,
            required=ids[: draw(st.integers(0, 2))],
            crosswalk=draw(st.dictionaries(words, st.none() | words, max_size=2)),
            retired=draw(st.booleans()),
            merged_into=draw(st.sampled_from([None, *(code.id for code in codes)])),
        )
        counts[parent] += 1
        codes.append(code)
    version = draw(st.none() | st.integers(0, 99))
    return Codebook(draw(words), asked, tuple(in_order(codes)), draw(words), version, draw(words))
