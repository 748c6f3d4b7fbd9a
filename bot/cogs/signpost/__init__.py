"""Finding a card, opening one, and the lines that answer day and night."""

from bot.cogs.signpost.signposts import Signposts

__all__ = ["Signposts"]
