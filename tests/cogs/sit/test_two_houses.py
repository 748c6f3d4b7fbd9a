"""Two houses on one PostgreSQL, and two people at the same moment: one ask, one meeting."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Sequence

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.domain.commands import Asking
from bot.domain.ids import PersonId
from bot.domain.saying import Say
from bot.store.tables.house import outbox
from tests.scenarios.memory import GROUP, IDS, ROOM, MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI

Houses = tuple[MemoryStage, MemoryStage]


@pytest.fixture
async def houses(postgresql: str) -> AsyncGenerator[Houses]:
    """Return two houses that share a database and a world."""
    name = f"test_{uuid.uuid4().hex}"
    await _in_postgres(postgresql, f"CREATE DATABASE {name}")
    url = postgresql.replace("NAME", name)
    one, two = await MemoryStage.on(url), await MemoryStage.on(url)
    two.world = two.house.worlds["fake"] = one.world
    yield one, two
    for stage in (one, two):
        await stage.house.close()
    await _in_postgres(postgresql, f"DROP DATABASE {name}")


async def _in_postgres(url: str, statement: str) -> None:
    engine = create_async_engine(url.replace("NAME", "postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def _at_once(houses: Houses, *asked: tuple[str, str, dict[str, str]]) -> Sequence[Say | None]:
    """Let people ask at the same moment, each in the next of the houses, and let both houses go round."""
    pairs = [(houses[number % 2], *one) for number, one in enumerate(asked)]
    answers = await asyncio.gather(
        *(
            stage.house.switchboard.ask(
                Asking(
                    key=f"fake:{uuid.uuid4()}",
                    command=command,
                    options=options,
                    person=IDS[who],
                    group=GROUP,
                    places={"room": ROOM},
                )
            )
            for stage, who, command, options in pairs
        )
    )
    await asyncio.gather(*(stage.settled() for stage in houses))
    for stage in houses:
        await stage.settled()
    return answers


async def _meetings(stage: MemoryStage) -> int:
    async with stage.house.database.transaction():
        rooms = select(func.count()).select_from(outbox).where(outbox.c.key.like("sit:%:room"))
        return int((await stage.house.database.execute(rooms)).scalar_one())


async def _asked(houses: Houses) -> str:
    """Let Ash's ask be put to Bea and Cai; return its code."""
    stage = houses[0]
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
    await stage.types(ASH, "sit ask quiet")
    [invitation] = stage.world.private[IDS[BEA]][1:]
    return invitation.choices[0].options["ask"]


async def test_two_yeses_at_once_are_both_heard(houses: Houses) -> None:
    code = await _asked(houses)
    await _at_once(houses, (BEA, "sit can", {"ask": code}), (CAI, "sit can", {"ask": code}))
    newest = houses[0].world.private[IDS[ASH]][-1]

    assert [choice.options["offer"] for choice in newest.choices if choice.command == "sit pick"] == ["1", "2"]


async def test_one_yes_given_twice_at_once_is_one_offer(houses: Houses) -> None:
    code = await _asked(houses)
    await _at_once(houses, *[(BEA, "sit can", {"ask": code})] * 4)
    told = [said.lines[0].id for said in houses[0].world.private[IDS[ASH]]]

    assert told.count("sit-offered") == 1


async def test_two_picks_at_once_make_one_meeting(houses: Houses) -> None:
    code = await _asked(houses)
    for who in (BEA, CAI):
        await houses[0].asks(who, "sit can", ask=code)
    answers = await _at_once(houses, *[(ASH, "sit pick", {"offer": offer}) for offer in ("1", "2", "1", "2")])
    rows = await houses[0].rows()
    refused = [answer.lines[0].id for answer in answers if answer is not None]

    assert (await _meetings(houses[0]), len(houses[0].world.inside), rows["asks"]) == (1, 1, 1)
    assert refused == ["sit-over"] * 3


