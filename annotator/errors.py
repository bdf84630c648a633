"""What the core will not do, as a key to look words up by and the values that go into them."""

from collections.abc import Callable
from typing import Any

WORDS = {
    "text.encoding_unknown": "The encoding of this file could not be told. Choose one.",
    "text.not_in_encoding": "This file is not {encoding}: byte {position} does not fit. Choose another encoding.",
    "text.inside_character": "UTF-16 position {position} lies inside a character.",
    "body.not_unicode": "The words hold half a character (a lone surrogate) and cannot be stored. Take it out.",
    "project.in_use": "{path} is open in another window or program on this machine. Close it there first.",
    "project.exists": "{path} exists already. Choose another name.",
    "project.missing": "There is no project at {path}. See whether it was moved, or make one with annotator new.",
    "project.not_a_project": "{path} is not an Annotator project. Choose a file that ends in .annotator.",
    "project.read_only": "This project is open for reading only. Open it for writing to change it.",
    "portable.locked": "{path} cannot be written to, so that nothing of this run is remembered. Lift the write protection "
    "of the stick, or copy the program to a disk.",
    "project.locked": "{path} is encrypted, and its passphrase was not given yet. Give it, or the recovery code.",
    "secret.wrong_passphrase": "This is not the passphrase of {path}. Look at Caps Lock and the keyboard, or use the recovery "
    "code.",
    "secret.short": "A passphrase needs {least} characters at least. Four words that have nothing to do with one another are "
    "good.",
    "secret.not_repeated": "These are two different passphrases. Type the same one twice.",
    "secret.no_key_file": "The key file of {path} is missing. Put {keys} beside it again, or use the recovery code.",
    "secret.broken_keys": "{path} is no key file, or damaged. Take the one among the backups, or use the recovery code.",
    "secret.broken_lock": "The key file is damaged. Take the one among the backups, or use the recovery code.",
    "secret.code_length": "A recovery code has {wanted} letters and digits, and this has {count}. Compare it with the paper.",
    "secret.code_slip": "There is a slip in this recovery code. Compare it with the paper, group by group.",
    "secret.other_code": "This recovery code is of another project, or from before {path} got a new key.",
    "secret.no_device": "{path} was not encrypted for a key of this machine. Use the passphrase or the recovery code.",
    "secret.not_encrypted": "{path} is not encrypted. Encrypt it with annotator encrypt.",
    "secret.encrypted_already": "{path} is encrypted already. Change its passphrase, or give it a new key.",
    "secret.not_installed": "What reads encrypted projects is not installed here. Install it with: pip install "
    "'annotator[encrypted]'.",
    "secret.no_terminal": "A passphrase is needed, and there is no terminal to ask for it. Name a file with it in "
    "ANNOTATOR_PASSPHRASE_FILE, or use --passphrase-fd.",
    "secret.not_turned": "{path} could not be written anew: {reason}. It is as it was.",
    "secret.no_device_known": "No key of {who} is known here yet. Seal it with a passphrase, or take in a package of theirs "
    "first.",
    "package.locked": "{name} is sealed. Give its passphrase.",
    "package.wrong_passphrase": "This is not the passphrase of {name}. Look at Caps Lock, or ask its sender.",
    "package.sealed_for_others": "{name} is sealed for the key of another machine. Open it there, or ask for it with a "
    "passphrase.",
    "coder.unknown": "Nobody called {actor} is in this project. There are: {known}. Say who you are with --as NAME.",
    "coder.exists": "{name} is in this project already. Choose another name.",
    "coder.last_supervisor": "{name} is the only supervisor, and a project needs one. Make somebody else a "
    "supervisor first.",
    "coder.oneself": "You cannot take yourself out of the project. Another supervisor can.",
    "name.empty": "The {kind} needs a name.",
    "find.pattern": "{pattern} is no regular expression: {reason}. Mend it, or switch regular expressions off.",
    "find.too_slow": "{pattern} takes longer than {seconds} seconds on one document. Make it simpler: avoid a repetition "
    "within a repetition.",
    "find.nothing_asked": "Say what to find: words, or a code, a coder, an attribute, a memo or a certainty.",
    "find.nothing_to_code": "None of these places can be coded by you: they are coded so already, or their documents are "
    "done or not handed out to you.",
    "change.empty": "There is nothing to change.",
    "change.as_then": "Your annotations are what they were then. Nothing was changed.",
    "memo.empty": "A memo needs words.",
    "change.changed_since": "This {kind} was changed by {by} at {at}, after your step. Your step was left as it is.",
    "change.contested": "This {kind} was changed in two places. Decide between the two first.",
    "change.not_contested": "This {kind} is not contested. Change it as any other.",
    "right.not_yours": "This {kind} belongs to {owner}. Only they may change it.",
    "right.supervisor_only": "Only a supervisor may change {kinds}.",
    "right.purged": "A purge is never taken back.",
    "document.purged": "This document was purged from the project, and cannot be brought in or coded again.",
    "purge.in_use": "{path} is open for reading somewhere, so that the last traces could not be wiped out yet. Close it there; "
    "it happens at the next opening.",
    "purge.backup_left": "{path} still holds the purged words, and could be neither changed nor deleted: {reason}. Delete it.",
    "purge.text_here": "Words of a purged document are in the file. Open the project for writing once more.",
    "right.frozen": "Published codebook versions are never altered. Publish a new one.",
    "right.done": "This document is marked done in this round. Reopen it to change annotations.",
    "noun.in_use": "The {kind} {name} is still used by {count} {users}. Change or retract what uses it first.",
    "noun.missing": "There is no such {kind} here (any more). Look at the project anew.",
    "span.outside": "Span {start} to {end} is not inside the document, which has {length} characters.",
    "span.overlap": "The spans of one annotation may not overlap. Join them, or make two annotations.",
    "span.none": "Select some words first.",
    "span.text_ends": "The edge can go no further: there are no more words.",
    "span.nothing_left": "The edge can go no further: nothing would be left. Move the other edge, or retract the "
    "annotation.",
    "annotation.exists": "These words have the code {name} from this coder already. Choose other words or another "
    "code.",
    "annotation.no_split": "There is nothing to split here. Put the caret between two words of the annotation.",
    "annotation.join_two": "Choose at least two annotations to join.",
    "annotation.join_none": "You have no other annotation of {name} there to join this one with.",
    "annotation.none_before": "There is no annotation before this one. Code something first.",
    "annotation.none_selected": "Nothing is selected. Select the words that the annotation is to cover as well.",
    "annotation.none_copied": "Nothing was copied yet. Copy the code and attributes of an annotation with "
    "Ctrl+Shift+C first.",
    "annotation.join_apart": "Only annotations of one person in one document can be joined.",
    "annotation.join_codes": "Only annotations of one code can be joined, not of {names}. Give them one code first.",
    "annotation.join_attributes": "These annotations say different things of {attribute}. Make them agree first, then "
    "join them.",
    "span.not_here": "No span of the annotation is here. Put the caret into the one to take out.",
    "span.only": "This is the only span of the annotation. Retract the annotation instead.",
    "entity.exists": "{name} is in the registry already. Merge the two instead.",
    "entity.first_name": "{alias} is the name under which {name} was first put in. It stays, so that it is found.",
    "code.retired": "The code {name} is retired. Choose another.",
    "code.is_family": "{name} is a family of codes. Choose a code in it.",
    "attribute.no_choice": "{value} is not one of the choices of {attribute}: {choices}.",
    "attribute.not_a_number": "{attribute} takes a number, not {value}.",
    "certainty.outside": "Certainty goes from 0 to 1, not {value}.",
    "attribute.unknown": "The code {name} has no attribute {attribute}. Leave it out, or add it to the codebook.",
    "code.unknown": "No code is called {words}. The nearest: {near}.",
    "code.ambiguous": "{words} may be more than one code: {near}. Name it with its family.",
    "codebook.unreadable": "{path} cannot be read: {reason}.",
    "codebook.not_written": "{path} cannot be written: {reason}. Choose another place.",
    "codebook.too_large": "{path} is too large for a codebook: {size} MB, where {most} are allowed. Choose another "
    "file.",
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
    "codebook.colour": "{path}, {place}: {found} is not a colour for light and one for dark. Write two, such as "
    "#1c6dd0.",
    "codebook.choices": "{path}, {place}: the choices do not fit the type {type}. Scales take whole numbers, one of "
    "and "
    "several of take words, each once, with as many labels or none; other types take no choices.",
    "codebook.unknown_attribute": "{path}, {place}: no attribute is called {name}. Use one of these, or add it: "
    "{known}.",
    "codebook.required": "{path}, {place}: {name} is required, but not among the attributes. Add it there.",
    "codebook.unknown_code": '{path}, {place}: "{field}" names {name}, which is no single code here. The nearest: '
    "{near}.",
    "codebook.two_parents": '{path}, {place}: this code lies in a family and names a "parent" as well. Take one out.',
    "codebook.cycle": "{path}: these codes lie inside one another in a ring: {ring}. Give one of them another parent.",
    "codebook.merge_cycle": "{path}: these codes are merged into one another in a ring: {ring}. Take one merge out.",
    "codebook.name_taken": "The codebook of this project has another code {name} already. Rename one of the two.",
    "codebook.key_taken": "{name} has the key {letter}, which {other} of this project has already. Give one of them "
    "another.",
    "project.is_folder": "{path} is a folder. Choose a file in it that ends in .annotator.",
    "project.unfolded": "{path} was not closed properly, and nothing can be written beside it. Copy it together with "
    "{wal} to a folder that you may write to, and open it there.",
    "project.not_writable": "{path} may only be read. Lift the write protection, or copy it.",
    "project.not_made": "{path} could not be made: {reason}. Choose a folder that is there and that you may write to.",
    "project.leftover": "{wal} is left over from another project of this name. Move it away first, or choose another "
    "name.",
    "project.lock_taken": "{path} is in the way: it is no lock of ours. Move it away, and open the project again.",
    "project.behind": "{path} lacks steps that this machine wrote in this project before. It may be an old copy, or one "
    "that was made without the file beside it that ends in -wal. Look for the other copy; what you do here can be brought "
    "together with it later.",
    "backup.number": "There is no backup number {number}. annotator backups lists them.",
    "rescue.nothing": "Nothing of a project could be read in {path}, nor in backups beside it.",
    "backup.failed": "No copy could be made at {path}: {reason}. Choose another place.",
    "project.newer": "{path} was written by a newer Annotator. Update the program; the file was left as it is.",
    "project.folder": "{path} cannot be written: {reason}. Make room there, or copy the project to a folder that you may write "
    "to.",
    "project.no_locks": "{path} lies on a disk that cannot keep two programs from writing at once. Copy the project to a disk "
    "of this machine.",
    "project.no_backup": "{path} is from an older version and must be backed up first, but {reason}. Make room or "
    "move it; nothing was changed.",
    "project.damaged": "{path} cannot be read: {reason}. Go back to a backup, or see what annotator check says.",
    "disk.busy": "Another program is writing to {path}. This step was not saved; do it again.",
    "disk.full": "The disk is full on which {path} lies. This step was not saved; make room and do it again.",
    "disk.gone": "{path} is not at its place any more: it was moved or deleted, or its disk was taken out. This step was not "
    "saved. Put it back, and do it again.",
    "disk.read_only": "{path} may only be read now: it, its folder or its disk was write-protected. This step was not saved. "
    "Lift the protection, and do it again.",
    "disk.other_copy": "{path} is another file now than the one that was opened, and lacks what was saved last. This step was "
    "not saved. Put the right file back, or close the project and open it again.",
    "disk.failed": "{path} could not be written: {reason}. This step was not saved. Do it again; if that fails too, copy the "
    "project to another disk.",
    "disk.unreadable": "{path} cannot be read: its disk fails, or was taken out. Put it back, and try again.",
    "agreement.supervisor_only": "Only a supervisor lays coders side by side while a round is blind.",
    "agreement.unknown": "There is no {kind} called {name}. The nearest: {near}.",
    "agreement.one_coder": "Choose at least two coders to compare.",
    "agreement.too_few": "Fewer than two coders have finished a document, so there is nothing to compare ({reason}). "
    "Mark what is finished as done, or include what is in progress.",
    "agreement.nothing_shared": "No document was finished by two of these coders ({reason}). "
    "Mark what is finished as done, or include what is in progress.",
    "agreement.no_codes": "There are no codes to compare: none of these can be given to text. Choose codes, or "
    "families "
    "that hold some.",
    "agreement.senseless": "{measure} does not fit the unit {unit}. {advice}",
    "agreement.level": "{level} needs numbers, but {value} in line {line}, column {column}, is none. Choose the level "
    "nominal, or correct it.",
    "agreement.not_ratings": "{path} is not a table of ratings: {reason}. Give one row a unit and one column a coder.",
    "agreement.cancelled": "Stopped before the end. Nothing was computed.",
    "project.ending": "{path} does not end in .annotator. Call the project {better}.",
    "name.unknown": "There is no {kind} called {name}. There are: {known}.",
    "name.ambiguous": "{count} {kinds} are called {name}. Name the one you mean by its id: {ids}.",
    "ratings.no_rows": "{name} is no table of ratings: it needs a line of names and a row under it. Choose or copy another.",
    "ratings.too_long": "Line {line} of {name} has {count} cells, but only {wanted} columns have a name. Put that line right.",
    "ratings.twice": "Two columns of {name} are called {column}. Give each a name of its own.",
    "ratings.few_coders": "Tick at least two columns of coders.",
    "ratings.no_values": "All cells of {columns} are empty or read as missing. Choose other columns.",
    "ratings.empty": "{count} of {total} cells are empty: there the coder did not rate.",
    "ratings.read_as_missing": "“{word}” stands in {count} cells and is read as missing.",
    "ratings.read_as_value": "“{word}” stands in {count} cells and is counted as a value. Tick it if it means missing.",
    "ratings.alone": "{count} rows are rated by fewer than two coders: no pair of ratings can be compared there.",
    "ratings.short": "{count} rows are shorter than the line of names; what lacks is missing.",
    "ratings.like_names": "{column} has another value in nearly every row. Untick it if it names the units.",
    "ratings.spelling": "“{one}” and “{two}” are two values. If they mean one, make them alike in the table.",
    "ratings.names": "The first line was read as names: {names}. If it holds ratings, put a line of names above it.",
    "report.not_a_folder": "{path} is a file. A report is a folder: name another place.",
    "report.not_ours": "{path} is there already, and is no report of this program. Name a new folder.",
    "report.more": "{path} holds a report, and {name}, which is none of its files. Take that out, or name a new folder.",
    "report.changed": "{name} in {path} was changed since the report was made. Keep it, and name a new folder.",
    "export.not_empty": "{path} is there already and not empty. Name a new folder.",
    "export.which_document": "A page is of one document, and there are {count}. Say which with --document.",
    "export.not_a_page": "What --document, --coders and --round choose is for html and pdf; {format} holds everything. "
    "Leave them out.",
    "export.not_redacted": "{format} is nothing without the words of the documents. With --redacted choose a file that ends in "
    ".csv or .xlsx.",
    "export.pdf": "The PDF could not be made: {reason}.",
    "export.too_many_rows": "A sheet of Excel holds {most} rows, and there are more. Export to a file that ends in "
    ".csv.",
    "export.ending": "The ending of {path} does not say what to write. Use one of these, or --format: {known}.",
    "screen.none": "There is no display here to open a window on. The other verbs work without one: see annotator "
    "--help.",
    "screen.libraries": "The window needs system libraries that are not here ({library}). On Debian or Ubuntu: sudo "
    "apt-get "
    "install {debian}. On Fedora: sudo dnf install {fedora}.",
    "demo.other": "{path} is not the sample project. Name another folder: annotator demo DIR.",
    "demo.picture": "The picture of the window could not be made: {reason}.",
    "file.not_written": "{path} could not be written: {reason}. Nothing was changed there.",
    "file.not_read": "{path} could not be read: {reason}. See whether you may read it.",
    "table.columns_missing": "The table has no column {missing}. Its columns are: {found}.",
    "table.unreadable": "Line {line} of the table cannot be read: {reason}.",
    "table.row": "{path}, line {line}: {reason}",
    "table.unknown": "There is no {kind} called {name}. Correct the name, or add it first.",
    "table.ambiguous": "{count} {kinds} are called {name}. Use the id or the path instead.",
    "table.columns_doubled": "The table has the column {doubled} twice. Take one out.",
    "table.not_csv": "This table is a workbook of an office program. Save it as CSV in UTF-8 and bring that in.",
    "table.several_rounds": "The table holds codings of several rounds ({rounds}). Bring them in one by one, each into "
    "its own round.",
    "table.too_many_cells": "There are more cells than columns: “{cells}”. Put quotation marks around cells with commas.",
    "table.state": "The state “{state}” is none. Write done or in progress, or nothing.",
    "table.two_values": "The rows of annotation {annotation} say different things of it. Say them once.",
    "table.other_values": "These words have the code {code} from this coder already, with other attributes, certainty or "
    "memo. An import changes nothing that is there; change it in the window.",
    "table.not_whole": "Start {start} and end {end} must be whole numbers.",
    "table.quote": "The quote “{quote}” is not what stands there: “{there}”.",
    "table.two_codes": "The rows of annotation {annotation} have different codes. Give each its own word under "
    "annotation.",
    "log.altered": "A change that {who} made at {at} (“{label}”) was altered or damaged afterwards. Go back to a "
    "backup. (Revision {revision}.)",
    "log.gap": "Changes {first} to {last} that {who} made on one machine are missing. Go back to a backup. (Device "
    "{device}.)",
    "log.broken_link": "A change that {who} made at {at} (“{label}”) does not continue the one before it: one of "
    "them was replaced. Go back to a backup. (Revision {revision}.)",
    "log.forked": "{who} wrote two different changes number {seq} on one machine: this project was copied or "
    "restored and both copies were used. Both are kept; nothing need be done. (Device {device}.)",
    "log.no_parent": "A change that {who} made at {at} (“{label}”) follows one that is not here. Go back to a "
    "backup. (Revision {revision}.)",
    "original.absent": "The file that “{title}” was imported from is no longer kept here. Its text is whole; go back "
    "to a backup to have it.",
    "log.unreadable": "A change that {who} made at {at} (“{label}”) cannot be understood. Go back to a backup. "
    "(Revision {revision}.)",
    "check.more": "And {count} more of the same kind.",
    "text.altered": "A stored text or file was altered or damaged: {used}. Go back to a backup. (SHA-256 {sha256}.)",
    "text.absent": "The text of the document “{title}” is not in this file. Go back to a backup.",
    "annotation.orphan": "An annotation by {who} in “{title}” quotes “{quote}”, which is not at its place. It counts "
    "nowhere; code the words anew and retract it.",
    "noun.dangling": "The {of} that the {kind} “{name}” names is not here. Go back to a backup. ({id})",
    "table.differs": "The {kinds} as shown differ from the log (missing: {missing}; too many or unequal: {extra}). "
    "Go back to a backup.",
    "index.wrong": "The index that finding uses does not fit the texts. Nothing is lost: it is not used, and is made anew by "
    "the next search in the window, or by annotator check --rebuild.",
    "import.annotations": "{filename} is a table of annotations. Bring it in with “Import annotations” instead.",
    "import.missing": "There is no file at {path}.",
    "import.not_a_file": "{path} is a folder that cannot be listed, or a device: it cannot be read as a document.",
    "import.unreadable": "{filename} cannot be read: {reason}.",
    "import.empty": "{filename} is empty: it has no bytes.",
    "import.no_text": "{filename} holds no text.",
    "import.too_large": "{filename} has {size} MB; the most that is read is {most} MB. Split it into smaller files.",
    "import.unpacks_too_large": "{filename} would unpack to {size} MB, far more than a document holds. It was not "
    "opened.",
    "import.not_text": "{filename} is not text: {share} % of it are control characters.",
    "import.unknown_format": "{filename} is of a kind that cannot be read. These can: {known}.",
    "import.old_office": "{filename} is from an old Word or Excel, or has a password. Save it as .docx or .xlsx "
    "without one.",
    "import.password": "{filename} is locked by a password. Save it without one and import that.",
    "import.broken": "{filename} is damaged or not what its name says ({reason}). Save it anew where it was made.",
    "import.pdf_no_text": "{filename} has {pages} pages and no text, only pictures. Run text recognition (OCR) first.",
    "import.pdf_pages_without_text": "{count} of {pages} pages of {filename} have no text. Are they pictures?",
    "import.guessed": "The encoding of {filename} was guessed: {encoding}. See whether it reads right, or choose "
    "another.",
    "import.replaced": "{count} characters of {filename} could not be read or kept and were replaced by \ufffd.",
    "import.no_such_encoding": "There is no encoding called {encoding}.",
    "import.no_column": "{filename} has no column {column}. It has: {known}.",
    "import.no_sheet": "{filename} has no sheet {sheet}. It has: {known}.",
    "import.rows_without_text": "{count} rows of {filename} have no text and were left out.",
    "import.cell_cut": "Row {row} of {filename} has {most} characters, the most an Excel cell holds: its end may be "
    "missing.",
    "import.sheet_too_large": "A sheet of {filename} reaches over {cells} cells; at most {most} are read.",
    "import.nothing_new": "Nothing was imported: the texts of all {count} documents are here already.",
    "contested.unknown": "Nothing that is contested has the id {object}. See annotator contested.",
    "contested.no_side": "There are {count} sides. Say which one holds by its number.",
    "contested.not_both": "Only two versions of an annotation can both be kept, not of a {kind} or what was taken back. Choose "
    "one side.",
    "orphan.unknown": "There is no orphan with the id {annotation}. See annotator orphans.",
    "orphan.no_place": "There are {count} places for it. Say which one by its number, as annotator orphans lists them.",
    "orphan.other_words": "The words “{quote}” do not stand there. Choose a place where they do.",
    "package.foreign": "{name} is of another project. Nothing was taken from it; receive it in its own.",
    "package.altered": "{name} was altered or damaged on its way. Nothing was taken from it; ask for it anew.",
    "package.newer": "{name} was written by a newer Annotator. Update the program; nothing was taken from it.",
    "package.unsound": "{name} holds a {kind} that cannot be understood. Nothing was taken from it; ask for it anew. "
    "(Revision {revision}.)",
    "package.two_bodies": "{name} holds a step that is here with other contents: one of the two was forged or damaged. "
    "Nothing was taken from it. (Revision {revision}.)",
    "package.not_yours": "This package is of {owner}. Only a supervisor receives the work of others.",
    "package.missing": "There is no package at {path}.",
    "package.not_a_package": "{name} is no package of Annotator. Choose a file that ends in .assignment or .coded.",
    "package.no_assignment": "{name} is work that comes back, not an assignment. Take it in with annotator receive.",
    "package.cut": "{name} is cut short: its end is missing. Nothing was taken from it; copy it again.",
    "package.not_signed": "{name} is not signed as it should be: it was altered after it was made, or made by something "
    "else. Nothing was taken from it; ask for it anew.",
    "package.too_large": "{name} would unpack to {size} MB, far more than work does. It was not opened.",
    "package.other_key": "{name} is signed by {who} with another key than before. Nothing was taken from it. Ask {who} to "
    "read you the words of the key: if they are {words}, take it in with --trust {words}.",
    "package.new_key": "{name}: the key of {who} is seen here for the first time, and from now on expected. Its words are "
    "{words}.",
    "package.other_text": "{name}: the text of “{title}” was another one there. What does not fit is told as an orphan.",
    "package.for_another": "{name} is for {who}, and {path} is the project of somebody else. Choose another place.",
    "package.no_documents": "{name} has no documents in the round {round}. Say which with --documents.",
    "package.nothing_made": "{name} has done nothing yet in this project, so there is nothing to hand in.",
    "package.ending": "{path} does not end as it should. Call the file {better}.",
    "package.no_key": "The key of this machine cannot be kept at {path}: {reason}. Make that folder writable.",
    "package.purged": "{count} steps in {name} are on a document that was purged here. They were taken in without words; "
    "delete the file, which still has them.",
    "package.stopped": "Stopped before the end. Nothing was written.",
    "package.cancelled": "Stopped before the end. Nothing was taken in.",
    "barred.stranger": "A step on the {kind} “{name}” came from somebody who is not in this project ({at}, “{label}”). It "
    "counts nowhere.",
    "barred.not_yours": "{who} altered the {kind} “{name}”, which is another's ({at}, “{label}”). It counts nowhere.",
    "barred.supervisor_only": "{who} altered the {kind} “{name}”, which only a supervisor may ({at}, “{label}”). It counts "
    "nowhere.",
    "barred.frozen": "{who} altered the published {kind} “{name}” ({at}, “{label}”). It counts nowhere.",
    "barred.other_kind": "{who} made the {kind} “{name}” under the id of something else ({at}, “{label}”). It counts "
    "nowhere.",
    "file.damaged": "The project file is damaged ({report}). Go back to a backup.",
}


