"""What the rota feature needs of a solver. It is an extra that whoever runs the bot may leave out."""

from typing import Protocol

from bot.domain.rota.fairness import Problem, Suggestion


class UnsolvedError(Exception):
    """No suggestion could be made, for no reason that lies in the problem; nothing is known of a better one."""


class NotInstalledError(UnsolvedError):
    """There is no solver here: it comes with `alongside[suggest]`."""


class TooLongError(UnsolvedError):
    """It was not done in the time that it may take. A smaller problem would be."""


class Solver(Protocol):
    """Finds what `bot.domain.rota.fairness` calls best."""

    @property
    def installed(self) -> bool:
        """Whether it seems to be here, as far as can be seen without loading it."""

    async def fairest(self, problem: Problem) -> Suggestion:
        """Return the best suggestion, the same for the same problem; it has no breach. Raises `UnsolvedError`.

        When the time is over before the second rule's sum is proven to be the smallest, it is the best that was found,
        which may differ from time to time, and `within` says how far from the fairest it is at most.
        """
