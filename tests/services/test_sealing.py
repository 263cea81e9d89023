"""Encrypting happens beside the program: it stays awake, can stop it, and is told what was wrong."""

import threading

import pytest

from desktop_app.exchange.encryption import EncryptionError
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import Seal, Unseal
from desktop_app.services.progress import Told
from desktop_app.services.sealing import opened, sealed

GOING_ON = Told("The export", None, None)


def test_what_was_sealed_opens_with_the_same_words() -> None:
    data = sealed(b"field notes", Seal(passphrase="correct horse"), GOING_ON)
    assert b"field" not in data
    assert opened(data, Unseal(passphrase="correct horse"), GOING_ON) == b"field notes"
    with pytest.raises(EncryptionError) as wrong:
        opened(data, Unseal(passphrase="wrong horse"), GOING_ON)
    assert str(wrong.value) == wrong.value.template.format(**wrong.value.parts)


def test_other_threads_go_on_meanwhile() -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.005):
            ticks += 1

    other = threading.Thread(target=tick)
    other.start()
    sealed(b"x", Seal(passphrase="correct horse"), GOING_ON)
    done.set()
    other.join()
    # With the lock held it would be two or three, however long it takes.
    assert ticks > 20


def test_it_can_be_stopped() -> None:
    with pytest.raises(Interrupted, match="The export was stopped"):
        sealed(b"x", Seal(passphrase="correct horse"), Told("The export", None, lambda: True))
