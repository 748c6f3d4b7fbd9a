"""Whoever holds one of the keys opens it; nobody else does, and no fault repeats a key."""

import subprocess
from pathlib import Path

import pytest

from bot.store.sealing import SealingError, check, new_identity, opened, sealed


def ssh_key(folder: Path, passphrase: str = "") -> tuple[str, str]:
    """Return a private and a public key as ssh-keygen makes them."""
    file = folder / "id_ed25519"
    subprocess.run(  # noqa: S603  Our own command.
        ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(file)], check=True
    )
    return file.read_text(), (folder / "id_ed25519.pub").read_text().strip()


def kind_of(data: bytes, identity: str) -> str:
    with pytest.raises(SealingError) as caught:
        opened(data, identity)
    assert "AGE-SECRET" not in repr(caught.value)
    return caught.value.kind


def test_each_of_several_keys_opens_it() -> None:
    keys = [new_identity() for _ in range(3)]
    data = sealed(b"all of it", [recipient for _, recipient in keys[:2]])

    assert [opened(data, identity) for identity, _ in keys[:2]] == [b"all of it"] * 2
    assert opened(data, f"# created: today\n# public key: x\n\n{keys[2][0]}\n{keys[0][0]}\n") == b"all of it"
    assert kind_of(data, keys[2][0]) == "key-wrong"


@pytest.mark.skipif(not Path("/usr/bin/ssh-keygen").exists(), reason="there is no ssh-keygen here")
def test_a_key_of_ssh_does_too(tmp_path: Path) -> None:
    private, public = ssh_key(tmp_path)

    assert opened(sealed(b"all of it", [public]), private) == b"all of it"


def test_what_is_harmed_anywhere_is_told_and_no_part_of_it_opens() -> None:
    identity, recipient = new_identity()
    data = sealed(b"all of it" * 1000, [recipient])
    turned = bytearray(data)
    turned[-100] ^= 1
    kinds = [kind_of(harmed, identity) for harmed in (data[:-1], data[:250], bytes(turned), data + b"x")]

    assert kinds == ["broken"] * 4
    assert [kind_of(other, identity) for other in (b"", b"something else")] == ["not-sealed"] * 2


@pytest.mark.parametrize("text", ["", "nothing", "AGE-SECRET-KEY-1AAAA", "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n"])
def test_what_is_no_private_key_is_told(text: str) -> None:
    assert kind_of(sealed(b"", [new_identity()[1]]), text) == "identity"


def test_a_recipient_that_is_none_is_told_by_its_place_and_never_shown() -> None:
    identity, recipient = new_identity()
    for wrong in ("age1aaaa", "ssh-ed25519 AAAA", identity):
        with pytest.raises(SealingError) as caught:
            check([recipient, wrong])

        assert (caught.value.kind, caught.value.place) == ("recipient", 2)
        assert caught.value.__cause__ is None
        assert wrong not in str(caught.value)
