"""The gutter: what speakers are called where there is little room."""

from desktop_app.ui.interviews.transcript.gutter import short_names


def test_names_are_short_and_tell_apart():
    assert short_names({"Ines Vidal", "Mara Tolland", ""}) == {"Ines Vidal": "Ines", "Mara Tolland": "Mara"}
    assert short_names({"Ines Vidal", "Ines Quill"}) == {"Ines Vidal": "Ines V.", "Ines Quill": "Ines Q."}
    same = {"Ines Vidal", "Ines Varga"}
    assert short_names(same) == {name: name for name in same}
    assert short_names({"Interviewer 1", "Interviewer 2"})["Interviewer 2"] == "Interviewer 2"
