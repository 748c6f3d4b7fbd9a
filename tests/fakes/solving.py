"""A solver without numbers: it gives whatever is in no one's way, one after another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.rota.breaches import check
from bot.domain.rota.fairness import Problem, Suggestion
from bot.ports.solving import Solver, UnsolvedError


@dataclass
class FakeSolver(Solver):
    """Fails with what it `breaks` with; `meanwhile` is what else happens before it answers, `asked` is all it was."""

    breaks: UnsolvedError | None = None
    meanwhile: Callable[[], Awaitable[object]] | None = None
    is_here: bool = True
    asked: list[Problem] = field(default_factory=list)

    @property
    def installed(self) -> bool:
        return self.is_here

    async def fairest(self, problem: Problem) -> Suggestion:
        self.asked.append(problem)
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.breaks is not None:
            raise self.breaks
        found = Suggestion.of(problem, ())
        for opening in problem.in_order:
            for who in problem.able:
                more = Suggestion.of(problem, (*found.pairs, (opening.key, who.person)))
                found = found if check(problem, more) else more
        return found
