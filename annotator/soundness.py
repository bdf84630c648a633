"""Whether a body that came in from elsewhere says a noun: at this border pydantic stands guard, as at that of packages."""

from __future__ import annotations

import typing
from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from .model import NOUNS, Names, Spans

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator
    from pydantic_core.core_schema import CoreSchema

FEWEST, MOST = -(1 << 63), (1 << 63) - 1  # whole numbers that SQLite can hold


def is_sound(kind: str, body: str) -> bool:
    """Whether a body in today's format says a noun of this kind, every field of it a value of its own kind that a table can
    hold: no half of a character, no number without end. The noun itself is not made: there are hundreds of thousands."""
    try:
        _guard(kind).validate_json(body)
    except ValueError:
        return False
    return True


@cache
def _guard(kind: str) -> SchemaValidator:
    from pydantic_core import SchemaValidator, core_schema

    noun = NOUNS[kind]
    hints, needed = typing.get_type_hints(noun), {one.name for one in fields(noun) if _is_needed(one)}
    body = core_schema.typed_dict_schema(
        {
            one.name: core_schema.typed_dict_field(_looks(hints[one.name]), required=one.name in needed)
            for one in fields(noun)
            if one.name != "id"
        },
        extras_schema=_anything(),  # fields of a newer version are carried along when the noun is changed
        extra_behavior="allow",
    )
    plain = [_looks(hint) for hint in (str, bool, int, float, dict, type(None))]
    anything = core_schema.union_schema([*plain, core_schema.list_schema(_anything())], ref="anything")
    return SchemaValidator(core_schema.definitions_schema(body, [anything]))


def _is_needed(one: Any) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _looks(hint: Any) -> CoreSchema:
    """How the values of a type look in JSON."""
    from pydantic_core import core_schema

    whole, words = core_schema.int_schema(ge=FEWEST, le=MOST, strict=True), core_schema.str_schema(strict=True)
    known: dict[Any, CoreSchema] = {
        str: words,
        bool: core_schema.bool_schema(strict=True),
        int: whole,
        float: core_schema.float_schema(allow_inf_nan=False, strict=True),
        type(None): core_schema.none_schema(),
        dict: core_schema.dict_schema(words, _anything()),
        Names: core_schema.list_schema(words),
        Spans: core_schema.list_schema(core_schema.tuple_schema([whole, whole])),
    }
    if hint in known:
        return known[hint]
    if typing.get_origin(hint) is typing.Literal:
        return core_schema.literal_schema(list(typing.get_args(hint)))
    return core_schema.union_schema([_looks(one) for one in typing.get_args(hint)])


def _anything() -> CoreSchema:
    from pydantic_core import core_schema

    return core_schema.definition_reference_schema("anything")
