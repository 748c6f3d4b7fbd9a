"""Backups are sealed with age (age-encryption.org/v1) to the group's keys: who runs the machine cannot open them."""

from collections.abc import Sequence
from typing import Any

_BEGINS = b"age-encryption.org/v1"
_KEY = "AGE-SECRET-KEY-"
_COMMENT = "#"


class SealingError(Exception):
    """What cannot be sealed or opened; `kind` says why: recipient, identity, not-sealed, key-wrong or broken."""

    def __init__(self, kind: str, place: int = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.place = place


def sealed(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal it to everyone of the recipients. Raises `SealingError` with the place of a recipient that is none."""
    import pyrage  # noqa: PLC0415  Takes 3 MB, for what is done once a day by another process.

    sealed_: bytes = pyrage.encrypt(data, [_recipient(text, place) for place, text in enumerate(recipients, start=1)])
    return sealed_


def opened(data: bytes, identity: str) -> bytes:
    """Open it with what an identity file holds. Raises `SealingError`."""
    import pyrage  # noqa: PLC0415  As above.

    identities = _identities(identity)
    if not is_sealed(data):
        raise SealingError("not-sealed")
    try:
        opened_: bytes = pyrage.decrypt(data, identities)
    except pyrage.DecryptError as error:
        # Its only way of telling the two apart.
        raise SealingError("key-wrong" if "No matching keys" in str(error) else "broken") from None
    return opened_


def check(recipients: Sequence[str]) -> None:
    """Raise `SealingError` with the place of the first recipient that is none."""
    for place, text in enumerate(recipients, start=1):
        _recipient(text, place)


def is_sealed(beginning: bytes) -> bool:
    """Whether something begins as what age sealed."""
    return beginning.startswith(_BEGINS)


def new_identity() -> tuple[str, str]:
    """Make a key; return the identity, which opens, and the recipient, which seals."""
    from pyrage import x25519  # noqa: PLC0415  As above.

    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


def _recipient(text: str, place: int) -> Any:  # noqa: ANN401  One of two kinds that have nothing in common.
    import pyrage  # noqa: PLC0415  As above.

    kind = pyrage.ssh.Recipient if text.startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(text)
    except pyrage.RecipientError:
        # What pyrage says may hold what was written there: a private key, if somebody took the wrong one.
        raise SealingError("recipient", place) from None


def _identities(text: str) -> Sequence[Any]:
    """Return the identities of a file as age-keygen writes one, or of a private key of ssh that has no passphrase."""
    import pyrage  # noqa: PLC0415  As above.

    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(_COMMENT)]
    try:
        if lines and all(line.startswith(_KEY) for line in lines):
            return [pyrage.x25519.Identity.from_str(line) for line in lines]
        return [pyrage.ssh.Identity.from_buffer(f"{text.strip()}\n".encode())]
    except pyrage.IdentityError:
        raise SealingError("identity") from None
