"""A group around hellos and rotas: people type lines, time moves on, and what is said is kept as text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cogs.hello import Hellos
from bot.cogs.rota import Rotas
from bot.domain.commands import Command
from bot.ports.feature import Answer, Step
from tests.cogs.rota.desk import Desk
from tests.fakes.hello import FakeHelloShelf


@dataclass(frozen=True, kw_only=True)
class Both:
    """Two features as one."""

    rotas: Rotas
    hellos: Hellos

    @property
    def answers(self) -> Mapping[Command, Answer]:
        return {**self.rotas.answers, **self.hellos.answers}

    @property
    def steps(self) -> Mapping[str, Step]:
        return {**self.rotas.steps, **self.hellos.steps}


@dataclass
class HelloDesk(Desk):
    """As the rota's desk, with hellos. `hellos` is their shelf."""

    hellos: FakeHelloShelf = field(default_factory=FakeHelloShelf)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rotas = self.feature
        self.hello_feature = Hellos(
            shelf=self.hellos,
            rotas=self.shelf,
            apart=self.apart,
            outbox=self.outbox,
            diary=self.diary,
            people=self.people,
        )
        self.feature = Both(rotas=self.rotas, hellos=self.hello_feature)  # type: ignore[assignment]  # Asked the same.
