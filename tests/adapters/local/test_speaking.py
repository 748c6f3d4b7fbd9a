"""What the core says reaches those it is for, once, and nobody else."""

from base64 import b64decode
from dataclasses import replace

import pytest
from whenever import Instant, TimeDelta

from bot.adapters.local.changes import KEPT_CHANGES
from bot.cogs.sit.together import introduced
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import File, Handed, Look, Say, Seen, choice, line, say
from bot.domain.sit.ask import Ask
from bot.domain.sit.wishes import Hearing, Terms, Wanted, Where
from bot.ports.chat import Attendance, ChatError, World
from tests.adapters.local.conftest import Room
from tests.operator.test_datamap import Page

ASH = PersonId.of("local", "ash")
BEA = PersonId.of("local", "bea")
CAI = PersonId.of("local", "cai")
ROOM = PlaceId.of("local", "room")
GROUP = GroupId.of("local", "group")
PAUSED = "Paused. Nothing is put to you"


async def test_it_is_a_world(room: Room) -> None:
    world: World = room.world

    assert world is room.world


async def test_everybody_is_here_since_the_room_was_made_and_whoever_runs_it_could_read_what_two_say(
    room: Room,
) -> None:
    made = room.clock.now()
    room.clock.move(TimeDelta(hours=48))
    stays = [await room.world.stay(person, GROUP) for person in (BEA, PersonId.of("local", "dov"))]
    readers = [await room.world.meeting_readers(GROUP, direct=direct) for direct in (False, True)]

    assert stays == [Stay(here=True, since=made, exact=True), Stay(here=False, since=made, exact=True)]
    assert readers == [(line("local-meeting-readers"),)] * 2


async def test_those_who_are_played_are_here_and_nobody_else_is(room: Room) -> None:
    here = [await room.world.is_here(PersonId.of("local", name), GROUP) for name in ("ash", "dee")]

    assert here == [True, False]


async def test_what_one_person_is_told_is_in_no_other_view(room: Room) -> None:
    await room.world.tell(ASH, say("sit-paused"), "k1", GROUP)
    await room.world.post(ROOM, say("sit-nothing"), "k2")

    for_ash = await room.stream_until("You have no ask", "&as=ash")
    for_bea = await room.stream_until("You have no ask", "&as=bea")
    assert PAUSED in for_ash
    assert PAUSED not in for_bea
    assert PAUSED in await room.read("/as/ash")
    assert PAUSED not in await room.read("/as/bea")


async def test_what_is_to_be_copied_stands_as_it_is_and_can_be_reached_by_keyboard(room: Room) -> None:
    lines = (line("mydata-code", Look.CODE, text="{"), line("mydata-code", Look.CODE, text=' "<b>": 1'))
    await room.world.tell(ASH, Say(lines=lines), "k1", GROUP)

    assert '<pre tabindex="0"><code>{\n &#34;&lt;b&gt;&#34;: 1</code></pre>' in await room.read("/as/ash")


LONGER = Say(lines=(line("sit-nothing"),), choices=(choice("sit-longer-please", "sit longer", ask="K7"),))
HANDED = say("sit-paused").handing(
    Handed(
        files=(
            File(name="a.html", kind="text/html", content="<p>café</p>".encode()),
            File(name="b.json", kind="application/json", content=b"{}\n"),
        ),
        in_text=(line("sit-nothing"),),
        later=(line("sit-nothing"),),
    )
)


def files_in(page: str) -> dict[str, bytes]:
    """Return what is in the files that a page links to, by the name they are saved under."""
    links = [attributes for tag, attributes in Page(page).began if tag == "a" and "download" in attributes]
    return {str(each["download"]): b64decode(str(each["href"]).partition(";base64,")[2]) for each in links}


async def test_files_stand_in_the_view_of_the_person_they_are_for_and_in_no_other(room: Room) -> None:
    await room.world.tell(ASH, HANDED, "k1", GROUP)
    await room.world.post(ROOM, say("fault"), "k2")
    streams = [await room.stream_until("Something went wrong", f"&as={who}") for who in ("ash", "bea")]

    assert files_in(await room.read("/as/ash")) == {"a.html": "<p>café</p>".encode(), "b.json": b"{}\n"}
    assert files_in(await room.read("/as/bea")) == {}
    assert ["base64" in stream for stream in streams] == [True, False]


