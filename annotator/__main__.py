"""`python -m annotator` is the command `annotator`; the frozen program begins here as well."""

import sys

from annotator import apart


def main() -> int:
    """Runs what the command line asks for."""
    code = apart.ran(sys.argv[1:])
    if code is not None:
        return code
    from annotator.cli import main as command

    return command()


if __name__ == "__main__":
    sys.exit(main())
