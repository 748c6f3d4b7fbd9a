"""How somebody on a rota is named where only the rota's own people can be meant: by a mark, which a button knows."""

from dataclasses import dataclass

from bot.domain.commands import Reading
from bot.domain.ids import PersonId
from bot.domain.marks import mark_in, whose
from bot.domain.reading.plain import plain
from bot.domain.rota.sheet import Sheet

ANYONE = "anyone"
_ALSO = frozenset({ANYONE, "anybody", "all", "everyone", "the room"})
_REFUSAL = "rota-offer-to-whom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Anyone, or one person by their mark. Value: `str`."""

    zoned: bool = False
    choices: tuple[str, ...] = ()
    greedy: bool = False

    def read(self, text: str, _reading: Reading) -> str:
        """Return `ANYONE` or the mark."""
        words = plain(text).casefold().removeprefix("to ")
        return ANYONE if words in _ALSO else mark_in(words, _REFUSAL)


def person_meant(sheet: Sheet, mark: str) -> PersonId:
    """Return the person on the rota whose mark begins so. Refuses when there is none, or more than one."""
    return whose(mark, sheet.roster.people, _REFUSAL)