CALLED = {  # of nouns: what a person calls one, and several
    "project": ("project", "projects"),
    "document": ("document", "documents"),
    "attribute": ("attribute", "attributes"),
    "code": ("code", "codes"),
    "codebook_version": ("codebook version", "codebook versions"),
    "coder": ("coder", "coders"),
    "round": ("round", "rounds"),
    "assignment": ("assignment", "assignments"),
    "annotation": ("annotation", "annotations"),
    "entity": ("entity", "entities"),
    "memo": ("memo", "memos"),
    "sitting": ("sitting", "sittings"),
    "purge": ("purge", "purges"),
}


class AnnotatorError(Exception):
    """An error a person can act on. `key` finds the words (and their translation), `values` fill them."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values

    def __str__(self) -> str:
        return self.in_words()

    def in_words(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, in another language if `translate` knows it."""
        return translate(WORDS[self.key]).format(**_spoken(self.values, translate))


def _spoken(values: dict[str, Any], translate: Callable[[str], str]) -> dict[str, Any]:
    """The values with kinds of nouns as a person calls them: `kind` and `of` one, `kinds` several, `users` as many as
    `count` says."""

    def called(kind: str, *, many: bool) -> str:
        return translate(CALLED.get(kind, (kind, f"{kind}s"))[many])

    said = values | {name: called(values[name], many=False) for name in ("kind", "of") if name in values}
    if "kind" in values:
        said["kinds"] = called(values["kind"], many=True)
    if "users" in values:
        said["users"] = called(values["users"], many=values["count"] != 1)
    return said


class Refused(AnnotatorError):
    """An edit that is not allowed, or not any more. Nothing was written."""


class Damaged(AnnotatorError):
    """A file or a package is not what it says it is."""
