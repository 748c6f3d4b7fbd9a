"""What becomes of groups, with all that is kept of them in a real database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from whenever import Instant, TimeDelta

from bot.cogs.group import Goings, Telling
from bot.domain.group import GroupWays, Languages
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.people import Ways, Wish
from bot.domain.saying import say
from bot.store.belongings import BelongingsStore
from bot.store.database import Database
from bot.store.groups import GroupStore
from bot.store.house import PeopleShelf
from bot.store.outbox import OutboxShelf
from bot.store.uses import UsesShelf
from tests.fakes.timing import FakeClock
from tests.fakes.tombstones import NoTombstones

ROOM, OTHER, SPACE = (PlaceId.of("fake", name) for name in ("room", "other", "space"))
ASH = PersonId.of("fake", "ash")
NOON = FakeClock().now()
HELLO = say("matrix-hello")
LANGUAGES = Languages(known=("en-GB",), usual="en-GB", by_world={})
INDIA = GroupWays(zone="Asia/Kolkata")


@dataclass
class Noted:
    """A feature that notes who left."""

    left: list[tuple[GroupId, PersonId]] = field(default_factory=list)

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        assert now == NOON
        self.left.append((group, person))


@dataclass
class Desk:
    """Goings on a database, with its clock and one feature that hears of people who left."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    noted: Noted = field(default_factory=Noted)

    def __post_init__(self) -> None:
        self.shelf = GroupStore(self.database)
        self.people = PeopleShelf(self.database, lambda _: Ways())
        self.goings = Goings(
            ledger=self.database,
            shelf=self.shelf,
            invitations=self.shelf,
            belongings=BelongingsStore(self.database, NoTombstones()),
            uses=UsesShelf(self.database),
            outbox=OutboxShelf(self.database),
            partings=(self.noted,),
            telling=Telling(usual=lambda _: Ways(), languages=LANGUAGES, traits=lambda _: frozenset()),
            clock=self.clock,
        )

    async def said(self) -> Sequence[tuple[PersonId | PlaceId, str, list[str]]]:
        """Return to whom what was said, with the ids of all lines, and take it out."""
        now = self.clock.now()
        async with self.database.transaction():
            claimed = await OutboxShelf(self.database).claim(now, now + TimeDelta(hours=1), 100)
            await OutboxShelf(self.database).done(claimed, now)
        messages = [one.sending for one in claimed if isinstance(one.sending, Message)]
        return [(one.to, one.say.lines[0].id, [line.id for line in one.say.lines]) for one in messages]

    async def set(self, place: PlaceId, ways: GroupWays) -> None:
        async with self.database.transaction():
            await self.shelf.keep(GroupId(place), ways)

    async def own(self, place: PlaceId) -> GroupWays:
        async with self.database.transaction():
            return await self.shelf.own(GroupId(place))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def homes(**rooms: PlaceId) -> Mapping[PlaceId, GroupId]:
    return {PlaceId.of("fake", name): GroupId(home) for name, home in rooms.items()}


async def test_hello_is_said_once_and_the_inviter_is_told_how_the_group_is_set_up(desk: Desk) -> None:
    await desk.goings.invited(ROOM, ASH)
    for _ in range(2):
        await desk.goings.entered(ROOM, GroupId(ROOM), HELLO, there=True)
    said = await desk.said()

    assert [(to, first) for to, first, _ in said] == [(ROOM, "matrix-hello"), (ASH, "group-set-up")]
    assert await desk.goings.invitations("fake") == {}


async def test_an_inviter_who_is_not_there_is_told_nothing(desk: Desk) -> None:
    await desk.goings.invited(ROOM, ASH)
    await desk.goings.entered(ROOM, GroupId(ROOM), HELLO, there=False)

    assert [to for to, _, _ in await desk.said()] == [ROOM]


async def test_a_further_room_of_a_group_is_greeted_and_not_set_up_again(desk: Desk) -> None:
    await desk.goings.invited(ROOM, ASH)
    await desk.goings.entered(ROOM, GroupId(SPACE), HELLO, there=True)

    assert [to for to, _, _ in await desk.said()] == [ROOM]


async def test_into_a_space_nobody_is_greeted_and_the_inviter_is_asked_for_its_rooms(desk: Desk) -> None:
    await desk.goings.invited(SPACE, ASH)
    await desk.goings.entered(SPACE, GroupId(SPACE), None, there=True)
    [(to, _, lines)] = await desk.said()

    assert to == ASH
    assert "group-set-up-rooms" in lines


