"""Everything of a group goes when it goes, and all of it comes along when the group moves, on both databases."""

from dataclasses import replace

import pytest
from whenever import Date, Time, TimeDelta, Weekday

from bot.domain.group import GroupWays
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Departure, Due, Fallback, Meeting, Message, Sending
from bot.domain.people import Pause, Ways, Wish
from bot.domain.rota.pattern import Pattern
from bot.domain.rota.recurrence import weekly
from bot.domain.rota.roster import Once, Roster
from bot.domain.rota.rota import Rota, ShiftId
from bot.domain.rota.sheet import Sheet
from bot.domain.saying import say
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.groups import GroupStore
from bot.store.house import DiaryShelf, PeopleShelf
from bot.store.outbox import OutboxShelf
from bot.store.rota import RotaStore
from tests.fakes.tombstones import NoTombstones
from tests.store.rows import ASH, NOON, fill, filled

HOUR = TimeDelta(hours=1)
ROOM, NEXT, SPACE, OTHER = (f"fake:{name}" for name in ("room", "next", "space", "other"))
BEA = PersonId.of("fake", "bea")
OF_NO_GROUP = {"bookmarks", "forgotten", "inbox"}


def rota(number: int, group: str = ROOM, place: str = ROOM) -> Rota:
    return Rota(
        id=f"{group}-{number}",
        group=GroupId(group),
        number=number,
        name=f"Rota {number}",
        patterns=(
            Pattern(recurrence=weekly(Weekday), starts=Date(2026, 11, 23), time=Time(20), ends=Time(21), most=2),
        ),
        zone="Europe/London",
        place=PlaceId(place),
        words=None,
        watermark=NOON,
    )


async def begin(database: Database, one: Rota, *people: PersonId) -> None:
    """Keep a rota with people on one date, a due moment and a ping that is on its way."""
    store = RotaStore(database)
    on = frozenset(Once(person=person, shift=ShiftId(date=Date(2026, 11, 24))) for person in people)
    async with database.transaction():
        await store.next_number(one.group)
        await store.begin(one)
        await store.keep(Sheet(rota=one, roster=Roster()), Sheet(rota=one, roster=Roster(single=on)))
        await DiaryShelf(database).mark(Due(key=one.due_key, kind="rota", group=one.group, about=one.id, at=NOON))
        recipients: tuple[PersonId | PlaceId, ...] = (*people, one.place)
        for to in recipients:
            await OutboxShelf(database).put(message(f"{one.due_key}:{to}", one.group, to))


def ping(key: str, group: str, place: str = ROOM) -> Message:
    """Return a ping of Ash's that has a fallback."""
    return replace(message(key, group, ASH), fallback=Fallback(place=PlaceId(place), say=say("named", person=ASH)))


def message(key: str, group: str, to: PersonId | PlaceId) -> Message:
    return Message(
        key=key, group=GroupId(group), to=to, say=say("rota-room-ended", name=key), not_before=NOON, expires_at=NOON
    )


async def sheets(database: Database, group: str) -> list[Sheet]:
    async with database.transaction():
        return list(await RotaStore(database).sheets(GroupId(group)))


async def sent(database: Database) -> dict[str, Sending]:
    async with database.transaction():
        claimed = await OutboxShelf(database).claim(NOON, NOON + HOUR, 100)
    return {one.sending.key: one.sending for one in claimed}


async def test_a_row_in_every_table_and_none_after(database: Database) -> None:
    belongings = BelongingsStore(database, NoTombstones())
    await fill(database, ROOM)
    before = await filled(database)
    await fill(database, OTHER, BEA)
    async with database.transaction():
        await belongings.forget(GroupId(ROOM), NOON)
        await belongings.forget_place(PlaceId(ROOM))
    after = await filled(database)

    assert set(before.values()) == {1}
    assert after == {name: 2 if name in OF_NO_GROUP else 1 for name in after}


