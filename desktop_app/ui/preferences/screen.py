"""The Preferences screen: settings at the left, the open notebook at the right; one below the other where it is narrow.

Start reading at :meth:`PreferencesScreen.read`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.vocabulary import Term, VocabularyName
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, LongOp, Progress, ShouldStop
from desktop_app.ui.preferences.backups import BackupsPanel
from desktop_app.ui.preferences.checking import CheckPanel
from desktop_app.ui.preferences.log import LogPanel
from desktop_app.ui.preferences.notebook_form import NotebookForm
from desktop_app.ui.preferences.reads import NotebookFacts, backup_when, read_facts, read_log
from desktop_app.ui.preferences.settings_form import SettingsForm
from desktop_app.ui.preferences.terms import TermsEditor
from desktop_app.ui.theme import SPACE_M, SPACE_XL
from desktop_app.ui.widgets import Card, HairLine, Screen, ScreenContext, SectionLabel, SheetPage, TitleLabel, TourStep

if TYPE_CHECKING:
    from desktop_app.services.maintenance import BackupInfo, CheckReport
    from desktop_app.services.notebooks import Notebook

TWO_COLUMNS_FROM = 980
"""Width of the page in pixels from which there are two columns, at normal text size."""
CHECKING = "Checking the notebook"
VOCABULARIES: tuple[VocabularyName, ...] = ("perspective", "scale")


class PreferencesScreen(Screen):
    """What a person sets for this computer, and what belongs to the open notebook."""

    screen_id = "preferences"
    title = "Preferences"
    kinds = ("notebook", "term", "import")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._facts: NotebookFacts | None = None
        self._build()
        self._connect()
        self._arrange()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.page = SheetPage(self)
        sheet, column = self.page.sheet, self.page.body
        column.addWidget(TitleLabel(tr("Preferences"), sheet))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(SPACE_XL)
        self.form = SettingsForm(self.context, sheet)
        self._columns.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._build_notebook(sheet), 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._columns)
        column.addStretch(1)

    def _build_notebook(self, sheet: QWidget) -> QWidget:
        side = QWidget(sheet)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.notebook = NotebookForm(self.appearance, side)
        self.terms: dict[VocabularyName, TermsEditor] = {
            "perspective": TermsEditor(self.appearance, tr("Perspectives"), tr("Add a perspective"), side),
            "scale": TermsEditor(self.appearance, tr("Time scales"), tr("Add a time scale"), side),
        }
        self.backups = BackupsPanel(self.appearance, side)
        self.check = CheckPanel(self.appearance, side)
        self.log = LogPanel(side)
        for heading, parts in (
            (tr("This notebook"), [self.notebook]),
            (tr("Words of its own"), list(self.terms.values())),
            (tr("Backups"), [self.backups]),
            (tr("Check"), [self.check]),
            (tr("Who did what"), [self.log]),
        ):
            column.addWidget(SectionLabel(heading, side))
            card = Card(side, spacing=12)
            for number, part in enumerate(parts):
                if number:
                    card.body.addWidget(HairLine(card))
                card.body.addWidget(part)
            column.addWidget(card)
            column.addSpacing(SPACE_M)
        side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return side

    def _connect(self) -> None:
        self.notebook.rename_wanted.connect(self._rename)
        for name, editor in self.terms.items():
            editor.add_wanted.connect(lambda term, name=name: self._add_term(name, term))
            editor.remove_wanted.connect(lambda term, name=name: self._remove_term(name, term))
        self.backups.backup_wanted.connect(self._back_up)
        self.backups.folder_wanted.connect(self._open_folder)
        self.backups.restore_wanted.connect(self._restore)
        self.check.check_wanted.connect(lambda: self._check(repair=False))
        self.check.repair_wanted.connect(lambda: self._check(repair=True))
        self.check.stop_wanted.connect(lambda: self.operations.stop(tr(CHECKING)))
        self.log.asked.connect(self._read_log)
        self.appearance.changed.connect(self._arrange)

    # --- screen -----------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        # Backups are made in the background and change no item, so nobody says when there is one more.
        self.mark_stale()
        super().activate()

    def focus_first(self) -> None:
        self.page.verticalScrollBar().setValue(0)
        self.form.focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        """A word that was begun and has no name yet is not waited for."""
        for editor in self.terms.values():
            editor.end_if_empty()
        super().hideEvent(event)

    def read(self) -> None:
        self.operations.read(tr("Read the notebook's own settings"), read_facts, self._show, key="preferences")
        self._read_log(self.log.person, self.log.count)

    def _read_log(self, person: str, count: int) -> None:
        self.operations.read(
            tr("Read the log"),
            lambda notebook: read_log(notebook, person, count),
            self.log.show_page,
            key="preferences:log",
        )

    def _show(self, facts: NotebookFacts) -> None:
        self._facts = facts
        self.notebook.show_facts(facts)
        self.terms["perspective"].show_terms(facts.perspectives)
        self.terms["scale"].show_terms(facts.scales)
        self.backups.show_backups(facts.backups)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= TWO_COLUMNS_FROM * self.appearance.sizes.body / 14
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    # --- title and terms --------------------------------------------------------------------------------------------

    def _rename(self, title: str) -> None:
        self.operations.submit(
            ChangeOp(tr("Rename"), lambda notebook: notebook.rename(title), None, self.notebook.show_error)
        )

    def _add_term(self, vocabulary: VocabularyName, term: Term) -> None:
        editor = self.terms[vocabulary]

        def done(_changes: Changes[str] | None) -> None:
            editor.end()

        self.operations.submit(
            ChangeOp(
                tr("Add a word"),
                lambda notebook: notebook.vocabulary.add_term(vocabulary, term),
                done,
                editor.show_error,
            )
        )

    def _remove_term(self, vocabulary: VocabularyName, term: str) -> None:
        editor = self.terms[vocabulary]
        self.operations.submit(
            ChangeOp(
                tr("Take a word away"),
                lambda notebook: notebook.vocabulary.remove_term(vocabulary, term),
                None,
                editor.show_error,
            )
        )

    # --- backups ----------------------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        def call(notebook: "Notebook", _progress: Progress, _should_stop: ShouldStop) -> Path:
            return notebook.maintenance.backup()

        self.backups.begin(tr("Backing up"))
        self.operations.submit(LongOp(tr("Backing up"), call, self._backed_up, self._backup_failed))

    def _backed_up(self, path: Path) -> None:
        self.backups.end()
        self.backups.message.say(tr("Backed up and read back: {path}", path=path))
        self.mark_stale()

    def _backup_failed(self, error: KnownError) -> None:
        self.backups.end()
        self.backups.message.say_error(error)

    def _open_folder(self) -> None:
        if self._facts is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._facts.folder)))

    def _restore(self, info: "BackupInfo") -> None:
        def call(notebook: "Notebook", _progress: Progress, _should_stop: ShouldStop) -> Path | None:
            from desktop_app.services.maintenance import restore_notebook

            return restore_notebook(notebook.path, info.path)

        def done(aside: Path | None) -> None:
            self._restored(info, aside)

        self.backups.begin(tr("Putting the notebook back"))
        self.operations.submit(LongOp(tr("Putting the notebook back"), call, done, self._backup_failed))

    def _restored(self, info: "BackupInfo", aside: Path | None) -> None:
        self.backups.end()
        told = tr("The notebook is as it was on {when}.", when=backup_when(info))
        if aside is not None:
            told += " " + tr("What was there is kept as {path}.", path=aside)
        self.backups.message.say(told)
        self.operations.changed_elsewhere.emit()

    # --- check ------------------------------------------------------------------------------------------------------

    def _check(self, *, repair: bool) -> None:
        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> "CheckReport":
            def told(share: float, text: str) -> None:
                if should_stop() and not repair:
                    raise Interrupted(what=tr("The check"))
                progress(share, text)

            return notebook.maintenance.check(repair=repair, progress=told)

        label = tr("Mending the notebook") if repair else tr(CHECKING)
        self.check.begin(label, can_stop=not repair)
        self.operations.submit(
            LongOp(
                label,
                call,
                self.check.show_report,
                self._check_failed,
                self.check.progress.progress,
                lane="write" if repair else "background",
            )
        )

    def _check_failed(self, error: KnownError) -> None:
        self.check.end()
        if not isinstance(error, Interrupted):
            self.check.message.say_error(error)

    # --- the tour ---------------------------------------------------------------------------------------------------

    def tour_steps(self) -> list[TourStep]:
        return [("notebook", self._tour_notebook)]

    def _tour_notebook(self) -> None:
        """A word being added, a check that was made, and the foot of the page."""
        self.terms["perspective"].begin()
        self._check(repair=False)
        self.page.verticalScrollBar().setValue(self.page.verticalScrollBar().maximum())
