"""What this installation remembers of a shared folder: which packs were read, what is out, what is wrong with others.

Losing it costs reading again: packs that are known already bring nothing, and what they hold need not go out.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.config.attached import attached_file
from desktop_app.config.settings import write_aside
from desktop_app.exchange.folder import PackName
from desktop_app.notebook.outgoing import Mark

MOST_REFUSED = 100_000


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a pack is not read, or not all of it. ``kind`` is ``unfinished``, ``damaged``, ``stranger``, ``newer``,
    ``waiting``, ``ahead`` or ``refused``; ``stamp`` tells whether its file is still the same; ``since`` in seconds."""

    kind: str
    why: str
    stamp: str
    since: float


NONE = Trouble("", "", "", 0.0)


@dataclass(slots=True)
class Memory:
    """``own`` is the name of the folder that this installation writes into. ``seen`` are the packs that are read, or
    written by us, by folder; ``mark`` is up to where everything is out, and what packs brought by changes ``since``
    that one is out, too; ``last`` the digest of our last pack. ``looked`` is when all was looked at last, in seconds.
    ``troubles`` are by ``folder/pack``; ``refused`` are revisions that were not taken; ``problem`` is why the last
    exchange failed; ``told`` is what our state last said."""

    own: str
    seen: dict[str, set[PackName]] = field(default_factory=dict)
    mark: Mark = field(default_factory=Mark)
    since: int = 0
    looked: float = 0.0
    last: str = ""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    problem: str = ""
    told: str = ""

    @classmethod
    def load(cls, notebook: str, device: str) -> "Memory":
        """What is remembered; nothing, where that cannot be read."""
        try:
            data = json.loads(_file(notebook, device).read_text(encoding="utf-8"))
            return cls(
                own=str(data["own"]),
                seen={folder: {PackName.parse(name) for name in names} for folder, names in data["seen"].items()},
                mark=Mark(int(data["mark"][0]), str(data["mark"][1])),
                since=int(data["since"]),
                looked=float(data["looked"]),
                last=str(data["last"]),
                troubles={name: Trouble(**trouble) for name, trouble in data["troubles"].items()},
                refused=set(data["refused"]),
                problem=str(data["problem"]),
                told=str(data["told"]),
            )
        except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            return cls(own=device)

    def save(self, notebook: str, device: str) -> None:
        """Raises ``OSError`` where it cannot be kept."""
        data: dict[str, Any] = {
            "own": self.own,
            "seen": {folder: [str(name) for name in sorted(names)] for folder, names in sorted(self.seen.items())},
            "mark": [self.mark.number, self.mark.revision],
            "since": self.since,
            "looked": self.looked,
            "last": self.last,
            "troubles": {name: asdict(trouble) for name, trouble in sorted(self.troubles.items())},
            "refused": sorted(self.refused)[:MOST_REFUSED],
            "problem": self.problem,
            "told": self.told,
        }
        write_aside(_file(notebook, device), json.dumps(data, ensure_ascii=False))

    @staticmethod
    def forget(notebook: str, device: str) -> None:
        _file(notebook, device).unlink(missing_ok=True)

    def numbers(self, folder: str) -> set[int]:
        """Of a device's packs those that are done with: read, or not to be taken."""
        done = {name.number for name in self.seen.get(folder, ())}
        for place, trouble in self.troubles.items():
            device, name = place.split("/", 1)
            if device == folder and trouble.kind == "refused":
                done.add(PackName.parse(name).number)
        return done


def _file(notebook: str, device: str) -> Path:
    return attached_file(notebook, device).with_suffix(".seen")
