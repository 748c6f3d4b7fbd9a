"""`sit welcome`: a member welcomes another, where their group asks for that before somebody offers company.

What an answer tells goes by no line of never being paired: it is the same whoever the other is.
"""

from collections.abc import Mapping

from whenever import Instant

from bot.cogs.welcome import telling
from bot.cogs.welcome.commands import WELCOME
from bot.cogs.welcome.steps import FirstSteps
from bot.domain.commands import Asked, Command
from bot.domain.ids import GroupId, PersonId
from bot.domain.marks import whose
from bot.domain.reading import OFF
from bot.domain.saying import Refused, Say
from bot.ports.apart import ApartList
from bot.ports.feature import Answer, Step
from bot.ports.firststep import Stays, WelcomeShelf
from bot.ports.keeping import Outbox, People


class Welcomes:
    """Keeps welcomes, and tells of each once. `stays` says who is in the group."""

    def __init__(
        self,
        *,
        shelf: WelcomeShelf,
        steps: FirstSteps,
        apart: ApartList,
        people: People,
        outbox: Outbox,
        stays: Stays,
    ) -> None:
        self._shelf = shelf
        self._steps = steps
        self._apart = apart
        self._people = people
        self._outbox = outbox
        self._stays = stays

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The one command."""
        return {WELCOME: self.welcome}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def welcome(self, asked: Asked) -> Say:
        """Keep a welcome, or take it back; without a name, show whom the person welcomed, and how it is for them."""
        welcomed = await self._shelf.by(asked.group, asked.person)
        meant = asked.options.get("whom")
        if meant is None:
            standing = await self._steps.standing(asked.group, asked.person, asked.at)
            return telling.shown(welcomed, standing.lines or (telling.NOTHING_ASKED,))
        if asked.get("answer", str) == OFF:
            return await self._take_back(asked, meant, welcomed)
        if not await self._steps.asked_for(asked.group):
            raise Refused("welcome-nothing-asked")
        person = _meant(meant, welcomed, "someone-unclear")
        await self._refuse(asked, person)
        await self._shelf.keep(asked.group, person, asked.person)
        await self._tell(asked, person)
        return telling.kept(person)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let the person hear nothing more of the other's welcome. It stands: taken away, it would tell of the line."""
        del now
        await self._outbox.withdraw(telling.news_key(group, person, other))

    async def _take_back(self, asked: Asked, meant: object, welcomed: frozenset[PersonId]) -> Say:
        """Let go of a welcome, whatever the group asks for by now. Nothing of it is said to anybody else."""
        person = _meant(meant, welcomed, "welcome-not-given")
        if person not in welcomed:
            raise Refused("welcome-not-given")
        await self._outbox.withdraw(telling.news_key(asked.group, person, asked.person))
        await self._shelf.drop(asked.group, person, asked.person)
        return telling.taken_back(person)

    async def _refuse(self, asked: Asked, person: PersonId) -> None:
        if person == asked.person:
            raise Refused("welcome-self")
        stays = await self._stays(asked.group, (person,))
        if person not in stays:
            raise Refused("welcome-untold")
        if not stays[person].here:
            raise Refused("welcome-not-here")

    async def _tell(self, asked: Asked, person: PersonId) -> None:
        """Tell them once, when it is not quiet for them, but for who wants never to be paired with the other."""
        if asked.person in (await self._apart.all(asked.group)).named_by(person):
            return
        at = (await self._people.ways(asked.group, person)).out_of_quiet(asked.at)
        await self._outbox.put_new((telling.news(asked.group, person, asked.person, at),))


def _meant(meant: object, welcomed: frozenset[PersonId], refusal: str) -> PersonId:
    """Return who is meant: a mark, as choices have it, leads to those alone whom somebody has welcomed."""
    return meant if isinstance(meant, PersonId) else whose(str(meant), welcomed, refusal)
