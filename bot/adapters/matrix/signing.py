"""Signed JSON: made with keys the bot holds the seeds of, checked with any public key.

As in https://spec.matrix.org/latest/appendices/#signing-json: `signatures` and `unsigned` are not signed themselves.
"""

import base64
from collections.abc import Mapping
from typing import Any, TypeAlias

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from nio import Api
from vodozemac import Ed25519PublicKey, Ed25519Signature

Signed: TypeAlias = Mapping[str, Any]

_UNSIGNED = frozenset({"signatures", "unsigned"})


class SigningKey:
    """An Ed25519 key, from a seed of 32 bytes."""

    def __init__(self, seed: bytes) -> None:
        key = ECC.construct(curve="Ed25519", seed=seed)
        self._signer = eddsa.new(key, "rfc8032")
        self.public = _base64(key.public_key().export_key(format="raw"))

    def signature(self, value: Signed) -> str:
        """Return the signature of a JSON value, in base64."""
        return _base64(self._signer.sign(_canonical(value)))

    def signed(self, value: Signed, user_id: str) -> dict[str, Any]:
        """Return the value with this key's signature on it, beside those that it has."""
        return with_signature(value, user_id, self.public, self.signature(value))


def with_signature(value: Signed, user_id: str, key: str, signature: str) -> dict[str, Any]:
    """Return the value with one more signature; `key` is what stands after `ed25519:` in the key's id."""
    signatures = dict(value.get("signatures", {}))
    signatures[user_id] = {**signatures.get(user_id, {}), f"ed25519:{key}": signature}
    return {**value, "signatures": signatures}


def is_signed(value: object, user_id: str, public: str, key: str | None = None) -> bool:
    """Whether this public key signed the value. A `key` of None means that the key's id is itself. Raises nothing."""
    try:
        signature = value["signatures"][user_id][f"ed25519:{key or public}"]  # type: ignore[index]  # Whatever is wrong with it, it is not signed.
        Ed25519PublicKey.from_base64(public).verify_signature(
            _canonical(value),  # type: ignore[arg-type]  # As above.
            Ed25519Signature.from_base64(signature),
        )
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return False
    return True


def public(key: Signed) -> str:
    """Return the one public key in a cross-signing key's object, or an empty text."""
    keys = key.get("keys")
    values = list(keys.values()) if isinstance(keys, dict) else []
    return values[0] if len(values) == 1 and _is_key(values[0]) else ""


def part(answer: Mapping[str, Any], *names: str) -> Signed:
    """Return what stands there, or nothing: what others wrote may have any shape."""
    part: object = answer
    for name in names:
        part = part.get(name) if isinstance(part, dict) else None
    return part if isinstance(part, dict) else {}


def _is_key(value: object) -> bool:
    try:
        Ed25519PublicKey.from_base64(value)  # type: ignore[arg-type]  # Whatever it is, it is a key or it is none.
    except (TypeError, ValueError):
        return False
    return True


def _canonical(value: Signed) -> bytes:
    bare = {name: part for name, part in value.items() if name not in _UNSIGNED}
    return bytes(Api.to_canonical_json(bare).encode())


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")
