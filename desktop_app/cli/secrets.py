"""Passphrases and keys: never on the command line itself, where every other program could read them."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from desktop_app.cli.given import PATH
from desktop_app.model.errors import Invalid
from desktop_app.model.exchange import Unseal

VARIABLE = "TERRAIN_PASSPHRASE"

Command = TypeVar("Command", bound=Callable[..., Any])


def passphrase_option(command: Command) -> Command:
    return click.option(
        "--passphrase-file",
        "passphrase",
        metavar="FILE",
        type=PATH,
        help=f"Read the passphrase from the first line of FILE, instead of ${VARIABLE} or asking for it.",
    )(command)


def identity_option(command: Command) -> Command:
    return click.option(
        "--identity", metavar="FILE", type=PATH, help="Open encrypted copies with the age or SSH key in FILE."
    )(command)


def what_opens(path: Path, passphrase: Path | None, identity: Path | None) -> Unseal | None:
    """What opens an encrypted file: the key given, or its passphrase, asked for on a terminal; nothing for others."""
    from desktop_app.services import sealing

    needed = sealing.what_opens(path)
    if not needed:
        return None
    if identity is not None:
        return Unseal(identity=_text_of(identity))
    if needed == "identity":
        return None
    found = known_passphrase(passphrase)
    if not found and sys.stdin is not None and sys.stdin.isatty():
        found = click.prompt(f"Passphrase of {path.name}", hide_input=True, err=True)
    return Unseal(passphrase=found) if found else None


def known_passphrase(file: Path | None) -> str:
    """The passphrase in a file or in the environment, or an empty text."""
    if file is not None:
        lines = _text_of(file).splitlines()
        if not lines or not lines[0]:
            raise Invalid(message=f"{file} holds no passphrase; write it on its first line.")
        return lines[0]
    return os.environ.get(VARIABLE, "")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(message=f"{path} is not UTF-8; choose the file that holds the key.") from error
