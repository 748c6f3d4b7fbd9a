"""Names the server sees in place of the core's keys: the same key gives the same name, and tells nothing.

A key holds ids of people and asks; the server gets a keyed hash of it.
"""

import hashlib
import hmac

_LENGTH = 32


class Marks:
    """Turns keys into transaction ids and room aliases."""

    def __init__(self, secret: str) -> None:
        self._secret = hashlib.sha256(b"alongside marks:" + secret.encode()).digest()

    def of(self, key: str) -> str:
        """Return 32 hexadecimal digits for the key."""
        return hmac.new(self._secret, key.encode(), hashlib.sha256).hexdigest()[:_LENGTH]
