"""An annotation takes no more keys than we promise: three a sentence, six for a part of one."""

import pytest

from tests.benchmarks.keystrokes import BUDGETS, STATEMENT, by_word, make_project, presses

pytestmark = pytest.mark.qt_log_ignore("plugin does not support")


@pytest.mark.parametrize("manner", BUDGETS)
def test_ten_annotations_take_no_more_keys_than_promised(seat, tmp_path, manner):
    make_project(tmp_path / "statement.annotator")
    seat.window.open_path(tmp_path / "statement.annotator", "Sue")
    seat.window.activateWindow()
    counts = presses(seat.work, manner)
    assert len(counts) == len(seat.annotations()) == len(STATEMENT[manner]) == 10
    assert sum(counts) / 10 <= BUDGETS[manner]
    assert sum(counts) / 10 < by_word(manner) / 2
