"""From what a person asked to the one method that answers it."""

from bot.switchboard.board import Switchboard
from bot.switchboard.talks import Talks

__all__ = ["Switchboard", "Talks"]
