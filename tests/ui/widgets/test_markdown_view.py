"""Reading: nothing is loaded, links are asked about in place, lines stay short."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextCursor, QTextDocument

from desktop_app.ui.widgets import MarkdownView


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    addresses: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: addresses.append(url.toString()))
    return addresses


@pytest.fixture
def view(qtbot, look):
    made = MarkdownView(look)
    qtbot.addWidget(made)
    made.resize(1200, 500)
    made.show()
    return made


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


@pytest.mark.parametrize(
    "address", ["http://example.com/x.png", "https://example.com/x.css", "file:///etc/passwd", "x.png", "data:,x"]
)
def test_nothing_is_loaded_from_anywhere(view, tmp_path, monkeypatch, address):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.png").write_bytes(png(50, 50))
    for kind in (QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource):
        loaded = view.browser.loadResource(kind.value, QUrl(address))
        assert isinstance(loaded, QImage)
        assert loaded.width() == 1


def test_an_attachment_is_asked_for_once_and_shown(qtbot, view):
    asked = []
    view.blob_wanted.connect(asked.append)
    view.set_html('<p>see</p><img src="blob:abc"><img src="blob:abc">')
    view.grab()
    assert asked == ["abc"]
    view.provide_blob("abc", png(4000, 100))
    assert view.browser.images["abc"].width() <= view.reading_width()
    view.grab()
    assert asked == ["abc"]


def test_bytes_that_are_no_image_are_ignored(view):
    view.set_html('<img src="blob:abc">')
    view.provide_blob("abc", b"not an image")
    assert view.browser.images == {}


@pytest.mark.parametrize("address", ["https://example.com/a?b=c", "http://example.com/", "mailto:ada@example.com"])
def test_a_link_is_opened_only_after_asking(qtbot, view, opened, address):
    view.set_html(f'<a href="{address}">there</a>')
    view.browser.anchorClicked.emit(QUrl(address))
    assert opened == []
    assert view.strip.isVisible()
    assert view.strip.address.text().replace("\u200b", "") == address
    with qtbot.waitSignal(view.link_opened):
        view.strip.open.click()
    assert opened == [address]
    assert not view.strip.isVisible()


def test_a_link_opens_at_once_where_the_setting_says_so(look, view, opened):
    look._settings.set("confirm_links", False)
    view.browser.anchorClicked.emit(QUrl("https://example.com"))
    assert opened == ["https://example.com"]
    assert not view.strip.isVisible()


def test_a_link_can_be_left(view, opened):
    view.browser.anchorClicked.emit(QUrl("https://example.com"))
    view.strip.leave.click()
    assert opened == []
    assert not view.strip.isVisible()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.com", "x.html"])
def test_other_addresses_do_nothing(look, view, opened, address):
    look._settings.set("confirm_links", False)
    view.browser.anchorClicked.emit(QUrl(address))
    assert opened == []
    assert not view.strip.isVisible()


def test_links_into_the_notebook_are_told(qtbot, view):
    with qtbot.waitSignal(view.item_link_clicked) as told:
        view.browser.anchorClicked.emit(QUrl("terrain:abc123"))
    assert told.args == ["abc123"]


def test_lines_have_at_most_72_characters(view):
    view.set_html("<p>" + "mmmmm " * 200 + "</p><p>" + "word " * 200 + "</p>")
    width = view.browser.lineWrapColumnOrWidth()
    assert width <= 72 * view.browser.fontMetrics().averageCharWidth()
    view.resize(300, 400)
    view.grab()
    assert view.browser.lineWrapColumnOrWidth() <= 300


def test_lines_are_one_and_a_half_times_the_size(look, qtbot, view):
    view.set_html("<p>one<br>two<br>three</p>")
    layout = view.browser.document().begin().layout()
    height = layout.lineAt(1).y() - layout.lineAt(0).y()
    assert height == pytest.approx(look.sizes.line, abs=1.5)


def test_a_fitting_view_is_as_high_as_its_text(qtbot, look):
    view = MarkdownView(look, fit_height=True)
    qtbot.addWidget(view)
    view.resize(600, 100)
    view.set_html("<p>one</p>")
    low = view.browser.height()
    view.set_html("<p>one</p>" * 10)
    assert view.browser.height() > 5 * low


def test_code_in_a_line_does_not_make_it_higher(look, view):
    view.set_html("<p>one<br>two<br>three</p>")
    cursor = QTextCursor(view.browser.document().find("two"))
    # A bigger font stands for a monospace font with a leading of its own.
    cursor.insertHtml('<span style="font-size: 24px">two</span>')
    view._set_lines()
    layout = view.browser.document().begin().layout()
    assert layout.lineAt(2).y() - layout.lineAt(0).y() == 2 * look.sizes.line
