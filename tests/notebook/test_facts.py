"""The facts that lenses work on are those of the entries."""

from desktop_app.model.entries import Attachment, Check, EntryFields, Outcome
from desktop_app.notebook.file import NotebookFile


def _written(file: NotebookFile) -> list[str]:
    fields = [
        EntryFields(body="\n\n  First words  \nthen more", occurred="2026-03", scales=("week", "day"), tags=("a/b",)),
        EntryFields(
            title="Told", body="x", kind="quote", basis="told", act="listened", recurs="P1Y", occurred="2024/.."
        ),
        EntryFields(
            body="x" * 1000, recurs="P1Y", perspectives=("holistic", "multi-temporal"), surprise=True, kind="event"
        ),
        EntryFields(body="\n" * 600 + "late words"),
        EntryFields(attachments=(Attachment("plan.pdf", "0" * 64, "application/pdf", 3),)),
        EntryFields(
            kind="foresight",
            body="It will rain",
            horizon="2026-06",
            confidence=0.7,
            check=Check("s" * 26, ">=", 3.0, "2026-05"),
            outcome=Outcome("yes", "2026-06-01", "it did"),
            channel="phone",
            series=("s" * 26,),
        ),
    ]
    ids = []
    for number, one in enumerate(fields):
        item = f"{number:026}"
        with file.journal.change("Write") as recorder:
            recorder.record("entry", item, one.to_json(), new=True)
        ids.append(item)
    return ids


def test_facts_are_those_of_the_entries(file: NotebookFile) -> None:
    ids = _written(file)
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "entry", ids[2])
    kept = {entry.id: entry for entry in file.entries.many(ids) if not entry.trashed}
    found = file.entries.facts()
    assert [facts.id for facts in found] == sorted(kept, key=lambda item: (kept[item].start, item))
    for facts in found:
        entry = kept[facts.id]
        assert facts.heading == entry.heading
        assert (facts.start, facts.end, facts.author) == (entry.start, entry.end, entry.author)
        assert (facts.created, facts.edited) == (entry.created, entry.edited)
        for name in ("kind", "occurred", "channel", "basis", "surprise", "horizon", "confidence", "act", "recurs"):
            assert getattr(facts, name) == getattr(entry.fields, name)
        for name in ("scales", "perspectives", "tags", "series", "check", "outcome", "speaker", "org"):
            assert getattr(facts, name) == getattr(entry.fields, name)
