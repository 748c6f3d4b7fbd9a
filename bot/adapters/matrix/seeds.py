"""The three seeds of the account's own cross-signing keys, on disk, where only the folder's secret opens them.

New ones that are to take the place of others lie beside them until the server has them: a crash between the
two loses neither.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from Crypto.Cipher import ChaCha20_Poly1305
from Crypto.Hash import SHA256
from Crypto.Protocol.KDF import HKDF

from bot.adapters.matrix.signing import SigningKey

FILE = "signing.seeds"
NEXT_FILE = "signing.next"
_SEED_BYTES = 32
_NONCE_BYTES = 24  # XChaCha20: long enough to be drawn at random for each write.
_TAG_BYTES = 16


class SeedsUnreadable(Exception):  # noqa: N818  What happened.
    """The file is there, and this folder's secret does not open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """The keys of one account (https://spec.matrix.org/latest/client-server-api/#cross-signing)."""

    raw: bytes

    @classmethod
    def new(cls) -> Self:
        """Draw new ones."""
        return cls(raw=secrets.token_bytes(3 * _SEED_BYTES))

    @property
    def master(self) -> SigningKey:
        """The key that stands for the account; it signs the two others."""
        return self._key(0)

    @property
    def self_signing(self) -> SigningKey:
        """The key that signs the account's devices."""
        return self._key(1)

    @property
    def user_signing(self) -> SigningKey:
        """The key that would sign other people's master keys; the bot never does."""
        return self._key(2)

    def _key(self, number: int) -> SigningKey:
        return SigningKey(self.raw[number * _SEED_BYTES : (number + 1) * _SEED_BYTES])


class Seeds:
    """Keeps the seeds of one account in a folder."""

    def __init__(self, folder: Path, secret: str, user_id: str) -> None:
        self._file = folder / FILE
        self._next = folder / NEXT_FILE
        self._user_id = user_id.encode()
        self._key = HKDF(secret.encode(), 32, b"", SHA256, context=b"alongside cross-signing seeds")

    def read(self) -> OwnKeys | None:
        """Return what is kept, or None. Raises `SeedsUnreadable`."""
        return self._opened(self._file)

    def read_next(self) -> OwnKeys | None:
        """Return those that are to come, or None. Raises `SeedsUnreadable`."""
        return self._opened(self._next)

    def keep(self, keys: OwnKeys) -> None:
        """Keep them."""
        self._write(self._file, keys)

    def keep_next(self, keys: OwnKeys) -> None:
        """Keep them as those to come."""
        self._write(self._next, keys)

    def take_next(self) -> None:
        """Let those to come take the place of the others."""
        self._next.replace(self._file)
        _settled(self._file.parent)

    def drop_next(self) -> None:
        """Let go of those to come."""
        self._next.unlink(missing_ok=True)

    def _write(self, file: Path, keys: OwnKeys) -> None:
        """Write them whole or not at all, for the owner's eyes."""
        cipher = self._cipher(secrets.token_bytes(_NONCE_BYTES))
        closed, tag = cipher.encrypt_and_digest(keys.raw)
        new = file.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(cipher.nonce + tag + closed)
            opened.flush()
            os.fsync(opened.fileno())
        new.replace(file)
        _settled(file.parent)

    def _opened(self, file: Path) -> OwnKeys | None:
        if not file.exists():
            return None
        read = file.read_bytes()
        tag_end = _NONCE_BYTES + _TAG_BYTES
        try:
            cipher = self._cipher(read[:_NONCE_BYTES])
            raw = cipher.decrypt_and_verify(read[tag_end:], read[_NONCE_BYTES:tag_end])
        except ValueError as error:
            raise SeedsUnreadable from error
        return OwnKeys(raw=raw)

    def _cipher(self, nonce: bytes) -> ChaCha20_Poly1305.ChaCha20Poly1305Cipher:
        cipher = ChaCha20_Poly1305.new(key=self._key, nonce=nonce)
        cipher.update(self._user_id)
        return cipher


def _settled(folder: Path) -> None:
    """Have the folder itself on disk: keys the server holds and this machine has lost could never be used again."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
