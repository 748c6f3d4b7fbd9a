"""A group's own ways: what its members set for all of them, in the open, and may change at any time."""

from dataclasses import dataclass

from bot.domain.people import Nation


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWays:
    """How one group has things; None means never set, so the world's ways hold.

    `zone` is an IANA name. `verified_only` says that the bot hands its keys only to devices that their owners verified.
    """

    zone: str | None = None
    nation: Nation | None = None
    locale: str | None = None
    verified_only: bool = False
