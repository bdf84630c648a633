"""Finding over a project: the index leaves nothing out, conditions on annotations, and coding hits at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import editing, text_index
from annotator.errors import Refused
from annotator.finding import Query, below, find
from annotator.hit_coding import Coded, code_all
from annotator.model import BY_SEARCH, Annotation, Change, Code, Edit, Entity, new_id
from annotator.project import Project
from annotator.search import find_all, find_pattern
from annotator.spans import Cover
from annotator.text import Span

from .conftest import Team, document, made

LETTERS = st.sampled_from("abcéßŒiİıIΣσς_-'’ \u00ad\u0301\n.1中国한국어ไทยالﻻعربيש\u200d🗳ﬁK\u0130")
TEXT = st.text(LETTERS, max_size=40)


def hits(project: Project, query: Query) -> list[tuple[str, Span]]:
    return [(hit.document, hit.span) for _, _, found in find(project, query) if found for hit in found.hits]


def words(project: Project, query: Query) -> list[str]:
    return [hit.words for _, _, found in find(project, query) if found for hit in found.hits]


@pytest.fixture(scope="module")
def connection():
    from sqlalchemy import create_engine

    with create_engine("sqlite://").connect() as connection:
        assert text_index.make(connection)
        yield connection


@settings(max_examples=400)
@given(st.lists(TEXT, min_size=1, max_size=4), TEXT, st.booleans(), st.booleans(), st.randoms())
def test_the_index_never_passes_over_a_text_that_has_the_words(connection, texts, other, whole, case, random):
    base = random.choice(texts)
    start = random.randrange(len(base) + 1)
    wanted = random.choice([other, base[start : start + random.randrange(1, 6)]])
    with connection.begin_nested() as nested:
        for n, text in enumerate(texts):
            text_index.add(connection, str(n), text)
        without = text_index.without(connection, wanted, whole=whole)
        nested.rollback()
    if case and {*wanted} & {*"iIİı\u0307"}:
        return
    for n, text in enumerate(texts):
        if find_all(text, wanted, case=case, whole=whole):
            assert str(n) not in without


def test_the_index_passes_over_most_texts(connection):
    with connection.begin_nested() as nested:
        for n, text in enumerate(("the ferry sailed", "ferryman", "中国外交部", "nothing")):
            text_index.add(connection, str(n), text)
        assert text_index.without(connection, "ferry", whole=True) == {"1", "2", "3"}
        assert text_index.without(connection, "ferr", whole=False) == {"2", "3"}
        assert text_index.without(connection, "外交", whole=False) == {"0", "1", "3"}
        assert text_index.without(connection, "fe", whole=False) == set()
        assert text_index.without(connection, '"f', whole=True) == {"0", "1", "2", "3"}
        nested.rollback()


def add_document(team: Team, text: str, title: str, **fields) -> str:
    noun, contents = document(text, title=title, **fields)
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    return noun.id


def test_hits_come_in_order_with_their_surroundings(team):
    other = add_document(team, "Nobody denies it.\nTalks?", "Other")
    found = [found for _, _, found in find(team.sue, Query("denies")) if found]
    assert [one.document.id for one in found] == [team.document.id, other]
    hit = found[1].hits[0]
    assert (hit.left, hit.words, hit.right) == ("Nobody ", "denies", " it. Talks?")
    assert found[0].document.title == "A statement"


def test_the_index_is_made_once_and_finds_the_same(team):
    before = hits(team.sue, Query("talks"))
    team.sue.index_texts()
    assert hits(team.sue, Query("talks")) == before != []
    assert len(team.sue.texts_without("zebra", False)) == 1
    add_document(team, "A zebra.", "Zebra")
    assert len(hits(team.sue, Query("zebra"))) == 1
    team.sue.index_texts()
    assert len(team.sue.texts_without("zebra", True)) == 1
    assert team.sue.check(rebuild=True) == []


def test_whoever_may_only_read_finds_without_an_index(team):
    team.close()
    with Project(team.sue.path, actor="Sue", device="x", writing=False) as project:
        project.index_texts()
        assert words(project, Query("DENIES")) == ["denies"]


def test_patterns(team):
    assert words(team.sue, Query(r"\bt\w+s\b", pattern=True)) == ["Talks"]
    assert words(team.sue, Query(r"\bt\w+s\b", pattern=True, case=True)) == []
    assert words(team.sue, Query("(?<=the )republic", pattern=True)) == ["republic"]
    with pytest.raises(Refused, match="no regular expression"):
        hits(team.sue, Query("(", pattern=True))
    assert find_pattern("abc", "x*") == []
    with pytest.raises(Refused, match="takes longer"):
        find_pattern("a" * 60 + "!", "(a|a|aa)+$", seconds=0.05)


@given(TEXT, st.sampled_from(["a+", "[^a]", r"\w+", "(?i)ß", "^.", "中|국"]))
def test_places_of_patterns_are_inside_the_text_and_in_order(text, pattern):
    spans = find_pattern(text, pattern)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)


@pytest.fixture
def coded(team):
    ada = team.sit_down("Ada")
    _, one = team.code(ada, 0, 23, certainty=0.25, memo="Odd wording")
    _, two = team.code(ada, 24, 60, "offer", certainty=0.9)
    change = editing.add_entity(ada, "Velmar", "the Republic")
    ada.apply(change)
    velmar = made(change, Entity)
    ada.apply(editing.set_attribute(ada, one, team.attributes["actor"].id, velmar.id))
    return team, ada, one.id, two.id


def ids(project: Project, query: Query) -> set[str | None]:
    return {hit.annotation for _, _, found in find(project, query) if found for hit in found.hits}


def test_annotations_by_what_they_say(coded):
    team, ada, one, two = coded
    actor = team.attributes["actor"].id
    assert ids(ada, Query(codes=frozenset({team.codes["denial"].id}))) == {one}
    assert ids(ada, Query(memo="WORDING")) == {one} == ids(ada, Query(memo=""))
    assert ids(ada, Query(most=0.5)) == {one}
    assert ids(ada, Query(least=0.5)) == {two}
    assert ids(ada, Query(attributes={actor: "republic"})) == {one}
    assert ids(ada, Query(attributes={actor: "kestria"})) == set()
    assert ids(ada, Query(coders=frozenset({team.coders["Ada"].id}))) == {one, two}
    assert ids(ada, Query(round=new_id(), where="coded")) == set()
    assert ids(ada, Query(most=0.5, codes=frozenset({team.codes["offer"].id}))) == set()


def test_words_inside_and_outside_annotations(coded):
    _, ada, one, _ = coded
    assert ids(ada, Query("denies", where="coded")) == {one}
    assert words(ada, Query("talks", where="coded")) == []
    assert words(ada, Query("talks", where="uncoded")) == ["Talks"]
    assert words(ada, Query("denies", where="uncoded")) == []
    with pytest.raises(Refused, match="Say what to find"):
        hits(ada, Query())


def test_not_coded_is_not_coded_so_where_conditions_are_asked(coded):
    team, ada, *_ = coded
    denial = frozenset({team.codes["denial"].id})
    assert words(ada, Query("the", where="uncoded", codes=denial)) == ["The"]
    assert words(ada, Query("the", where="uncoded", round=new_id())) == ["The", "The"]
    with pytest.raises(Refused, match="Say what to find"):
        hits(ada, Query(where="uncoded", codes=denial))


def test_documents_are_chosen_by_language_and_speaker(team):
    austrian = add_document(team, "Wir denies.", "Other", language="de-AT", details={"speaker": "The  Consul"})
    assert hits(team.sue, Query("denies", languages=frozenset({"DE"}))) == [(austrian, (4, 10))]
    assert hits(team.sue, Query("denies", languages=frozenset({"de-at", "fr"}))) == [(austrian, (4, 10))]
    assert hits(team.sue, Query("denies", languages=frozenset({"de-DE"}))) == []
    assert hits(team.sue, Query("denies", speakers=frozenset({"the consul"}))) == [(austrian, (4, 10))]
    assert len(hits(team.sue, Query("denies", documents=frozenset({team.document.id})))) == 1


def test_a_code_is_all_below_it_however_deep(team):
    low = Code(new_id(), "Low", parent=team.codes["denial"].id)
    team.sue.apply(Change("codes", (Edit(None, low),)))
    book = team.sue.codebook()
    everything = {team.family.id, low.id, *(code.id for code in team.codes.values())}
    assert below(book, [team.family.id]) == everything
    assert below(book, [team.codes["denial"].id]) == {team.codes["denial"].id, low.id}


def test_any_value_of_an_attribute_can_be_asked(coded):
    team, ada, one, _ = coded
    assert ids(ada, Query(attributes={team.attributes["actor"].id: ""})) == {one}
    assert ids(ada, Query(attributes={team.attributes["stance"].id: ""})) == set()


def test_no_more_is_looked_for_when_enough_was_found(team):
    for n in range(3):
        add_document(team, "the " * 5, str(n))
    got = list(find(team.sue, Query("the"), most=8))
    assert [len(found.hits) for _, _, found in got if found] == [2, 5, 1]
    assert len(got) == 3
    assert len(hits(team.sue, Query("the", pattern=True))) == 17


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12), st.integers(0, 30), st.integers(1, 9))
def test_what_covers_a_place_is_found_without_looking_at_each(ranges, start, size):
    spans, end = [(a, a + n) for a, n in ranges], start + size
    cover = Cover(spans)
    assert cover.holds(start, end) == any(a <= start and end <= b for a, b in spans)
    assert cover.meets(start, end) == any(a < end and start < b for a, b in spans)


def test_of_annotations_around_a_word_the_shortest_is_named(coded):
    team, ada, one, _ = coded
    _, around = team.code(ada, 0, 60, "offer")
    _, inside = team.code(ada, 13, 23)
    assert ids(ada, Query("denies", where="coded")) == {inside.id}
    assert ids(ada, Query("the republic", where="coded")) == {one}
    assert ids(ada, Query("it. the", where="coded")) == {around.id}


def test_nobody_finds_what_they_may_not_read(coded):
    team, *_ = coded
    ben = team.sit_down("Ben")
    assert ids(ben, Query(where="coded")) == set()
    assert ids(ben, Query(coders=frozenset({team.coders["Ada"].id}))) == set()
    assert words(ben, Query("denies", where="uncoded")) == ["denies"]


def test_finding_can_be_stopped(team):
    add_document(team, "Other.", "Other")
    assert list(find(team.sue, Query("other"), cancelled=lambda: True)) == []


def test_coding_all_hits_is_one_step_marked_and_can_be_left_out(coded):
    team, ada, *_ = coded
    code, rounds = team.codes["denial"].id, {team.document.id: team.round}
    places = [*hits(ada, Query("the")), *hits(ada, Query("the"))]
    plan = code_all(ada, places, code=code, rounds=rounds)
    assert (plan.made, plan.left_out) == (1, 1)
    ada.apply(plan.change)
    new = [one for one in ada.annotations(team.document.id) if one.origin == BY_SEARCH]
    assert len(new) == 1
    assert {one.codebook_version for one in new} == {team.round.codebook_version}
    with pytest.raises(Refused, match="None of these places"):
        code_all(ada, places, code=code, rounds=rounds)
    assert len(ada.coded_spans(by_search=False)) == 2
    assert len(ada.coded_spans()) == 3
    ada.apply(plan.change.inverse())
    assert len(ada.coded_spans()) == 2
    assert ada.check(rebuild=True) == []


def test_what_stands_in_an_annotation_of_ones_own_with_the_code_in_the_round_is_coded(coded):
    team, ada, one, _ = coded
    document, rounds = team.document.id, {team.document.id: team.round}
    main = next(other for other in ada.nouns("round") if other.id != team.round.id)
    denial, offer = (Coded(ada, team.codes[name].id, rounds) for name in ("denial", "offer"))
    assert denial.holds((document, Span(13, 19)))
    assert denial.holds((document, Span(0, 23)))
    assert not denial.holds((document, Span(13, 24)))
    assert not offer.holds((document, Span(13, 19)))
    assert not Coded(ada, team.codes["denial"].id, {document: main}).holds((document, Span(13, 19)))
    change = editing.retract(ada.noun("annotation", one))
    ada.apply(change)
    assert denial.follow(change) == [(document, Span(0, 23))]
    assert offer.follow(change) == []
    assert not denial.holds((document, Span(13, 19)))
    ada.apply(change.inverse())
    denial.follow(change.inverse())
    assert denial.holds((document, Span(13, 19)))
    recoded = editing.recode(ada, [ada.noun("annotation", one)], team.codes["offer"].id)
    ada.apply(recoded)
    denial.follow(recoded)
    offer.follow(recoded)
    assert offer.holds((document, Span(13, 19)))
    assert not denial.holds((document, Span(13, 19)))
    ben = team.sit_down("Ben")
    assert not Coded(ben, team.codes["offer"].id, rounds).holds((document, Span(13, 19)))


def test_an_annotation_of_a_code_that_was_merged_counts_for_the_other(coded):
    team, *_ = coded
    sue = team.sit_down("Sue")
    sue.apply(editing.merge_codes(sue.noun("code", team.codes["denial"].id), sue.noun("code", team.codes["offer"].id)))
    ada = team.sit_down("Ada")
    coded = Coded(ada, team.codes["offer"].id, {team.document.id: team.round})
    assert coded.holds((team.document.id, Span(13, 19)))


def test_hits_in_one_word_are_coded_once_as_the_whole_word(team):
    ada = team.sit_down("Ada")
    rounds = {team.document.id: team.round}
    plan = code_all(ada, hits(ada, Query("e")), code=team.codes["offer"].id, rounds=rounds)
    quotes = [edit.after.quotes[0] for edit in plan.change.edits if isinstance(edit.after, Annotation)]
    assert quotes == ["The", "republic", "denies", "The", "accuses", "neighbour", "begin"]
    assert (plan.made, plan.left_out) == (7, 0)


def test_what_is_done_or_not_handed_out_is_left_out(coded):
    team, ada, *_ = coded
    code, places = team.codes["denial"].id, hits(ada, Query("the"))
    with pytest.raises(Refused, match="None of these places"):
        code_all(ada, places, code=code, rounds={})
    ada.apply(editing.mark_done(ada, document=team.document.id, round=team.round.id))
    with pytest.raises(Refused, match="None of these places"):
        code_all(ada, places, code=code, rounds={team.document.id: team.round})
    ada.apply(editing.mark_done(ada, document=team.document.id, round=team.round.id, done=False))
    with pytest.raises(Refused, match="family"):
        code_all(ada, places, code=team.family.id, rounds={team.document.id: team.round})
