"""One soak from beginning to end: who types, who kills, who waits for what is still to come."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from whenever import TimeDelta

from tests.soak.asking import Asking
from tests.soak.book import Book
from tests.soak.killing import Killing
from tests.soak.scene import Props, Scene
from tests.soak.sentences import Sentences
from tests.soak.typing import Typist

_BURST = 4
# With so many kills for each step, one that was never reached is a fault.
_KILLS_FOR_EACH_STEP = 4
_TOO_MANY_ENDS = 50
_TELL_EVERY_SECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how hard. `only` names the steps to kill at; empty means all of them, and at random."""

    commands: int
    kills: int
    restarts: int
    people: int
    minutes: float
    seed: int
    patience_seconds: float
    only: tuple[str, ...] = ()


class Soak:
    """Runs one on the scene that is made of its props; all that is kept is in `folder`."""

    def __init__(self, plan: Plan, folder: Path, make: Callable[[Props], Scene]) -> None:
        self._plan = plan
        self._random = Random(plan.seed)
        self._killing = Killing(self._random, plan.only)
        sentences = Sentences()
        self.book = Book(sentences, self._killing.now)
        self._scene = make(
            Props(folder=folder, book=self.book, sentences=sentences, asking=Asking(sentences), random=self._random)
        )
        self._allowed = 0
        self._begun = 0
        self._is_over = False
        self._lives: dict[str, asyncio.Task[None]] = {}
        self._marks: list[tuple[str, float]] = []

    @property
    def kills(self) -> int:
        return self._killing.kills

    async def run(self) -> None:
        """Do all of it."""
        self._mark("begin")
        await self._scene.open()
        try:
            await self._gather()
            await self._soak()
            await self._settle()
        finally:
            self._is_over = True
            await self._scene.bot.stop()
            await self._scene.close()

    async def _gather(self) -> None:
        await self._scene.bot.start(self._killing.ahead)
        await self._scene.bot.serves()
        await self._scene.gather(self._plan.people)
        await self._scene.bot.kill()
        self._mark("gathered")

    async def _soak(self) -> None:
        """Let people type while the bot dies again and again, and a little after."""
        self._scene.bad_luck(on=True)
        planning = asyncio.create_task(self._plan_rotas())
        telling = asyncio.create_task(self._tell())
        await self._kill_again_and_again()
        await self._scene.bot.start(self._killing.ahead)
        # What was begun comes to its end sooner so.
        self._scene.bad_luck(on=False)
        await self._scene.rest()
        self._allowed = self._plan.commands
        while not self._has_enough() and not self._is_late:  # noqa: ASYNC110  Forty people, and no event.
            await asyncio.sleep(0.2)
        self._is_over = True
        await asyncio.gather(*self._lives.values())
        await planning
        telling.cancel()
        self._mark("typed")

    def _has_enough(self) -> bool:
        """Whether as many were typed as are allowed by now, those left out that came to nothing."""
        return self._begun - self.book.not_taken >= self._allowed

    async def _kill_again_and_again(self) -> None:
        restarts = self._restarts()
        while self.kills < self._plan.kills and not self._is_late:
            self._allowed = self._plan.commands * (self.kills + 1) // (self._plan.kills + 1)
            await self._killing.once(self._scene, restart=restarts.pop(self.kills, None))
            if sum(self._killing.ends.values()) > self.kills + _TOO_MANY_ENDS:
                raise RuntimeError(self._killing.ends)

    def _restarts(self) -> dict[int, str]:
        """Return before which kills the server is restarted, and how; one of them is a kill too."""
        count = min(self._plan.restarts, self._plan.kills)
        at = sorted(self._random.sample(range(self._plan.kills), count))
        return {kill: "killed" if number % 5 == 0 and count > 1 else "ended" for number, kill in enumerate(at, start=1)}

    @property
    def _is_late(self) -> bool:
        return time.monotonic() - self._marks[0][1] > self._plan.minutes * 60

    async def _plan_rotas(self) -> None:
        while not self._is_over:
            for circle in self._scene.circles:
                circle.plan(self._killing.now(), self._random)
            for person in self._scene.people:
                if person.user_id not in self._lives:
                    self._lives[person.user_id] = asyncio.create_task(self._live(person))
            await self._scene.look()
            await asyncio.sleep(0.5)

    async def _live(self, person: Typist) -> None:
        """Type a few things at once, wait for the answers, and again."""
        circle = next(circle for circle in self._scene.circles if person in circle.people)
        while not self._is_over:
            if self._has_enough():
                await asyncio.sleep(0.2)
                continue
            keys = []
            for _ in range(self._random.randint(1, _BURST)):
                if self._has_enough():
                    break
                self._begun += 1
                ask = circle.take(person, self._random)
                keys.append(ask.key)
                await person.type(ask, self._random)
            await self._answered(person, keys)

    async def _answered(self, person: Typist, keys: Sequence[str]) -> None:
        def are_free() -> bool:
            return all(self.book.is_free(person.user_id, key) for key in keys)

        await person.until(are_free, self._plan.patience_seconds)

    async def _settle(self) -> None:
        """Let what is due be said and what was lost be late, then kill once more, so that what is said twice shows."""
        await self._quiet(self._plan.patience_seconds, now_due=False)
        await self._scene.bot.kill()
        due = [awaited.at for _, _, awaited in self.book.all_awaited() if awaited.at is not None and awaited.wanted]
        if due:
            self._killing.jump(max(due) + TimeDelta(seconds=1))
        await self._scene.bot.start(self._killing.ahead)
        await self._quiet(self._plan.patience_seconds, now_due=True)
        await self._scene.bot.kill()
        await self._scene.bot.start(self._killing.ahead)
        await self._scene.bot.serves()
        await asyncio.sleep(3)
        await self._scene.look()
        self._mark("settled")

    async def _quiet(self, patience_seconds: float, *, now_due: bool) -> None:
        last = time.monotonic() + patience_seconds
        await self._scene.look()
        while (self.book.lost or (now_due and self.book.pings_lost)) and time.monotonic() < last:
            await asyncio.sleep(0.2)
            await self._scene.look()

    async def _tell(self) -> None:
        """Say now and then how far it is."""
        while True:
            seconds = time.monotonic() - self._marks[0][1]
            how_far = f"{self.book.typed} typed, {self.book.lost} open, {self.kills} kills, {self.book.doubled} doubled"
            print(f"after {seconds:.0f} seconds: {how_far}", file=sys.stderr, flush=True)
            await asyncio.sleep(_TELL_EVERY_SECONDS)

    def _mark(self, name: str) -> None:
        self._marks.append((name, time.monotonic()))

    def story(self) -> Iterator[str]:
        """Give a line for each thing worth knowing of how it went."""
        yield f"seed {self._plan.seed}, people {len(self._scene.people)}"
        for (_, before), (name, at) in zip(self._marks, self._marks[1:], strict=False):
            yield f"{name} after {at - before:.0f} seconds"
        took = dict(self._marks).get("typed", time.monotonic()) - dict(self._marks)["gathered"]
        yield f"commands a second while the bot was being killed: {self.book.typed / took:.1f}"
        yield from self._killing.story()
        yield from self._scene.story()
        yield f"shown as failed, and nothing came of it: {self.book.not_taken}"
        yield f"other things that the bot said, by the sentence: {dict(self.book.others)}"
        awaited = [each for _, _, each in self.book.all_awaited()]
        wanted, unsure = sum(each.wanted is True for each in awaited), sum(each.wanted is None for each in awaited)
        came = sum(bool(each.came) for each in awaited)
        yield f"said by itself: {wanted} wanted, {came} came, {unsure} may or may not"

    def faults(self) -> Iterator[str]:
        """Give a line for each thing that went wrong with the soak as a whole."""
        yield from self._scene.faults()
        if self.kills >= _KILLS_FOR_EACH_STEP * len(self._scene.steps):
            yield from (f"never reached: {name}" for name in self._killing.never_reached)
        log = self._scene.bot.log.read_text(encoding="utf-8")
        kinds = {line.split("]", 1)[-1].strip() for line in log.splitlines() if "[error" in line}
        yield from (f"fault in the bot's log: {kind}" for kind in sorted(kinds))