async def test_each_invitation_after_the_last_was_dealt_with_is_told_of_anew(desk: Desk) -> None:
    for _ in range(2):
        await desk.goings.invited(ROOM, ASH)
        await desk.goings.entered(ROOM, GroupId(ROOM), HELLO, there=True)
        desk.clock.move(TimeDelta(hours=1))

    assert [to for to, _, _ in await desk.said()] == [ROOM, ASH] * 2


async def test_an_invitation_that_came_to_nothing_is_let_go(desk: Desk) -> None:
    await desk.goings.invited(ROOM, ASH)
    await desk.goings.turned_away(ROOM)
    await desk.goings.entered(ROOM, GroupId(ROOM), HELLO, there=True)

    assert await desk.said() == []


async def test_settling_moves_what_is_kept_to_where_the_room_is_and_names_what_is_nowhere(desk: Desk) -> None:
    await desk.set(ROOM, INDIA)
    await desk.set(OTHER, INDIA)
    strays = [await desk.goings.settle("fake", homes(room=SPACE, space=SPACE)) for _ in range(2)]

    assert [set(one) for one in strays] == [{OTHER}, {OTHER}]
    assert [await desk.own(place) for place in (ROOM, SPACE)] == [GroupWays(), INDIA]
    assert await desk.goings.homes("fake") == {ROOM: GroupId(SPACE)}


async def test_a_room_taken_out_of_a_group_goes_on_as_it_was(desk: Desk) -> None:
    await desk.set(SPACE, INDIA)
    await desk.goings.settle("fake", homes(room=SPACE, space=SPACE))
    strays = await desk.goings.settle("fake", homes(room=ROOM))
    await desk.goings.gone(SPACE)

    assert set(strays) == {SPACE}
    assert [await desk.own(place) for place in (ROOM, SPACE)] == [INDIA, GroupWays()]
    assert await desk.goings.homes("fake") == {}


async def test_a_successor_takes_the_rooms_place_and_an_invitation_to_it_is_no_news(desk: Desk) -> None:
    await desk.set(ROOM, INDIA)
    await desk.goings.invited(OTHER, ASH)
    for _ in range(2):
        await desk.goings.upgraded(ROOM, OTHER)

    assert [await desk.own(place) for place in (ROOM, OTHER)] == [GroupWays(), INDIA]
    assert await desk.goings.invitations("fake") == {}


async def test_what_waits_to_be_said_in_a_room_is_said_in_its_successor(desk: Desk) -> None:
    await desk.goings.shut_out(ROOM, (ROOM,), HELLO)
    await desk.goings.upgraded(ROOM, OTHER)

    assert [to for to, _, _ in await desk.said()] == [OTHER]


async def test_nothing_more_is_said_in_a_room_of_a_group_once_the_bot_is_out_of_it(desk: Desk) -> None:
    await desk.goings.invited(ROOM, ASH)
    await desk.goings.entered(ROOM, GroupId(SPACE), HELLO, there=True)
    await desk.goings.shut_out(SPACE, (OTHER,), HELLO)
    await desk.goings.gone(ROOM)

    assert [to for to, _, _ in await desk.said()] == [OTHER]


async def test_what_waits_to_be_said_in_a_room_goes_with_it_out_of_its_group(desk: Desk) -> None:
    await desk.goings.settle("fake", homes(room=SPACE, space=SPACE))
    await desk.goings.invited(ROOM, ASH)
    await desk.goings.entered(ROOM, GroupId(SPACE), HELLO, there=True)
    await desk.goings.settle("fake", homes(room=ROOM))
    await desk.goings.gone(SPACE)

    assert [to for to, _, _ in await desk.said()] == [ROOM]


async def test_being_shut_out_is_said_once(desk: Desk) -> None:
    for _ in range(2):
        await desk.goings.shut_out(ROOM, (ROOM, ASH), say("matrix-shut-out"))

    assert [to for to, _, _ in await desk.said()] == [ROOM, ASH]


async def test_of_someone_who_left_nothing_is_kept_and_features_hear_of_it_first(desk: Desk) -> None:
    async with desk.database.transaction():
        await desk.people.keep(GroupId(ROOM), ASH, Wish(zone="UTC"))
    before = await desk.goings.people(GroupId(ROOM))
    await desk.goings.left(GroupId(ROOM), ASH)

    assert (before, await desk.goings.people(GroupId(ROOM))) == (frozenset({ASH}), frozenset())
    assert desk.noted.left == [(GroupId(ROOM), ASH)]
