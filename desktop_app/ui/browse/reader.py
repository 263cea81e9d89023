"""The chosen entry: read, edited in place, linked, with its history. One entry at a time, everything by operation."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Entry, EntryDraft, Outcome
from desktop_app.model.errors import KnownError, NotFound
from desktop_app.model.links import LinkFields
from desktop_app.ui.browse.attachments import Attachments, files_in
from desktop_app.ui.browse.drafting import read_back
from desktop_app.ui.browse.editor import Editor
from desktop_app.ui.browse.history_view import HistoryView
from desktop_app.ui.browse.linking import LinkMaker
from desktop_app.ui.browse.meanwhile import last_author, save_edit
from desktop_app.ui.browse.page import EntryPage
from desktop_app.ui.browse.reads import Choices, Reading, read_choices, read_entry, read_history, surface
from desktop_app.ui.browse.telling import revisions_text
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.ops import ChangeOp, Operations, ReadOp
from desktop_app.ui.theme import SPACE_L, SPACE_M, SPACE_XL, Appearance
from desktop_app.ui.widgets import EmptyState, FaintLabel, IconButton, InlineMessage, LinkButton
from desktop_app.ui.widgets.entry_cards import EntryCard

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST_HEADING = 120
"""Characters of what something is called that is read elsewhere: an untitled memo goes by its first line."""


class Reader(QFrame):
    """Signals: ``search_requested(str)`` a field part to add to the query, ``entry_requested(str)`` a linked
    entry, ``place_requested`` what is opened in Interviews (see ``Screen``), ``status_message(str)``,
    ``new_memo_requested(kind, id)`` of what it is about, ``editing_changed(bool)``.

    ``blind`` says whether what other coders did is to be left out."""

    search_requested = Signal(str)
    entry_requested = Signal(str)
    place_requested = Signal(str, str, int)
    new_memo_requested = Signal(str, str)
    status_message = Signal(str)
    editing_changed = Signal(bool)

    def __init__(
        self,
        appearance: Appearance,
        operations: Operations,
        parent: QWidget | None = None,
        *,
        blind: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._blind = blind
        self._edit_when_read = False
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("The chosen entry"))
        self._appearance = appearance
        self._operations = operations
        self.attachments = Attachments(operations, self)
        self.attachments.attached.connect(self.refresh)
        self.attachments.failed.connect(self._say_error)
        self.attachments.told.connect(self.status_message)
        self._reading: Reading | None = None
        self._wanted = ""
        self._part = ""
        self._place: EntryCard | None = None
        self.stretch: tuple[float, float] | None = None
        self.page: EntryPage | None = None
        self.editor: Editor | None = None
        self.maker: LinkMaker | None = None
        self._history: HistoryView | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self.empty = EmptyState(
            appearance,
            tr("Nothing chosen"),
            tr("Choose a hit, or click a marker in the chart, to read it here."),
            perspective="holistic",
        )
        self.empty.step_requested.connect(self._take_step)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._make_sheet())

    def _take_step(self) -> None:
        if self._place:
            self.place_requested.emit(self._place.type, self._place.thing, self._place.at)
        else:
            self.search_requested.emit(self._part)

    def _make_sheet(self) -> QWidget:
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroll = QScrollArea(sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = QWidget()
        inner.setProperty("role", "page")
        self._body = QVBoxLayout(inner)
        self._body.setContentsMargins(SPACE_XL + 4, 20, SPACE_XL, SPACE_M)
        self._body.setSpacing(SPACE_M)
        self.message = InlineMessage(self._appearance, inner)
        self._body.addWidget(self.message)
        self._body.addStretch(1)
        self._scroll.setWidget(inner)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._make_foot(sheet))
        return sheet

    def _make_foot(self, parent: QWidget) -> QWidget:
        self.foot = QWidget(parent)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(SPACE_L + 4, 4, SPACE_XL, 10)
        row.setSpacing(2)
        self._buttons: dict[str, IconButton] = {}
        verbs: tuple[tuple[str, str, str, str, Callable[[], None]], ...] = (
            ("edit", "edit", tr("Edit"), "E", self.edit),
            ("attach", "attach", tr("Attach a file"), "A", self.choose_files),
            ("link", "link", tr("Link to something"), "L", self.begin_link),
            ("memo", "note", tr("Memo on the entry"), "M", self.write_memo),
            ("code", "tag", tr("Code the entry's words"), "C", self.code_words),
            ("history", "history", tr("History"), "H", self.toggle_history),
            ("trash", "trash", tr("Move to the trash"), "Del", self.trash),
        )
        for name, icon, text, key, call in verbs:
            button = IconButton(self._appearance, icon, text, self.foot, shortcut=key, size=18)
            button.clicked.connect(lambda _=False, call=call: call())
            row.addWidget(button)
            self._buttons[name] = button
        row.addStretch()
        self.revisions = LinkButton("", self.foot)
        self.revisions.clicked.connect(self.toggle_history)
        font = self.revisions.font()
        font.setPixelSize(self._appearance.sizes.tiny)
        self.revisions.setFont(font)
        self.hint = FaintLabel("", self.foot)
        row.addWidget(self.revisions)
        row.addWidget(self.hint)
        return self.foot

    # --- what is shown -----------------------------------------------------------------------------------------------

    @property
    def entry_id(self) -> str:
        return self._reading.entry.id if self._reading else ""

    @property
    def wanted_id(self) -> str:
        """The entry that is shown, or will be as soon as it has been read."""
        return self._wanted

    @property
    def reading_area(self) -> QWidget:
        """What takes the focus for reading: it scrolls by key."""
        return self._scroll

    @property
    def editing(self) -> bool:
        return self.editor is not None

    def show_entry(self, entry_id: str) -> None:
        """Reads an entry and shows it. An edit of another one is saved first."""
        if entry_id == self._wanted and self._reading:
            return
        self.finish_editing()
        self._wanted, self._edit_when_read = entry_id, False
        self._read()

    def refresh(self) -> None:
        """Reads the shown entry again; an edit under way goes on, and learns what others changed meanwhile."""
        if self.editing:
            self._meet()
        elif self._wanted:
            self._read()

    def _meet(self) -> None:
        entry_id = self.entry_id

        def meet(found: tuple[Entry, str]) -> None:
            if self.editor is not None and self.editor.entry_id == entry_id:
                self.editor.meet(*found)

        self._operations.read(
            tr("Read an entry"),
            lambda notebook: (notebook.entries.get(entry_id), last_author(notebook, entry_id)),
            meet,
            key="browse.meanwhile",
        )

    def show_nothing(self) -> None:
        self._show_words(tr("Nothing chosen"), tr("Choose a hit, or click a marker in the chart, to read it here."), "")

    def show_thing(self, name: str, part: str) -> None:
        """Shows something found that is no entry (a person, a series), with the step to what belongs to it."""
        self._part, self._place = part, None
        self._show_words(name, tr("Search {part} to see what belongs to it.", part=part), tr("Search for it"))

    def show_place(self, card: EntryCard) -> None:
        """Shows what is read elsewhere (a paragraph of a document, a coding, a memo, a code), with the step there."""
        self._place = card
        long = len(card.heading) > MOST_HEADING
        heading = f"{card.heading[: MOST_HEADING - 1].rstrip()}…" if long else card.heading
        self._show_words(heading, f"{card.meta}\n{card.snippet}".strip(), tr("Open in Interviews"))

    def _show_words(self, heading: str, sentence: str, step: str) -> None:
        self.finish_editing()
        self._wanted, self._edit_when_read = "", False
        self._reading = None
        self._clear()
        self.empty.set_texts(heading, sentence, step)
        self._stack.setCurrentIndex(0)

    def _read(self) -> None:
        wanted, blind = self._wanted, self._blind()
        self._operations.submit(
            ReadOp(
                tr("Read an entry"),
                lambda notebook: read_entry(notebook, wanted, blind=blind),
                self._show,
                self._gone,
                key="browse.entry",
            )
        )

    def _gone(self, error: KnownError) -> None:
        self.show_nothing()
        if not isinstance(error, NotFound):
            self.status_message.emit(error_sentence(error))

    def _show(self, reading: Reading) -> None:
        if reading.entry.id != self._wanted or self.editing:
            return
        same = self._reading is not None and self._reading.entry.id == reading.entry.id
        at = self._scroll.verticalScrollBar().value() if same else 0
        unfolded = same and self._history is not None
        self._reading = reading
        self._clear()
        self.page = EntryPage(self._appearance, reading, self)
        self._connect(self.page)
        self._body.insertWidget(1, self.page)
        self.page.ask_for_thumbnails()
        self._say_state(reading)
        self._show_foot(reading)
        self._stack.setCurrentIndex(1)
        self._scroll.verticalScrollBar().setValue(at)
        if unfolded:
            self.toggle_history()
        if self._edit_when_read:
            self.edit()

    def _connect(self, page: EntryPage) -> None:
        page.search_requested.connect(self.search_requested)
        page.entry_requested.connect(self.entry_requested)
        page.place_requested.connect(self.place_requested)
        page.unlink_requested.connect(self._unlink)
        page.attachment_opened.connect(self.attachments.open)
        page.attachment_saved.connect(self.attachments.save)
        page.blob_wanted.connect(lambda blob: self.attachments.read(blob, lambda data: self._give(page, blob, data)))
        page.resolve_requested.connect(self._resolve)

    def _give(self, page: EntryPage, blob: str, data: bytes) -> None:
        if page is self.page:
            page.provide_blob(blob, data)

    def _say_state(self, reading: Reading) -> None:
        """What is not as usual: the entry lies in the trash, or something typed was not saved."""
        if reading.entry.trashed:
            self.message.say(
                tr("This entry is in the trash."),
                "warning",
                action=tr("Bring it back"),
                on_action=self._restore,
                keep=True,
            )
        elif reading.draft:
            self.message.say(
                tr("Something you typed here was not saved yet."), action=tr("Go on editing"), on_action=self.edit
            )
        else:
            self.message.hide()

    def _show_foot(self, reading: Reading) -> None:
        self.revisions.setText(revisions_text(reading.entry.revisions))
        self.hint.setText(tr("· Ctrl+Z undoes · E edits"))
        self.hint.setVisible(self.width() >= 560)
        self._buttons["trash"].setVisible(not reading.entry.trashed)
        self.foot.show()

    def _clear(self) -> None:
        for widget in (self.page, self.editor, self.maker, self._history):
            if widget is not None:
                self._body.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.page, self.maker, self._history = None, None, None
        if self.editor is not None:
            self.editor = None
            self.editing_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hint.setVisible(self.width() >= 560)

    # --- editing -----------------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Edits the shown entry in place, going on from a kept draft; one that is still being read, when it is."""
        self._edit_when_read = bool(self._wanted) and self.entry_id != self._wanted
        if self._reading and not self.editing and not self._edit_when_read:
            self._operations.submit(
                ReadOp(tr("Read the choices"), read_choices, self._begin_edit, key="browse.choices")
            )

    def _begin_edit(self, choices: Choices) -> None:
        if self._reading is None or self.editing:
            return
        reading = self._reading
        self._clear()
        self.message.hide()
        self.editor = Editor(self._appearance, reading.entry, choices, reading.draft, self)
        entry_id = reading.entry.id
        self.editor.saved.connect(self._save)
        self.editor.left.connect(self._leave)
        self.editor.draft_changed.connect(lambda values: self._keep_draft(entry_id, values))
        self.editor.understanding_wanted.connect(self._understand)
        self.editor.files_given.connect(self.attach_files)
        self.editor.image_given.connect(self.attach_image)
        self._body.insertWidget(1, self.editor)
        self.foot.hide()
        self.editor.focus_text()
        self.editing_changed.emit(True)

    def finish_editing(self) -> None:
        """Saves an edit under way, because its place is needed."""
        editor = self.editor
        if editor is not None:
            # Cleared first, so that what is refused at once finds no editor and comes back as a draft.
            self._clear()
            editor.save()

    def _save(self, values: dict[str, Any]) -> None:
        if self._reading is None:
            return
        entry_id = self._reading.entry.id
        if not values:
            self._discard_draft(entry_id)
            self._after_save(None)
            return
        self._operations.submit(
            ChangeOp(
                tr("Edit entry"),
                lambda notebook: save_edit(notebook, entry_id, values),
                self._after_save,
                lambda error: self._not_saved(entry_id, values, error),
            )
        )

    def _after_save(self, changes: Changes[str] | None) -> None:
        if self.editor is not None and (changes is None or changes.result == self.editor.entry_id):
            self.editor.deleteLater()
            self._body.removeWidget(self.editor)
            self.editor = None
            self.editing_changed.emit(False)
            self._scroll.setFocus()
        if changes is None or changes.result == self._wanted:
            self.refresh()

    def _not_saved(self, entry_id: str, values: dict[str, Any], error: KnownError) -> None:
        """Keeps what was typed and says why; where the editor is gone, the entry comes back with its draft."""
        if self.editor is not None and self.editor.entry_id == entry_id:
            self._keep_draft(entry_id, values)
            self.editor.show_error(error)
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self._keep_draft(entry_id, values, self.refresh)
            self.status_message.emit(tr("Not saved, but kept: {why}", why=error_sentence(error)))

    def _leave(self, values: dict[str, Any]) -> None:
        """Esc: nothing is saved, what was typed is kept as a draft."""
        entry_id = self.entry_id
        self._clear()
        self._scroll.setFocus()
        self._keep_draft(entry_id, values, self.refresh)

    def _keep_draft(self, entry_id: str, values: dict[str, Any], then: Callable[[], None] | None = None) -> None:
        name = surface(entry_id)

        def keep(notebook: "Notebook") -> None:
            if values:
                notebook.drafts.save(name, values)
            else:
                notebook.drafts.discard(name)

        self._operations.submit(ChangeOp(tr("Keep a draft"), keep, (lambda _: then()) if then else None))

    def _discard_draft(self, entry_id: str) -> None:
        self._keep_draft(entry_id, {})

    def _understand(self, field: str, text: str) -> None:
        def understood(_: "Notebook") -> str:
            return read_back(field, text, datetime.now())

        def tell(words: str, *, problem: bool = False) -> None:
            if self.editor is not None:
                self.editor.show_understood(field, text, words, problem=problem)

        self._operations.submit(
            ReadOp(
                tr("Understand a date"),
                understood,
                tell,
                lambda error: tell(error_sentence(error), problem=True),
                key=f"browse.when.{field}",
            )
        )

    # --- memos and codings -------------------------------------------------------------------------------------------

    def write_memo(self) -> None:
        """Begins a memo about the entry, where memos are written."""
        if self._reading is not None and not self.editing:
            self.new_memo_requested.emit("entry", self.entry_id)

    def code_words(self) -> None:
        """Takes the entry's text to where words are coded."""
        if self._reading is None or self.editing:
            return
        entry = self._reading.entry
        if entry.trashed:
            self.status_message.emit(tr("This entry is in the trash; bring it back before coding it."))
        elif not entry.fields.body.strip():
            self.status_message.emit(tr("This entry has no text to be coded; E writes some."))
        else:
            self.place_requested.emit("entry_text", entry.id, -1)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever has begun to code blind meanwhile, or has ended it, sees what belongs to that."""
        super().showEvent(event)
        if self._reading is not None and self._reading.blind != self._blind():
            self.refresh()

    # --- history -----------------------------------------------------------------------------------------------------

    def toggle_history(self) -> None:
        """Unfolds the versions below the entry, or folds them away."""
        if self._reading is None:
            return
        if self._history is not None:
            self._history.hide()
            self._history.deleteLater()
            self._history = None
            return
        entry_id = self._reading.entry.id
        self._operations.submit(
            ReadOp(
                tr("Read the history"),
                lambda notebook: (entry_id, read_history(notebook, entry_id)),
                self._unfold,
                key="browse.history",
            )
        )

    def _unfold(self, answer: tuple[str, Any]) -> None:
        entry_id, revisions = answer
        if entry_id != self.entry_id or self.editing or self._history is not None:
            return
        self._history = HistoryView(self._appearance, revisions, self)
        self._history.bring_back_requested.connect(self._bring_back)
        self._body.insertWidget(self._body.count() - 1, self._history)

    def _bring_back(self, revision: str) -> None:
        entry_id = self.entry_id
        self._change(tr("Bring back a version"), lambda notebook: notebook.entries.bring_back(entry_id, revision))

    # --- trash, links, foresights ------------------------------------------------------------------------------------

    def trash(self) -> None:
        """Moves the entry to the trash; nothing is lost, and Ctrl+Z brings it back."""
        if self._reading is None or self.editing:
            return
        entry_id = self.entry_id
        self._change(tr("Move to trash"), lambda notebook: notebook.entries.trash([entry_id]))
        self.status_message.emit(tr("Moved to the trash · Ctrl+Z brings it back"))

    def _restore(self) -> None:
        entry_id = self.entry_id
        self._change(tr("Restore from trash"), lambda notebook: notebook.entries.restore([entry_id]))

    def begin_link(self) -> None:
        """Shows the line that adds a link."""
        if self._reading is None or self.editing:
            return
        if self.maker is None:
            self.maker = LinkMaker(self._appearance, self._operations, self.entry_id, self.stretch, self)
            self.maker.link_made.connect(self._link)
            self.maker.left.connect(self._end_link)
            self._body.insertWidget(2, self.maker)
        self.maker.line.setFocus()

    def _end_link(self) -> None:
        if self.maker is not None:
            self.maker.hide()
            self.maker.deleteLater()
            self.maker = None
            self._scroll.setFocus()

    def _link(self, fields: LinkFields) -> None:
        self._end_link()
        self._change(tr("Link"), lambda notebook: notebook.links.add(fields))

    def _unlink(self, link_id: str) -> None:
        self._change(tr("Remove link"), lambda notebook: notebook.links.remove(link_id))

    def _resolve(self, result: str) -> None:
        entry_id = self.entry_id
        draft = EntryDraft(outcome=Outcome(result))
        self._change(tr("Resolve a foresight"), lambda notebook: notebook.entries.edit(entry_id, draft))

    def _change(self, label: str, call: "Callable[[Notebook], Changes[Any]]") -> None:
        self._operations.submit(ChangeOp(label, call, lambda _: self.refresh(), self._say_error))

    def _say_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    # --- attachments -------------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Lets files be chosen, without holding up the window."""
        if self._reading is not None:
            self.attachments.choose(self.entry_id)

    def attach_files(self, paths: list[str]) -> None:
        self.attachments.attach_files(self.entry_id, paths)

    def attach_image(self, image: object) -> None:
        """Attaches a pasted image."""
        self.attachments.attach_image(self.entry_id, image)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._reading and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach_files(files_in(event.mimeData()))
        event.acceptProposedAction()

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verbs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_E: self.edit,
            Qt.Key.Key_A: self.choose_files,
            Qt.Key.Key_L: self.begin_link,
            Qt.Key.Key_M: self.write_memo,
            Qt.Key.Key_C: self.code_words,
            Qt.Key.Key_H: self.toggle_history,
            Qt.Key.Key_Delete: self.trash,
        }
        verb = verbs.get(event.key())
        if verb and not event.modifiers() and not self.editing:
            verb()
        else:
            super().keyPressEvent(event)
