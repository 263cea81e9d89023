"""Code points to UTF-16 and back."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.offsets import Offsets

TEXTS = st.text(alphabet=st.sampled_from("ab é\u0301שع日😀👩\u200d🔬\U0001f1eb\n\u2029\U00020000\ud800"), max_size=40)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_what_stands_before_an_emoji_is_not_moved_and_what_stands_after_it_is() -> None:
    offsets = Offsets("a😀b😀😀c")
    assert [offsets.to_utf16(at) for at in range(7)] == [0, 1, 3, 4, 6, 8, 9]


def test_a_position_inside_a_pair_goes_to_its_start() -> None:
    offsets = Offsets("a😀b😀😀c")
    assert [offsets.to_code_point(at) for at in range(10)] == [0, 1, 1, 2, 3, 3, 4, 4, 5, 6]


def test_positions_outside_the_text_are_held_to_it() -> None:
    for text in ("", "abc", "😀"):
        offsets = Offsets(text)
        assert (offsets.to_utf16(-1), offsets.to_utf16(9)) == (0, units(text))
        assert (offsets.to_code_point(-1), offsets.to_code_point(9)) == (0, len(text))


@given(TEXTS)
def test_both_counts_agree_with_the_encoded_text(text: str) -> None:
    offsets = Offsets(text)
    for at in range(len(text) + 1):
        assert offsets.to_utf16(at) == units(text[:at])
        assert offsets.to_code_point(offsets.to_utf16(at)) == at
