"""How a card is asked for: by its id, which is the same in every language."""

from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.reading.plain import plain
from bot.domain.saying import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class CardName:
    """The id of a card of this pack. Value: `str`."""

    choices: tuple[str, ...]
    zoned: bool = False
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return the id; spaces may stand for its hyphens. Refuses an id that no card has."""
        id_ = plain(text).casefold().replace(" ", "-")
        if id_ not in self.choices:
            raise Refused("card-unknown")
        return id_
