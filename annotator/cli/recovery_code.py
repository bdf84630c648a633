"""annotator recovery-code"""

from argparse import Namespace

from annotator import protecting
from annotator.cli import terminal


def run(arguments: Namespace) -> int:
    """Prints the recovery code."""
    terminal.say(protecting.code_of(arguments.project))
    return 0
