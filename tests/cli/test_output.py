"""Tables, marks and progress as a terminal shows them."""

import pytest

from desktop_app.cli import output


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("港口", 4), ("e\u0301", 1), ("a\u200bb", 2), ("\x1b[1mabc\x1b[0m", 3), ("🧭", 2), ("", 0)],
)
def test_width_is_what_a_terminal_takes(text: str, columns: int) -> None:
    assert output.width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("abc def", 7, "abc def"),
        ("abc def", 6, "abc d…"),
        ("abc  def\nghi", 40, "abc def ghi"),
        ("港口港口", 5, "港口…"),
    ],
)
def test_shortened(text: str, columns: int, short: str) -> None:
    assert output.shortened(text, columns) == short
    assert output.width(short) <= columns


def test_columns_are_aligned_for_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([("港口", "1", "x"), ("a", "22", "y")], ("name", "no.", "last"), right=(1,))
    assert capsys.readouterr().out == "name  no.  last\n港口    1  x\na      22  y\n"


def test_a_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.line("name \x1b[8mhidden\x1b]0;title\x07 \u202egnp.exe")
    output.note("“\x1b[2J\u202e” is no name.")
    shown = capsys.readouterr()
    assert shown.out == "name \ufffd[8mhidden\ufffd]0;title\ufffd \ufffdgnp.exe\n"
    assert shown.err == "terrain: “\ufffd[2J\ufffd” is no name.\n"


def test_a_line_break_in_a_cell_makes_no_row(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([("Ada\r\nnew", "entry"), ("Ben", "one\ntwo")])
    assert capsys.readouterr().out == "Ada new  entry\nBen      one two\n"


def test_a_table_without_rows_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([], ("name",))
    assert capsys.readouterr().out == ""


def test_marks_set_off_what_was_found() -> None:
    assert output.marked("ab cd ef", [(0, 2), (6, 8)]).count("\x1b[0m") == 2
    assert output.marked("ab", []) == "ab"


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress() as tell:
        tell(0.5, "half")
    assert capsys.readouterr() == ("", "")


def test_progress_on_a_terminal_leaves_no_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with output.progress() as tell:
        tell(0.5, "half")
        tell(0.5, "half")
    shown = capsys.readouterr().err
    assert shown.count("50%") == 1
    assert shown.endswith("\r\x1b[2K")
