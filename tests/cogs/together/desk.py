"""A group around open hours and rotas: people type lines, time moves on, and what is said is kept as text."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cogs.rota import Rotas
from bot.cogs.together import Together
from bot.domain.commands import Command
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, line
from bot.ports.feature import Answer, Step
from tests.cogs.rota.desk import Desk
from tests.fakes.together import FakeTogetherShelf

GARDEN = PlaceId.of("local", "garden")
READERS = (line("about-readers-local"),)
OTHERS = (line("about-readers-matrix-server"),)


@dataclass(frozen=True, kw_only=True)
class Both:
    """Two features as one."""

    rotas: Rotas
    together: Together

    @property
    def answers(self) -> Mapping[Command, Answer]:
        return {**self.rotas.answers, **self.together.answers}

    @property
    def steps(self) -> Mapping[str, Step]:
        return {**self.rotas.steps, **self.together.steps}


@dataclass
class TogetherDesk(Desk):
    """As the rota's desk, with open hours. `hours` is their shelf; `others` read what is said in a room."""

    zone: str = "Europe/London"
    others: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        self.hours = FakeTogetherShelf(of=self.shelf)
        self.places["garden"] = GARDEN
        self.together = Together(
            shelf=self.hours,
            rotas=self.shelf,
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
            readers={"local": READERS},
            others_reading=self._others,
            zone_of=self._zone,
        )
        self.following = (self.together.follow,)
        super().__post_init__()
        self.feature = Both(rotas=self.feature, together=self.together)  # type: ignore[assignment]  # Asked the same.

    async def leaves(self, person: PersonId, group: GroupId) -> None:
        """Let somebody leave the group."""
        await self.together.without(group, person, self.now)
        self._send()

    async def _others(self, _place: PlaceId) -> tuple[Line, ...]:
        return self.others

    async def _zone(self, _group: GroupId) -> str:
        return self.zone
