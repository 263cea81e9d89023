"""export: a copy to hand out."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from desktop_app.cli import output, words
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.secrets import known_passphrase, passphrase_option
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.errors import Invalid
from desktop_app.model.exchange import ExportChoice, History, Manifest, Seal
from desktop_app.model.redaction import RedactionPreview
from desktop_app.services.exporting import Exported, ExportPreview

_WORDS = {
    "entry": ("entry", "entries"),
    "person": ("person", "people"),
    "dismissal": ("dismissed place", "dismissed places"),
    "search": ("saved search", "saved searches"),
    "series": ("setting of a series", "settings of series"),
}
"""Kinds whose names are others than their ids, one and many."""


@click.command("export")
@click.argument("path", type=PATH)
@click.option(
    "--format", "format_", type=click.Choice(["notebook"]), default="notebook", help="What kind of file; a notebook."
)
@click.option("--query", metavar="Q", type=TEXT, default="", help="Only what this search finds, with all it needs.")
@click.option("--heads-only", is_flag=True, help="Everything as it stands now, without earlier versions.")
@click.option("--no-attachments", is_flag=True, help="Leave attached files out.")
@click.option("--redact", is_flag=True, help="Put pseudonyms in the place of people, everywhere.")
@click.option(
    "--hide",
    metavar="WORDS[=OTHERS]",
    multiple=True,
    type=TEXT,
    help="Redacting, replace these words too (…, or OTHERS).",
)
@click.option("--key", metavar="PATH", type=PATH, help="Where to write who has which pseudonym.")
@click.option("--encrypt", is_flag=True, help="Encrypt it with a passphrase, or for those named with --recipient.")
@click.option("--recipient", metavar="KEY", multiple=True, type=TEXT, help="Encrypt it for this age or SSH public key.")
@passphrase_option
@click.option("--replace", is_flag=True, help="Replace a file that is there already.")
@click.option("--dry-run", is_flag=True, help="Only tell what it would hold.")
@common
@pass_session
def export_command(
    session: Session,
    path: Path,
    format_: str,
    query: str,
    heads_only: bool,
    no_attachments: bool,
    redact: bool,
    hide: tuple[str, ...],
    key: Path | None,
    encrypt: bool,
    recipient: tuple[str, ...],
    passphrase: Path | None,
    replace: bool,
    dry_run: bool,
) -> None:
    """Write a copy of the notebook to hand out; it is a notebook again, and can be merged home.

    Without a query it holds everything. Words whose speaker has withdrawn their consent never leave; anonymous ones
    leave without their speaker.
    """
    choice = ExportChoice(
        query=query,
        history=History.HEADS if heads_only else History.FULL,
        redact=redact,
        hide=_hidden(hide),
        attachments=not no_attachments,
    )
    with session.notebook() as notebook:
        if dry_run:
            preview = notebook.exporting.preview(choice)
            session.show(_preview_json(preview), lambda: _print_preview(preview))
            return
        seal = _seal(recipient, passphrase) if encrypt or recipient else None
        with output.progress() as progress:
            made = notebook.exporting.export(path, choice, seal=seal, key_path=key, replace=replace, progress=progress)
    session.show(_made_json(made), lambda: _print_made(made))


def _hidden(given: Sequence[str]) -> dict[str, str]:
    pairs = (text.split("=", 1) if "=" in text else (text, "…") for text in given)
    return {words.strip(): other.strip() for words, other in pairs if words.strip()}


def _seal(recipients: Sequence[str], passphrase: Path | None) -> Seal:
    if recipients:
        return Seal(recipients=tuple(recipients))
    found = known_passphrase(passphrase)
    if not found and sys.stdin is not None and sys.stdin.isatty():
        found = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    if not found:
        raise Invalid(
            message="Encrypting needs a passphrase; give --passphrase-file, set TERRAIN_PASSPHRASE, or use --recipient."
        )
    return Seal(passphrase=found)


def _manifest_lines(manifest_items: dict[str, int], left_out: Sequence[tuple[str, int, str]]) -> None:
    held = ", ".join(words.counted(count, *_WORDS.get(kind, (kind,))) for kind, count in sorted(manifest_items.items()))
    output.line(f"It holds {held or 'nothing'}.")
    for what, count, why in left_out:
        output.line(f"Left out: {count:,} {what}, because {why}.")


def _print_preview(preview: ExportPreview) -> None:
    _manifest_lines(dict(preview.items), [(one.what, one.count, one.why) for one in preview.left_out])
    if preview.redaction is not None:
        _print_redaction(preview.redaction)
    output.line("Nothing was written.")


def _print_redaction(redaction: RedactionPreview) -> None:
    rows = [(one.name, one.pseudonym, f"{one.count:,}", ", ".join(one.where)) for one in redaction.replacements]
    output.table(rows, ("name", "becomes", "times", "where"), right=(2,))
    if redaction.suspects:
        output.line()
        output.line("Look at these; --hide replaces them:")
        output.table([(one.kind, one.text, one.context) for one in redaction.suspects], indent="  ")


def _print_made(made: Exported) -> None:
    output.line(str(made.path))
    manifest: Manifest = made.manifest
    _manifest_lines(dict(manifest.items), [(one.what, one.count, one.why) for one in manifest.left_out])
    if made.key_path is not None:
        output.line(f"Who has which pseudonym stands in {made.key_path}; keep it apart.")


def _made_json(made: Exported) -> dict[str, object]:
    key = str(made.key_path) if made.key_path is not None else None
    return {"path": str(made.path), "key": key, "manifest": made.manifest.to_json()}


def _preview_json(preview: ExportPreview) -> dict[str, object]:
    redaction = preview.redaction
    return {
        "items": dict(preview.items),
        "left_out": [{"what": one.what, "count": one.count, "why": one.why} for one in preview.left_out],
        "redaction": None
        if redaction is None
        else {
            "withdrawn": redaction.withdrawn,
            "anonymous": redaction.anonymous,
            "replacements": [
                {"name": one.name, "pseudonym": one.pseudonym, "count": one.count, "where": list(one.where)}
                for one in redaction.replacements
            ],
            "suspects": [{"kind": one.kind, "text": one.text, "context": one.context} for one in redaction.suspects],
        },
    }
