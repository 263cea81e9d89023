"""The command itself: options before and after, which notebook is meant, exit codes, one line for every error."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from desktop_app import __version__
from desktop_app.cli.app import MODULES
from desktop_app.cli.app import terrain as group
from desktop_app.cli.given import body
from desktop_app.config.paths import state_dir
from desktop_app.model.errors import Invalid
from desktop_app.services.history import History
from desktop_app.services.naming import Naming
from tests.cli.terminal import Windows, done, process, run_process, terrain


def commands() -> list[tuple[str, click.Command]]:
    """Every command with its full name, groups left out."""
    found = []
    context = click.Context(group, info_name="terrain")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += [(f"{name} {inner}", command.commands[inner]) for inner in command.commands]
        else:
            found.append((name, command))
    return found


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_says_what_it_does(name: str, command: click.Command) -> None:
    ran = done(*name.split(), "--help")
    assert ran.out.startswith(f"Usage: terrain {name}")
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"


def test_help_names_every_command() -> None:
    shown = done("--help").out
    assert all(f"\n  {name} " in shown for name in MODULES)
    assert done("-h").out == shown


def test_version() -> None:
    assert done("--version").out == f"Terrain {__version__}\n"


def test_options_before_and_after_the_command(notebook: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.terrain"
    done("new", other)
    for words in (["--notebook", notebook, "add", "x"], ["add", "x", "--notebook", notebook]):
        done(*words)
    assert len(done("log", "--json", "--notebook", notebook).json) == 3
    assert len(done("--json", "--notebook", notebook, "log").json) == 3
    assert len(done("log", "--json").json) == 1


def test_the_environment_names_a_notebook(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.terrain"
    done("new", other)
    monkeypatch.setenv("TERRAIN_NOTEBOOK", str(notebook))
    done("add", "x")
    assert len(done("log", "--json").json) == 2
    assert len(done("log", "--json", "--notebook", other).json) == 1


def test_without_a_notebook_it_is_said_how_to_get_one() -> None:
    assert "terrain new PATH" in terrain("log").sentence
    assert terrain("log").code == 1


def test_new_makes_a_notebook_and_never_overwrites(tmp_path: Path) -> None:
    made = done("new", tmp_path / "deep" / "shop", "--title", "The shop", "--language", "de", "--json").json
    assert (made["title"], made["language"]) == ("The shop", "de")
    assert Path(made["path"]) == tmp_path / "deep" / "shop.terrain"
    assert "already exists" in terrain("new", made["path"]).sentence
    assert terrain("new", tmp_path / "b", "--language", "klingon").code == 2
    assert terrain("new", tmp_path / "b", "--sample", "--title", "x").code == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "There is no notebook at"),
        (b"", "the file is empty"),
        (b"just a text that is long enough to be read as a header of something else" * 3, "another kind of file"),
        (b"SQLite format 3\0" + bytes(200), "another program"),
    ],
)
def test_a_file_that_is_no_notebook(tmp_path: Path, data: bytes | None, told: str) -> None:
    path = tmp_path / "strange.terrain"
    if data is not None:
        path.write_bytes(data)
    for words in (["add", "x"], ["log", "--json"], ["check"], ["search", "x"], ["open", path]):
        ran = terrain(*words, "--notebook", path)
        assert ran.code == 1
        assert told in ran.sentence
        assert ran.out == ""
    if data is not None:
        assert path.read_bytes() == data


def test_a_folder_is_no_notebook(tmp_path: Path) -> None:
    assert "it is a folder" in terrain("log", "--notebook", tmp_path).sentence


def test_a_notebook_of_a_newer_format_is_refused(notebook: Path) -> None:
    data = bytearray(notebook.read_bytes())
    data[60:64] = (999).to_bytes(4, "big")
    notebook.write_bytes(data)
    ran = terrain("add", "x")
    assert ran.code == 1
    assert "newer Terrain" in ran.sentence
    assert notebook.read_bytes() == data


@pytest.mark.parametrize("words", [["frobnicate"], ["--frobnicate"], ["log", "--limit", "many"], ["metrics", "improt"]])
def test_wrong_usage(words: list[str]) -> None:
    ran = terrain(*words)
    assert ran.code == 2
    assert "--help" in ran.sentence


def test_a_near_miss_is_suggested() -> None:
    assert "Did you mean “search”?" in terrain("serach", "x").sentence


def test_a_bug_makes_a_report_without_the_words(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: History, limit: int, offset: int, author: str) -> None:
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr(History, "log", broken)
    ran = terrain("log", "--limit", "7")
    assert ran.code == 70
    (report,) = (state_dir() / "bugs").iterdir()
    assert str(report) in ran.sentence
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError: a mistake of ours" in text
    assert "While: terrain log" in text


def test_an_interruption_keeps_nothing(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C in the middle of a change: after the person was made, before the entry was."""

    def interrupted(self: Naming, recorder: object, name: str, org: str | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Naming, "person", interrupted)
    ran = terrain("add", "x", "--org", "Norte", "--speaker", "Ada")
    assert ran.code == 130
    assert "Stopped" in ran.sentence
    assert ran.out == ""
    assert len(done("log", "--json").json) == 1
    assert done("check", "--json").json["items"] == 1


