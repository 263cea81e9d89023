"""The page of questions: what is asked, open ones first, and beside it the chosen one with its evidence."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.model.briefs import Questions, Studied
from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.links import End, Relation
from desktop_app.model.questions import Piece, Question, QuestionDraft
from desktop_app.model.vocabulary import question_at
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.coverage.drawing import CoverageDrawing
from desktop_app.ui.lenses.drawing import Drawing, Spot
from desktop_app.ui.lenses.listed import ListedLens
from desktop_app.ui.lenses.questions.drafting import Drafting, Kept, surface, waiting
from desktop_app.ui.lenses.questions.forms import AnswerForm, QuestionForm, Sheet
from desktop_app.ui.lenses.questions.gathering import Gathering
from desktop_app.ui.lenses.questions.options_form import Given, OptionsForm, take
from desktop_app.ui.lenses.questions.printing import render_pdf
from desktop_app.ui.lenses.questions.telling import ASKED, OWN, piece_words, rows
from desktop_app.ui.lenses.questions.view import QuestionView
from desktop_app.ui.ops import ChangeOp, LongOp, Progress, ReadOp, ShouldStop
from desktop_app.ui.widgets import (
    EmptyState,
    ProgressStrip,
    ScreenContext,
    tab_bar,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

WHOSE = ("", OWN, ASKED)
FILTERS = {"Markdown (*.md)": ".md", "HTML (*.html)": ".html", "PDF (*.pdf)": ".pdf"}


class QuestionsPage(ListedLens[Questions]):
    """Questions with what speaks for and against, and the briefs that they become."""

    page_id = "questions"
    title = "Questions"
    kinds = ("question", "entry", "link", "coding", "document", "memo", "person", "import", "series", "term")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chosen = ""
        self._wanted_piece = ""
        self._found: Studied | None = None
        self.view: QuestionView | None = None
        self.form: Sheet | Gathering | None = None
        self._drafting = Drafting(self.operations)
        self._build()
        self._add_foot()
        self.tabs.currentChanged.connect(lambda _: self.fill_list())

    def _add_foot(self) -> None:
        """What can be done with the chosen piece; hidden while there is none."""
        verbs = (
            (tr("for"), "1", self.say_for),
            (tr("against"), "2", self.say_against),
            (tr("undecided"), "3", self.say_undecided),
            (tr("let go"), "Del", self.let_go),
            (tr("open"), "", self.open_piece),
        )
        self._piece_links = [self.foot.add_link(words, key, call) for words, key, call in verbs]
        self._tell_piece()

    def _tell_piece(self) -> None:
        piece = self._piece()
        self.foot.tell(piece_words(piece) if piece else "")
        for link in self._piece_links:
            link.setVisible(piece is not None)

    def _build(self) -> None:
        verbs = (("plus", tr("New question"), "N", self.add),)
        self.strip = ProgressStrip(self.sheet)
        self.strip.stop_requested.connect(lambda: self.operations.stop(tr("Write a brief")))
        self.body.addWidget(self.strip)
        self.lay_beside(
            tr("Words of a question"),
            tr("Questions"),
            tr("No question fits."),
            tr("The question"),
            narrowest=260,
            verbs=verbs,
        )
        self.tabs = tab_bar(tr("Whose questions"), (tr("All"), tr("Our own"), tr("Asked of us")), self.pane)
        self.tabs.setUsesScrollButtons(False)
        self.pane.column.insertWidget(1, self.tabs)

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("No question yet"),
            tr("Write down what you are trying to find out. Then gather what speaks for it and against it."),
            tr("Write the first question"),
            self,
            perspective="broad-foresight",
        )

    def first_step(self) -> None:
        self.add()

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("N", self.add),
            ("E", self.edit),
            ("G", self.gather),
            ("W", self.answer),
            ("O", self.set_options),
            ("R", self.reopen),
            ("B", self.save_brief),
            ("1", self.say_for),
            ("2", self.say_against),
            ("3", self.say_undecided),
            ("Del", self.let_go),
        ]

    # --- reading ----------------------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Questions:
        return notebook.briefs.read(query)

    def table(self, notebook: "Notebook", result: Questions) -> bytes:
        return notebook.briefs.csv(result)

    def drawing(self) -> Drawing | None:
        return CoverageDrawing(self._found.coverage) if self._found else None

    def is_empty(self, result: Questions) -> bool:
        return not result.questions and self.form is None

    def show_result(self, result: Questions) -> None:
        still_open = sum(one.question.is_open for one in result.questions)
        counted = count_text(still_open, "{number} open question", "{number} open questions")
        words = tr("What is asked, and what was gathered for it and against it. {count}.", count=counted)
        self.tell_scope(words, result.scope)
        ids = [one.question.id for one in result.questions]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        self.fill_list()
        self._read_chosen()

    def fill_list(self) -> None:
        if self.result is None:
            return
        made = rows(self.result.questions, WHOSE[self.tabs.currentIndex()], self.pane.filter.text())
        self.list.set_rows(made)
        self.card.tell(found=bool(made))
        self.list.choose_quietly(self._chosen)

    def choose_row(self, item: str) -> None:
        if item != self._chosen and not self._is_writing():
            self._chosen = item
            self.form = None
            self.message.dismiss()
            self._read_chosen()

    def _is_writing(self) -> bool:
        """Whether a form is open whose words would be lost; the list then stays where it is."""
        if self.form is None or isinstance(self.form, Gathering):
            return False
        self.list.choose_quietly(self._chosen)
        self.message.say(tr("Save what you are writing, or leave it with Esc; then go on."), "info")
        return True

    def _read_chosen(self) -> None:
        item = self._chosen
        if item and self.form is None:
            self.operations.submit(
                ReadOp(
                    tr("Read a question"),
                    lambda notebook: (notebook.briefs.study(item), waiting(notebook, item)),
                    lambda read: self._show(*read),
                    self.message.say_error,
                    key="lenses.questions.one",
                )
            )

    def _show(self, found: Studied, kept: tuple[str, str] | None) -> None:
        if found.question.id != self._chosen or self.form is not None:
            return
        before = self.view.chosen() if self.view else None
        wanted = self._wanted_piece or (before.link if before else "")
        self._wanted_piece = ""
        self._found = found
        self.view = QuestionView(self.appearance, found, self.paper.sheet)
        self.view.piece_opened.connect(self.open_piece)
        self.view.piece_chosen.connect(self._tell_piece)
        self.view.asked.connect(self.do)
        self.view.canvas.spot_chosen.connect(self._tell_cell)
        self.view.canvas.spot_opened.connect(self.open_spot)
        self.beside.put(self.view)
        self._tell_piece()
        if wanted:
            self.view.choose(wanted)
        if kept is not None:
            words = tr("Something you typed here was not saved yet.")
            self.message.say(words, action=tr("Go on editing"), on_action=lambda: self._go_on(*kept))

    def open_question(self, item: str) -> None:
        """Shows one question, whatever is filtered."""
        if self._is_writing():
            return
        self.pane.filter.clear()
        self.tabs.setCurrentIndex(0)
        self._leave_form()
        self._chosen = item
        self.list.choose_quietly(item)
        self._read_chosen()

    def place_to_read(self) -> QWidget:
        if self.form is not None:
            return self.form
        return self.view.reading() if self.view is not None else self.paper.area

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        elif self.form is None:
            self.list.setFocus()

    # --- coverage ---------------------------------------------------------------------------------------------------

    def _tell_cell(self, spot: Spot | None) -> None:
        for link in self._piece_links:
            link.hide()
        asks = self._asks(spot)
        if spot is None or asks is None:
            self.tell_spot(spot)
        else:
            self.foot.tell(tr("{words}. {question}", words=spot.words, question=asks), query="")

    def _asks(self, spot: Spot | None) -> str | None:
        """What an empty cell asks."""
        place = self._empty_cell(spot)
        if place is None or self._found is None:
            return None
        found = self._found.coverage
        perspective = next(one for one in found.perspectives if one.id == place[0])
        return question_at(perspective, next(one for one in found.scales if one.id == place[1]))

    def _empty_cell(self, spot: Spot | None) -> tuple[str, str] | None:
        cells = self._found.coverage.cells if self._found else ()
        places = ((one.perspective, one.scale) for one in cells if not one.count)
        return next((place for place in places if spot is not None and place == spot.key), None)

    def open_spot(self, spot: Spot) -> None:
        """The entries of a cell; an empty one is written into."""
        place = self._empty_cell(spot)
        if place is None:
            super().open_spot(spot)
        else:
            self.capture_requested.emit(f"^{place[0]} ~{place[1]} ", self._asks(spot) or "")

    # --- writing ----------------------------------------------------------------------------------------------------

    def _put_form(self, form: Sheet | Gathering) -> None:
        self.form = form
        self.message.dismiss()
        self.stack.setCurrentIndex(0)
        self.beside.put(form)
        self._tell_piece()

    def _begin(self, kind: str, item: str, make: Callable[[Kept], Sheet]) -> None:
        """Opens a form with what was typed into it before and not saved."""

        def show(kept: Kept) -> None:
            if self.form is None and item in ("", self._chosen):
                form = make(kept)
                form.typed.connect(lambda typed: self._drafting.keep(kind, item, typed))
                form.left.connect(lambda: self._leave_sheet(form, kind, item))
                self._put_form(form)
                form.begin(kept.draft)

        self._drafting.begin(kind, item, show)

    def _leave_sheet(self, form: Sheet, kind: str, item: str) -> None:
        """What was typed is forgotten, and can be brought back."""
        typed = form.changes()
        form.end()
        self._drop_form()
        self._drafting.keep(kind, item, {}, self._read_chosen)
        if typed:
            self.message.say(
                tr("Discarded."), action=tr("Bring it back"), on_action=lambda: self._bring_back(kind, item, typed)
            )

    def _bring_back(self, kind: str, item: str, typed: dict[str, Any]) -> None:
        self._drafting.keep(kind, item, typed, lambda: self._go_on(kind, item))

    def _go_on(self, kind: str, item: str) -> None:
        """Opens a form again; that of another question is offered beside that question."""
        if item in ("", self._chosen):
            {"new": self.add, "edit": self.edit, "answer": self.answer, "options": self.set_options}[kind]()
        else:
            self.open_question(item)

    def _leave_form(self) -> None:
        if self.form is not None:
            self._drop_form()
            self._read_chosen()

    def _drop_form(self) -> None:
        """Shows the question again in the place of the form, as it was read last."""
        self.form = None
        self.message.dismiss()
        self.beside.put(None)
        if self.result is not None and self.is_empty(self.result):
            self.stack.setCurrentIndex(1)
        if self._found is not None:
            self._show(self._found, None)
        self.focus_first()

    def _asked(self) -> Question | None:
        """The chosen question, while nothing is being written."""
        return self._found.question if self._found is not None and self.form is None else None

    def add(self) -> None:
        """Begins a new question."""

        def make(_: Kept) -> QuestionForm:
            form = QuestionForm(self.appearance, None, self.paper.sheet)
            form.saved.connect(lambda draft: self._keep(draft, ""))
            return form

        if self.form is None:
            self._begin("new", "", make)

    def edit(self) -> None:
        """Changes the question's words, its note, who asked it and whom to ask."""
        question = self._asked()
        if question is None:
            return

        def make(_: Kept) -> QuestionForm:
            form = QuestionForm(self.appearance, question, self.paper.sheet)
            form.saved.connect(lambda draft: self._keep(draft, question.id))
            return form

        self._begin("edit", question.id, make)

    def _keep(self, draft: QuestionDraft, item: str) -> None:
        if item:
            of = surface("edit", item)
            self._change(tr("Edit a question"), lambda notebook: notebook.questions.edit(item, draft, draft_of=of))
        else:
            of = surface("new", "")
            self._change(tr("Write a question"), lambda notebook: notebook.questions.add(draft, draft_of=of))

    def answer(self) -> None:
        """Writes the answer, and when it was given."""
        question = self._asked()
        if question is None:
            return
        item = question.id

        def save(words: str, when: str) -> None:
            self._change(
                tr("Answer a question"),
                lambda notebook: notebook.questions.answer(item, words, when=when, draft_of=surface("answer", item)),
            )

        def make(_: Kept) -> AnswerForm:
            form = AnswerForm(self.appearance, question, self.paper.sheet)
            form.saved.connect(save)
            return form

        self._begin("answer", item, make)

    def set_options(self) -> None:
        """Says between what the question decides, and what each option brings in and takes."""
        question = self._asked()
        if question is None:
            return
        item = question.id

        def save(given: list[Given]) -> None:
            self._change(
                tr("Set options"),
                lambda notebook: notebook.questions.set_options(
                    item, take(notebook, given), draft_of=surface("options", item)
                ),
            )

        def make(kept: Kept) -> OptionsForm:
            options = question.fields.options
            form = OptionsForm(self.appearance, self.operations, options, kept.series, self.paper.sheet)
            form.saved.connect(save)
            return form

        self._begin("options", item, make)

    def reopen(self) -> None:
        """Lets an answered question be open again."""
        question = self._asked()
        if question is not None and not question.is_open:
            item = question.id
            self._change(tr("Reopen a question"), lambda notebook: notebook.questions.reopen(item))

    def _change(self, label: str, call: "Callable[[Notebook], Changes[str]]") -> None:
        self.operations.submit(ChangeOp(label, call, self._kept, self._not_kept))

    def _kept(self, changes: Changes[str] | None) -> None:
        if changes is not None:
            self._chosen = changes.result
        if isinstance(self.form, Sheet):
            self.form.end()
        self.form = None
        self.read()

    def _not_kept(self, error: KnownError) -> None:
        if isinstance(self.form, Sheet):
            self.form.show_error(error)
        else:
            self.message.say_error(error)

    # --- evidence ---------------------------------------------------------------------------------------------------

    def gather(self) -> None:
        """Searches for what speaks for the question, or against it."""
        if self._asked() is not None:
            form = Gathering(self.appearance, self.operations, self.paper.sheet)
            form.gathered.connect(self.say_for)
            form.left.connect(self._leave_form)
            self._put_form(form)
            form.field.setFocus()

    def say_for(self) -> None:
        self._say(Relation.SUPPORTS)

    def say_against(self) -> None:
        self._say(Relation.CONTRADICTS)

    def say_undecided(self) -> None:
        self._say(Relation.MENTIONS)

    def _say(self, relation: Relation) -> None:
        """Gathers the chosen hit, or lets the chosen piece speak otherwise."""
        if isinstance(self.form, Gathering):
            chosen = self.form.chosen()
            if chosen is not None:
                self._relate(chosen, relation)
        elif (piece := self._piece()) is not None:
            self._wanted_piece = piece.link
            end = End(piece.kind, piece.id)
            if piece.kind == "series":
                end = End("series", piece.id, piece.start, piece.end, piece.then)
            self._relate(end, relation)

    def _relate(self, end: End, relation: Relation) -> None:
        item = self._chosen

        def told(_: Changes[str] | None) -> None:
            self.status_message.emit(tr("Gathered."))

        self.operations.submit(
            ChangeOp(
                tr("Gather evidence"),
                lambda notebook: notebook.questions.gather(item, end, relation),
                told,
                self.message.say_error,
            )
        )

    def _piece(self) -> Piece | None:
        return self.view.chosen() if self.view is not None and self.form is None else None

    def let_go(self) -> None:
        """Takes the chosen piece away from the question, and nothing else."""
        if (piece := self._piece()) is not None:
            item, link = self._chosen, piece.link
            self.operations.submit(
                ChangeOp(
                    tr("Let go of evidence"),
                    lambda notebook: notebook.questions.let_go(item, link),
                    on_error=self.message.say_error,
                )
            )

    def open_piece(self) -> None:
        """Opens the chosen piece where it is read."""
        piece = self._piece()
        if piece is None:
            return
        if piece.kind == "entry":
            self.open_entry_requested.emit(piece.id)
        else:
            self.open_place_requested.emit(piece.kind, piece.id, -1)

    # --- the brief --------------------------------------------------------------------------------------------------

    def save_brief(self) -> None:
        """Asks where to, and saves the brief as Markdown, HTML or PDF."""
        if self._asked() is None:
            return
        dialog = QFileDialog(self, tr("Save the brief"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(FILTERS))
        dialog.selectFile(tr("Brief") + ".md")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(file: str) -> None:
            path = Path(file)
            known = path.suffix.lower() in FILTERS.values()
            self.write_brief(path if known else path.with_name(path.name + FILTERS[dialog.selectedNameFilter()]))

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def write_brief(self, path: Path) -> None:
        """Writes the brief of the chosen question, whole or not at all, off the window's thread."""
        item = self._chosen

        def write(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> Path:
            from desktop_app.services.writing import write_whole

            ending = path.suffix.lower()
            made = notebook.briefs.write(item, ending, render_pdf, progress=progress, should_stop=should_stop)
            write_whole(path, made)
            return path

        self.strip.begin(tr("Write a brief"))
        self.operations.submit(
            LongOp(
                tr("Write a brief"),
                write,
                lambda written: self._told(tr("Saved {name}.", name=written.name)),
                self._brief_failed,
                self.strip.progress,
                lane="background",
            )
        )

    def _told(self, words: str) -> None:
        self.strip.finish()
        self.status_message.emit(words)

    def _brief_failed(self, error: KnownError) -> None:
        self.strip.finish()
        self.message.say_error(error)

    # --- pictures ---------------------------------------------------------------------------------------------------

    def begin_tour(self) -> None:
        """The question with most evidence is worth a picture."""
        found = self.result.questions if self.result else ()
        if found:
            self.open_question(max(found, key=lambda one: one.question.evidence).question.id)
