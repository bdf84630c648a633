"""The words that figures draw and tell, for a translator: figures know no Qt, and are handed `say`."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .saying import in_words, said

DRAWN = (
    QT_TRANSLATE_NOOP("agreement", "Code"),
    QT_TRANSLATE_NOOP("agreement", "Uses"),
    QT_TRANSLATE_NOOP("agreement", "Of text"),
    QT_TRANSLATE_NOOP("agreement", "95% interval"),
    QT_TRANSLATE_NOOP("agreement", "Disagreement, % of comparisons"),
    QT_TRANSLATE_NOOP("agreement", "Disagreement, %"),
    QT_TRANSLATE_NOOP("agreement", "in {apart} of {total} comparisons"),
    QT_TRANSLATE_NOOP("agreement", "missed"),
    QT_TRANSLATE_NOOP("agreement", "boundary"),
    QT_TRANSLATE_NOOP("agreement", "label"),
    QT_TRANSLATE_NOOP("agreement", "attribute"),
    QT_TRANSLATE_NOOP("agreement", "below {measure}, above its interval"),
    QT_TRANSLATE_NOOP("agreement", "annotations\nper doc."),
    QT_TRANSLATE_NOOP("agreement", "all\nwithout"),
    QT_TRANSLATE_NOOP("agreement", "No code"),
    QT_TRANSLATE_NOOP("agreement", "{coder} coded"),
    QT_TRANSLATE_NOOP("agreement", "Total"),
    QT_TRANSLATE_NOOP("agreement", "not\ncountable"),
    QT_TRANSLATE_NOOP("agreement", "sets the limits"),
    QT_TRANSLATE_NOOP("agreement", "new codebook"),
    QT_TRANSLATE_NOOP("agreement", "document, as coded"),
    QT_TRANSLATE_NOOP("agreement", "last {count} documents"),
    QT_TRANSLATE_NOOP("agreement", "{value} upper limit"),
    QT_TRANSLATE_NOOP("agreement", "{value} baseline"),
    QT_TRANSLATE_NOOP("agreement", "{value} lower limit"),
    QT_TRANSLATE_NOOP("agreement", "Is it one coder?"),
    QT_TRANSLATE_NOOP("agreement", "the coder with the others"),
    QT_TRANSLATE_NOOP("agreement", "the others among themselves"),
    QT_TRANSLATE_NOOP("agreement", "gap beyond its limits"),
    QT_TRANSLATE_NOOP("agreement", "apart since document {number}"),
    QT_TRANSLATE_NOOP("agreement", "moves with the others"),
    QT_TRANSLATE_NOOP("agreement", "Comparisons"),
)
READ = (
    QT_TRANSLATE_NOOP("agreement", "not computed"),
    QT_TRANSLATE_NOOP("agreement", "{uses} in {documents}; {needed} uses are needed"),
    QT_TRANSLATE_NOOP("agreement", "1 use"),
    QT_TRANSLATE_NOOP("agreement", "1 document"),
    QT_TRANSLATE_NOOP("agreement", "{count} documents"),
    QT_TRANSLATE_NOOP("agreement", "All codes"),
    QT_TRANSLATE_NOOP("agreement", "{measure} of the code against the rest"),
    QT_TRANSLATE_NOOP("agreement", "Where and what"),
    QT_TRANSLATE_NOOP("agreement", "Where only"),
    QT_TRANSLATE_NOOP("agreement", "What only"),
    QT_TRANSLATE_NOOP("agreement", "Coders"),
    QT_TRANSLATE_NOOP("agreement", "codebook {number}"),
    QT_TRANSLATE_NOOP("agreement", "u-alpha"),
    QT_TRANSLATE_NOOP("agreement", "alpha, MASI"),
    QT_TRANSLATE_NOOP("agreement", "Jan"),
    QT_TRANSLATE_NOOP("agreement", "Feb"),
    QT_TRANSLATE_NOOP("agreement", "Mar"),
    QT_TRANSLATE_NOOP("agreement", "Apr"),
    QT_TRANSLATE_NOOP("agreement", "May"),
    QT_TRANSLATE_NOOP("agreement", "Jun"),
    QT_TRANSLATE_NOOP("agreement", "Jul"),
    QT_TRANSLATE_NOOP("agreement", "Aug"),
    QT_TRANSLATE_NOOP("agreement", "Sep"),
    QT_TRANSLATE_NOOP("agreement", "Oct"),
    QT_TRANSLATE_NOOP("agreement", "Nov"),
    QT_TRANSLATE_NOOP("agreement", "Dec"),
)
SPOKEN = (
    QT_TRANSLATE_NOOP("agreement", "{value}, 95% interval {interval}"),
    QT_TRANSLATE_NOOP("agreement", "few documents"),
    QT_TRANSLATE_NOOP("agreement", "no disagreement"),
    QT_TRANSLATE_NOOP("agreement", "{count} uses"),
    QT_TRANSLATE_NOOP("agreement", "{coder}: {count} annotations per document"),
    QT_TRANSLATE_NOOP("agreement", "all without them {value}"),
    QT_TRANSLATE_NOOP("agreement", "cu looks only at text that both coders of a pair coded, {share} of all text."),
    QT_TRANSLATE_NOOP("agreement", "{one} coded {count} that {two} did not"),
    QT_TRANSLATE_NOOP("agreement", "no code"),
    QT_TRANSLATE_NOOP(
        "agreement", "{count} with one code from {one} and the other from {two}; {same} with the same code"
    ),
    QT_TRANSLATE_NOOP("agreement", "1 place"),
    QT_TRANSLATE_NOOP("agreement", "{count} places"),
    QT_TRANSLATE_NOOP("agreement", "{count} with the same code from {one} and {two}"),
    QT_TRANSLATE_NOOP(
        "agreement", "{stage}: documents {first} to {last}, {measure} of single documents from {low} to {high}"
    ),
    QT_TRANSLATE_NOOP("agreement", "Baseline {centre}, limits {low} and {high}"),
    QT_TRANSLATE_NOOP("agreement", "No limits: no round has {count} documents."),
    QT_TRANSLATE_NOOP("agreement", "{coder}: apart since document {number}"),
    QT_TRANSLATE_NOOP("agreement", "{coder}: moves with the others"),
    QT_TRANSLATE_NOOP("agreement", "The mean stays within its limits."),
    QT_TRANSLATE_NOOP("agreement", "The mean is outside its limits at documents {numbers}."),
)
ALL = {str(words) for words in (*DRAWN, *READ, *SPOKEN)}


def say(words: str) -> str:
    """A word of a figure, or a reason that a report gives, in the language of the window."""
    return in_words(words) if words in ALL else said(words)
