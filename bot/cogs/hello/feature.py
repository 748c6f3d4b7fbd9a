"""The hello commands and what wakes them."""

from collections.abc import Mapping

from whenever import Instant

from bot.cogs.hello.buddies import Buddies
from bot.cogs.hello.commands import AGREE, BUDDY, HERE, PAUSE, RENEW, RESUME, SHOW, START, STOP, UNBUDDY
from bot.cogs.hello.laying import Laying
from bot.cogs.hello.upkeep import KIND, Upkeep
from bot.domain.commands import Command
from bot.domain.ids import GroupId, PersonId
from bot.ports.apart import ApartList
from bot.ports.feature import Answer, Step
from bot.ports.hello import HelloShelf
from bot.ports.keeping import Diary, Outbox, People
from bot.ports.rota import RotaList


class Hellos:
    """Hello for me: what somebody laid down happens at the times they chose, and nothing else does."""

    def __init__(
        self,
        *,
        shelf: HelloShelf,
        rotas: RotaList,
        apart: ApartList,
        outbox: Outbox,
        diary: Diary,
        people: People,
    ) -> None:
        self._shelf = shelf
        self._upkeep = Upkeep(shelf=shelf, rotas=rotas, apart=apart, outbox=outbox, diary=diary, people=people)
        self._laying = Laying(rotas=rotas, apart=apart, people=people, upkeep=self._upkeep)
        self._buddies = Buddies(shelf=shelf, rotas=rotas, apart=apart, upkeep=self._upkeep)

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands it declares and the method that answers each."""
        return {
            SHOW: self._laying.show,
            START: self._laying.start,
            BUDDY: self._buddies.choose,
            AGREE: self._buddies.agree,
            UNBUDDY: self._buddies.unbuddy,
            HERE: self._laying.here,
            PAUSE: self._laying.pause,
            RESUME: self._laying.resume,
            RENEW: self._laying.renew,
            STOP: self._laying.stop,
        }

    @property
    def steps(self) -> Mapping[str, Step]:
        """The one kind of moment it marks."""
        return {KIND: self._upkeep.wake}

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """End the hellos of someone who left, and let those whose buddy they were choose anew."""
        for hello in await self._shelf.all(group):
            if hello.person == person:
                await self._laying.end(hello, now)
            elif hello.agreed == person:
                await self._buddies.gone(hello, now)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, now: Instant) -> None:
        """Let neither of the two be the other's buddy any more."""
        await self._buddies.separate(group, person, other, now)
