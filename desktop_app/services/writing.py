"""Files that people ask for, written whole or not at all."""

from contextlib import suppress
from pathlib import Path

from desktop_app.model.errors import KnownError
from desktop_app.model.ids import new_id


class CannotWrite(KnownError):
    template = "{path} cannot be written ({reason}); choose another place."


def write_whole(path: Path, data: bytes) -> None:
    """Write a file; what was there before is replaced once the new one is whole. Raises :class:`CannotWrite`."""
    aside: Path | None = None
    try:
        # Where a link leads; the link stays one.
        target = path.resolve()
        if target.exists() and not target.is_file():
            # A device or a pipe is no file to be replaced, and nothing is kept in it.
            raise CannotWrite(path=path, reason="it is no file")
        aside = target.with_name(f".{new_id()[:12]}.part")
        aside.write_bytes(data)
        aside.replace(target)
    except (OSError, ValueError) as error:
        raise CannotWrite(path=path, reason=getattr(error, "strerror", None) or str(error)) from error
    finally:
        if aside is not None:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
