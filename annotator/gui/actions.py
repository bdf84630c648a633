"""Every action of the window, once: menus, keys, the sheet of shortcuts and the hints are made from this table.

Bare letters belong to the codes, all of them; so a codebook may use any letter.
"""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. `run` names the method, from the window on; a row without one only tells of keys, those
    in `shown`. Keys of the scope "text" act while the text has the focus, those of "window" everywhere. `keys` are the
    defaults: what is in force, `keymap` says."""

    words: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    run: str = ""
    group: str = ""
    scope: str = "window"
    needs: str = ""  # "project", "document", "annotation", "supervisor"; "" is always there
    parted: bool = False  # a line above it in the menu
    on: str = ""  # of what is on or off: what says so, from the window on
    shown: str = ""
    extends: bool = False  # with Shift it selects
    fixed: bool = False  # its keys cannot be changed
    name: str = ""  # under which its keys are kept, if not under `run`

    @property
    def id(self) -> str:
        """Under which its keys are kept on this machine; "" for a row that only tells."""
        return self.name or self.run

    @property
    def heading(self) -> str:
        """The group in which the sheet of keys shows it."""
        return self.group or GROUP_OF.get(self.menu, "Document")


def _(words: str) -> str:
    """Marks words for translation; they are translated where they are shown."""
    return str(QT_TRANSLATE_NOOP("actions", words))


def _move(words: str, key: str, does: str) -> Action:
    """A move of the caret, which the text view does itself."""
    run = f"work.text.keyboard.{does}"
    return Action(words, "", (key,), run, "Move", "text", "document", extends=True)


MENUS = tuple(_(name) for name in ("File", "Edit", "View", "Annotation", "Codebook", "Agreement", "Help"))
MENU_KEYS = ("Alt+F", "Alt+E", "Alt+V", "Alt+A", "Alt+C", "Alt+G", "Alt+H")

ACTIONS = (
    # File
    Action(_("New project …"), "File", ("Ctrl+N",), "desk.new_project"),
    Action(_("Open a project …"), "File", ("Ctrl+O",), "desk.choose_project"),
    Action(
        _("Import documents …"),
        "File",
        ("Ctrl+I",),
        "desk.import_documents",
        "Document",
        needs="supervisor",
        parted=True,
    ),
    Action(_("Import annotations …"), "File", (), "desk.import_annotations", needs="supervisor"),
    Action(_("Hand out documents …"), "File", ("Ctrl+H",), "desk.hand_out", needs="supervisor"),
    Action(_("Hand out as a file …"), "File", ("Ctrl+Alt+O",), "desk.field.assign", needs="supervisor"),
    Action(_("Receive …"), "File", ("Ctrl+Shift+I",), "desk.field.receive", needs="supervisor"),
    Action(_("Received so far …"), "File", (), "desk.field.receipts", needs="supervisor"),
    Action(_("To decide …"), "File", ("Ctrl+Shift+E",), "desk.deciding.show", needs="project"),
    Action(_("People …"), "File", (), "desk.people", needs="supervisor"),
    Action(_("Progress …"), "File", (), "desk.progress.show", needs="project"),
    Action(_("Details of the document …"), "File", ("Ctrl+D",), "desk.details", needs="document", parted=True),
    Action(_("Memo on the document"), "File", ("Ctrl+Shift+T",), "work.memos.on_document", "Memo", needs="document"),
    Action(_("Memo on the project"), "File", ("Ctrl+Shift+P",), "work.memos.on_project", "Memo", needs="document"),
    Action(
        _("Mark as done, or reopen"),
        "File",
        ("Ctrl+Return",),
        "work.coding.toggle_done",
        "Document",
        needs="document",
    ),
    Action(
        _("Next waiting document"),
        "File",
        ("Ctrl+Shift+Return",),
        "work.rhythm.next_waiting",
        "Document",
        needs="project",
    ),
    Action(_("Hand in …"), "File", ("Ctrl+Shift+O",), "desk.field.hand_in", needs="project", parted=True),
    Action(_("Print …"), "File", ("Ctrl+P",), "desk.paper.print", "Document", needs="document", parted=True),
    Action(_("Save as PDF …"), "File", (), "desk.paper.save_pdf", needs="document"),
    Action(_("Save as web page …"), "File", (), "desk.paper.save_page", needs="document"),
    Action(_("Backups …"), "File", (), "desk.backing_up.show", needs="project", parted=True),
    Action(_("Purge the document …"), "File", (), "desk.purging.ask", needs="supervisor"),
    Action(_("Protect …"), "File", (), "desk.protecting.show", needs="project"),
    Action(_("Lock"), "File", ("Ctrl+Alt+L",), "locking.lock_now", "Document", needs="project"),
    Action(_("Who is working …"), "File", ("Ctrl+U",), "desk.switch_person", "Document", needs="project"),
    Action(_("Close the project"), "File", ("Ctrl+W",), "desk.close_project", needs="project"),
    Action(_("Quit"), "File", ("Ctrl+Q",), "close"),
    # Edit
    Action(_("Undo"), "Edit", ("Ctrl+Z",), "work.session.undo", "Annotation", needs="project"),
    Action(
        _("Redo"),
        "Edit",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "work.session.redo",
        "Annotation",
        needs="project",
    ),
    Action(_("Copy"), "Edit", ("Ctrl+C", "Ctrl+Ins"), "work.text.copy", "Select", "text", "document", True),
    Action(_("Copy with codes"), "Edit", ("Ctrl+Alt+C",), "work.copying.with_codes", "Select", "text", "document"),
    Action(_("Select all"), "", ("Ctrl+A",), "work.text.selectAll", "Select", "text", "document"),
    Action(
        _("Take the clause, then the sentence, then the paragraph"),
        "Edit",
        ("Ctrl+E",),
        "work.text.keyboard.take_more",
        "Select",
        "text",
        "document",
    ),
    Action(_("Take the next clause"), "Edit", (",",), "work.text.keyboard.take_clause", "Select", "text", "document"),
    Action(
        _("Exact characters, on or off"),
        "Edit",
        ("F8",),
        "work.text.keyboard.toggle_exact",
        "Select",
        "text",
        "document",
    ),
    Action(_("Let go"), "Edit", ("Esc",), "work.let_go", "Select", "text", "document", fixed=True),
    Action(_("Find in the text"), "Edit", ("Ctrl+F",), "work.open_find", "Move", needs="document", parted=True),
    Action(_("Find in all documents"), "Edit", ("Ctrl+Shift+F",), "work.finding.open", "Move", needs="project"),
    Action(_("Code the hits one by one"), "Edit", (), "work.finding.hits.begin", "Code", needs="project"),
    Action(_("Find the next"), "Edit", ("F3",), "work.find_next", "Move", needs="document"),
    Action(_("Find the one before"), "Edit", ("Shift+F3",), "work.find_previous", "Move", needs="document"),
    # View
    _move(_("A word to the left"), "Left", "word_left"),
    _move(_("A word to the right"), "Right", "word_right"),
    _move(_("To the clause before"), "Alt+Up", "clause_up"),
    _move(_("To the next clause"), "Alt+Down", "clause_down"),
    _move(_("A sentence to the left"), "Ctrl+Left", "sentence_left"),
    _move(_("A sentence to the right"), "Ctrl+Right", "sentence_right"),
    _move(_("A paragraph up"), "Ctrl+Up", "paragraph_up"),
    _move(_("A paragraph down"), "Ctrl+Down", "paragraph_down"),
    _move(_("A line up"), "Up", "line_up"),
    _move(_("A line down"), "Down", "line_down"),
    _move(_("A page up"), "PgUp", "page_up"),
    _move(_("A page down"), "PgDown", "page_down"),
    _move(_("To the start of the line"), "Home", "line_start"),
    _move(_("To the end of the line"), "End", "line_end"),
    _move(_("To the start of the text"), "Ctrl+Home", "text_start"),
    _move(_("To the end of the text"), "Ctrl+End", "text_end"),
    Action(_("Extend, with any of the moves"), group="Select", shown="Shift"),
    Action(_("Next annotation"), "View", ("Tab",), "work.coding.next_annotation", "Move", "text", "document"),
    Action(
        _("Annotation before"), "View", ("Shift+Tab",), "work.coding.previous_annotation", "Move", "text", "document"
    ),
    Action(_("Say what is here"), "View", ("F7",), "work.announcer.say_here", "Move", "text", "document"),
    Action(
        _("List of the annotations"),
        "View",
        ("Ctrl+Shift+A",),
        "work.annotations.toggle",
        "Annotation",
        needs="document",
    ),
    Action(_("Next sentence not coded yet"), "View", ("F5",), "work.rhythm.next_uncoded", "Move", needs="document"),
    Action(
        _("Sentence not coded before"), "View", ("Shift+F5",), "work.rhythm.previous_uncoded", "Move", needs="document"
    ),
    Action(_("Memos and bookmarks"), "View", ("Ctrl+Alt+M",), "work.memos.toggle", "Memo", needs="document"),
    Action(_("Next bookmark"), "View", ("F2",), "work.bookmarks.next", "Memo", needs="document"),
    Action(_("Bookmark before"), "View", ("Shift+F2",), "work.bookmarks.previous", "Memo", needs="document"),
    Action(
        _("History of the document"),
        "View",
        ("Ctrl+Alt+H",),
        "work.looking_back.toggle",
        "Document",
        needs="document",
    ),
    Action(_("Next document"), "View", ("Ctrl+PgDown",), "work.next_document", "Move", needs="project"),
    Action(_("Document before"), "View", ("Ctrl+PgUp",), "work.previous_document", "Move", needs="project"),
    Action(
        _("Text larger"),
        "View",
        ("Ctrl++", "Ctrl+="),
        "work.larger",
        "Document",
        needs="document",
        parted=True,
    ),
    Action(_("Text smaller"), "View", ("Ctrl+-",), "work.smaller", "Document", needs="document"),
    Action(_("Text as at first"), "View", ("Ctrl+0",), "work.normal_size", needs="document"),
    Action(_("Interface larger"), "View", (), "interface.larger"),
    Action(_("Interface smaller"), "View", (), "interface.smaller"),
    Action(_("Whose annotations are shown …"), "View", (), "work.ask_whom_to_show", needs="document"),
    Action(
        _("Quiet text, without tints"),
        "View",
        ("F9",),
        "looks.toggle_quiet",
        "Document",
        needs="document",
        on="looks.quiet",
    ),
    Action(_("Stripes by coder"), "View", (), "looks.toggle_by_coder", needs="document", on="looks.by_coder"),
    Action(_("Overview bar"), "View", (), "looks.toggle_overview", needs="document", on="looks.overview"),
    Action(_("Line numbers"), "View", (), "looks.toggle_line_numbers", needs="document", on="looks.line_numbers"),
    Action(_("Textures of codes"), "View", (), "looks.toggle_textures", on="looks.textures"),
    Action(
        _("All annotations on the line"),
        "View",
        ("F4",),
        "work.text.crowd.open_at_caret",
        "Move",
        "text",
        "document",
        parted=True,
    ),
    Action(_("Text only"), "View", ("F11",), "work.toggle_text_only", "Document", needs="project"),
    Action(_("Go to the next panel"), "View", ("F6",), "work.next_panel", "Document", needs="project"),
    Action(_("Light or dark"), "View", ("Ctrl+Shift+D",), "looks.toggle_dark", parted=True),
    Action(_("High contrast"), "View", ("Ctrl+Shift+H",), "looks.toggle_contrast", on="looks.high"),
    Action(_("Colours as the system has them"), "View", (), "looks.toggle_system", on="looks.as_system"),
    Action(_("Time on task …"), "View", (), "time.ask", needs="project", parted=True),
    # Annotation
    Action(_("Code with the key of a code"), group="Code", shown="A … Z"),
    Action(
        _("Choose from the palette"), "Annotation", ("Space",), "work.coding.open_palette", "Code", "text", "document"
    ),
    Action(_("Same code again"), "Annotation", (".",), "work.coding.repeat", "Code", "text", "document"),
    Action(
        _("Same code and attributes again"),
        "Annotation",
        ("Ctrl+.",),
        "work.coding.shape.again",
        "Code",
        "text",
        "document",
    ),
    Action(_("Give the annotation another code"), group="Code", shown="Shift+A … Z"),
    Action(
        _("Another code, from the palette"),
        "Annotation",
        ("Shift+Space",),
        "work.coding.open_recode",
        "Code",
        "text",
        "annotation",
    ),
    Action(
        _("Add the selection as a further span"),
        "Annotation",
        ("+",),
        "work.coding.shape.add_span",
        "Annotation",
        "text",
        "document",
    ),
    Action(
        _("Take out the span at the caret"),
        "Annotation",
        ("-",),
        "work.coding.shape.remove_span",
        "Annotation",
        "text",
        "annotation",
    ),
    Action(
        _("Split at the caret"),
        "Annotation",
        ("Ctrl+K",),
        "work.coding.shape.split",
        "Annotation",
        "text",
        "annotation",
    ),
    Action(
        _("Join with the next of its code"),
        "Annotation",
        ("Ctrl+J",),
        "work.coding.shape.join_next",
        "Annotation",
        "text",
        "annotation",
    ),
    Action(
        _("Join with the one before"),
        "Annotation",
        ("Ctrl+Shift+J",),
        "work.coding.shape.join_previous",
        "Annotation",
        "text",
        "annotation",
    ),
    Action(
        _("Copy code and attributes"),
        "Annotation",
        ("Ctrl+Shift+C",),
        "work.coding.shape.copy",
        "Annotation",
        "text",
        "annotation",
    ),
    Action(
        _("Give the copied code and attributes"),
        "Annotation",
        ("Ctrl+Shift+V",),
        "work.coding.shape.paste",
        "Annotation",
        "text",
        "document",
    ),
    Action(
        _("Move its end back by a word"),
        "Annotation",
        ("Alt+Left", "["),
        "work.coding.shape.end_back",
        "Annotation",
        "text",
        "document",
        parted=True,
    ),
    Action(
        _("Move its end on by a word"),
        "Annotation",
        ("Alt+Right", "]"),
        "work.coding.shape.end_on",
        "Annotation",
        "text",
        "document",
    ),
    Action(
        _("Move its start back by a word"),
        "Annotation",
        ("Alt+Shift+Left", "{"),
        "work.coding.shape.start_back",
        "Annotation",
        "text",
        "document",
    ),
    Action(
        _("Move its start on by a word"),
        "Annotation",
        ("Alt+Shift+Right", "}"),
        "work.coding.shape.start_on",
        "Annotation",
        "text",
        "document",
    ),
    Action(_("By a character instead, with Ctrl as well"), group="Annotation", shown="Ctrl+Alt"),
    Action(
        _("To its attributes"),
        "Annotation",
        ("Return",),
        "work.coding.fill_in",
        "Annotation",
        "text",
        "annotation",
        parted=True,
    ),
    Action(
        _("Actor and target as in the annotation before"),
        "Annotation",
        ("Ctrl+R",),
        "work.coding.fill.as_before",
        "Annotation",
        needs="annotation",
    ),
    Action(
        _("In a field: as in the annotation before"),
        "",
        ("Ctrl+Down",),
        "work.inspector.as_before",
        "Annotation",
        "field",
    ),
    Action(_("In a field: on to what is asked for"), group="Annotation", shown="Enter"),
    Action(_("In a field: back to the text"), group="Annotation", shown="Shift+Enter"),
    Action(_("Unsure"), "Annotation", ("1",), "work.coding.unsure", "Annotation", "text", "annotation"),
    Action(_("Fairly sure"), "Annotation", ("2",), "work.coding.fairly_sure", "Annotation", "text", "annotation"),
    Action(_("Sure"), "Annotation", ("3",), "work.coding.sure", "Annotation", "text", "annotation"),
    Action(_("Write a memo"), "Annotation", ("Ctrl+M",), "work.coding.write_memo", "Annotation", needs="annotation"),
    Action(_("Memo on the place"), "Annotation", ("Ctrl+Shift+M",), "work.memos.on_place", "Memo", needs="document"),
    Action(
        _("Set or clear a bookmark"),
        "Annotation",
        ("Ctrl+F2",),
        "work.bookmarks.toggle",
        "Memo",
        needs="document",
    ),
    Action(
        _("Retract"),
        "Annotation",
        ("Delete",),
        "work.coding.shape.retract",
        "Annotation",
        "text",
        "annotation",
        parted=True,
    ),
    # Codebook
    Action(_("Edit the codebook …"), "Codebook", ("Ctrl+B",), "desk.codebook.edit", needs="supervisor"),
    Action(_("Memo on the code"), "Codebook", ("Ctrl+Shift+K",), "work.memos.on_code", "Memo", needs="document"),
    Action(_("Entities …"), "Codebook", (), "desk.entities", needs="supervisor"),
    Action(_("Import a codebook …"), "Codebook", (), "desk.codebook.bring_in", needs="supervisor", parted=True),
    Action(_("Export the codebook …"), "Codebook", (), "desk.codebook.write_file", needs="project"),
    Action(_("Printable page …"), "Codebook", (), "desk.codebook.write_page", needs="project"),
    # Agreement
    Action(_("Lay coders side by side"), "Agreement", ("Ctrl+L",), "desk.compare", "Compare", needs="document"),
    Action(_("Agreement of the project …"), "Agreement", ("Ctrl+G",), "desk.agreement", "Compare", needs="project"),
    Action(_("Agreement of a table …"), "Agreement", ("Ctrl+Shift+G",), "desk.ratings", "Compare"),
    Action(_("Reveal a round to its coders …"), "Agreement", (), "desk.reveal", needs="supervisor", parted=True),
    Action(_("Next or previous difference"), group="Compare", shown="J K"),
    # Help
    Action(_("Help on what has the focus"), "Help", ("F1",), "show_help_here", "Document"),
    Action(_("Keyboard shortcuts"), "Help", ("?",), "show_keys", "Document", "text"),
    Action(_("Help, from its beginning"), "Help", (), "show_help"),
)

GROUPS = tuple(
    _(name)
    for name in ("Move", "Select", "Code", "Annotation", "Memo", "Document", "Compare", "Project", "View", "Codebook")
)
GROUP_OF = {  # menu -> the group on the sheet of those of its actions that name none
    "File": "Project",
    "Edit": "Document",
    "View": "View",
    "Annotation": "Annotation",
    "Codebook": "Codebook",
    "Agreement": "Compare",
    "Help": "View",
}
