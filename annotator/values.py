"""What attributes and certainty take: a value as a person or a table gives it, made what is stored."""

from .errors import Refused
from .model import Attribute
from .text import canonical


def checked(attribute: Attribute, value: object) -> object:
    """The value as it is stored: text, a number, a whole number of the scale, one choice, choices in their order, or the
    id of an entity. Raises Refused for a value that the attribute does not take."""
    choices = ", ".join(attribute.choices)
    match attribute.type:
        case "number":
            return _number(attribute, value)
        case "scale" if str(value).removeprefix("+") in attribute.choices:
            return int(str(value))
        case "one of" if str(value) in attribute.choices:
            return str(value)
        case "several of" if isinstance(value, list | tuple | set) and {*map(str, value)} <= {*attribute.choices}:
            return [choice for choice in attribute.choices if choice in {*map(str, value)}]
        case "text":
            return canonical(str(value))[0]
        case "entity":
            return str(value)
    raise Refused("attribute.no_choice", value=value, attribute=attribute.name, choices=choices)


def checked_certainty(value: float | None) -> float | None:
    """0 to 1, or None for not said. Raises Refused."""
    if value is not None and not 0 <= value <= 1:
        raise Refused("certainty.outside", value=value)
    return value if value is None else float(value)


def _number(attribute: Attribute, value: object) -> int | float:
    try:
        number = float(str(value))
    except ValueError:
        raise Refused("attribute.not_a_number", attribute=attribute.name, value=value) from None
    if number in (float("inf"), float("-inf")) or number != number:
        raise Refused("attribute.not_a_number", attribute=attribute.name, value=value)
    return int(number) if number.is_integer() else number
