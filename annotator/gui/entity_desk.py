"""What a supervisor does to the registry of entities, each act one step of undo."""

from collections import Counter
from collections.abc import Callable

from annotator import editing
from annotator.entities import Registry
from annotator.errors import AnnotatorError
from annotator.gui.messages import words_of
from annotator.gui.session import Session
from annotator.gui.theme import Theme
from annotator.model import Change, Entity


def open_entities(window, theme: Theme, session: Session) -> None:
    """The dialog of the registry. What is wanted in it is done at once."""
    from annotator.gui.dialogs.entities import EntitiesDialog

    project = session.project

    def now() -> tuple[Registry, Counter[str]]:
        registry = Registry(project.nouns("entity"))
        values = (str(value) for one in project.nouns("annotation") for value in set(map(str, one.attributes.values())))
        return registry, Counter(value for value in values if value in registry.by_id)

    def do(make: Callable[[], Change]) -> None:
        try:
            session.must_do(make())
        except AnnotatorError as error:
            dialog.show_problem((words_of(error), None))
        else:
            dialog.show_registry(*now())

    def entity(id: str) -> Entity:
        return project.noun("entity", id)

    dialog = EntitiesDialog(window, theme, *now())
    dialog.renamed.connect(lambda id, name: do(lambda: editing.rename_entity(project, entity(id), name)))
    dialog.alias_added.connect(lambda id, alias: do(lambda: editing.add_alias(project, entity(id), alias)))
    dialog.alias_removed.connect(lambda id, alias: do(lambda: editing.remove_alias(project, entity(id), alias)))
    dialog.merged.connect(lambda ids, into: do(lambda: editing.merge_entities(map(entity, ids), entity(into))))
    dialog.parted.connect(lambda id: do(lambda: editing.part_entity(entity(id))))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
