"""Numbers as words that people of any language can read aloud and compare: five letters, consonants and vowels in turn, say
sixteen bits ("proquints")."""

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"


def spoken(data: bytes) -> str:
    """An even number of bytes as words, joined by hyphens."""
    pairs = zip(data[::2], data[1::2], strict=True)
    return "-".join(_word(high << 8 | low) for high, low in pairs)


def _word(number: int) -> str:
    parts = [(CONSONANTS, 12, 15), (VOWELS, 10, 3), (CONSONANTS, 6, 15), (VOWELS, 4, 3), (CONSONANTS, 0, 15)]
    return "".join(letters[number >> shift & mask] for letters, shift, mask in parts)
