"""The page of a chosen entry: what was written, how it is seen, what it is tied to. Shows; changes nothing itself."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.model.entries import Attachment, EntryKind, Result
from desktop_app.model.links import Link
from desktop_app.model.time import describe
from desktop_app.ui.browse.pieces import Thumbnail, WordLinks
from desktop_app.ui.browse.query_text import field_part
from desktop_app.ui.browse.reads import Coded, Reading
from desktop_app.ui.browse.telling import (
    body_repeats_heading,
    check_text,
    facts,
    heading,
    link_text,
    relation,
    who,
)
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    FlowLayout,
    IconButton,
    LinkButton,
    MarkdownView,
    MarkLabel,
    MutedLabel,
    SmallLink,
    TitleLabel,
)
from desktop_app.ui.widgets.conflict_line import ConflictLine
from desktop_app.ui.widgets.entry_cards import PLACE_TYPES
from desktop_app.ui.widgets.memo_line import MemoLine
from desktop_app.ui.widgets.origins import origin_words, source_words
from desktop_app.ui.widgets.sizes import size_text

READING_WIDTH = 620
MOST_CODINGS = 12
"""Codings that are listed one by one."""
MOST_QUOTED = 240
"""Characters of a coding's words that its tooltip quotes."""
LINK_EDGE = 5
"""What a link button keeps free at its left for its focus ring."""
LINKED_FIELDS = {"series": "metric", "person": "person", "organisation": "org"}


