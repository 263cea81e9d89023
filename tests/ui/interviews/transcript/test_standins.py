"""Stand-ins: what Qt would change comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from desktop_app.ui.interviews.transcript.standins import SPECIAL, StandIns

ODD = st.text(
    st.sampled_from("ab \n\t\u00a0\u2028\x0c\x0b\x85\ufeff\u200d😀e\u0301א\ue000\ue001\ufffe" + SPECIAL), max_size=30
)


@given(ODD)
def test_a_document_gives_back_every_character(text):
    stand_ins = StandIns(text)
    document = QTextDocument()
    document.setPlainText(stand_ins.shown(text))
    assert document.blockCount() == text.count("\n") + 1
    assert stand_ins.original(document.toRawText()) == text


@given(ODD, ODD)
def test_what_is_pasted_brings_nothing_that_would_be_read_as_another_character(text, pasted):
    stand_ins = StandIns(text)
    brought = stand_ins.pasted(pasted)
    assert stand_ins.original(stand_ins.shown(brought)) == brought
    assert not set(brought) & set(SPECIAL)
