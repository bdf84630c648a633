"""Imports point one way, and heavy things are loaded by nobody who does not need them."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator

HOME = Path(annotator.__file__).parent
HEAVY = ("scipy", "matplotlib", "pandas", "numpy", "lxml", "pypdfium2", "pydantic", "jinja2", "xlsxwriter", "alembic")
HEAVY += ("charset_normalizer", "sentencex", "python_calamine", "striprtf", "PySide6", "sqlalchemy")
BY_LAYER = (  # each may import what stands above it or beside it
    (
        "errors",
        "clock",
        "colours",
        "paths",
        "staging",
        "text",
        "spans",
        "settings",
        "screen",
        "crash",
        "apart",
        "portable",
        "locks",
        "secrecy",
    ),
    ("ciphered",),
    ("model",),
    ("revisions", "tables", "migrations", "search", "entities", "packages", "soundness", "values"),
    (
        "store",
        "storage",
        "checking",
        "rights",
        "rows",
        "past",
        "text_index",
        "door",
        "making",
        "union",
        "memos",
        "erasing",
    ),
    ("open_file",),
    ("project",),
    (
        "editing",
        "deciding",
        "drafts",
        "hit_coding",
        "codebook",
        "codebook_file",
        "codebook_page",
        "backups",
        "purging",
        "opening",
        "protecting",
    ),
    ("agreement", "interchange", "founding", "finding", "progress", "fieldwork", "rescue"),
    ("reporting",),
    ("sample",),
    ("gui",),
    ("cli",),
    ("__main__",),
)
LAYER = {name: number for number, names in enumerate(BY_LAYER) for name in names}
COMPUTING = (
    "coefficients",
    "chance",
    "intervals",
    "sums",
    "comparison",
    "unitizing",
    "gamma",
    "pooled",
    "spans",
    "boundaries",
    "control",
    "live",
    "seriation",
    "worst",
)  # of agreement: numpy, and nothing of ours
OF_AGREEMENT = ("annotator.agreement", "annotator.text", "annotator.errors")


def modules() -> list[Path]:
    return sorted(HOME.rglob("*.py"))


def named(path: Path) -> str:
    """The module in a file: annotator.agreement.units."""
    parts = path.relative_to(HOME.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, everywhere: bool) -> Iterator[tuple[str, int]]:
    """(module, line) of what a file imports: at its top level or, with `everywhere`, in functions as well. Imports for
    type checkers only do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    in_functions = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    package = named(path) if path.name == "__init__.py" else named(path).rpartition(".")[0]
    for node in ast.walk(tree):
        if id(node) in for_types or (id(node) in in_functions and not everywhere):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            yield base, node.lineno
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def layer_of(module: str) -> str:
    """The first name inside the package; "" for what is not ours, or the package itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == "annotator" and len(parts) > 1 and parts[1] in LAYER else ""


def test_every_module_has_its_place():
    names = {path.stem if path.parent == HOME else path.relative_to(HOME).parts[0] for path in modules()} - {"__init__"}
    assert names == set(LAYER)


def test_imports_point_one_way():
    wrong = [
        f"{path.name}:{line} imports {module}"
        for path in modules()
        for module, line in imports(path, everywhere=True)
        if LAYER.get(layer_of(module), 0) > LAYER.get(layer_of(named(path)), 0)
    ]
    assert wrong == []


def test_the_window_is_imported_by_the_command_line_only_and_inside_a_function():
    outside = [path for path in modules() if layer_of(named(path)) != "gui"]
    at_top = [named(path) for path in outside for module, _ in imports(path, everywhere=False) if is_gui(module)]
    within = {
        layer_of(named(path)) for path in outside for module, _ in imports(path, everywhere=True) if is_gui(module)
    }
    assert at_top == []
    assert within == {"cli", "screen"}


def is_gui(module: str) -> bool:
    return layer_of(module) == "gui" or module.startswith("PySide6")


def test_what_computes_agreement_knows_nothing_of_ours():
    wrong = [
        f"{name}.py:{line} imports {module}"
        for name in COMPUTING
        for module, line in imports(HOME / "agreement" / f"{name}.py", everywhere=True)
        if module.startswith("annotator.") and not module.startswith(OF_AGREEMENT)
    ]
    assert wrong == []


def loaded_after(words: str) -> set[str]:
    """The outermost modules that a fresh interpreter has loaded after some words of Python."""
    code = f"{words}\nimport sys\nprint(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    environment = os.environ | {"PYTHONPATH": str(HOME.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.split())


def test_nothing_outside_the_window_loads_qt():
    by_alembic = ("annotator.migrations.env", "annotator.migrations.versions")
    names = [named(path) for path in modules() if layer_of(named(path)) not in ("gui", "__main__")]
    names = [name for name in names if not name.startswith(by_alembic)]
    found = loaded_after(f"import importlib\nfor name in {names!r}: importlib.import_module(name)")
    assert "annotator" in found
    assert not found & {"PySide6", "shiboken6"}


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("import annotator.cli", ()),
        ("import annotator.cli.history, annotator.cli.check, annotator.cli.window", ("sqlalchemy",)),
        ("import annotator.cli.bring_documents", ("sqlalchemy",)),
        ("import annotator.cli.bring_annotations, annotator.cli.export, annotator.cli.book", ("sqlalchemy",)),
        ("import annotator.cli.agreement", ("sqlalchemy",)),
    ],
)
def test_heavy_things_wait_until_they_are_needed(words, needed):
    assert loaded_after(words) & set(HEAVY) <= set(needed)


def test_the_window_starts_without_what_only_some_work_needs():
    found = loaded_after("import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\nimport annotator.gui.app")
    assert not found & {
        "scipy",
        "matplotlib",
        "pandas",
        "lxml",
        "pypdfium2",
        "xlsxwriter",
        "python_calamine",
        "pydantic",
    }