async def test_a_pick_and_a_withdrawal_at_once_end_one_way(houses: Houses) -> None:
    code = await _asked(houses)
    await houses[0].asks(BEA, "sit can", ask=code)
    await _at_once(houses, (ASH, "sit pick", {}), (ASH, "sit withdraw", {}), (BEA, "sit withdraw", {}))
    rows = await houses[0].rows()
    told = {said.lines[0].id for said in houses[0].world.private[IDS[ASH]]}

    over = told & {"sit-withdrawn", "sit-stepped-away-yourself", "sit-one-stepped-away", "sit-missed"}
    assert await _meetings(houses[0]) <= int("sit-you-picked-now" in told)
    assert rows["asks"] == int(not over)
    assert "sit-withdrawn" not in told or "sit-you-picked-now" not in told


async def test_one_person_asking_twice_at_once_has_one_ask(houses: Houses) -> None:
    await _at_once(houses, *[(ASH, "sit ask", {})] * 4)
    rows = await houses[0].rows()

    assert rows["asks"] == 1


async def test_whoever_opens_while_someone_asks_is_put_to_them_once(houses: Houses) -> None:
    for _ in range(5):
        await _at_once(houses, (ASH, "sit ask", {}), (BEA, "sit open", {}))
        await _at_once(houses, (ASH, "sit withdraw", {}), (BEA, "sit pause", {}))
    world, bea = houses[0].world, IDS[BEA]
    told = [said.lines[0].id for said in (*world.private[bea], *world.unsaid[bea])]

    assert told.count("sit-seen-now") == 5


async def test_a_pick_at_the_moment_the_time_runs_out_ends_one_way(houses: Houses) -> None:
    code = await _asked(houses)
    await houses[0].asks(BEA, "sit can", ask=code)
    for stage in houses:
        stage.clock.time = stage.clock.time.add(minutes=30)
    await asyncio.gather(_at_once(houses, (ASH, "sit pick", {})), *(stage.settled() for stage in houses))
    for stage in houses:
        stage.clock.time = stage.clock.time.add(minutes=5)
        await stage.settled()
    told = {said.lines[0].id for said in houses[0].world.private[IDS[ASH]]}

    assert (await houses[0].rows())["asks"] == int("sit-you-picked-now" in told)
    assert ("sit-you-picked-now" in told) != ("sit-lapsed" in told)


FIFTY = [PersonId.of("fake", f"person-{number}") for number in range(50)]


async def test_fifty_offers_at_once_from_two_processes_give_one_room_and_one_invitation_each(houses: Houses) -> None:
    await _all_at_once(houses, [(person, "sit open", {}) for person in FIFTY])
    await houses[0].types(ASH, "sit ask quiet")
    world = houses[0].world
    [invitation] = world.private[FIFTY[0]][1:]
    code = invitation.choices[0].options["ask"]
    await _all_at_once(houses, [(person, "sit can", {"ask": code}) for person in FIFTY])
    offers = [choice for choice in world.private[IDS[ASH]][-1].choices if choice.command == "sit pick"]
    picks: list[tuple[PersonId, str, dict[str, str]]] = [
        (IDS[ASH], "sit pick", dict(choice.options)) for choice in offers[:20]
    ]
    await _all_at_once(houses, picks)
    heard = {person: [said.lines[0].id for said in (*world.private[person], *world.unsaid[person])] for person in FIFTY}
    picked = [person for person in FIFTY if "sit-picked-you-now" in heard[person]]

    assert len(offers) == 50
    assert (await _meetings(houses[0]), len(world.inside), len(picked)) == (1, 1, 1)
    assert all(words.count("sit-seen-now") == 1 for words in heard.values())
    assert all(("sit-thanks" in heard[person]) != (person in picked) for person in FIFTY)


async def _all_at_once(houses: Houses, asked: Sequence[tuple[PersonId, str, dict[str, str]]]) -> None:
    """Let all of them ask at the same moment, half of them each of the two houses."""
    await asyncio.gather(
        *(
            houses[number % 2].house.switchboard.ask(
                Asking(
                    key=f"fake:{uuid.uuid4()}",
                    command=command,
                    options=options,
                    person=person,
                    group=GROUP,
                    places={"room": ROOM},
                )
            )
            for number, (person, command, options) in enumerate(asked)
        )
    )
    for stage in (*houses, *houses):
        await stage.settled()
