"""The manual: every command and every option of the command line has its place in it."""

import re

import click
import pytest

from desktop_app.cli.app import MODULES
from desktop_app.config.resources import resource_path
from tests.cli.test_app import commands

TEXT = resource_path("manual", "command-line.md").read_text(encoding="utf-8")
HEADINGS = {name.strip() for line in re.findall(r"^## (.+)$", TEXT, re.MULTILINE) for name in line.split(",")}


@pytest.mark.parametrize("name", MODULES)
def test_every_command_has_its_heading(name: str) -> None:
    assert name in HEADINGS


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_option_is_named(name: str, command: click.Command) -> None:
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    missing = [option for option in options if not re.search(rf"`{option}\b|{option} |{option}`", TEXT)]
    assert missing == []
    if " " in name:
        assert name in TEXT or name.split()[1] in TEXT
