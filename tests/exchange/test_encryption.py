"""Encrypted copies: what opens them, what does not, and files that were made to hurt."""

import base64
import struct
import time

import pytest
from pyrage import x25519

from desktop_app.exchange import encryption
from desktop_app.exchange.encryption import is_sealed, needs, seal, unseal
from desktop_app.model.exchange import Seal, Unseal

TEXT = "She asked twice – 日本語".encode() * 5_000
PASSPHRASE = "correct horse – Batterie"
KEY, OTHER = x25519.Identity.generate(), x25519.Identity.generate()

# An Ed25519 key pair made for these tests, as it stands in an OpenSSH key: the seed, and the public key after it.
SEED = bytes.fromhex("4e492785dafa608ce352fe2dccdd7389c1554243e68bf1be7e5f8fad694fb6ef")
PUBLIC = bytes.fromhex("834204ab49f9d7a2578ca5100ee4e0fb1b7e97121926f72b53d882d42adffe3e")


def packed(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def ssh_public(comment: str = "someone@somewhere") -> str:
    return f"ssh-ed25519 {base64.b64encode(packed(b'ssh-ed25519', PUBLIC)).decode()} {comment}"


def ssh_private(*, locked: bool = False) -> str:
    """An OpenSSH private key (PROTOCOL.key); a locked one holds noise where the key would be."""
    secret = b"\0" * 8 + packed(b"ssh-ed25519", PUBLIC, SEED + PUBLIC, b"")
    secret += bytes(range(1, 1 + -len(secret) % 8))
    cipher = (
        (b"aes256-ctr", b"bcrypt", packed(b"s" * 16) + struct.pack(">I", 16)) if locked else (b"none", b"none", b"")
    )
    body = b"openssh-key-v1\0" + packed(*cipher) + struct.pack(">I", 1)
    body += packed(packed(b"ssh-ed25519", PUBLIC), b"n" * len(secret) if locked else secret)
    kind = "OPENSSH PRIVATE KEY"
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(body).decode()}-----END {kind}-----\n"


def age_key(key: x25519.Identity) -> str:
    return f"# created: 2026-03-14\n# public key: {key.to_public()}\n{key}\n"


@pytest.fixture(scope="module")
def with_passphrase() -> bytes:
    return seal(TEXT, Seal(passphrase=PASSPHRASE))


@pytest.fixture(scope="module")
def for_key() -> bytes:
    return seal(TEXT, Seal(recipients=(str(KEY.to_public()),)))


def test_a_passphrase_opens_what_it_sealed(with_passphrase: bytes) -> None:
    assert is_sealed(with_passphrase[:40])
    assert needs(with_passphrase[:200]) == "passphrase"
    assert TEXT[:20] not in with_passphrase
    assert unseal(with_passphrase, Unseal(passphrase=PASSPHRASE)) == TEXT


def test_another_passphrase_does_not(with_passphrase: bytes) -> None:
    with pytest.raises(encryption.WrongPassphrase, match="passphrase does not open"):
        unseal(with_passphrase, Unseal(passphrase=PASSPHRASE + " "))


@pytest.mark.parametrize("data", [b"", b"x", TEXT, b"\0" * 65536, b"\0" * 131072])
def test_a_key_opens_what_was_sealed_for_it(data: bytes) -> None:
    sealed = seal(data, Seal(recipients=(str(OTHER.to_public()), str(KEY.to_public()))))
    assert needs(sealed) == "identity"
    assert unseal(sealed, Unseal(identity=str(KEY))) == data


def test_a_file_of_keys_may_hold_several_and_comments(for_key: bytes) -> None:
    assert unseal(for_key, Unseal(identity="\ufeff" + age_key(OTHER) + age_key(KEY))) == TEXT
    assert unseal(for_key, Unseal(identity=age_key(KEY).replace("\n", "\r\n"))) == TEXT
    assert unseal(for_key, Unseal(identity=ssh_private() + age_key(KEY))) == TEXT


def test_a_recipient_may_be_a_file_of_public_keys() -> None:
    lines = f"# the team\n{OTHER.to_public()}\n\n  {KEY.to_public()}  \r\n"
    assert unseal(seal(TEXT, Seal(recipients=(lines,))), Unseal(identity=str(KEY))) == TEXT


def test_an_ssh_key_opens_what_was_sealed_for_it() -> None:
    sealed = seal(TEXT, Seal(recipients=(ssh_public(),)))
    assert needs(sealed) == "identity"
    assert unseal(sealed, Unseal(identity=ssh_private())) == TEXT
    with pytest.raises(encryption.WrongIdentity):
        unseal(sealed, Unseal(identity=age_key(KEY)))


def test_a_key_that_it_was_not_sealed_for_does_not_open_it(for_key: bytes) -> None:
    with pytest.raises(encryption.WrongIdentity, match="encrypt it for your public key"):
        unseal(for_key, Unseal(identity=age_key(OTHER)))


