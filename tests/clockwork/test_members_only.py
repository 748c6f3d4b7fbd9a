"""What is only for somebody who is in the group: somebody who was named need not be, and then hears nothing."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.outgoing import Message
from bot.domain.saying import say
from bot.ports.chat import ChatError
from bot.store.sayings import packed, unpacked
from tests.scenarios.memory import GROUP, IDS, MemoryStage, memory_stage
from tests.scenarios.stage import ASH


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncGenerator[MemoryStage]:
    stage = await memory_stage(tmp_path)
    yield stage
    await stage.house.close()


async def put(stage: MemoryStage, *, members_only: bool) -> Message:
    now = stage.clock.now()
    message = Message(
        key=f"key-{members_only}",
        group=GROUP,
        to=IDS[ASH],
        say=say("sit-paused"),
        not_before=now,
        expires_at=now.add(hours=1),
        members_only=members_only,
    )
    async with stage.house.database.transaction():
        await stage.house.outbox.put(message)
    await stage.settled()
    return message


@pytest.mark.parametrize(("inside", "members_only"), [(True, True), (False, False), (False, True)])
async def test_it_is_said_to_whoever_is_in_the_group_and_dropped_for_anybody_else(
    stage: MemoryStage, *, inside: bool, members_only: bool
) -> None:
    if not inside:
        stage.world.outside.add((IDS[ASH], GROUP))
    await put(stage, members_only=members_only)
    stage.world.outside.clear()
    await stage.settled()

    assert len(stage.world.private[IDS[ASH]]) == (0 if members_only and not inside else 1)


async def test_while_that_cannot_be_told_it_waits(stage: MemoryStage) -> None:
    stage.world.refuses = [ChatError("not-now", permanent=False)]
    message = await put(stage, members_only=True)
    soon = len(stage.world.private[IDS[ASH]])
    stage.clock.time = message.not_before.add(minutes=30)
    await stage.settled()

    assert (soon, len(stage.world.private[IDS[ASH]])) == (0, 1)


async def test_it_is_kept_with_what_is_put_out(stage: MemoryStage) -> None:
    message = await put(stage, members_only=True)
    about = {name: getattr(message, name) for name in ("key", "group", "not_before", "expires_at")}

    assert [unpacked(packed(one), about) for one in (message, replace(message, members_only=False))] == [
        message,
        replace(message, members_only=False),
    ]