class EntryPage(QWidget):
    """One entry. Signals are requests: ``search_requested(str)`` a field part, ``entry_requested(str)`` a linked
    entry, ``place_requested`` what lies in Interviews (see ``Screen``), ``unlink_requested(str)``,
    ``attachment_opened``/``attachment_saved(object)``, ``blob_wanted(str)``, ``resolve_requested(str)`` a
    foresight's result."""

    search_requested = Signal(str)
    entry_requested = Signal(str)
    place_requested = Signal(str, str, int)
    unlink_requested = Signal(str)
    attachment_opened = Signal(object)
    attachment_saved = Signal(object)
    blob_wanted = Signal(str)
    resolve_requested = Signal(str)

    def __init__(self, appearance: Appearance, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._reading = reading
        self._thumbnails: dict[str, Thumbnail] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._add_head()
        self._add_body()
        self._add_attachments(reading.entry.fields.attachments)
        self._add_marks()
        self._add_foresight()
        self._add_rows()
        self._add_origin()

    def provide_blob(self, blob: str, data: bytes) -> None:
        """Gives an attachment's bytes, for an image in the text or a thumbnail."""
        self.body.provide_blob(blob, data)
        if blob in self._thumbnails:
            self._thumbnails[blob].show_image(data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines end at a reading width, however wide the window is."""
        super().resizeEvent(event)
        self._column.setContentsMargins(0, 0, max(self.width() - READING_WIDTH, 0), 0)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _add_head(self) -> None:
        entry = self._reading.entry
        title = TitleLabel(heading(entry), self, wrap=True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(title)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for text in (who(entry, self._reading.speaker), facts(entry.fields)):
            if text:
                lines.addWidget(MutedLabel(text, self, wrap=True))
        self._column.addLayout(lines)
        self.conflict_line = ConflictLine(self._appearance, self._reading.conflicts, self)
        self.conflict_line.clicked.connect(lambda: self.place_requested.emit("conflict", entry.id, -1))
        self._column.addWidget(self.conflict_line, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_body(self) -> None:
        self.body = MarkdownView(self._appearance, self, fit_height=True)
        self.body.blob_wanted.connect(self.blob_wanted)
        self.body.item_link_clicked.connect(self.entry_requested)
        self.body.set_html(self._reading.html)
        repeated = body_repeats_heading(self._reading.entry) or not self._reading.entry.fields.body.strip()
        self.body.setVisible(not repeated)
        if not repeated:
            self._column.addSpacing(4)
        self._column.addWidget(self.body)

    def _add_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Images by their thumbnails, then everything by name."""
        images = [item for item in attachments if item.media_type.startswith("image/")]
        if images:
            holder = QWidget(self)
            flow = FlowLayout(holder, spacing=8)
            for image in images:
                thumbnail = Thumbnail(tr("Open {name}", name=image.name), holder)
                thumbnail.clicked.connect(lambda image=image: self.attachment_opened.emit(image))
                self._thumbnails[image.blob] = thumbnail
                flow.addWidget(thumbnail)
            self._column.addWidget(holder)
        if attachments:
            grid = self._grid()
            for at, item in enumerate(attachments):
                label = FaintLabel(tr("attached") if at == 0 else "", self)
                grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(self._attachment(item), at, 1)
            self._column.addLayout(grid)

    def _attachment(self, attachment: Attachment) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        name = SmallLink(self._appearance, attachment.name, box)
        name.clicked.connect(lambda: self.attachment_opened.emit(attachment))
        save = IconButton(self._appearance, "import", tr("Save as…"), box, size=14)
        save.clicked.connect(lambda: self.attachment_saved.emit(attachment))
        row.addWidget(name)
        row.addWidget(FaintLabel(size_text(attachment.size), box))
        row.addWidget(save)
        row.addStretch(1)
        return box

    def ask_for_thumbnails(self) -> None:
        """Asks for the images' bytes, once somebody listens."""
        for blob in self._thumbnails:
            self.blob_wanted.emit(blob)

    def _add_marks(self) -> None:
        fields, reading = self._reading.entry.fields, self._reading
        if fields.perspectives:
            self._column.addSpacing(4)
            for term in fields.perspectives:  # as the card and the chart take the first one
                name = reading.perspectives.get(term)
                mark = MarkLabel(self._appearance, term, name.short, self)
                mark.setToolTip(name.question)
                self._column.addWidget(mark)
        words = [(reading.scales.get(scale).short, field_part("scale", scale)) for scale in self._scales()]
        words += [(f"#{tag}", field_part("tag", tag)) for tag in fields.tags]
        if words:
            self._column.addWidget(self._word_links(words))

    def _scales(self) -> Sequence[str]:
        return self._reading.scales.order(self._reading.entry.fields.scales)

    def _word_links(self, words: Sequence[tuple[str, str]]) -> QLabel:
        """Scales and tags as a line of links; each searches for its part."""
        links = (
            f'<a href="{escape(part)}" style="text-decoration:none;white-space:nowrap">{escape(text)}</a>'
            for text, part in words
        )
        label = WordLinks(self._appearance, "&nbsp; ".join(links), self)
        label.setProperty("role", "muted")
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(self.search_requested)
        return label

    def _add_foresight(self) -> None:
        fields = self._reading.entry.fields
        if fields.kind != EntryKind.FORESIGHT:
            return
        rows: list[tuple[str, str]] = []
        if fields.horizon:
            rows.append((tr("by"), describe(fields.horizon)))
        if fields.confidence is not None:
            rows.append((tr("confidence"), f"{fields.confidence * 100:.0f} %"))
        if fields.check:
            name = self._reading.check_series or tr("a series that is not in this notebook")
            rows.append((tr("check"), check_text(fields.check, name, self._reading.check_value)))
        if fields.outcome:
            when = describe(fields.outcome.resolved)
            told = f"{tr(fields.outcome.result)}, {when}" if when else tr(fields.outcome.result)
            rows.append((tr("came true"), f"{told}. {fields.outcome.note}" if fields.outcome.note else told))
        grid = self._grid()
        for at, (name, text) in enumerate(rows):
            label = FaintLabel(name, self)
            label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._wrapped(text), at, 1)
        self._column.addLayout(grid)
        if not fields.outcome:
            self._column.addWidget(self._resolving())

    def _resolving(self) -> QWidget:
        """Resolve in place: three answers."""
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(MutedLabel(tr("Did it come true?"), row))
        for result, text in ((Result.YES, tr("Yes")), (Result.PARTLY, tr("Partly")), (Result.NO, tr("No"))):
            button = LinkButton(text, row)
            button.clicked.connect(lambda _=False, result=result: self.resolve_requested.emit(str(result)))
            line.addWidget(button)
        line.addStretch()
        return row

    def _add_rows(self) -> None:
        """Pinned series, links, codings and memos, in two columns as a table of contents has them."""
        reading = self._reading
        if not (reading.series or reading.links or reading.codings or reading.memos):
            return
        self._column.addSpacing(4)
        grid = self._grid()
        at = 0
        for series in self._reading.series:
            grid.addWidget(FaintLabel(tr("beside"), self), at, 0, Qt.AlignmentFlag.AlignVCenter)
            link = SmallLink(self._appearance, series.label, self, more=tr("Show it in the chart"))
            part = field_part("metric", series.label)
            link.clicked.connect(lambda _=False, part=part: self.search_requested.emit(part))
            grid.addWidget(link, at, 1)
            at += 1
        for item in self._reading.links:
            grid.addWidget(FaintLabel(relation(item), self), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._link(item), at, 1)
            at += 1
        for name, widget in (*self._coded_rows(), *self._memo_rows()):
            grid.addWidget(FaintLabel(name, self), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, at, 1)
            at += 1
        self._column.addLayout(grid)

    def _add_origin(self) -> None:
        """Who wrote it, and which file brought it."""
        if self._reading.origin is not None:
            words = tr("Written by {origin}", origin=origin_words(self._reading.origin, self._reading.author))
            self._column.addWidget(FaintLabel(words, self, wrap=True))

    def _coded_rows(self) -> list[tuple[str, QWidget]]:
        """The codings of the entry's words; of many, the first ones and how many more there are."""
        codings = self._reading.codings
        rows = [
            (tr("coded") if at == 0 else "", self._coding(coding)) for at, coding in enumerate(codings[:MOST_CODINGS])
        ]
        left = len(codings) - MOST_CODINGS
        if left > 0:
            words = count_text(left, "{number} more coding", "{number} more codings")
            more = SmallLink(self._appearance, words, self)
            more.clicked.connect(lambda: self.place_requested.emit("entry_text", self._reading.entry.id, -1))
            rows.append(("", more))
        return rows

    def _coding(self, coding: Coded) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        quote = coding.quote if len(coding.quote) <= MOST_QUOTED else f"{coding.quote[: MOST_QUOTED - 1].rstrip()}…"
        more = "\n".join(part for part in (f"“{quote}”", source_words(coding.source)) if part)
        link = SmallLink(self._appearance, coding.code or tr("a code in the trash"), holder, more=more)
        link.clicked.connect(lambda: self.place_requested.emit("coding", coding.id, -1))
        row.addWidget(link)
        row.addWidget(FaintLabel(tr("you") if coding.coder == self._reading.author else coding.coder, holder))
        row.addStretch(1)
        return holder

    def _memo_rows(self) -> list[tuple[str, QWidget]]:
        rows: list[tuple[str, QWidget]] = []
        for memo in self._reading.memos:
            line = MemoLine(self._appearance, memo, self._reading.author, self)
            line.opened.connect(lambda item: self.place_requested.emit("memo", item, -1))
            rows.append((tr("memo"), line))
        return rows

    def _link(self, item: Link) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        link = SmallLink(self._appearance, link_text(item), holder)
        link.clicked.connect(lambda: self._follow(item))
        remove = IconButton(self._appearance, "close", tr("Remove this link"), holder, size=14)
        remove.clicked.connect(lambda: self.unlink_requested.emit(item.id))
        row.addWidget(link)
        row.addWidget(remove)
        row.addStretch(1)
        return holder

    def _follow(self, link: Link) -> None:
        """An entry or a place in Interviews is opened; a series is shown in the chart, a person by what they said."""
        if link.other.kind == "entry":
            self.entry_requested.emit(link.other.id)
        elif link.other.kind in PLACE_TYPES:
            self.place_requested.emit(link.other.kind, link.other.id, -1)
        elif link.label:
            field = LINKED_FIELDS.get(link.other.kind, "")
            self.search_requested.emit(field_part(field, link.label) if field else link.label)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12 - LINK_EDGE)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, 72)
        grid.setColumnStretch(1, 1)
        return grid

    def _wrapped(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