def test_a_file_that_the_system_refuses_is_a_sentence(notebook: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    entry = done("add", "x", "--attach", notebook.parent / "file").out.strip()
    ran = terrain("show", entry, "--extract", blocked / "below")
    assert ran.code == 1
    assert "cannot be used" in ran.sentence


def test_without_a_command_the_window_opens(tmp_path: Path) -> None:
    windows = Windows(code=3)
    assert terrain(launcher=windows).code == 3
    terrain("--notebook", tmp_path / "a.terrain", launcher=windows)
    assert windows.asked == [("open", None, False), ("open", tmp_path / "a.terrain", False)]


def test_output_is_utf8_whatever_the_locale(notebook: Path) -> None:
    ran = run_process(["add", "Grüße 港 🧭"], LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.code in {0, 1}
    if ran.code == 0:
        shown = run_process(["show", ran.out.strip()], LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert "Grüße 港 🧭" in shown.out
    else:
        assert "not valid UTF-8" in ran.sentence


@pytest.mark.skipif(os.name == "nt", reason="a pipe that breaks is a Unix matter")
def test_a_reader_who_leaves_is_no_error(notebook: Path) -> None:
    for number in range(3):
        done("add", f"entry {number} " + "with many words " * 3000)
    with process("search", "entry", "--json", "--limit", "100") as running:
        assert running.stdout is not None
        assert running.stdout.read(1) == b"{"
        running.stdout.close()
        assert running.stderr is not None
        told = running.stderr.read()
    assert told == b""
    assert running.returncode in {0, 141}


def test_a_file_name_in_another_encoding_is_refused(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "caf\udce9"
    for words in (
        ["new", name],
        ["log", "--notebook", name],
        ["add", "x", "--attach", name],
        ["metrics", "import", name],
        ["backup", name],
        ["restore", name],
        ["open", name],
    ):
        ran = terrain(*words)
        assert ran.code == 1
        assert "“caf\\udce9” is not valid UTF-8" in ran.sentence
    monkeypatch.setenv("TERRAIN_NOTEBOOK", name)
    assert "is not valid UTF-8" in terrain("log").sentence


def test_a_path_may_begin_at_home(notebook: Path, home: Path) -> None:
    copy = done("backup", "~/copy.terrain").out.strip()
    assert Path(copy) == home / "copy.terrain"
    assert done("log", "--notebook", "~/copy.terrain", "--json").json


def test_new_with_the_sample(tmp_path: Path) -> None:
    made = done("new", tmp_path / "sample", "--sample", "--json").json
    assert made["path"] == str(tmp_path / "sample.terrain")
    assert [path.name for path in tmp_path.iterdir()] == ["sample.terrain"]
    assert done("check", "--json").json["problems"] == []
    assert done("search", "kind:note,quote,event,foresight", "--json").json["total"] >= 80
    assert len(done("people", "list", "--json").json) > 5
    assert len({series["source"] for series in done("metrics", "list", "--json").json}) >= 3
    assert terrain("undo").sentence == "There is nothing to undo."
    assert "already exists" in terrain("new", tmp_path / "sample", "--sample").sentence


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is a Linux matter")
def test_output_that_cannot_be_written_is_a_sentence(notebook: Path) -> None:
    command = [sys.executable, "-m", "desktop_app", "log"]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 1
    assert b"could not be written out" in ran.stderr


def test_a_closed_standard_input_is_a_sentence(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Invalid, match="Standard input is closed"):
        body("-")
