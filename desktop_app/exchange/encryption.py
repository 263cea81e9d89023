"""Encrypted copies: age files (age-encryption.org/v1, https://c2sp.org/age), binary or armoured, through pyrage.

A copy is encrypted with a passphrase, or for public keys. What opens it is read from its header before any work is
done, because the work of a passphrase is chosen by whoever wrote the file. Everything is held in memory, and pyrage
lets no other thread run meanwhile: deriving a key from a passphrase takes seconds.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import Seal, Unseal

if TYPE_CHECKING:
    from pyrage import ssh, x25519

_MAGIC = b"age-encryption.org/v"
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_HEADER = 1 << 20
"""Bytes of the longest header that is read; thousands of recipients fit."""
_WORK = 21
"""Binary logarithm of the highest scrypt work factor: some ten seconds and 2 GiB. Those who write age files take what
is a second's work on their machine, 18 to 20."""
_SSH_KEY = re.compile(r"-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----.*?-----END \1PRIVATE KEY-----", re.DOTALL)
_LOCKED = re.compile(r"^Proc-Type:.*ENCRYPTED|^-----BEGIN ENCRYPTED PRIVATE KEY", re.MULTILINE)
_SHOWN = 60


class EncryptionError(KnownError):
    """A copy that cannot be encrypted so, or cannot be opened with what was given."""


class NothingToSealWith(EncryptionError):
    template = "An encrypted copy needs a passphrase, or the public keys of those who may open it; give one of the two."


class EmptyPassphrase(EncryptionError):
    template = "The passphrase is empty; choose several words."


class PassphraseAndRecipients(EncryptionError):
    template = "A copy is encrypted with a passphrase or for public keys, never with both; leave one of them out."


class NotARecipient(EncryptionError):
    template = (
        "“{recipient}” is no public key that can be used; give a whole line that begins with “age1”, “ssh-ed25519” or "
        "“ssh-rsa”."
    )


class SecretAsRecipient(EncryptionError):
    """The key is not repeated in the sentence."""

    template = (
        "A private key was given where a public one belongs; give the public one, and keep the private one secret."
    )


class NotSealed(EncryptionError):
    template = "This file is not encrypted with age; open it as it is."


class SealTooNew(EncryptionError):
    template = "This copy is encrypted in a way that this Terrain does not know; ask for one made for age version 1."


class SealDamaged(EncryptionError):
    template = "The encrypted copy is cut off or was altered; ask for it again."


class TooMuchWork(EncryptionError):
    template = "Opening this copy would take minutes of work or all memory, as its header asks; it was not opened."


class NeedsPassphrase(EncryptionError):
    template = "This copy is encrypted with a passphrase; give that."


class NeedsIdentity(EncryptionError):
    template = "This copy is encrypted for keys, not with a passphrase; give the file with your private key."


class WrongPassphrase(EncryptionError):
    template = "The passphrase does not open this copy; type it again, or ask whoever made the copy."


class WrongIdentity(EncryptionError):
    template = "The private key does not open this copy; ask whoever made it to encrypt it for your public key."


class LockedIdentity(EncryptionError):
    template = "The private key is locked with a passphrase of its own, which is not supported; use an age key instead."


class NotAnIdentity(EncryptionError):
    template = (
        "There is no private key that can be used in what was given; give the file of an age key (AGE-SECRET-KEY-1…) "
        "or of an SSH key of the kind ed25519 or rsa."
    )


def seal(data: bytes, how: Seal) -> bytes:
    """``data`` as a binary age file. Raises an :class:`EncryptionError` before anything is encrypted."""
    import pyrage

    if how.passphrase and how.recipients:
        raise PassphraseAndRecipients
    if how.passphrase:
        if how.passphrase.isspace():
            raise EmptyPassphrase
        return bytes(pyrage.passphrase.encrypt(data, how.passphrase))
    recipients = [_recipient(line) for line in _lines("\n".join(how.recipients))]
    if not recipients:
        raise NothingToSealWith
    return bytes(pyrage.encrypt(data, recipients))