async def test_a_picture_is_seen_by_whom_it_is_for_and_says_in_words_what_it_shows(room: Room) -> None:
    seen = Seen(alt='Who is on "Soup" & what is open', width=1080, height=20)
    file = File(name="a.png", kind="image/png", content=b"png", seen=seen)
    told = say("sit-paused").handing(replace(HANDED.handed, files=(file,))) if HANDED.handed else HANDED
    await room.world.tell(ASH, told, "k1", GROUP)

    [shown] = [attributes for tag, attributes in Page(await room.read("/as/ash")).began if tag == "img"]
    assert shown == {"src": "data:image/png;base64,cG5n", "alt": seen.alt, "width": "1080", "height": "20"}
    assert files_in(await room.read("/as/ash")) == {"a.png": b"png"}
    assert "<img" not in await room.read("/as/bea")


async def test_what_stands_beside_files_is_for_that_person_alone_as_well(room: Room) -> None:
    beside = (line("rota-calendar-address", Look.CODE, address="https://a.example/t0ken"),)
    assert HANDED.handed
    await room.world.tell(ASH, HANDED.handing(replace(HANDED.handed, beside=beside)), "k1", GROUP)
    await room.world.post(ROOM, HANDED.handing(replace(HANDED.handed, beside=beside)), "k2")

    assert "t0ken" in await room.read("/as/ash")
    assert "t0ken" not in await room.read("/as/bea")


async def test_in_the_room_that_all_see_there_are_no_files(room: Room) -> None:
    await room.world.post(ROOM, HANDED, "k1")

    assert files_in(await room.read()) == {}
    assert "You have no ask" in await room.read()


async def test_two_who_are_to_meet_in_direct_messages_each_read_who_the_other_is(room: Room) -> None:
    noon = Instant.from_utc(2026, 11, 23, 12)
    ask = Ask(
        id="abcdefgh",
        group=GROUP,
        asker=ASH,
        place=None,
        terms=Terms(wanted=Wanted.QUIET, length=TimeDelta(hours=1), where=Where.DIRECT),
        hearing=Hearing(ahead=(), every=TimeDelta(minutes=10)),
        asked_at=noon,
        starts_at=noon + TimeDelta(hours=5),
        answer_by=noon + TimeDelta(hours=5),
        sitters=(BEA,),
    )
    for message in introduced(ask, noon + TimeDelta(hours=5)):
        assert isinstance(message.to, PersonId)
        await room.world.tell(message.to, message.say, message.key, GROUP)

    assert "It is time for your sit with Bea." in await room.read("/as/ash")
    assert "It is time for your sit with Ash." in await room.read("/as/bea")
    assert "It is time for your sit" not in await room.read("/as/cai")


async def test_on_the_page_with_everyone_it_stands_in_that_person_s_column_alone(room: Room) -> None:
    await room.world.tell(ASH, say("sit-paused"), "k1", GROUP)

    page = await room.read()
    ash_s = page[page.index('id="ash-talk"') : page.index('id="bea-talk"')]
    assert PAUSED in ash_s
    assert page.count(PAUSED) == 1


async def test_the_same_key_says_it_once(room: Room) -> None:
    for _ in range(2):
        await room.world.tell(ASH, say("sit-paused"), "k1", GROUP)
        await room.world.post(ROOM, say("sit-nothing"), "k2")

    page = await room.read()
    assert page.count(PAUSED) == 1
    assert page.count("You have no ask") == 1


async def test_a_page_that_lost_its_connection_catches_up_from_where_it_was(room: Room) -> None:
    await room.world.tell(ASH, say("sit-paused"), "k1", GROUP)
    await room.world.tell(ASH, say("sit-nothing"), "k2", GROUP)

    async with room.browser.get(f"{room.base}/stream?after=0", headers={"Last-Event-ID": "1"}) as answer:
        first = b""
        while b"data:" not in first:
            first = await answer.content.readline()

        assert b"You have no ask" in first


async def test_a_page_from_before_what_is_kept_is_told_to_read_again(room: Room) -> None:
    for number in range(KEPT_CHANGES + 1):
        await room.world.tell(ASH, say("sit-paused"), f"k{number}", GROUP)

    assert "event: again" in await room.stream_until("again")


