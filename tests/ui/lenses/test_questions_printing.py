"""A brief as a PDF: whole pages with their numbers, the same bytes for the same page."""

import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from desktop_app.model.questions import QuestionDraft
from desktop_app.services import Identity, create_notebook
from desktop_app.ui.lenses.questions.printing import render_pdf

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_page_is_printed_with_its_number() -> None:
    from pypdf import PdfReader

    assert QApplication.instance() is not None
    page = "<h1>Why?</h1>" + "".join(f"<p>Line {at} of what was said about the price</p>" for at in range(90))
    made = render_pdf(page)
    time.sleep(1.1)
    assert render_pdf(page) == made
    found = PdfReader(BytesIO(made))
    assert len(found.pages) > 1
    assert re.search(rb"/FontFile2?3?", made)
    width, height = (float(side) for side in (found.pages[0].mediabox.width, found.pages[0].mediabox.height))
    assert (round(width), round(height)) == (595, 842)


def test_nothing_is_fetched_for_it() -> None:
    assert render_pdf('<p>a <img src="file:///etc/hostname"> <img src="http://x.invalid/i.png"></p>').startswith(
        b"%PDF"
    )


def test_long_lines_of_code_and_long_words_stay_on_the_page(tmp_path: Path) -> None:
    with create_notebook(tmp_path / "n.terrain", title="N", identity=Identity("Ada", "one")) as notebook:
        note = f"```\n{'code ' * 200}\n```\n\n{'x' * 900}"
        question = notebook.questions.add(QuestionDraft("W" * 400, note=note)).result
        page = notebook.briefs.write(question, ".html").decode("utf-8")
    document = QTextDocument()
    document.setMetaInformation(QTextDocument.MetaInformation.CssMedia, "print")
    document.setHtml(re.sub("<table.*?</table>", "", page, flags=re.DOTALL))
    document.setTextWidth(640)
    assert document.size().width() <= 640
