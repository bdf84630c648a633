import pytest

from tests.agreement.projects import Codings


@pytest.fixture
def codings(tmp_path):
    made = Codings(tmp_path)
    yield made
    made.project.close()


@pytest.fixture
def twelve(codings):
    """Three coders, twelve documents of five sentences, two codes; Cy is late, and one document is Ann's alone."""
    for n in range(12):
        title = f"Statement {n + 1:02}"
        shift = 13 * (n % 3 == 0)
        codings.coded("Ann", title, ("Denial", 0, 12), ("Threat", 26, 40))
        if n < 11:
            codings.coded("Ben", title, ("Denial", shift, shift + 12), ("Threat", 26, 40 - n % 2))
        codings.coded("Cy", title, *([("Denial", 0, 12)] if n % 4 else []), done=n < 6)
    return codings
