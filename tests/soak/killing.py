"""Kills the bot at one moment after another, and starts it again."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from whenever import Instant, TimeDelta

from tests.soak.scene import Scene
from tests.soak.steps import Step

KILLED = -9
_LONGEST_LIFE_SECONDS = 4.0
# Of the kills at random, how many come while the bot starts.
_DIE_YOUNG = 0.3
_STEP_PATIENCE_SECONDS = 8.0
_LONG_STEP_PATIENCE_SECONDS = 25.0
_MOST_PASSAGES = 3
# How long the bot takes to start, so that a ping falls due a little after.
_START_SECONDS = 4
_FURTHEST_JUMP = TimeDelta(minutes=5)


class Killing:
    """Counts what it does. `ahead` is by how many seconds the bot's clock is ahead: it jumps while the bot is down."""

    def __init__(self, random: Random, only: Sequence[str]) -> None:
        self._steps: Sequence[Step] = ()
        self._random = random
        self._only = only
        self._deck: list[Step | None] = []
        self.ahead = 0.0
        self.kills = 0
        self.hits: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.ends: Counter[int] = Counter()

    def now(self) -> Instant:
        """Return the bot's own time."""
        return Instant.now() + TimeDelta(seconds=self.ahead)

    async def once(self, scene: Scene, *, restart: str | None) -> None:
        """Start the bot and see it killed, at the next step or at random; `restart` is how the server ends then."""
        self._steps = scene.steps
        step = self._next_step(scene)
        needs = step.needs if step else ""
        if needs == "ping":
            self._jump_to_a_ping(scene)
        await scene.prepare(needs, self.kills, alone=bool(self._only))
        await scene.bot.start(self.ahead, step.name if step else None, self._passage(step))
        restarting = asyncio.create_task(scene.restart(restart)) if restart else None
        await self._die(scene, step)
        if restarting is not None:
            await restarting

    def jump(self, to: Instant) -> None:
        """Let the clock be there when the bot is started next; never backwards."""
        self.ahead += max(0.0, (to - self.now()).total("seconds"))

    def _next_step(self, scene: Scene) -> Step | None:
        """Return the next of the deck; what needs a ping waits until there is one to come."""
        if not self._deck:
            steps = [step for step in self._steps if not self._only or step.name in self._only]
            at_random = [] if self._only else [None] * len(steps)
            self._deck = [*steps, *at_random]
            self._random.shuffle(self._deck)
        no_ping = self._next_ping(scene) is None
        late = [step for step in self._deck if no_ping and step is not None and step.needs == "ping"]
        if len(late) == len(self._deck):
            return self._deck.pop()
        step = next(step for step in reversed(self._deck) if step not in late)
        self._deck.reverse()
        self._deck.remove(step)
        self._deck.reverse()
        return step

    def _passage(self, step: Step | None) -> int:
        comes_often = step is not None and not step.needs
        return self._random.randint(1, _MOST_PASSAGES) if comes_often else 1

    async def _die(self, scene: Scene, step: Step | None) -> None:
        if step is None and self._random.random() < _DIE_YOUNG:
            status = await scene.bot.ended(self._random.uniform(0.2, _START_SECONDS))
        else:
            await scene.bot.serves()
            status = await scene.bot.ended(self._life(scene, step))
        if status is None:
            status = await scene.bot.kill()
        hit = scene.bot.hit()
        self.ends[status] += 1
        if status == KILLED:
            self.kills += 1
            self.hits[hit or "at random"] += 1
        else:
            # It ended by itself, as when its server is away at start; whatever runs it starts it again.
            await asyncio.sleep(1)
        if step is not None and hit is None:
            self.missed[step.name] += 1

    def _life(self, scene: Scene, step: Step | None) -> float:
        """Return how many seconds the bot may serve."""
        if step is None:
            return self._random.uniform(0, _LONGEST_LIFE_SECONDS)
        return _LONG_STEP_PATIENCE_SECONDS if step.needs in scene.slow_needs else _STEP_PATIENCE_SECONDS

    def _jump_to_a_ping(self, scene: Scene) -> None:
        """Let a ping fall due a little after the bot has started, if one is to come soon."""
        if at := self._next_ping(scene):
            self.jump(at - TimeDelta(seconds=_START_SECONDS))

    def _next_ping(self, scene: Scene) -> Instant | None:
        pings = [circle.next_ping(self.now()) for circle in scene.circles]
        return min((at for at in pings if at is not None and at < self.now() + _FURTHEST_JUMP), default=None)

    def story(self) -> Iterator[str]:
        """Give a line for each kind of thing that was done."""
        for name, count in sorted(self.hits.items()):
            yield f"killed {count} times: {name}"
        yield from (f"never reached: {name}" for name in self.never_reached)
        yield f"the bot's own ends, by status: {dict(self.ends)}"

    @property
    def never_reached(self) -> list[str]:
        """Return the steps at which the bot was never killed."""
        return [
            step.name
            for step in self._steps
            if not self.hits[step.name] and (not self._only or step.name in self._only)
        ]
