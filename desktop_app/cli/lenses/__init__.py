"""lens: what the notebook covers, at which speeds things move, why, what is foreseen – one command for each lens.

Each prints a table, or with ``--json`` all its figures with the query behind each; ``--out`` writes a file instead.
"""

import importlib

import click

LENSES = {
    "coverage": "coverage",
    "tempo": "tempo",
    "why": "why",
    "foresight": "foresight",
    "off-map": "offmap",
    "relationships": "relationships",
    "cunning": "ways",
    "aspiration": "ways",
    "value": "ways",
    "totals": "totals",
    "codes": "codes",
    "cooccurrence": "codes",
    "questions": "questions",
}
"""Every lens with the module that holds its command, in the order in which the help shows them."""


class Lenses(click.Group):
    """The group of :data:`LENSES`; a lens's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(LENSES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LENSES:
            return None
        module = importlib.import_module(f"desktop_app.cli.lenses.{LENSES[cmd_name]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command


@click.command("lens", cls=Lenses)
def lens_command() -> None:
    """Look at the notebook through a lens; every figure names the query behind it."""
