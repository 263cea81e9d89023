"""Spans: what lies where, after any changes, and stripes that never share a lane and a line."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.interviews.transcript.spans import APART, LANES, Span, Spans
from tests.ui.interviews.transcript.conftest import coding


def span(name: str, start: int, end: int, code: str = "help", coder: str = "you") -> Span:
    return Span(start, end, end + APART, coding(name, code, start, end, coder))


RANGES = st.tuples(st.integers(0, 600), st.integers(0, 300)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def names(found) -> list[str]:
    return [span.coding.id for span in found]


@given(st.lists(RANGES, max_size=30), RANGES)
def test_what_lies_over_a_range_is_what_a_look_at_each_coding_finds(ranges, asked):
    made = [span(str(number), *each) for number, each in enumerate(ranges)]
    start, end = asked
    expected = {
        item.coding.id
        for item in made
        if item.start < end and (item.end > start or (item.start == item.end and item.start >= start))
    }
    assert set(names(Spans(made).over(start, end))) == expected


@given(st.lists(RANGES, max_size=20), st.lists(st.tuples(st.integers(0, 25), RANGES), max_size=10), st.data())
def test_changes_one_by_one_lead_to_the_same_as_all_at_once(ranges, changes, data):
    wanted = {str(number): span(str(number), *each) for number, each in enumerate(ranges)}
    spans = Spans(wanted.values())
    for number, each in changes:
        removed = data.draw(st.lists(st.sampled_from(sorted(wanted)), max_size=2)) if wanted else []
        changed = span(str(number), *each)
        spans.put([changed], [*removed, "nobody"])
        for name in removed:
            wanted.pop(name, None)
        wanted[str(number)] = changed
    again = Spans(wanted.values())
    assert list(spans) == list(again)
    assert [spans.lane(item) for item in spans] == [again.lane(item) for item in again]
    assert all(spans.at(spans.index_of(item)) is item for item in spans)


@given(st.lists(RANGES, max_size=30), st.randoms())
def test_stripes_of_different_codes_never_share_a_lane_where_they_are_near(ranges, chance):
    spans = Spans(span(str(number), *each, code=f"code{number}") for number, each in enumerate(ranges))
    asked = list(spans)
    chance.shuffle(asked)  # lanes do not depend on who is asked first
    lanes = {item.coding.id: spans.lane(item) for item in asked}
    for one in spans:
        for other in spans:
            if one.coding.id < other.coding.id and lanes[one.coding.id] == lanes[other.coding.id] < LANES:
                assert one.clear <= other.start or other.clear <= one.start


def test_the_next_stretch_of_the_same_code_goes_on_in_the_lane():
    same = Spans([span("a", 0, 10), span("b", 12, 20)])
    assert [same.lane(item) for item in same] == [0, 0]
    other = Spans([span("a", 0, 10), span("b", 12, 20, coder="M.")])
    assert [other.lane(item) for item in other] == [0, 1]


def test_a_thousand_codings_of_the_same_words_have_a_bounded_number_of_lanes():
    spans = Spans(span(f"{number:04}", 0, 50, code=f"code{number}") for number in range(1000))
    assert max(spans.lane(item) for item in spans) == LANES


def test_codings_follow_an_edit():
    spans = Spans([span("before", 0, 5), span("over", 3, 20), span("behind", 20, 30), span("gone", 8, 10)])
    spans.edited(7, 4, 2)
    assert {item.coding.id: (item.start, item.end) for item in spans} == {
        "before": (0, 5),
        "over": (3, 18),
        "behind": (18, 28),
        "gone": (7, 7),
    }
    spans.edited(28, 0, 3)  # typing behind a coding does not make it longer
    assert spans.get("behind").end == 28
