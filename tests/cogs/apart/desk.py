"""A group with everything that brings people together, and never being paired: people type lines, time moves on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cogs.apart import NeverPaired
from bot.cogs.me import Me
from bot.cogs.sit import Before, Sits, Stance
from bot.cogs.welcome import FirstSteps, Welcomes
from bot.domain.commands import Command
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.memory import Memory
from bot.domain.outgoing import Meeting, Message
from bot.domain.saying import Line
from bot.ports.feature import Answer, Feature, Labour, Step
from tests.cogs.hello.desk import HelloDesk
from tests.cogs.rota.desk import text
from tests.fakes.firststep import FakeStays, FakeWelcomeShelf
from tests.fakes.groups import FakeGroupShelf
from tests.fakes.sit import FakeAsks, FakeOpenings
from tests.fakes.sit_again import FakeAgain, FakeLooks


async def nobody_else(group: GroupId, *, direct: bool) -> tuple[Line, ...]:
    """Return nobody."""
    del group, direct
    return ()


@dataclass(frozen=True, kw_only=True)
class All:
    """Several features as one."""

    features: tuple[Feature, ...]
    labours: Mapping[str, Labour]

    @property
    def answers(self) -> Mapping[Command, Answer]:
        return {command: answer for each in self.features for command, answer in each.answers.items()}

    @property
    def steps(self) -> Mapping[str, Step]:
        return {kind: step for each in self.features for kind, step in each.steps.items()}


@dataclass
class ApartDesk(HelloDesk):
    """As the desk of hellos, with sits. `read` holds all that each was answered and told; `rooms` who met."""

    asks_for_company: FakeAsks = field(default_factory=FakeAsks)
    openings: FakeOpenings = field(default_factory=FakeOpenings)
    groups: FakeGroupShelf = field(default_factory=FakeGroupShelf)
    welcomes: FakeWelcomeShelf = field(default_factory=FakeWelcomeShelf)
    stays: FakeStays = field(default_factory=FakeStays)
    read: dict[PersonId | PlaceId, list[str]] = field(default_factory=dict)
    rooms: list[frozenset[PersonId]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        steps = FirstSteps(groups=self.groups, welcomes=self.welcomes, people=self.people, stays=self.stays)
        self.sits = Sits(
            asks=self.asks_for_company,
            openings=self.openings,
            again=FakeAgain(),
            looks=FakeLooks(),
            apart=self.apart,
            steps=steps,
            before=Before(stance=Stance(self.groups), readers=nobody_else),
            rotas=self.shelf,
            people=self.people,
            outbox=self.outbox,
            diary=self.diary,
            memory=Memory(),
            lines_now=lambda _: (),
            traits=lambda _: frozenset(),
        )
        welcomes = Welcomes(
            shelf=self.welcomes,
            steps=steps,
            apart=self.apart,
            people=self.people,
            outbox=self.outbox,
            stays=self.stays,
        )
        separating = (self.sits, self.rotas, self.hello_feature, welcomes)
        apart = NeverPaired(shelf=self.apart, rotas=self.shelf, separating=separating)
        me = Me(people=self.people, changing=self.rotas.changing, sits=self.sits.shown)
        features = (self.sits, welcomes, self.rotas, self.hello_feature, me, apart)
        self.feature = All(features=features, labours=self.rotas.labours)  # type: ignore[assignment]  # Asked the same.

    async def types(self, person: PersonId, typed: str) -> str:
        """Return the answer, which the person has read, with what they could choose."""
        answer = await self.ask(person, typed)
        self._reads(person, answer, self.choices)
        return answer

    async def answers_to(self, person: PersonId, typed: str) -> str:
        """Return the whole answer, and all that anybody was told with it."""
        before = len(self.said)
        answer = await self.ask(person, typed)
        return f"{answer}\n{self.choices}\n{self.said[before:]}"

    def code(self, asker: PersonId) -> str:
        """Return the code of somebody's open ask."""
        [ask] = [ask for ask in self.asks_for_company.kept.values() if ask.asker == asker]
        return ask.id

    def _send(self) -> None:
        for sending in () if self.offline else self.outbox.send(self.now):
            if isinstance(sending, Meeting):
                self.rooms.append(frozenset(sending.people))
                continue
            assert isinstance(sending, Message)
            self.said.append((sending.to, text(sending.say)))
            self.offered.extend(choice.typed for choice in sending.say.choices)
            self._reads(sending.to, text(sending.say), sending.say.choices)

    def _reads(self, who: PersonId | PlaceId, what: str, choices: object) -> None:
        self.read.setdefault(who, []).append(f"{what}\n{choices}")
