"""What the core will not do, as a key to look words up by and the values that go into them."""

WORDS = {
    "text.encoding_unknown": "The encoding of this file could not be told. Choose one.",
    "text.not_in_encoding": "This file is not {encoding}: byte {position} does not fit.",
    "text.inside_character": "UTF-16 position {position} lies inside a character.",
    "body.not_unicode": "The words hold half a character (a lone surrogate) and cannot be stored.",
    "project.in_use": "{path} is open in another window or program on this machine. Close it there first.",
    "project.exists": "{path} exists already.",
    "project.missing": "There is no project at {path}.",
    "project.not_a_project": "{path} is not an Annotator project.",
    "project.read_only": "This project is open for reading only.",
    "coder.unknown": "Nobody called {actor} is in this project. There are: {known}. Say who you are with --as NAME.",
    "coder.exists": "{name} is in this project already.",
    "name.empty": "A {kind} needs a name.",
    "change.empty": "There is nothing to change.",
    "change.changed_since": "This {kind} was changed by {by} at {at}, after your step. Your step was left as it is.",
    "change.contested": "This {kind} was changed in two places. Decide between the two first.",
    "right.not_yours": "This {kind} belongs to {owner}. Only they may change it.",
    "right.supervisor_only": "Only a supervisor may change a {kind}.",
    "right.frozen": "A {kind} is never altered. Make a new one.",
    "right.done": "This document is marked done in this round. Reopen it to change annotations.",
    "noun.in_use": "This {kind} is still used by {count} {by}.",
    "noun.missing": "There is no such {kind}.",
    "span.outside": "Span {start} to {end} is not inside the document, which has {length} characters.",
    "span.overlap": "The spans of one annotation may not overlap.",
    "span.none": "Select some words first.",
    "annotation.exists": "These words have the code {name} from you already.",
    "annotation.one_part": "This annotation has one span only. Retract it instead.",
    "code.retired": "The code {name} is retired.",
    "code.is_family": "{name} is a family of codes. Choose a code in it.",
    "attribute.no_choice": "{value} is not one of the choices of {attribute}: {choices}.",
    "attribute.not_a_number": "{attribute} takes a number, not {value}.",
    "certainty.outside": "Certainty goes from 0 to 1, not {value}.",
    "attribute.unknown": "The code {name} has no attribute {attribute}.",
    "code.unknown": "No code is called {words}. The nearest: {near}.",
    "code.ambiguous": "{words} may be more than one code: {near}. Name it with its family.",
    "codebook.unreadable": "{path} cannot be read: {reason}.",
    "codebook.not_written": "{path} cannot be written: {reason}. Choose another place.",
    "codebook.too_large": "{path} is too large for a codebook: {size} MB, where {most} are allowed. Choose another file.",
    "codebook.not_json": "{path} is not JSON: {reason}. Put that place right, or export the codebook again.",
    "codebook.not_a_codebook": '{path} is not a codebook: "schema" should be "{schema}". Choose another file.',
    "codebook.newer": "{path} was written by a newer Annotator ({found}). Update the program to read it.",
    "codebook.too_deep": "{path}: codes lie inside one another too deep. Use fewer levels.",
    "codebook.missing_field": '{path}, {place}: the field "{field}" is missing. Add it.',
    "codebook.unknown_field": '{path}, {place}: there is no field "{field}". Take it out, or write {near}.',
    "codebook.doubled_field": '{path}, {place}: the field "{field}" is there twice. Take one out.',
    "codebook.wrong_value": "{path}, {place}: this should be {expected}, not {found}. Change it.",
    "codebook.no_name": "{path}, {place}: an entry has no name. Give it one.",
    "codebook.doubled_name": "{path}, {place}: {name} is there twice. Rename one of the two.",
    "codebook.id": "{path}, {place}: the id {id} is not a UUID. Take it out, and a new one will be given.",
    "codebook.doubled_id": "{path}, {place}: the id {id} is there twice. Take one out, and a new one will be given.",
    "codebook.doubled_key": "{path}: {first} and {second} have the same key {letter}. Give one of them another.",
    "codebook.key": "{path}, {place}: {letter!r} cannot be a key. Use one character, but not a blank or a full stop.",
    "codebook.colour": "{path}, {place}: {found} is not a colour for light and one for dark. Write two, such as #1c6dd0.",
    "codebook.choices": "{path}, {place}: the choices do not fit the type {type}. Scales take whole numbers, one of and "
    "several of take words, each once, with as many labels or none; other types take no choices.",
    "codebook.unknown_attribute": "{path}, {place}: no attribute is called {name}. Use one of these, or add it: {known}.",
    "codebook.required": "{path}, {place}: {name} is required, but not among the attributes. Add it there.",
    "codebook.unknown_code": '{path}, {place}: "{field}" names {name}, which is no single code here. The nearest: {near}.',
    "codebook.two_parents": '{path}, {place}: this code lies in a family and names a "parent" as well. Take one out.',
    "codebook.cycle": "{path}: these codes lie inside one another in a ring: {ring}. Give one of them another parent.",
    "codebook.merge_cycle": "{path}: these codes are merged into one another in a ring: {ring}. Take one merge out.",
    "codebook.name_taken": "The codebook of this project has another code {name} already. Rename one of the two.",
    "codebook.key_taken": "{name} has the key {letter}, which {other} of this project has already. Give one of them another.",
    "project.newer": "{path} was written by a newer Annotator. Update the program; the file was left as it is.",
    "project.folder": "{path} cannot be written: {reason}. Copy the project to a folder that you may write to.",
    "project.no_backup": "{path} is from an older version and must be backed up first, but {reason}. Nothing was changed.",
    "project.damaged": "{path} cannot be read: {reason}. Go back to a backup, or see what annotator check says.",
    "disk.full": "The disk is full. This step was not saved; make room and do it again.",
    "disk.failed": "The project file cannot be written: {reason}. This step was not saved.",
    "round.unknown": "There is no round called {name}. There are: {known}.",
    "agreement.supervisor_only": "Only a supervisor lays coders side by side while a round is blind.",
    "agreement.unknown": "There is no {kind} called {name}. The nearest: {near}.",
    "agreement.one_coder": "Choose at least two coders to compare.",
    "agreement.too_few": "Fewer than two coders have finished a document, so there is nothing to compare ({reason}). "
    "Mark what is finished as done, or include what is in progress.",
    "agreement.nothing_shared": "No document was finished by two of these coders ({reason}). "
    "Mark what is finished as done, or include what is in progress.",
    "agreement.no_codes": "None of these codes can be given to text. Choose codes, or families that hold codes.",
    "agreement.senseless": "{measure} does not fit the unit {unit}. {advice}",
    "agreement.level": "{level} needs numbers, but {value} in line {line} is none. Choose the level nominal, or correct it.",
    "agreement.not_ratings": "{path} is not a table of ratings: {reason}. Give one row a unit and one column a coder.",
    "agreement.cancelled": "Stopped before the end. Nothing was computed.",
    "file.not_written": "{path} could not be written: {reason}. Nothing was changed there.",
    "file.not_read": "{path} could not be read: {reason}.",
    "table.columns_missing": "The table has no column {missing}. Its columns are: {found}.",
    "table.unreadable": "Line {line} of the table cannot be read: {reason}.",
    "table.unknown": "There is no {kind} called {name}.",
    "table.ambiguous": "{count} {kind}s are called {name}. Use the id or the path instead.",
    "table.not_whole": "Start {start} and end {end} must be whole numbers.",
    "table.quote": "The quote “{quote}” is not what stands there: “{there}”.",
    "table.two_codes": "The rows of annotation {annotation} have different codes.",
    "log.altered": "Revision {revision} does not match its hash: it was altered or damaged.",
    "log.gap": "Revisions {first} to {last} of device {device} are missing.",
    "log.broken_link": "Revision {revision} does not continue the one before it on device {device}.",
    "log.forked": "Device {device} wrote number {seq} twice: this project was copied or restored. Both are kept.",
    "log.no_parent": "Revision {revision} follows one that is not here.",
    "text.altered": "The stored text or original {sha256} does not match its SHA-256.",
    "text.absent": "The text of document {document} is not here.",
    "annotation.orphan": "Annotation {annotation} quotes words that are not at its place.",
    "noun.dangling": "The {kind} {id} points at a {of} that is not here.",
    "table.differs": "The table of {kind} differs from the log: {missing} rows missing, {extra} too many or unequal.",
    "file.damaged": "SQLite reports damage: {report}",
}


class AnnotatorError(Exception):
    """An error a person can act on. `key` finds the words (and their translation), `values` fill them."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values

    def __str__(self) -> str:
        return WORDS[self.key].format(**self.values)


class Refused(AnnotatorError):
    """An edit that is not allowed, or not any more. Nothing was written."""


class Damaged(AnnotatorError):
    """A file or a package is not what it says it is."""
