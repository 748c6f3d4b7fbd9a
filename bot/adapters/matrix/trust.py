"""Where nio keeps its keys, and which devices it takes for good: every device its person's server vouches for.

The bot compares keys with nobody, so there is nothing to look up; nio would read five tables for each message.
"""

from collections.abc import Collection

from nio.crypto import OlmDevice

from bot.adapters.matrix.forward import ForwardStore


class KeyStore(ForwardStore):
    """nio's store on SQLite, for a bot that verifies no device and shuts none out."""

    def is_device_verified(self, device: OlmDevice) -> bool:
        """No device is."""
        del device
        return False

    def is_device_blacklisted(self, device: OlmDevice) -> bool:
        """No device is."""
        del device
        return False

    def is_device_ignored(self, device: OlmDevice) -> bool:
        """Every device is sent keys, though nobody verified it; that is what nio calls ignoring it."""
        del device
        return True

    def ignore_devices(self, devices: list[OlmDevice]) -> None:
        """Keep nothing: it holds for all of them."""

    def save_encrypted_rooms(self, rooms: Collection[str]) -> None:
        """Save them, if there are any; nio asks after each event."""
        if rooms:
            super().save_encrypted_rooms(rooms)
