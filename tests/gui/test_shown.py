"""What is in sight stays in the order of the text, and counted, whatever comes and goes."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.shown import Shown
from annotator.model import Annotation
from annotator.text import Span

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "drop", "hide"]),
        st.integers(0, 5),
        st.integers(0, 30),
        st.integers(1, 9),
        st.booleans(),
    )
)


def annotation(number: int, start: int, length: int, mine: bool) -> Annotation:
    span = Span(start, start + length)
    return Annotation(f"a{number}", "d", "me" if mine else "you", "r", f"c{number % 2}", (span,), ("x" * length,))


@given(STEPS)
def test_it_is_what_a_plain_list_would_be(steps):
    shown, there, hidden = Shown("me"), dict[str, Annotation](), set[str]()
    for verb, number, start, length, mine in steps:
        one = annotation(number, start, length, mine)
        if verb == "put":
            shown.put(one)
            there[one.id] = one
        elif verb == "drop":
            shown.drop(one.id)
            there.pop(one.id, None)
        else:
            hidden = {"you"} if mine else set()
            shown.hide(hidden)
        in_sight = [one for one in there.values() if one.coder not in hidden]
        in_sight.sort(key=lambda one: (one.spans[0].start, -one.spans[0].end, one.id))
        own = [one for one in there.values() if one.coder == "me"]
        assert shown.ids() == [one.id for one in in_sight]
        assert [shown.number(id) for id in shown.ids()] == list(range(len(shown)))
        assert sum(shown.counts().values()) == len(own)
        assert shown.reach() == max((one.spans[-1].end for one in own), default=0)
