"""One group may be a space with several rooms, if its rooms agree to it."""

from collections.abc import Callable

from bot.domain.commands import Typed
from bot.house import House
from tests.synapse.bot import Bot, group_id, place_id
from tests.synapse.conftest import NewPeer
from tests.synapse.deeds import list_in, make_space, put_state, said
from tests.synapse.homeserver import SERVER_NAME
from tests.synapse.house import Host, known, place, sheets, until
from tests.synapse.peer import Heard, Peer
from tests.synapse.test_forgetting import has_nothing_of, with_rota


def has(words: str) -> Callable[[Heard], bool]:
    return lambda heard: words in heard.body


async def room_with(bot: str, peer: Peer, name: str) -> str:
    room = await peer.make_group(bot, name=name, encrypted=False)
    await peer.wait_for_people(room, bot)
    return room


async def asks(bot: Bot, peer: Peer, room: str, text: str) -> Typed:
    await peer.say(room, f"!{text}")
    await peer.wait_for(said(text))
    return bot.answering.heard[-1]


async def lives_in(house: House, room: str, home: str) -> bool:
    found = await known(house.database)
    return place(room) in found.get(home, frozenset()) and (room == home or room not in found)


async def test_rooms_that_a_space_lists_are_one_group_and_its_places_by_name(bot: Bot, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        space = await make_space(ann, bot.person.user_id)
        await ann.wait_for_people(space, bot.person.user_id)
        kitchen, garden, alone = [
            await room_with(bot.person.user_id, ann, name) for name in ("Kitchen", "The Garden", "Alone")
        ]
        for room in (kitchen, garden):
            await list_in(ann, space, room)
        typed = [await asks(bot, ann, room, f"in {number}") for number, room in enumerate((garden, kitchen, alone))]
        chat = await ann.make_direct(bot.person.user_id)
        await ann.wait_for_people(chat, bot.person.user_id)
        await ann.say(garden, "!again")
        await ann.wait_for(said("again"))
        direct = await asks(bot, ann, chat, "privately")

    names = {"kitchen": place_id(kitchen), "the garden": place_id(garden)}
    assert [one.group for one in typed] == [group_id(space), group_id(space), group_id(alone)]
    assert [dict(one.places) for one in typed] == [
        {"here": place_id(garden), **names},
        {"here": place_id(kitchen), **names},
        {"here": place_id(alone)},
    ]
    assert (direct.group, direct.private) == (group_id(space), True)
    assert direct.places.keys() == {"here", "kitchen", "the garden"}


async def test_a_room_in_two_spaces_belongs_to_the_first_that_listed_it_also_after_a_restart(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with bot.running():
        late, first = [await make_space(ann, bot.person.user_id) for _ in range(2)]
        for space in (late, first):
            await ann.wait_for_people(space, bot.person.user_id)
        room = await room_with(bot.person.user_id, ann, "Kitchen")
        for space in (first, late):
            await list_in(ann, space, room)
        before = await asks(bot, ann, room, "before")
        await put_state(ann, first, "m.space.child", {"via": [SERVER_NAME], "suggested": True}, room)
    async with bot.running():
        after = await asks(bot, ann, room, "after")
        await list_in(ann, first, room, listed=False)
        last = await asks(bot, ann, room, "last")

    assert [one.group for one in (before, after, last)] == [group_id(first), group_id(first), group_id(late)]


async def test_nobody_draws_a_room_into_their_space_without_the_power_to_and_no_room_goes_in_by_itself(
    bot: Bot, new_peer: NewPeer
) -> None:
    ann, eve = await new_peer("ann"), await new_peer("eve")
    async with bot.running():
        hers = await make_space(eve, bot.person.user_id)
        await eve.wait_for_people(hers, bot.person.user_id)
        room = await room_with(bot.person.user_id, ann, "Kitchen")
        await ann.client.room_invite(room, eve.user_id)
        await eve.wait_until(lambda: room in eve.rooms)
        await list_in(eve, hers, room)
        listed_alone = await asks(bot, ann, room, "listed")
        await list_in(eve, hers, room, listed=False)
        await put_state(ann, room, "m.space.parent", {"via": [SERVER_NAME]}, hers)
        named_alone = await asks(bot, ann, room, "named")
        await list_in(eve, hers, room)
        both = await asks(bot, ann, room, "both")

    assert [one.group for one in (listed_alone, named_alone, both)] == [group_id(room), group_id(room), group_id(hers)]


async def test_what_is_kept_goes_into_the_space_with_its_room_and_out_again(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with host.running() as house:
        room = await with_rota(host, ann)
        space = await make_space(ann, host.user_id)
        await ann.wait_for_people(space, host.user_id)
        await list_in(ann, space, room)
        await until(lambda: lives_in(house, room, space), ann)
        [inside] = await sheets(house.database, space)
        await list_in(ann, space, room, listed=False)
        await until(lambda: lives_in(house, room, room), ann)
        [outside] = await sheets(house.database, room)

    assert inside.rota.place == outside.rota.place == place(room)
    assert inside.roster == outside.roster


async def test_put_in_and_taken_out_while_the_bot_was_away(host: Host, new_peer: NewPeer) -> None:
    ann = await new_peer("ann")
    async with host.running():
        room = await with_rota(host, ann)
        space = await make_space(ann, host.user_id)
        await ann.wait_for_people(space, host.user_id)
    await list_in(ann, space, room)
    async with host.running() as house:
        await until(lambda: lives_in(house, room, space), ann)
    await ann.client.room_kick(space, host.user_id)
    async with host.running() as house:
        await until(lambda: lives_in(house, room, room), ann)
        found = await known(house.database)

    assert found.keys() == {room}


async def test_whoever_leaves_one_room_is_still_in_the_group_by_another(host: Host, new_peer: NewPeer) -> None:
    ann, bob = await new_peer("ann"), await new_peer("bob")
    async with host.running() as house:
        room = await with_rota(host, ann, bob)
        space = await make_space(ann, host.user_id, bob.user_id)
        await ann.wait_for_people(space, host.user_id)
        await bob.wait_until(lambda: space in bob.rooms)
        await list_in(ann, space, room)
        await until(lambda: lives_in(house, room, space), ann)
        await bob.leave(room)
        await bob.wait_until(lambda: room not in bob.rooms)
        await ann.say(room, "!help")
        await ann.wait_for(has("You can ask me these things"))
        still = not await has_nothing_of(house, space, bob)
        await bob.leave(space)
        await until(lambda: has_nothing_of(house, space, bob), ann)

    assert still


async def test_put_out_of_one_room_the_bot_lets_go_of_its_rotas_and_stays_in_the_group(
    host: Host, new_peer: NewPeer
) -> None:
    ann = await new_peer("ann")
    async with host.running() as house:
        room = await with_rota(host, ann)
        space = await make_space(ann, host.user_id)
        await ann.wait_for_people(space, host.user_id)
        await list_in(ann, space, room)
        await until(lambda: lives_in(house, room, space), ann)
        await ann.client.room_kick(room, host.user_id)

        async def is_gone() -> bool:
            return await sheets(house.database, space) == []

        await until(is_gone, ann)
        found = await known(house.database)

    assert found == {space: frozenset()}