async def test_choices_are_buttons_in_private_and_can_be_typed(room: Room) -> None:
    offer = Say(lines=(line("sit-nothing"),), choices=(choice("sit-i-can", "sit can", ask="K7"),))

    await room.world.tell(BEA, offer, "k1", GROUP)

    page = await room.read("/as/bea")
    assert "<button>I can</button>" in page
    assert '<input type="hidden" name="option-ask" value="K7">' in page
    assert "or type: sit can K7" in page


async def test_in_a_meeting_room_choices_are_buttons_for_each_who_is_in_it(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    await room.world.post(place, LONGER, "k1")

    for who in ("ash", "bea"):
        page, stream = await room.read(f"/as/{who}"), await room.stream_until("sit longer", f"&as={who}")
        assert "<button>Longer</button>" in page
        assert all("or type to the bot: sit longer K7" in shown for shown in (page, stream))
        assert f'name=\\"as\\" value=\\"{who}\\"' in stream
        assert f'name=\\"place\\" value=\\"{place.native}\\"' in stream
    assert "Longer" not in await room.read("/as/cai")


async def test_what_is_pressed_in_a_meeting_room_is_asked_as_that_person_and_from_there(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    room.answering.answer = say("sit-longer-wished")
    pressed = {"as": "bea", "command": "sit longer", "option-ask": "K7", "pressed": "Longer", "place": place.native}

    status, note = await room.send("/ask", pressed)

    (asking,) = room.answering.asked
    assert (asking.person, asking.here, dict(asking.options)) == (BEA, place, {"ask": "K7"})
    assert (status, note) == (200, "Asked. The answer comes in what Bea and the bot say, above.")
    assert "Noted, and shown to nobody." in await room.read("/as/bea")
    assert "Noted, and shown to nobody." not in await room.read("/as/ash")


@pytest.mark.parametrize("place", ["meeting-1", "meeting-7", "room", "", "x" * 501])
async def test_nothing_is_pressed_in_a_room_by_somebody_who_is_not_in_it(room: Room, place: str) -> None:
    await room.world.open([ASH, BEA], "m1", GROUP)

    status, sentence = await room.send("/ask", {"as": "cai", "command": "sit longer", "place": place})

    assert status == 400
    assert sentence.endswith(".")
    assert room.answering.asked == []


async def test_in_the_room_that_all_see_a_choice_is_what_to_type(room: Room) -> None:
    await room.world.post(
        ROOM, Say(lines=(line("sit-nothing"),), choices=(choice("sit-i-can", "sit can", ask="K7"),)), "k1"
    )

    page = await room.read()
    assert "<li>I can: type to the bot, “sit can K7”</li>" in page
    assert "<button>I can</button>" not in page


async def test_in_a_meeting_room_there_are_no_files(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    await room.world.post(place, HANDED, "k1")

    assert files_in(await room.read("/as/ash")) == {}
    assert "You have no ask" in await room.read("/as/ash")


async def test_a_person_or_place_that_is_not_there_is_a_fault_for_good(room: Room) -> None:
    for saying in (
        room.world.tell(PersonId.of("local", "dee"), say("sit-paused"), "k1", GROUP),
        room.world.post(PlaceId.of("local", "cellar"), say("sit-paused"), "k2"),
        room.world.post(PlaceId.of("other", "room"), say("sit-paused"), "k3"),
    ):
        with pytest.raises(ChatError) as fault:
            await saying

        assert fault.value.permanent


async def test_a_meeting_room_is_seen_by_its_two_and_read_by_no_bot(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    await room.world.post(place, say("sit-card"), "k1")
    await room.world.leave("m1", GROUP, closing=False)

    status, _ = await room.send("/say", {"as": "ash", "place": place.native, "text": "!help me here"})

    assert status == 200
    assert (await room.world.attendance(place)).here == {ASH, BEA}
    assert "!help me here" in await room.read("/as/bea")
    assert "!help me here" not in await room.read("/as/cai")
    assert "A room for Ash and Bea" not in await room.read("/as/cai")
    assert room.answering.heard == []


async def test_the_same_key_opens_the_same_room(room: Room) -> None:
    first = await room.world.open([ASH, BEA], "m1", GROUP)
    again = await room.world.open([ASH, BEA], "m1", GROUP)
    other = await room.world.open([ASH, BEA], "m2", GROUP)

    assert first == again
    assert first != other


async def test_someone_else_can_neither_speak_in_a_meeting_room_nor_leave_it(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)

    spoke, sentence = await room.send("/say", {"as": "cai", "place": place.native, "text": "hello"})
    left, _ = await room.send("/leave", {"as": "cai", "place": place.native})

    assert (spoke, left) == (400, 400)
    assert sentence == "That room is closed, or you have left it."
    assert "hello" not in await room.read()


async def test_a_room_that_both_have_left_is_gone_with_what_was_said(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    await room.send("/say", {"as": "ash", "place": place.native, "text": "quite private"})

    for person in ("ash", "bea"):
        await room.send("/leave", {"as": person, "place": place.native})

    page = await room.read()
    assert "quite private" not in page
    assert "A room for Ash and Bea" not in page
    with pytest.raises(ChatError):
        await room.world.attendance(place)


async def test_who_left_sees_no_more_of_the_room(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    await room.send("/leave", {"as": "ash", "place": place.native})

    await room.send("/say", {"as": "bea", "place": place.native, "text": "still here"})

    assert await room.world.attendance(place) == Attendance(here=frozenset({BEA}), gone=frozenset({ASH}))
    assert "still here" not in await room.stream_until("clock-now", "&as=ash")
    assert "Ash has left." in await room.read("/as/bea")


async def test_closing_sends_everybody_out_and_may_be_done_again(room: Room) -> None:
    await room.world.open([ASH, BEA], "m1", GROUP)

    await room.world.leave("m1", GROUP, closing=True)
    await room.world.leave("m1", GROUP, closing=True)

    page = await room.read()
    assert 'class="meeting"' not in page
    assert page.count("is closed. What was said in it is gone.") == 2


async def test_a_room_that_the_bot_has_left_to_them_has_a_way_out_for_each(room: Room) -> None:
    await room.world.open([ASH, BEA], "m1", GROUP)
    before = await room.read()
    await room.world.leave("m1", GROUP, closing=False)
    stream = await room.stream_until("clock-now", "&as=ash")

    assert "Leave this room" not in before
    assert (await room.read()).count("Leave this room") == 2
    assert '"do": "put", "at": "meeting-1-ash-out"' in stream


async def test_one_of_several_is_let_out_by_the_bot_which_stays_and_it_may_be_done_again(room: Room) -> None:
    place = await room.world.open([ASH, BEA, CAI], "m1", GROUP)
    for key in ("m1", "m1", "m2"):
        await room.world.let_out(key, GROUP, BEA)
    await room.send("/say", {"as": "cai", "place": place.native, "text": "still here"})
    await room.world.post(place, say("sit-card"), "k1")

    assert await room.world.attendance(place) == Attendance(here=frozenset({ASH, CAI}), gone=frozenset({BEA}))
    assert ("still here" in await room.read("/as/ash"), "still here" in await room.read("/as/bea")) == (True, False)
    assert "You are out of the room with Ash and Cai." in await room.read("/as/bea")


async def test_nobody_is_let_out_of_a_room_that_is_gone(room: Room) -> None:
    await room.world.open([ASH, BEA], "m1", GROUP)
    await room.world.leave("m1", GROUP, closing=True)
    await room.world.let_out("m1", GROUP, BEA)

    assert 'class="meeting"' not in await room.read()


async def test_once_it_has_left_the_bot_cannot_speak_there(room: Room) -> None:
    place = await room.world.open([ASH, BEA], "m1", GROUP)
    await room.world.leave("m1", GROUP, closing=False)

    with pytest.raises(ChatError) as fault:
        await room.world.post(place, say("sit-card"), "k1")

    assert fault.value.permanent


async def test_a_person_who_is_not_here_cannot_be_let_in(room: Room) -> None:
    with pytest.raises(ChatError) as fault:
        await room.world.open([ASH, PersonId.of("local", "dee")], "m1", GROUP)

    assert fault.value.permanent


async def test_the_page_is_in_the_language_that_the_group_has_set_from_the_next_word_on(room: Room) -> None:
    before = await room.read()
    room.tongue.append("cy")
    await room.world.post(ROOM, say("sit-nothing"), "k1")

    assert '<html lang="en-GB">' in before
    assert '<html lang="cy">' in await room.read()
