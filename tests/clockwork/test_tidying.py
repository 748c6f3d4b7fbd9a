"""What was said is taken away again: once it is over, wherever it stands, and whatever happens in between."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select

from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message, Tidying
from bot.domain.saying import Say
from bot.ports.chat import ChatError, Posted
from bot.store.tables.house import outbox
from tests.clockwork.bench import ASH, BEA, HOUR, ROOM, Bench
from tests.fakes.world import FakeWorld

NOT_NOW = ChatError("not-now", permanent=False)
NEVER = ChatError("never", permanent=True)


class Killed(BaseException):
    """The process ends here."""


@dataclass(kw_only=True)
class DeadlyWorld(FakeWorld):
    """The process dies at a step, once."""

    dies: list[str] = field(default_factory=list)

    async def tell(self, *args: object, **more: object) -> Posted:
        posted = await super().tell(*args, **more)  # type: ignore[arg-type]  # Handed on as they are.
        self.step("said")
        return posted

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], key: str) -> None:
        self.step("before unsaying")
        await super().unsay(to, messages, key)
        self.step("after unsaying")

    def step(self, name: str) -> None:
        if name in self.dies:
            self.dies.remove(name)
            raise Killed(name)


@dataclass(kw_only=True)
class HeldUp(FakeWorld):
    """Says the first thing, and does not return before it may."""

    said_it: asyncio.Event = field(default_factory=asyncio.Event)
    may_return: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(self, *args: object, **more: object) -> Posted:
        posted = await super().tell(*args, **more)  # type: ignore[arg-type]  # Handed on as they are.
        self.said_it.set()
        await self.may_return.wait()
        return posted


def message(bench: Bench, words: str = "hello", to: PersonId | PlaceId = ASH) -> Message:
    return replace(bench.message(words, to), tidied=True)


def tidying(bench: Bench, of: Message, *, group: GroupId | None = None) -> Tidying:
    now = bench.clock.now()
    return Tidying(
        key=f"tidy-{of.key}", group=group or of.group, of=of.key, to=of.to, not_before=now, expires_at=now + HOUR
    )


async def stands(bench: Bench) -> dict[str, str | None]:
    """Return of every key that was put which messages it became, as it is kept."""
    async with bench.database.transaction():
        rows = (await bench.database.execute(select(outbox.c.key, outbox.c.stands))).all()
    return {row.key: row.stands for row in rows}


def dump(bench: Bench) -> str:
    """Return all that is in the file."""
    with closing(sqlite3.connect(f"file:{bench.database.engine.url.database}?mode=ro", uri=True)) as file:
        return "\n".join(file.iterdump())


async def lives(bench: Bench) -> None:
    """Let processes work, one after the other, each until it has nothing more to do or is killed."""
    while True:
        try:
            await bench.pump().empty()
        except BaseExceptionGroup as died:
            if died.subgroup(Killed) is None:
                raise
            async with bench.database.transaction():
                await bench.outbox.release()
        else:
            return


@pytest.mark.parametrize("to", [ASH, ROOM])
async def test_what_was_said_goes_and_it_is_kept_only_until_then_which_message_it_was(
    bench: Bench, to: PersonId | PlaceId
) -> None:
    said, other = message(bench, to=to), bench.message("other", to)
    await bench.put(said, other)
    await bench.pump().empty()
    meanwhile = await stands(bench)
    await bench.put(tidying(bench, said))
    await bench.pump().empty()
    at_last = await stands(bench)
    left = bench.heard(to) if isinstance(to, PersonId) else bench.seen(to)

    assert meanwhile == {said.key: f"said {said.key}", other.key: None}
    assert left == ["other"]
    assert at_last == dict.fromkeys((said.key, other.key, f"tidy-{said.key}"))


@pytest.mark.parametrize("step", ["said", "before unsaying", "after unsaying"])
async def test_a_process_that_dies_at_any_step_leaves_nothing_standing(bench: Bench, step: str) -> None:
    bench.world = world = DeadlyWorld(dies=[step])
    said = message(bench)
    await bench.put(said)
    await lives(bench)
    await bench.put(tidying(bench, said))
    await lives(bench)

    assert (world.dies, bench.heard()) == ([], [])
    assert [each.lines[0].id for each in world.unsaid[ASH]] == ["hello"]
    assert set((await stands(bench)).values()) == {None}


async def test_what_cannot_be_taken_away_for_now_is_tried_again(bench: Bench) -> None:
    said = message(bench)
    await bench.put(said)
    await bench.pump().empty()
    await bench.put(tidying(bench, said))
    bench.world.refuses = [NOT_NOW]
    again_at = await bench.pump().empty()
    meanwhile = bench.heard()
    assert again_at is not None
    bench.clock.time = again_at
    await bench.pump().empty()

    assert (meanwhile, bench.heard()) == (["hello"], [])


async def test_what_can_never_be_taken_away_stays_and_nothing_is_kept_of_it_any_more(bench: Bench) -> None:
    said = message(bench)
    await bench.put(said)
    await bench.pump().empty()
    await bench.put(tidying(bench, said))
    bench.world.refuses = [NEVER]
    again_at = await bench.pump().empty()

    assert (again_at, bench.heard()) == (None, ["hello"])
    assert set((await stands(bench)).values()) == {None}


async def test_what_was_never_said_or_is_another_groups_is_left_alone(bench: Bench) -> None:
    unsaid, said = message(bench, to=BEA), message(bench)
    await bench.put(said)
    await bench.pump().empty()
    await bench.put(tidying(bench, unsaid), tidying(bench, said, group=GroupId.of("fake", "other")))
    again_at = await bench.pump().empty()

    assert (again_at, bench.heard(), dict(bench.world.unsaid)) == (None, ["hello"], {})
    assert (await stands(bench))[said.key] == f"said {said.key}"


async def test_what_is_withdrawn_while_it_is_said_goes_at_once(bench: Bench) -> None:
    """Also where another process came to tidy it before anybody could know which message it is."""
    bench.world = world = HeldUp()
    said = message(bench)
    await bench.put(said)
    sending = asyncio.create_task(bench.pump().empty())
    await world.said_it.wait()
    async with bench.database.transaction():
        await bench.outbox.withdraw(said.key)
        await bench.outbox.put(tidying(bench, said))
    await bench.pump().empty()
    meanwhile = bench.heard()
    world.may_return.set()
    await sending

    assert (meanwhile, bench.heard()) == (["hello"], [])
    assert await stands(bench) == {f"tidy-{said.key}": None}


async def test_what_is_withdrawn_while_it_is_said_and_cannot_go_stays_without_a_trace(bench: Bench) -> None:
    bench.world = world = HeldUp()
    said = message(bench)
    await bench.put(said)
    sending = asyncio.create_task(bench.pump().empty())
    await world.said_it.wait()
    async with bench.database.transaction():
        await bench.outbox.withdraw(said.key)
    world.refuses = [NOT_NOW]
    world.may_return.set()
    await sending

    assert (bench.heard(), await stands(bench)) == (["hello"], {})


async def test_somebody_closes_a_message_for_themselves_and_not_a_byte_is_another(bench: Bench) -> None:
    said, other = message(bench), message(bench, "other")
    await bench.put(said, other)
    pump = bench.pump()
    await pump.empty()
    before = dump(bench)
    gone = await pump.unsay(ASH, said.group, [said.key], "event")
    after = dump(bench)
    # What is over later is tidied as if nothing had been.
    await bench.put(tidying(bench, said))
    await pump.empty()

    assert gone
    assert bench.heard() == ["other"]
    assert before == after
    assert f"said {said.key}" in before


async def test_what_is_not_known_or_cannot_go_is_said_to_stay(bench: Bench) -> None:
    said, unsaid = message(bench), message(bench)
    await bench.put(said)
    pump = bench.pump()
    await pump.empty()
    known = [await pump.unsay(ASH, said.group, keys, "event") for keys in ([], [unsaid.key], [said.key, unsaid.key])]
    elsewhere = await pump.unsay(ASH, GroupId.of("fake", "other"), [said.key], "event")
    bench.world.refuses = [NEVER]
    refused = await pump.unsay(ASH, said.group, [said.key], "event")

    assert (known, elsewhere, refused) == ([False] * 3, False, False)
    assert bench.heard() == ["hello"]


async def test_what_may_have_been_said_unheard_is_known_before_it_is_closed(bench: Bench) -> None:
    bench.world = DeadlyWorld(dies=["said"])
    said = message(bench)
    await bench.put(said)
    with pytest.raises(BaseExceptionGroup):
        await bench.pump().empty()
    gone = await bench.pump().unsay(ASH, said.group, [said.key], "event")

    assert (gone, bench.heard()) == (True, [])


async def test_a_message_of_several_pages_goes_whole(bench: Bench) -> None:
    class Paged(FakeWorld):
        async def tell(self, person: PersonId, say: Say, key: str, *more: object) -> Posted:
            for number in (1, 2):
                await super().tell(person, say, f"{key} {number}", *more)  # type: ignore[arg-type]  # As above.
            return Posted(messages=(f"said {key} 1", f"said {key} 2"))

    bench.world = Paged()
    said = message(bench)
    await bench.put(said)
    await bench.pump().empty()
    meanwhile = bench.heard()
    await bench.put(tidying(bench, said))
    await bench.pump().empty()

    assert (meanwhile, bench.heard()) == (["hello", "hello"], [])


async def test_what_is_put_out_in_the_place_of_something_withdrawn_while_it_is_said_is_said_too(bench: Bench) -> None:
    bench.world = world = HeldUp()
    said = bench.message()
    await bench.put(said)
    sending = asyncio.create_task(bench.pump().empty())
    await world.said_it.wait()
    async with bench.database.transaction():
        await bench.outbox.withdraw(said.key)
        await bench.outbox.put(bench.message("instead", BEA))
    world.may_return.set()
    await sending
    await bench.pump().empty()

    assert bench.heard(BEA) == ["instead"]
