"""new."""

from pathlib import Path

import click

from desktop_app.cli import output
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, pass_session, with_json
from desktop_app.config.settings import LANGUAGES, Settings
from desktop_app.services import create_notebook, open_notebook


@click.command("new")
@click.argument("path", type=PATH)
@click.option("--title", metavar="T", type=TEXT, help="What the notebook is called; the file’s name unless told.")
@click.option(
    "--language",
    metavar="L",
    type=click.Choice([code for code, _ in LANGUAGES]),
    help="The language you write in, for search: " + ", ".join(code for code, _ in LANGUAGES) + ".",
)
@click.option("--sample", is_flag=True, help="Fill it with the sample: two years of a small company.")
@with_json
@pass_session
def new_command(session: Session, path: Path, title: str | None, language: str | None, sample: bool) -> None:
    """Make a notebook.

    PATH gets the ending .terrain where it has none. Commands without --notebook work on it from now on.
    """
    if sample and (title is not None or language is not None):
        raise click.UsageError("The sample has its own title and language; leave out --title and --language.")
    if sample:
        from desktop_app.services.sample import build_sample

        with output.progress() as progress:
            made = build_sample(path, progress)
        notebook = open_notebook(made)
    else:
        notebook = create_notebook(path, title=title or "", language=language or Settings.load().text("language"))
    with notebook:
        about = {"path": str(notebook.path), "id": notebook.id, "title": notebook.title, "language": notebook.language}
    session.remember(notebook.path)
    session.show(about, lambda: output.line(about["path"]))
