"""The problem in numbers as a mixed-integer program, solved by HiGHS in two steps: the first rule, then the second.

Each shift that somebody is given costs a step, and each further one more than the one before: together they are what
`(load + given - share) ** 2` grows by. Steps need not be whole: the cheaper ones are taken first, and all of each.

Of what HiGHS says only its bounds are believed: how good an answer is, is counted here. The second run does not begin
with the answer to the first: HiGHS 1.16 then calls some answer the best that is not, and tells the best one's sum.
"""

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

from bot.domain.rota.fairness import fair_share
from bot.solving.numbers import Asked, Found, Numbers

Row: TypeAlias = tuple[float, Sequence[int], Sequence[int], float]
_NO_END = highspy.kHighsInf
# Both sums are whole numbers: whatever is less than one from the best is the best.
_LESS_THAN_ONE = 0.999
_ALMOST = 1e-4


class UnprovenError(Exception):
    """The time was over before the first rule was met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Its columns: the choices, then what each place misses, then each person's steps, from `steps` on."""

    numbers: Numbers
    steps: int

    @classmethod
    def of(cls, numbers: Numbers) -> Self:
        """Lay it out."""
        return cls(numbers=numbers, steps=numbers.choices + len(numbers.places))

    @property
    def columns(self) -> int:
        """How many there are."""
        return self.steps + sum(person.most for person in self.numbers.people)

    @property
    def misses(self) -> range:
        """The columns of what is missing."""
        return range(self.numbers.choices, self.steps)

    def rows(self) -> Iterator[Row]:
        """Give the least, the columns, what each counts, and the most; the last row is all that is missing."""
        for at_most in self.numbers.at_most:
            yield -_NO_END, at_most.choices, [1] * len(at_most.choices), at_most.most
        for column, place in zip(self.misses, self.numbers.places, strict=True):
            yield -_NO_END, place.choices, [1] * len(place.choices), place.wanted
            if place.short:
                yield place.short, [*place.choices, column], [1] * (len(place.choices) + 1), _NO_END
        step = self.steps
        for person in self.numbers.people:
            steps = range(step, step + person.most)
            yield 0, [*person.choices, *steps], [1] * len(person.choices) + [-1] * len(steps), 0
            step += person.most
        yield -_NO_END, self.misses, [1] * len(self.misses), _NO_END

    def first_costs(self) -> NDArray[np.float64]:
        """Return what the first rule makes small."""
        return _floats([0] * self.numbers.choices + [1] * len(self.misses) + [0] * (self.columns - self.steps))

    def second_costs(self, missing: int) -> NDArray[np.float64]:
        """Return what the second rule makes small, when so many needed places stay empty."""
        share = self._share(missing)
        steps = [
            2 * (person.load + step - share) - 1 for person in self.numbers.people for step in range(1, person.most + 1)
        ]
        return _floats([0] * self.steps + steps)

    def missing(self, taken: Collection[int]) -> int:
        """Return the first rule's sum when those choices are taken."""
        chosen = frozenset(taken)
        return sum(max(0, place.short - len(chosen.intersection(place.choices))) for place in self.numbers.places)

    def unevenness(self, missing: int, taken: Collection[int]) -> int:
        """Return the second rule's sum when those choices are taken."""
        share, chosen = self._share(missing), frozenset(taken)
        given = (person.load + len(chosen.intersection(person.choices)) for person in self.numbers.people)
        return sum((shifts - share) ** 2 for shifts in given)

    def least_uneven(self, missing: int, bound: float) -> int:
        """Return what that sum is at least, if its costs are at least `bound`; no sum of squares is below nothing."""
        nothing = self.unevenness(missing, ())
        return math.ceil(max(0, nothing + bound) - _ALMOST)

    def model(self) -> highspy.HighsLp:
        """Return it as HiGHS takes it, with the first rule's costs."""
        rows, whole, part = list(self.rows()), highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, len(rows)
        model.col_cost_ = self.first_costs()
        model.col_lower_ = _floats([0] * self.columns)
        model.col_upper_ = _floats(
            [1] * self.numbers.choices
            + [place.short for place in self.numbers.places]
            + [1] * (self.columns - self.steps)
        )
        model.integrality_ = [whole] * self.numbers.choices + [part] * (self.columns - self.numbers.choices)
        model.row_lower_, model.row_upper_ = _floats(row[0] for row in rows), _floats(row[3] for row in rows)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(row[1]) for row in rows)])
        model.a_matrix_.index_ = np.fromiter((column for row in rows for column in row[1]), dtype=np.int32)
        model.a_matrix_.value_ = _floats(count for row in rows for count in row[2])
        return model

    def _share(self, missing: int) -> int:
        needed = sum(place.short for place in self.numbers.places) - missing
        return fair_share((person.load for person in self.numbers.people), needed)


def solve(asked: Asked, clock: Callable[[], float] = time.monotonic) -> Found:
    """Find the best; `clock` tells seconds. Raises `UnprovenError` when time is over before the first rule is met."""
    until = clock() + asked.seconds
    program, highs = Program.of(asked.numbers), _quiet(asked.threads)
    model = program.model()
    highs.passModel(model)
    if not _run(highs, until - clock()):
        raise UnprovenError
    met = _taken(asked.numbers, highs)
    missing = program.missing(met)
    if missing > math.ceil(highs.getInfo().mip_dual_bound - _ALMOST):
        raise RuntimeError("the first rule is not met")
    highs.changeRowBounds(model.num_row_ - 1, -_NO_END, missing)
    highs.changeColsCost(program.columns, np.arange(program.columns, dtype=np.int32), program.second_costs(missing))
    _run(highs, until - clock())
    some = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    taken = _taken(asked.numbers, highs) if some else met
    least = program.least_uneven(missing, highs.getInfo().mip_dual_bound)
    return Found(taken=taken, within=program.unevenness(missing, taken) - least)


def _taken(numbers: Numbers, highs: highspy.Highs) -> tuple[int, ...]:
    values = highs.getSolution().col_value
    return tuple(choice for choice in range(numbers.choices) if round(values[choice]))


def _quiet(threads: int) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003  As HiGHS has it.
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", _LESS_THAN_ONE)
    return highs


def _run(highs: highspy.Highs, seconds: float) -> bool:
    """Run it; return whether it came to an end, and not only to the end of its time."""
    highs.setOptionValue("time_limit", max(0.0, seconds))
    highs.run()
    status = highs.getModelStatus()
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit):
        raise RuntimeError(highs.modelStatusToString(status))
    return bool(status == highspy.HighsModelStatus.kOptimal)


def _floats(numbers: Iterable[float]) -> NDArray[np.float64]:
    return np.fromiter(numbers, dtype=np.float64)
