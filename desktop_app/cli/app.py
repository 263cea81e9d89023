"""The command ``terrain``: where each command lives, and what becomes of an error.

Exit codes: 0 done, 1 a sentence on standard error, 2 wrong usage, 70 a bug (with a report), 130 interrupted,
141 nobody read the output any more.
"""

import difflib
import errno
import importlib
import os
import re
import sys
import traceback
from collections.abc import Sequence

import click

from desktop_app import __version__
from desktop_app.cli import output
from desktop_app.cli.session import Launcher, Session, common
from desktop_app.config.bugs import write_bug_report
from desktop_app.config.paths import state_dir
from desktop_app.model.errors import KnownError

SECTIONS: dict[str, dict[str, str]] = {
    "Write": {
        "add": "entries",
        "edit": "entries",
        "resolve": "foresights",
        "trash": "entries",
        "untrash": "entries",
        "undo": "history",
        "redo": "history",
    },
    "Find and read": {
        "search": "search",
        "show": "entries",
        "log": "history",
        "tags": "entries",
        "people": "people",
        "questions": "questions",
        "metrics": "metrics",
    },
    "Look": {"lens": "lenses"},
    "Interviews": {
        "documents": "documents",
        "codes": "codes",
        "codings": "codings",
        "quotes": "quotes",
        "memos": "memos",
        "matrix": "matrix",
        "attributes": "attributes",
        "agreement": "agreement",
        "differences": "agreement",
    },
    "Exchange": {
        "merge": "merging",
        "import": "merging",
        "export": "exporting",
        "conflicts": "conflicts",
        "folder": "folder",
    },
    "Keep": {
        "new": "notebooks",
        "check": "maintenance",
        "backup": "maintenance",
        "restore": "maintenance",
        "index": "search",
    },
    "Window": {"open": "window", "capture": "window", "tour": "window"},
}
"""Every command with the module that holds it, in the order in which the help shows them."""

MODULES = {name: module for commands in SECTIONS.values() for name, module in commands.items()}

USAGE, BUG, INTERRUPTED, PIPE = 2, 70, 130, 141


class Commands(click.Group):
    """The group of :data:`SECTIONS`; a command's module is imported when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        module = importlib.import_module(f"desktop_app.cli.{MODULES[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in MODULES and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], MODULES, 1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise click.UsageError(f"There is no command “{args[0]}”.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            found = ((name, self.get_command(ctx, name)) for name in commands)
            with formatter.section(title):
                formatter.write_dl([(name, command.get_short_help_str(90)) for name, command in found if command])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="Terrain %(version)s")
@common
@click.pass_context
def terrain(context: click.Context) -> int:
    """Terrain: a journal for what metrics cannot say.

    Without a command the window opens. Commands work on the notebook opened last, unless --notebook PATH or
    TERRAIN_NOTEBOOK names another.
    """
    if context.invoked_subcommand is not None:
        return 0
    session = context.ensure_object(Session)
    return session.launcher.open_window(session.named_path)


def main(argv: Sequence[str], launcher: Launcher) -> int:
    """Run one command line and return its exit code; errors have been told on standard error by then."""
    output.make_streams_utf8()
    if "_TERRAIN_COMPLETE" in os.environ:
        terrain.main(list(argv), "terrain")
    try:
        code = _run(argv, launcher)
        output.flush()
    except BrokenPipeError:
        # Python would complain about what is left in the buffer when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE
    return code


def _run(argv: Sequence[str], launcher: Launcher) -> int:
    session = Session(launcher)
    try:
        with terrain.make_context("terrain", list(argv), obj=session) as context:
            result = terrain.invoke(context)
            return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        output.note(_usage(error))
        return USAGE
    except KnownError as error:
        output.note(str(error))
        return 1
    except (KeyboardInterrupt, EOFError, click.Abort):
        output.note("Stopped; what was not finished has not been kept.")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None and error.errno in (errno.ENOSPC, errno.EIO):
            output.note(f"What was asked for could not be written out whole ({error.strerror}).")
            return 1
        if error.filename is None:
            return _bug(argv)
        output.note(f"{os.fsdecode(error.filename)} cannot be used: {error.strerror}.")
        return 1
    except Exception:  # noqa: BLE001  whatever else it is becomes a report
        return _bug(argv)


def _usage(error: click.UsageError) -> str:
    """Click's message, and where to read more."""
    message = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption) and re.search(r"[^a-z-]", error.option_name):
        return f"{message}. Put -- before a text that begins with a hyphen."
    path = error.ctx.command_path if error.ctx else "terrain"
    end = "" if message.endswith("?") else "."
    return f"{message}{end} See “{path} --help”."


def _bug(argv: Sequence[str]) -> int:
    """Write a report without any of the person's words and say where it is."""
    name = next((word for word in argv if word in MODULES), "terrain")
    report = write_bug_report(f"terrain {name}", traceback.format_exc())
    place = f"a report is in {report}" if report else f"no report could be written to {state_dir()}"
    output.note(f"Something went wrong in Terrain itself, and nothing half-done was kept; {place}.")
    return BUG
