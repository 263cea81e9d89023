"""The People screen: the list, and beside it the chosen person or organisation, read or edited in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.people import StageStep
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.people.form import ORGANISATION_FIELDS, PERSON_FIELDS, ThingForm
from desktop_app.ui.people.listing import Order, organisation_rows, people_rows
from desktop_app.ui.people.organisation_page import OrganisationView
from desktop_app.ui.people.person_page import PersonView
from desktop_app.ui.people.reads import (
    Everybody,
    OrganisationPage,
    PersonPage,
    read_everybody,
    read_organisation,
    read_person,
    remove_step,
    save_organisation,
    save_person,
    surface,
)
from desktop_app.ui.theme import SPACE_L, SPACE_M, SPACE_XL
from desktop_app.ui.widgets import (
    EmptyState,
    IconButton,
    InlineMessage,
    LinkButton,
    ListAndPage,
    ScreenContext,
    TitleLabel,
    TourStep,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

Kind = Literal["person", "organisation"]
KINDS: tuple[Kind, ...] = ("person", "organisation")
Page = PersonPage | OrganisationPage


class PeopleScreen(ListAndPage[Kind]):
    """Who said it, and their way from stranger to advocate."""

    screen_id = "people"
    title = "People"
    kinds = ("person", "organisation", "entry", "memo")
    tab_kinds = KINDS

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._everybody = Everybody((), ())
        self._order: Order = "name"
        self._page: Page | None = None
        self.view: PersonView | OrganisationView | None = None
        self.form: ThingForm | None = None
        self._form_of: tuple[Kind, str] | None = None
        self._build()
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, 20, SPACE_XL, SPACE_XL)
        outer.setSpacing(SPACE_L)
        left, page = self._build_left(), self.build_page(tr("The chosen person"))
        self.message = InlineMessage(self.appearance, page)
        page.body.insertWidget(0, self.message)
        nobody = EmptyState(
            self.appearance,
            tr("Nobody here yet"),
            tr("People come in as you write: @Ines in an entry makes a person. Or add somebody you know by hand."),
            tr("Add a person"),
            self,
            perspective="aspirational-rationality",
        )
        outer.addWidget(self.build_frame(left, page, nobody))

    def _build_left(self) -> QWidget:
        left = QWidget(self)
        left.setMinimumWidth(250)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.build_filter(tr("Name or organisation"), left))
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.build_tabs(tr("People or organisations"), (tr("People"), tr("Organisations")), left))
        self.order = LinkButton("", left)
        self.order.setProperty("small", True)
        self.add_button = IconButton(self.appearance, "plus", tr("Add a person"), left, shortcut="N", size=18)
        top.addWidget(self.add_button)
        row.addStretch()
        row.addWidget(self.order)
        column.addLayout(top)
        column.addLayout(row)
        column.addWidget(self.build_list(tr("People"), tr("Nobody fits."), left), 1)
        return left

    def _connect(self) -> None:
        self.connect_frame()
        self.order.clicked.connect(self._reorder)
        self.add_button.clicked.connect(lambda: self.add(self.kind))
        self.nothing.step_requested.connect(lambda: self.add("person"))

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_person(self, person_id: str) -> None:
        self._open("person", person_id)

    def open_organisation(self, organisation_id: str) -> None:
        self._open("organisation", organisation_id)

    def add(self, kind: Kind) -> None:
        """Begins a new person or organisation in place."""
        self.finish_editing()
        self.stack.setCurrentIndex(0)
        self._read_draft(kind)

    def edit(self) -> None:
        """Begins editing whom the page shows."""
        if self._page is not None and self.form is None:
            self._begin_form(self._page)

    def trash(self) -> None:
        """Moves whom the page shows to the trash; their words stay."""
        if self._chosen is None or self.form is not None:
            return
        kind, item = self._chosen
        self._chosen = None
        if kind == "person":
            self._change(tr("Move person to trash"), lambda notebook: notebook.people.trash(item))
        else:
            self._change(tr("Move organisation to trash"), lambda notebook: notebook.people.trash_organisation(item))

    def add_step(self) -> None:
        if isinstance(self.view, PersonView):
            self.view.begin_step()

    def write_memo(self) -> None:
        """Begins a memo about whom the page shows, where memos are written."""
        if self._chosen is not None and self.form is None:
            self.new_memo_requested.emit(*self._chosen)

    # --- screen ------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self.operations.read(tr("Read people"), read_everybody, self._show_everybody, key="people")
        if self._chosen:
            self._read_page(*self._chosen)

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()
        else:
            super().focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish_editing()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_E: self.edit,
            Qt.Key.Key_S: self.add_step,
            Qt.Key.Key_M: self.write_memo,
            Qt.Key.Key_N: lambda: self.add(self.kind),
            Qt.Key.Key_Delete: self.trash,
        }
        if self.form is None and not event.modifiers() and event.key() in keys:
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    # --- the list ----------------------------------------------------------------------------------------------------

    def _show_everybody(self, everybody: Everybody) -> None:
        self._everybody = everybody
        anybody = bool(everybody.people or everybody.organisations or self.form)
        self.stack.setCurrentIndex(0 if anybody else 1)
        self._fill()

    def _fill(self) -> None:
        wanted = self.filter.text()
        if self.kind == "person":
            rows = people_rows(self._everybody.people, wanted, self._order)
        else:
            rows = organisation_rows(self._everybody.organisations, wanted)
        self._show_rows(rows)
        self.order.setVisible(self.kind == "person")
        self.order.setText(tr("by name") if self._order == "name" else tr("last heard first"))
        adding = tr("Add a person") if self.kind == "person" else tr("Add an organisation")
        self.add_button.setToolTip(f"{adding}  N")
        self.add_button.setAccessibleName(adding)
        if self._chosen and self.list.choose_quietly(self._chosen[1]):
            return
        if not self._chosen and rows and self.form is None:
            self.list.choose_first()
        elif not rows and not wanted:
            self._clear_page()

    def _reorder(self) -> None:
        self._order = "heard" if self._order == "name" else "name"
        self._fill()

    def _choose(self, item: str) -> None:
        if self._chosen != (self.kind, item):
            self.finish_editing()
            self._chosen = (self.kind, item)
            self._read_page(self.kind, item)

    def _open(self, kind: Kind, item: str) -> None:
        self.finish_editing()
        self._chosen = (kind, item)
        if self.filter.text():
            self.filter.clear()
        self.tabs.setCurrentIndex(KINDS.index(kind))
        self.list.choose_quietly(item)
        self._read_page(kind, item)

    # --- the page ----------------------------------------------------------------------------------------------------

    def _read_page(self, kind: Kind, item: str) -> None:
        call: Callable[[Notebook], Page] = (
            (lambda notebook: read_person(notebook, item))
            if kind == "person"
            else (lambda notebook: read_organisation(notebook, item))
        )
        self.operations.submit(ReadOp(tr("Read person"), call, self._show_page, self._page_failed, key="people.page"))

    def _show_page(self, page: Page) -> None:
        thing = page.person if isinstance(page, PersonPage) else page.organisation
        if self.form is not None or self._chosen is None or self._chosen[1] != thing.id:
            return
        if thing.trashed:
            self._chosen = None
            self._fill()
            return
        same = self._page is not None and _id_of(self._page) == thing.id
        at = self.page.area.verticalScrollBar().value()
        self._page = page
        self._put(self._make_view(page))
        self.message.dismiss()
        self.page.area.verticalScrollBar().setValue(at if same else 0)

    def _make_view(self, page: Page) -> PersonView | OrganisationView:
        view: PersonView | OrganisationView
        if isinstance(page, PersonPage):
            view = PersonView(self.appearance, self.operations, page, self.page.sheet)
            view.organisation_requested.connect(self.open_organisation)
            view.step_given.connect(self._add_step)
            view.step_removed.connect(self._remove_step)
        else:
            view = OrganisationView(self.appearance, page, self.page.sheet)
            view.person_requested.connect(self.open_person)
        view.settle_requested.connect(lambda: self.open_place_requested.emit("conflict", _id_of(page), -1))
        view.entry_requested.connect(self.open_entry_requested)
        view.edit_requested.connect(self.edit)
        view.trash_requested.connect(self.trash)
        view.memo_requested.connect(self.write_memo)
        view.memo_opened.connect(lambda memo: self.open_place_requested.emit("memo", memo, -1))
        view.card_seen.connect(self._scroll_to)
        self.view = view
        return view

    def _clear_page(self) -> None:
        if self.form is None:
            self._page = self.view = None
            self._put(None)

    def _page_failed(self, error: KnownError) -> None:
        self._clear_page()
        self.message.say_error(error)

    # --- editing in place --------------------------------------------------------------------------------------------

    def _read_draft(self, kind: Kind) -> None:
        self.operations.read(
            tr("Read a draft"),
            lambda notebook: notebook.drafts.load(surface(kind, "")),
            lambda draft: self._put_form(kind, "", {}, draft),
            key="people.draft",
        )

    def _begin_form(self, page: Page) -> None:
        if isinstance(page, PersonPage):
            fields = page.person.fields
            values = {name: getattr(fields, name) for name in ("name", "pseudonym", "consent", "note")}
            self._put_form("person", page.person.id, {**values, "org": page.person.org_name}, page.draft)
        else:
            about = page.organisation.fields
            values = {"name": about.name, "note": about.note}
            self._put_form("organisation", page.organisation.id, values, page.draft)

    def _put_form(self, kind: Kind, item: str, values: dict[str, Any], draft: Any) -> None:
        fields = PERSON_FIELDS if kind == "person" else ORGANISATION_FIELDS
        names = [organisation.fields.name for organisation in self._everybody.organisations]
        sheet = QWidget(self.page.sheet)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_L)
        new = tr("New person") if kind == "person" else tr("New organisation")
        column.addWidget(TitleLabel(str(values.get("name", "")) or new, sheet, wrap=True))
        self.form = ThingForm(self.appearance, fields, values, names, sheet, draft=draft)
        self._form_of = (kind, item)
        self.form.saved.connect(self._save)
        self.form.left.connect(self._leave)
        column.addWidget(self.form)
        column.addStretch(1)
        self.view = None
        self._put(sheet)
        self.page.to_top()
        self.form.focus_first()

    def _save(self, values: dict[str, Any]) -> None:
        if self._form_of is None:
            return
        kind, item = self._form_of
        save = save_person if kind == "person" else save_organisation
        self.operations.submit(
            ChangeOp(
                tr("Save {name}", name=values["name"]),
                lambda notebook: save(notebook, item, values),
                lambda changes: self._saved(kind, item, changes),
                self._not_saved,
            )
        )

    def _saved(self, kind: Kind, item: str, changes: Changes[str] | None) -> None:
        self._keep_draft(kind, item, {})
        self._end_form()
        if changes is not None:
            self._chosen = (kind, changes.result)
            self.tabs.setCurrentIndex(KINDS.index(kind))
        self.list.setFocus()

    def _not_saved(self, error: KnownError) -> None:
        if self.form is not None:
            self.form.show_error(error)

    def _leave(self, kept: dict[str, Any]) -> None:
        if self._form_of is None:
            return
        self._keep_draft(*self._form_of, kept)
        self._end_form()
        self._page = None
        self.read()
        self.list.setFocus()

    def finish_editing(self) -> None:
        """Leaves the form; what was typed is kept and comes back when it is edited again."""
        if self.form is not None and self._form_of is not None:
            self._keep_draft(*self._form_of, self.form.typed())
            self._end_form()
            self.mark_stale()

    def _end_form(self) -> None:
        self.form = self._form_of = None

    def _keep_draft(self, kind: Kind, item: str, values: dict[str, Any]) -> None:
        name = surface(kind, item)

        def keep(notebook: "Notebook") -> None:
            if values:
                notebook.drafts.save(name, values)
            else:
                notebook.drafts.discard(name)

        self.operations.submit(ChangeOp(tr("Keep a draft"), keep))

    # --- changes -----------------------------------------------------------------------------------------------------

    def _change(self, label: str, call: "Callable[[Notebook], Changes[str]]") -> None:
        self.operations.submit(ChangeOp(label, call, on_error=self.message.say_error))

    def _add_step(self, step: StageStep) -> None:
        if self._chosen is None or not isinstance(self.view, PersonView):
            return
        person, view = self._chosen[1], self.view
        self.operations.submit(
            ChangeOp(
                tr("Note a step"),
                lambda notebook: notebook.people.add_stage(person, step),
                lambda _: view.end_step(),
                view.show_error,
            )
        )

    def _remove_step(self, number: int) -> None:
        if self._chosen is not None:
            person = self._chosen[1]
            self._change(tr("Take back a step"), lambda notebook: remove_step(notebook, person, number))

    # --- the tour ----------------------------------------------------------------------------------------------------

    def tour_steps(self) -> list[TourStep]:
        return [("chosen", self._tour_person), ("step", self.add_step), ("organisation", self._tour_organisation)]

    def _tour_person(self) -> None:
        """Whoever has come the longest way."""
        if self._everybody.people:
            longest = max(self._everybody.people, key=lambda person: (len(person.fields.stages), person.entries))
            self.open_person(longest.id)

    def _tour_organisation(self) -> None:
        if self._everybody.organisations:
            most = max(self._everybody.organisations, key=lambda organisation: organisation.entries)
            self.open_organisation(most.id)


def _id_of(page: Page) -> str:
    return page.person.id if isinstance(page, PersonPage) else page.organisation.id
