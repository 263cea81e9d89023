from desktop_app.text.sections import sections


def found(text: str, *wanted: str) -> list[str]:
    return [text[start:end] for start, end in sections(text, lambda heading: heading in wanted)]


def test_a_section_goes_to_the_next_heading_of_its_level_or_above() -> None:
    text = "before\n# A #\none\n### deep\ntwo\n## B\n🙂\n# C\n\nthree\n"
    assert found(text, "A") == ["one\n### deep\ntwo\n## B\n🙂"]
    assert found(text, "deep", "C") == ["two", "three"]
    assert found(text, "A", "B") == ["one\n### deep\ntwo\n## B\n🙂"]
    assert found(text, "none") == []
    assert found("# A\n# B\nx", "A", "B") == ["x"]


def test_lines_are_headings_where_there_are_no_others() -> None:
    text = "Opening\nQ1\nYes.\n\nNo.\nQ2\n  Q1  \nAgain"
    assert found(text, "Q1", "Q2") == ["Yes.\n\nNo.", "Again"]
    assert found(text, "Q1") == ["Yes.\n\nNo.\nQ2", "Again"]
    assert found("", "Q1") == []