async def test_a_room_for_two_is_not_left_open_when_its_group_is_forgotten(database: Database) -> None:
    group, shelf = GroupId(ROOM), OutboxShelf(database)
    later = NOON + HOUR
    meeting = Meeting(
        key="sit:a:room",
        group=group,
        people=(ASH, BEA),
        card=say("sit-card"),
        missed=say("sit-missed"),
        not_before=later,
        expires_at=later,
    )
    departure = Departure(
        key="sit:b:leave", group=group, room="sit:b:room", closing=False, not_before=later, expires_at=later
    )
    async with database.transaction():
        for sending in (meeting, departure, message("ping", ROOM, ASH)):
            await shelf.put(sending)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).forget(group, NOON)
        claimed = await shelf.claim(NOON, NOON + HOUR, 100)
        after = await shelf.claim(later, later, 100)

    assert [(one.sending.key, one.sending.expires_at < NOON) for one in claimed] == [("sit:a:room", True)]
    assert [one.sending for one in after if one.sending.key == "sit:b:leave"] == [departure]
    assert all(one.sending.key != "ping" for one in (*claimed, *after))


async def test_what_is_kept_of_someone_who_left_goes_from_every_table_and_nobody_elses(database: Database) -> None:
    belongings = BelongingsStore(database, NoTombstones())
    await fill(database, ROOM)
    await fill(database, OTHER)
    async with database.transaction():
        before = await belongings.people(GroupId(ROOM))
        await belongings.part(GroupId(ROOM), ASH, NOON)
        after = [await belongings.people(GroupId(group)) for group in (ROOM, OTHER)]

    assert before == {ASH}
    assert after == [frozenset(), frozenset({ASH})]


async def test_what_was_to_be_said_to_someone_who_left_is_not_said(database: Database) -> None:
    outbox = OutboxShelf(database)
    async with database.transaction():
        await outbox.put(ping("pinged", ROOM))
        for key, group, to in (("a", ROOM, ASH), ("b", ROOM, BEA), ("c", OTHER, ASH), ("d", ROOM, PlaceId(ROOM))):
            await outbox.put(message(key, group, to))
        await BelongingsStore(database, NoTombstones()).part(GroupId(ROOM), ASH, NOON)

    assert set(await sent(database)) == {"b", "c", "d"}


async def test_every_group_of_a_world_is_known_with_its_places(database: Database) -> None:
    await begin(database, rota(1))
    await begin(database, replace(rota(1, SPACE), place=PlaceId(NEXT)))
    async with database.transaction():
        known = [await BelongingsStore(database, NoTombstones()).known(world) for world in ("fake", "other")]

    assert known == [{ROOM: {ROOM}, SPACE: {NEXT}}, {}]


@pytest.mark.parametrize("times", [1, 2])
async def test_a_room_that_was_upgraded_brings_everything_along_however_often(database: Database, times: int) -> None:
    belongings = BelongingsStore(database, NoTombstones())
    await fill(database, ROOM)
    before = await filled(database)
    for _ in range(times):
        async with database.transaction():
            await belongings.rename(PlaceId(ROOM), PlaceId(NEXT))
            await belongings.move(GroupId(ROOM), GroupId(NEXT))
    async with database.transaction():
        known = await belongings.known("fake")

    assert known == {NEXT: {NEXT}}
    assert await filled(database) == before


async def test_a_place_is_renamed_in_what_is_to_be_said_too(database: Database) -> None:
    await begin(database, rota(1), ASH)
    async with database.transaction():
        await OutboxShelf(database).put(ping("ping", ROOM))
        await BelongingsStore(database, NoTombstones()).rename(PlaceId(ROOM), PlaceId(NEXT))
    messages = await sent(database)

    assert {one.to for one in messages.values() if isinstance(one, Message)} == {ASH, NEXT}
    assert messages["ping"] == ping("ping", ROOM, NEXT)
    assert [sheet.rota.place for sheet in await sheets(database, ROOM)] == [NEXT]


