"""Web pages: the text of their blocks, one line a block. `blocks` serves the chapters of e-books too.

The only part left out by choice is what is not the statement: when a page marks exactly one `article`, or else one `main`,
that is read and the detail "part" says so; menus, scripts, forms and hidden parts are never read. No other guess is made.
"""

import re

from .decoding import decode, fits, wider
from .incoming import File, Incoming, incoming
from .untrusted import broken

NAME = "Web page"
EXTENSIONS = (".html", ".htm", ".xhtml")

DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|^\s*<\?xml[^>]{0,100}encoding=["']([\w-]+)""", re.I
)
BLANKS = re.compile("[ \t\n\r\f]+")
UNSEEN = "head script style noscript template nav button select option datalist textarea iframe object svg canvas rp rt"
LEFT_OUT = frozenset(UNSEEN.split())
ON_LINES_OF_THEIR_OWN = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu ol p pre section summary table tbody tfoot thead tr ul"
)
BLOCKS = frozenset(ON_LINES_OF_THEIR_OWN.split())
CELLS = frozenset(("td", "th"))


def read(file: File) -> list[Incoming]:
    """The one document in a web page. Raises Refused."""
    decoded = decode(file.name, file.data, file.encoding or _declared(file.data))
    root = parse(file, decoded.text)
    part = next((found[0] for name in ("article", "main") if len(found := root.findall(".//" + name)) == 1), root)
    details = {"part": part.tag} if part is not root else {}
    return [
        incoming(
            file,
            blocks(part),
            title=title(root, part),
            language=root.get("lang", ""),
            details=details,
            encoding=decoded.encoding,
            guessed=decoded.guessed,
            replaced=decoded.replaced,
        )
    ]


def read_chapter(file: File, data: bytes) -> str:
    """The text of one page among others of a file."""
    return blocks(parse(file, decode(file.name, data, _declared(data)).text)) if data.strip() else ""


def parse(file: File, page: str):
    """The root of a page, however badly it is written."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(page.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(file, error) from None
    if root is None or any("depth" in error.message for error in parser.error_log):
        raise broken(file, "nested too deep" if root is not None else "no HTML")
    return root


def blocks(root) -> str:
    """The text under an element: a line for each block and `br`, a tab before each further cell of a row."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

    page, skipped = _Page(), None
    page.add(root.text)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is root:
            continue
        if event == "start" and skipped is None:
            if element.tag in LEFT_OUT or element.get("hidden") is not None:
                skipped = element
            else:
                page.begin(element)
        elif event == "end" and skipped in (None, element):
            if skipped is None:
                page.end(element)
            skipped = None
            page.add(element.tail)
    return page.text()


def title(root, part) -> str:
    """The one heading of the first rank, or what the page says its title is."""
    headings = part.findall(".//h1")
    shared = root.find(".//meta[@property='og:title']")
    if len(headings) == 1:
        found = blocks(headings[0])
    else:
        found = shared.get("content", "") if shared is not None else root.findtext(".//title") or ""
    return " ".join(found.split())


class _Page:
    """The lines written so far, as a browser would break them."""

    def __init__(self):
        self._lines, self._words = list[str](), list[str]()
        self._kept = 0  # depth of `pre`, in which blanks stay
        self._row = 0  # the line at which the present row of a table begins

    def add(self, words: str | None) -> None:
        if words := (words or "") if self._kept else BLANKS.sub(" ", words or ""):
            self._words.append(words)

    def begin(self, element) -> None:
        name = element.tag
        if name in BLOCKS:
            if self._words[-1:] != ["\t"]:  # a cell that begins with a block goes on in its row
                self._break()
            self._row = len(self._lines) if name == "tr" else self._row
        elif name in CELLS and element.getprevious() is not None:
            self._next_cell()
        elif name == "br":
            self._break(always=True)
        elif name == "q":
            self._words.append("\u201c")
        self._kept += name == "pre"
        self.add(element.text)

    def end(self, element) -> None:
        self._words.append("\u201d" if element.tag == "q" else "")
        if element.tag in BLOCKS:
            self._break()
        self._kept -= element.tag == "pre"

    def text(self) -> str:
        self._break()
        return re.sub("\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _next_cell(self) -> None:
        if not "".join(self._words).strip(" ") and len(self._lines) > self._row:
            self._words = [self._lines.pop()]
        self._words.append("\t")

    def _break(self, *, always: bool = False) -> None:
        words = "".join(self._words)
        if not self._kept:
            words = re.sub(" *\t *", "\t", re.sub(" +", " ", words)).strip(" ")
        if always or words.strip(" \t"):
            self._lines += words.split("\n")
        self._words = []


def _declared(data: bytes) -> str:
    """The encoding that a page declares, if it is not UTF-8 in truth and its bytes fit; "" to find it out."""
    if fits(data, "utf-8") or not (found := DECLARED.search(data[:4096])):
        return ""
    name = wider((found[1] or found[2]).decode())
    return name if fits(data, name) else ""