def unseal(data: bytes, how: Unseal) -> bytes:
    """What an age file holds: all of it, proven to be what was encrypted, or an :class:`EncryptionError`."""
    import pyrage

    if not data.startswith(_MAGIC):
        # What was pasted into a mail and out of it.
        data = data.strip() + b"\n"
    if needs(data) == "passphrase":
        if not how.passphrase:
            raise NeedsPassphrase
        _look_at_work(_stanzas(data))
        return _opened(lambda: pyrage.passphrase.decrypt(data, how.passphrase))
    if not how.identity.strip():
        raise NeedsIdentity
    identities = _identities(how.identity)
    return _opened(lambda: pyrage.decrypt(data, identities))


def is_sealed(head: bytes) -> bool:
    """Whether a file that begins so is an age file, of whatever version; forty bytes tell."""
    return head.startswith(_MAGIC) or head.lstrip().startswith(_ARMOUR)


def needs(data: bytes) -> Literal["passphrase", "identity"]:
    """What opens an age file, by its header; its first mebibyte is enough."""
    return "passphrase" if any(stanza[:1] == [b"scrypt"] for stanza in _stanzas(data)) else "identity"


# --- the header ------------------------------------------------------------------------------------------------------


def _stanzas(data: bytes) -> list[list[bytes]]:
    """The words of each stanza's first line: what it is for, then its arguments."""
    if not is_sealed(data):
        raise NotSealed
    head = data[:_HEADER] if data.startswith(_MAGIC) else _unarmoured(data[:_HEADER].lstrip())
    lines = head.split(b"\n")
    if lines[0] != _MAGIC + b"1":
        raise SealTooNew if lines[0].startswith(_MAGIC) and len(lines) > 1 else SealDamaged
    end = next((at for at, line in enumerate(lines) if line.startswith(b"---")), None)
    if end is None:
        raise SealDamaged
    return [line.split()[1:] for line in lines[1:end] if line.startswith(b"->")]


def _unarmoured(text: bytes) -> bytes:
    """The beginning of what an armoured file holds, as far as it is base64."""
    body = text[len(_ARMOUR) :].split(b"-----")[0]
    letters = b"".join(body.split())
    try:
        return base64.b64decode(letters[: len(letters) // 4 * 4], validate=True)
    except binascii.Error as error:
        raise SealDamaged from error


def _look_at_work(stanzas: Sequence[Sequence[bytes]]) -> None:
    for kind, *arguments in filter(None, stanzas):
        if kind == b"scrypt":
            factor = arguments[-1] if arguments else b""
            if not re.fullmatch(rb"[0-9]+", factor):
                raise SealDamaged
            if len(factor) > 2 or int(factor) > _WORK:
                raise TooMuchWork


def _opened(decrypt: Callable[[], bytes]) -> bytes:
    from pyrage import DecryptError

    try:
        return bytes(decrypt())
    except DecryptError as error:
        # The reasons have no classes of their own.
        message = str(error)
        if message.startswith("No matching keys"):
            raise WrongIdentity from error
        if message.startswith("Decryption failed"):
            raise WrongPassphrase from error
        if message.startswith("Excessive work"):
            raise TooMuchWork from error
        raise SealDamaged from error


# --- keys ------------------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[str]:
    """The lines of a file of keys that are no comments."""
    for line in text.lstrip("\ufeff").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


def _recipient(line: str) -> "x25519.Recipient | ssh.Recipient":
    from pyrage import RecipientError, ssh, x25519

    if "PRIVATE KEY" in line or "AGE-SECRET-KEY" in line.upper():
        raise SecretAsRecipient
    try:
        return ssh.Recipient.from_str(line) if line.startswith("ssh-") else x25519.Recipient.from_str(line)
    except RecipientError as error:
        shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
        raise NotARecipient(recipient=shown) from error


def _identities(text: str) -> "list[x25519.Identity | ssh.Identity]":
    """Every key in a text, age's by the line and SSH's by the block."""
    from pyrage import IdentityError, ssh, x25519

    if is_sealed(text.encode("utf-8", "replace")) or _LOCKED.search(text):
        raise LockedIdentity
    try:
        found = [ssh.Identity.from_buffer(f"{block[0]}\n".encode()) for block in _SSH_KEY.finditer(text)]
        found += [x25519.Identity.from_str(line) for line in _lines(_SSH_KEY.sub("", text))]
    except (IdentityError, UnicodeEncodeError) as error:
        raise LockedIdentity if "must be decrypted" in str(error) else NotAnIdentity from None
    if not found:
        raise NotAnIdentity
    return found
