"""The words of the program for a translator: `python -m tests.translations de` writes resources/translations/annotator_de.ts,
and `--release` makes of every .ts there the .qm that the program loads. See resources/translations/README.md.

Qt's own tool finds `tr` and `translate`. What it cannot see (words in tables, and the short names that some modules give to
`translate`) is gathered here and shown to it as one more file.
"""

import argparse
import ast
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import annotator

HOME = Path(annotator.__file__).parent
FOLDER = HOME.parent / "resources" / "translations"
Word = tuple[str, str]  # context, source


def modules() -> list[Path]:
    return sorted(HOME.rglob("*.py"))


def short_names(tree: ast.Module) -> dict[str, str]:
    """Functions of a module that give a word to `translate`, or mark one for it: their name -> the context."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            for call in ast.walk(node.body[-1]):
                if isinstance(call, ast.Call) and called(call) in ("translate", "QT_TRANSLATE_NOOP") and call.args:
                    context = call.args[0]
                    passed = [arg.arg for arg in node.args.args]
                    given = call.args[1] if len(call.args) > 1 else None
                    if isinstance(context, ast.Constant) and isinstance(given, ast.Name) and given.id in passed:
                        found[node.name] = str(context.value)
    return found


def called(call: ast.Call) -> str:
    """The name of what is called, without what it is called on."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def by_short_names() -> Iterator[Word]:
    """The words given to such functions."""
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = short_names(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield names[call.func.id], first.value


def in_tables() -> Iterator[Word]:
    """The words that are kept in tables and translated where they are shown."""
    from PySide6.QtCore import QLocale

    from annotator.agreement.words import MEASURES, SHORT, VARIANTS
    from annotator.errors import CALLED, WORDS
    from annotator.gui.actions import ACTIONS, GROUPS, MENUS
    from annotator.gui.dialogs.fields import LANGUAGES

    yield from (("errors", words) for words in (*WORDS.values(), *(word for pair in CALLED.values() for word in pair)))
    yield from (("actions", words) for words in (*MENUS, *GROUPS, *(one.words for one in ACTIONS)))
    yield from (("agreement", name) for table in (MEASURES, SHORT, VARIANTS) for name in table.values() if name)
    yield from (("languages", QLocale.languageToString(QLocale(tag).language())) for tag in LANGUAGES.split())


def tool(name: str) -> str:
    return str(Path(sysconfig.get_path("scripts")) / name)


def extract(to: Path) -> None:
    """Brings a .ts file to the words of today; what is translated in it stays."""
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder) / "tables.py"
        lines = [f"QT_TRANSLATE_NOOP({context!r}, {words!r})\n" for context, words in [*in_tables(), *by_short_names()]]
        tables.write_text("".join(dict.fromkeys(lines)), encoding="utf-8")
        files = [str(path) for path in (*modules(), tables)]
        command = [tool("pyside6-lupdate"), "-silent", "-locations", "none", "-no-obsolete", *files, "-ts", str(to)]
        subprocess.run(command, check=True, capture_output=True)


def release() -> None:
    """Makes the files that the program loads."""
    for path in FOLDER.glob("*.ts"):
        subprocess.run([tool("pyside6-lrelease"), "-silent", str(path)], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="The words of the program for a translator.")
    parser.add_argument("language", nargs="?", help="as in de or pt_BR")
    parser.add_argument("--release", action="store_true", help="make the .qm files that the program loads")
    wanted = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    if wanted.language:
        extract(FOLDER / f"annotator_{wanted.language}.ts")
    if wanted.release:
        release()
    return 0


if __name__ == "__main__":
    sys.exit(main())