async def test_two_groups_become_one_and_no_rota_has_the_number_of_another(database: Database) -> None:
    for one in (rota(1), rota(2), rota(1, SPACE), rota(2, SPACE), rota(3, SPACE)):
        await begin(database, one, ASH)
    people = PeopleShelf(database, lambda _: Ways())
    async with database.transaction():
        for group, zone in ((ROOM, "UTC"), (SPACE, "Asia/Kolkata")):
            await people.keep(GroupId(group), ASH, Wish(zone=zone))
        await people.keep(GroupId(ROOM), BEA, Wish(zone="UTC"))
        await BelongingsStore(database, NoTombstones()).move(GroupId(ROOM), GroupId(SPACE))
        wishes = [(await people.wish(GroupId(SPACE), person)).zone for person in (ASH, BEA)]
        following = await RotaStore(database).next_number(GroupId(SPACE))
    numbers = [sheet.rota.number for sheet in await sheets(database, SPACE)]

    assert numbers == [1, 2, 3, 6, 7]
    assert following > max(numbers)
    assert wishes == ["Asia/Kolkata", "UTC"]
    assert await sheets(database, ROOM) == []


async def test_a_room_taken_out_of_a_group_takes_its_rotas_along_and_how_people_on_them_want_things(
    database: Database,
) -> None:
    await begin(database, rota(1, SPACE, ROOM), ASH)
    await begin(database, rota(2, SPACE, OTHER), BEA)
    people = PeopleShelf(database, lambda _: Ways())
    async with database.transaction():
        for person in (ASH, BEA):
            await people.keep(GroupId(SPACE), person, Wish(leads=(), pause=Pause(until=NOON)))
        await BelongingsStore(database, NoTombstones()).carry(PlaceId(ROOM), GroupId(SPACE), GroupId(ROOM))
        wishes = [await people.wish(GroupId(ROOM), person) for person in (ASH, BEA)]
    groups = {key: one.group for key, one in (await sent(database)).items()}
    async with database.transaction():
        due = [await DiaryShelf(database).take(NOON) for _ in range(2)]

    assert [[sheet.rota.place for sheet in await sheets(database, group)] for group in (ROOM, SPACE)] == [
        [ROOM],
        [OTHER],
    ]
    assert wishes == [Wish(leads=(), pause=Pause(until=NOON)), Wish()]
    assert groups == {
        f"rota:{SPACE}-1:{ASH}": ROOM,
        f"rota:{SPACE}-1:{ROOM}": ROOM,
        f"rota:{SPACE}-2:{BEA}": SPACE,
        f"rota:{SPACE}-2:{OTHER}": SPACE,
    }
    assert {one.about: one.group for one in due if one} == {f"{SPACE}-1": ROOM, f"{SPACE}-2": SPACE}


async def test_a_place_that_is_no_more_takes_its_rotas_and_their_moments_with_it(database: Database) -> None:
    await begin(database, rota(1, SPACE, ROOM), ASH)
    await begin(database, rota(2, SPACE, OTHER), BEA)
    async with database.transaction():
        await BelongingsStore(database, NoTombstones()).forget_place(PlaceId(ROOM))
        dues = [await DiaryShelf(database).take(NOON) for _ in range(2)]
    messages = await sent(database)

    assert [sheet.rota.place for sheet in await sheets(database, SPACE)] == [OTHER]
    assert [due.about for due in dues if due] == [f"{SPACE}-2"]
    assert not [one for one in messages.values() if isinstance(one, Message) and one.to == ROOM]


async def test_rooms_of_a_group_are_kept_until_others_are_and_each_world_has_its_own(database: Database) -> None:
    belongings = BelongingsStore(database, NoTombstones())
    elsewhere = {PlaceId("other:room"): GroupId("other:space")}
    async with database.transaction():
        await belongings.house("other", elsewhere)
        await belongings.house("fake", {PlaceId(ROOM): GroupId(SPACE), PlaceId(NEXT): GroupId(SPACE)})
        await belongings.house("fake", {PlaceId(ROOM): GroupId(OTHER)})
        homes = [await belongings.homes(world) for world in ("fake", "other")]

    assert homes == [{ROOM: OTHER}, elsewhere]


async def test_a_channel_that_is_no_more_is_let_go_and_the_groups_other_ways_stay(database: Database) -> None:
    group, channel = GroupId.of("fake", "server"), PlaceId.of("fake", "channel")
    async with database.transaction():
        await GroupStore(database).keep(group, GroupWays(zone="UTC", channel=channel))
        known = await BelongingsStore(database, NoTombstones()).known("fake")
        await BelongingsStore(database, NoTombstones()).forget_place(channel)
        ways = await GroupStore(database).own(group)

    assert known[group] == {channel}
    assert ways == GroupWays(zone="UTC")
