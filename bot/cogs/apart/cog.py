"""`me apart`: never be brought together with somebody. No reason is asked, and the other learns nothing of it.

Every answer goes by the person's own lines alone: it is the same whoever the other is, and whatever lines they have.
"""

from collections.abc import Mapping, Sequence

from bot.cogs.apart import telling
from bot.cogs.apart.commands import APART
from bot.domain.commands import Asked, Command
from bot.domain.ids import PersonId
from bot.domain.marks import whose
from bot.domain.reading import OFF
from bot.domain.saying import Refused, Say
from bot.ports.apart import ApartShelf, Separating
from bot.ports.feature import Answer, Step
from bot.ports.rota import RotaList


class NeverPaired:
    """Keeps people's lines. `separating` are the features that bring people together."""

    def __init__(self, *, shelf: ApartShelf, rotas: RotaList, separating: Sequence[Separating]) -> None:
        self._shelf = shelf
        self._rotas = rotas
        self._separating = separating

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The one command."""
        return {APART: self.apart}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def apart(self, asked: Asked) -> Say:
        """Keep a line of theirs, or let go of it; without a name, show those they have, and who could be meant."""
        named = (await self._shelf.all(asked.group)).named_by(asked.person)
        on_rotas = await self._on_rotas(asked)
        meant = asked.options.get("whom")
        if meant is None:
            return telling.shown(named, on_rotas - {asked.person})
        person = meant if isinstance(meant, PersonId) else whose(str(meant), named | on_rotas, "someone-unclear")
        if person == asked.person:
            raise Refused("apart-self")
        if asked.get("answer", str) == OFF:
            await self._shelf.drop(asked.group, asked.person, person)
            return telling.let_go(person, known=person in on_rotas)
        await self._shelf.keep(asked.group, asked.person, person)
        for feature in self._separating:
            await feature.separate(asked.group, asked.person, person, asked.at)
        return telling.kept(person, known=person in on_rotas)

    async def _on_rotas(self, asked: Asked) -> frozenset[PersonId]:
        """Return who is on the group's rotas: all of it sees them there, so nothing is told by naming them."""
        sheets = await self._rotas.sheets(asked.group)
        return frozenset(person for sheet in sheets for person in sheet.roster.people)
