"""Labels: whole words for those who cannot see them, ellipses for those who can."""

from desktop_app.ui.widgets import ElidedLabel, KeyHint, MarkLabel, MutedLabel, SectionLabel


def test_a_label_that_does_not_fit_is_cut_and_keeps_its_words_as_tooltip(qtbot):
    label = ElidedLabel("a long name of a saved search that nobody would write")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text() == label.accessibleName()
    label.resize(2000, 20)
    assert label.text() == label.whole_text()
    assert label.toolTip() == ""


def test_markup_is_never_read_as_markup(qtbot):
    for label in (MutedLabel("<b>bold</b> & more"), MutedLabel("<b>bold</b> & more", wrap=True)):
        qtbot.addWidget(label)
        assert label.text() == "<b>bold</b> & more"
    assert "&lt;b&gt;" in super(type(label).__mro__[1], label).text()


def test_a_section_is_spoken_as_it_was_written(qtbot):
    label = SectionLabel("Saved searches")
    qtbot.addWidget(label)
    assert label.text() == "SAVED SEARCHES"
    assert label.accessibleName() == "Saved searches"


def test_a_mark_says_its_name(qtbot, look):
    label = MarkLabel(look, "holistic", "Holistic")
    qtbot.addWidget(label)
    assert label.accessibleName() == "Holistic"


def test_where_a_hint_wraps_a_key_stays_with_its_words(qtbot):
    hint = KeyHint("N new · Del trash", wrap=True)
    qtbot.addWidget(hint)
    assert hint.text() == "N\N{NO-BREAK SPACE}new · Del\N{NO-BREAK SPACE}trash"