def armoured(data: bytes, newline: str = "\n") -> bytes:
    text = base64.b64encode(data).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    body = ["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""]
    return newline.join(body).encode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_armoured_file_is_opened_too(for_key: bytes, newline: str) -> None:
    text = b"\n" + armoured(for_key, newline) + b"\n \n"
    assert is_sealed(text[:40])
    assert needs(text) == "identity"
    assert unseal(text, Unseal(identity=str(KEY))) == TEXT


def test_what_is_not_encrypted_is_told_apart() -> None:
    assert not is_sealed(b"SQLite format 3\0")
    assert not is_sealed(b"")
    with pytest.raises(encryption.NotSealed):
        unseal(b"SQLite format 3\0", Unseal(passphrase="x"))


@pytest.mark.parametrize(
    ("how", "error"),
    [
        (Seal(), encryption.NothingToSealWith),
        (Seal(recipients=("# nobody", "")), encryption.NothingToSealWith),
        (Seal(passphrase=" \t"), encryption.EmptyPassphrase),
        (Seal(passphrase="x", recipients=(str(KEY.to_public()),)), encryption.PassphraseAndRecipients),
        (Seal(recipients=("age1nonsense",)), encryption.NotARecipient),
        (Seal(recipients=("anna@example.org",)), encryption.NotARecipient),
        (Seal(recipients=("ssh-rsa AAAA",)), encryption.NotARecipient),
        (Seal(recipients=("ecdsa-sha2-nistp256 AAAA",)), encryption.NotARecipient),
        (Seal(recipients=(str(KEY),)), encryption.SecretAsRecipient),
        (Seal(recipients=(ssh_private(),)), encryption.SecretAsRecipient),
    ],
)
def test_what_cannot_be_sealed_with(how: Seal, error: type[encryption.EncryptionError]) -> None:
    with pytest.raises(error) as raised:
        seal(b"x", how)
    assert str(KEY) not in str(raised.value)


@pytest.mark.parametrize(
    ("identity", "error"),
    [
        ("", encryption.NeedsIdentity),
        ("# only a comment", encryption.NotAnIdentity),
        (str(KEY.to_public()), encryption.NotAnIdentity),
        (ssh_public(), encryption.NotAnIdentity),
        (str(KEY)[:-3], encryption.NotAnIdentity),
        ("\udcff", encryption.NotAnIdentity),
        (ssh_private().replace("b3", "b4", 1), encryption.NotAnIdentity),
        (ssh_private(locked=True), encryption.LockedIdentity),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
            encryption.LockedIdentity,
        ),
        ("-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n", encryption.LockedIdentity),
    ],
)
def test_what_is_no_key(for_key: bytes, identity: str, error: type[encryption.EncryptionError]) -> None:
    with pytest.raises(error) as raised:
        unseal(for_key, Unseal(identity=identity))
    assert str(KEY)[:-3] not in str(raised.value)


def test_it_is_said_what_a_copy_needs(for_key: bytes, with_passphrase: bytes) -> None:
    with pytest.raises(encryption.NeedsIdentity, match="private key"):
        unseal(for_key, Unseal(passphrase=PASSPHRASE))
    with pytest.raises(encryption.NeedsPassphrase, match="with a passphrase"):
        unseal(with_passphrase, Unseal(identity=str(KEY)))


def test_a_cut_off_or_altered_file_is_never_opened(for_key: bytes) -> None:
    how = Unseal(identity=str(KEY))
    header = for_key.index(b"\n---")
    cuts = [20, 30, 100, header, header + 10, header + 60, header + 80, 65536 + header + 64, len(for_key) - 1]
    for cut in cuts:
        with pytest.raises(encryption.SealDamaged):
            unseal(for_key[:cut], how)
    for at in (header + 6, header + 60, len(for_key) // 2, len(for_key) - 1):
        with pytest.raises(encryption.SealDamaged):
            unseal(for_key[:at] + bytes([for_key[at] ^ 1]) + for_key[at + 1 :], how)
    with pytest.raises(encryption.SealDamaged):
        unseal(for_key + b"x", how)
    with pytest.raises(encryption.SealDamaged):
        unseal(armoured(for_key)[:-200], how)
    with pytest.raises(encryption.SealDamaged):
        unseal(armoured(for_key).replace(b"YWdl", b"YWd!", 1), how)


def test_a_later_version_of_age_is_named() -> None:
    with pytest.raises(encryption.SealTooNew):
        needs(b"age-encryption.org/v2\n-> X25519 a\nb\n--- c\n")


@pytest.mark.parametrize("factor", [b"22", b"30", b"64", b"99999999999999999999"])
def test_a_header_cannot_ask_for_endless_work(with_passphrase: bytes, factor: bytes) -> None:
    first, stanza, rest = with_passphrase.split(b"\n", 2)
    hostile = b"\n".join([first, b" ".join([*stanza.split()[:3], factor]), rest])
    start = time.perf_counter()
    for data in (hostile, armoured(hostile)):
        with pytest.raises(encryption.TooMuchWork):
            unseal(data, Unseal(passphrase=PASSPHRASE))
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("stanza", [b"-> scrypt", b"-> scrypt AAAA x", b"-> scrypt AAAA -5"])
def test_a_senseless_work_factor_is_damage(stanza: bytes) -> None:
    with pytest.raises(encryption.SealDamaged):
        unseal(b"age-encryption.org/v1\n" + stanza + b"\nAAAA\n--- AAAA\n", Unseal(passphrase="x"))
