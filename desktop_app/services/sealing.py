"""Encrypting and opening copies without blocking the window.

What makes a key out of a passphrase takes seconds, on purpose, and holds the lock that all of Python's threads share: a
process of its own does it, and can be stopped.
"""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_app.exchange.encryption import is_sealed, needs, seal, unseal
from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import Seal, Unseal
from desktop_app.services.progress import Told

_HEAD = 4096
"""Bytes at the beginning of a file that tell whether and how it is encrypted."""
_LOOK = 0.1
"""Seconds between two looks at whether to stop."""


class Ended(KnownError):
    template = "Encrypting or opening the copy ended before it was done (too little memory perhaps); try again."


def what_opens(path: Path) -> str:
    """``passphrase`` or ``identity`` for an encrypted file; nothing for another, or one that cannot be read."""
    try:
        if not path.is_file():
            # A pipe would be waited for.
            return ""
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        # Told with more words by whoever opens it.
        return ""
    return needs(head) if is_sealed(head) else ""


def sealed(data: bytes, how: Seal, told: Told) -> bytes:
    """As :func:`~desktop_app.exchange.encryption.seal`; raises :class:`Interrupted` too."""
    return _apart(seal, data, how, told) if how.passphrase and not how.recipients else seal(data, how)


def opened(data: bytes, how: Unseal, told: Told) -> bytes:
    """As :func:`~desktop_app.exchange.encryption.unseal`; raises :class:`Interrupted` too."""
    return _apart(unseal, data, how, told) if needs(data) == "passphrase" else unseal(data, how)


def _apart(work: Callable[[bytes, Any], bytes], data: bytes, how: Seal | Unseal, told: Told) -> bytes:
    # Spawned, not forked: this process has threads, and files that are open.
    processes = multiprocessing.get_context("spawn")
    receiving, sending = processes.Pipe(duplex=False)
    process = processes.Process(target=_work, args=(sending, work, data, how), daemon=True)
    process.start()
    sending.close()
    try:
        while not receiving.poll(_LOOK):
            told.refuse_if_stopped()
        result = receiving.recv()
    except EOFError as error:
        raise Ended from error
    finally:
        process.kill()
        process.join()
        process.close()
        receiving.close()
    if isinstance(result, KnownError):
        raise result
    assert isinstance(result, bytes)
    return result


def _work(sending: Connection, work: Callable[[bytes, Any], bytes], data: bytes, how: Seal | Unseal) -> None:
    """In the other process. What is no known error ends it, with its traceback on standard error."""
    try:
        sending.send(work(data, how))
    except KnownError as error:
        sending.send(error)
