"""annotator new"""

from argparse import Namespace

from annotator import codebook, founding, settings
from annotator.cli import asking, terminal
from annotator.cli.desk import acting


def run(arguments: Namespace) -> int:
    """Makes a project file."""
    founding.must_be_free(arguments.project)
    book = None
    if not arguments.no_codebook:
        book = codebook.read(arguments.codebook) if arguments.codebook else founding.shipped_codebook()
    name, person = arguments.name or arguments.project.stem, acting(arguments)
    device = settings.load().device(person)
    codes = sum(code.codable for code in book.codes) if book else 0
    with asking.secret_for_new(arguments, wanted=arguments.encrypt) as secret:
        founding.found(arguments.project, name=name, supervisor=person, device=device, book=book, secret=secret)
        terminal.say(
            f"{arguments.project} is made: “{name}”, {terminal.count(codes, 'code')}, {person} as its supervisor."
        )
    return 0
