"""What people tell about themselves, and how they take it back."""

from collections.abc import Mapping

import pytest
from whenever import Instant, Time, TimeDelta

from bot.cogs.me import Me
from bot.cogs.me.commands import REACH
from bot.domain.commands import Asked, Reading
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Nation, Pause, Reach, Wish
from bot.domain.quiet import Quiet
from bot.domain.saying import Line, Refused, Say
from bot.domain.typed import options_in
from tests.fakes.people import FakePeople, nothing_told, unstirred

NOON = Instant.from_utc(2026, 11, 23, 12)
GROUP = GroupId.of("fake", "group")
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")


@pytest.fixture
def people() -> FakePeople:
    return FakePeople()


async def does(people: FakePeople, command: str, person: PersonId = ASH, **options: object) -> Say:
    asked = Asked(
        key="fake:event",
        command=command,
        options=options,
        person=person,
        group=GROUP,
        place=PlaceId.of("fake", "room"),
        at=NOON,
    )
    [method] = [
        method
        for known, method in Me(people=people, changing=unstirred, sits=nothing_told).answers.items()
        if known.name == command
    ]
    return await method(asked)


def args(said: Say) -> dict[str, object]:
    return {name: arg for line in said.lines for name, arg in line.args.items()}


def ids(said: Say) -> list[str]:
    return [line.id for line in said.lines]


async def test_it_shows_the_groups_ways_until_something_else_was_told(people: FakePeople) -> None:
    shown = args(await does(people, "me"))

    assert shown == {
        "zone": "Europe/London",
        "nation": Line(id="nation-unknown"),
        "leads": (TimeDelta(hours=24), TimeDelta(minutes=15)),
    }


async def test_a_zone_is_kept_and_its_present_time_shown(people: FakePeople) -> None:
    kept = args(await does(people, "me zone", zone="Asia/Kolkata"))
    shown = args(await does(people, "me"))

    assert kept == {"zone": "Asia/Kolkata", "now": NOON.to_tz("Asia/Kolkata")}
    assert shown["zone"] == "Asia/Kolkata"


async def test_telling_one_thing_leaves_the_others_as_they_were(people: FakePeople) -> None:
    people.wishes[GROUP, ASH] = Wish(leads=())
    await does(people, "me zone", zone="UTC")
    await does(people, "me nation", nation="wales")

    assert await people.wish(GROUP, ASH) == Wish(zone="UTC", nation=Nation.WALES, leads=())


@pytest.mark.parametrize("nation", Nation)
async def test_every_nation_has_a_name_to_be_shown_by(people: FakePeople, nation: Nation) -> None:
    kept = args(await does(people, "me nation", nation=nation.value))

    assert kept == {"nation": Line(id=f"nation-{nation}")}


async def test_whoever_wants_no_pings_is_shown_so(people: FakePeople) -> None:
    people.wishes[GROUP, ASH] = Wish(leads=())

    assert "me-no-leads" in [line.id for line in (await does(people, "me")).lines]


async def test_pings_come_only_in_private_until_they_agree_to_be_named(people: FakePeople) -> None:
    usual = ids(await does(people, "me"))
    agreed = ids(await does(people, "me reach", how="mention"))
    shown = ids(await does(people, "me"))

    assert agreed == ["me-reach-mention-kept"]
    assert [[id_ for id_ in lines if "reach" in id_] for lines in (usual, shown)] == [
        ["me-reach-private"],
        ["me-reach-mention"],
    ]
    assert (await people.ways(GROUP, ASH)).reach is Reach.MENTION
    assert (await people.ways(GROUP, BEA)).reach is Reach.PRIVATE


async def test_who_wants_pings_only_in_private_again_leaves_nothing_kept_of_it(people: FakePeople) -> None:
    people.wishes[GROUP, ASH] = Wish(zone="UTC", reach=Reach.MENTION)
    taken_back = ids(await does(people, "me reach", how="private"))

    assert taken_back == ["me-reach-private-kept"]
    assert await people.wish(GROUP, ASH) == Wish(zone="UTC")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, "private") for typed in ("private", "only in private", "Privately, please", "dm", "how: private")),
        *((typed, "mention") for typed in ("mention", "mention me", "in the room", "by name")),
        *((typed, "calendar") for typed in ("calendar", "my calendar is enough", "no pings", "only my calendar")),
    ],
)
def test_how_pings_reach_somebody_can_be_typed_in_their_own_words(typed: str, meant: str) -> None:
    reading = Reading(now=NOON, zone="UTC")
    [option] = REACH.options

    assert option.kind.read(options_in(typed, REACH, reading)["how"], reading) == meant


@pytest.mark.parametrize("typed", ["not in the room", "private or mention", "anywhere"])
def test_words_that_could_mean_either_are_not_taken_for_a_yes(typed: str) -> None:
    reading = Reading(now=NOON, zone="UTC")
    [option] = REACH.options

    with pytest.raises(Refused):
        option.kind.read(options_in(typed, REACH, reading)["how"], reading)


async def test_everything_told_can_be_taken_back_and_nobody_elses_goes(people: FakePeople) -> None:
    for person in (ASH, BEA):
        await does(people, "me zone", person, zone="UTC")
        await does(people, "me reach", person, how="mention")
    await does(people, "me forget")

    assert [await people.wish(GROUP, person) for person in (ASH, BEA)] == [
        Wish(),
        Wish(zone="UTC", reach=Reach.MENTION),
    ]


async def test_whose_calendar_is_enough_is_told_so_and_shown_no_pings(people: FakePeople) -> None:
    kept = ids(await does(people, "me reach", how="calendar"))
    shown = ids(await does(people, "me"))

    assert kept == ["me-reach-calendar-kept"]
    assert {"me-no-leads", "me-reach-calendar"} <= set(shown)
    assert (await people.ways(GROUP, ASH)).pings == ()


NIGHT = Quiet(starts=Time(22), ends=Time(8))
TOLD: tuple[tuple[str, Mapping[str, object], Wish, str, str | None], ...] = (
    ("me quiet", {"hours": (NIGHT,)}, Wish(quiet=NIGHT), "me-quiet-kept", "me-quiet-now"),
    ("me limit", {"shifts": (2,)}, Wish(weekly=2), "me-limit-kept", "me-limit-now"),
    ("me rest", {"length": (TimeDelta(hours=12),)}, Wish(rest=TimeDelta(hours=12)), "me-rest-kept", "me-rest-now"),
    ("me ask", {"answer": "yes"}, Wish(gaps=True), "me-ask-yes", "me-asked"),
    ("me pause", {}, Wish(pause=Pause()), "me-paused", "me-paused-now"),
    ("me pause", {"until": NOON.add(hours=9)}, Wish(pause=Pause(until=NOON.add(hours=9))), "me-paused-until", None),
)
TAKEN_BACK: tuple[tuple[str, Mapping[str, object], str], ...] = (
    ("me quiet", {"hours": ()}, "me-quiet-none"),
    ("me limit", {"shifts": ()}, "me-limit-none"),
    ("me rest", {"length": ()}, "me-rest-none"),
    ("me ask", {"answer": "no"}, "me-ask-no"),
    ("me resume", {}, "me-resumed"),
)
ALL = Wish(zone="UTC", quiet=NIGHT, weekly=2, rest=TimeDelta(hours=12), gaps=True, pause=Pause())


@pytest.mark.parametrize(("command", "options", "wish", "answer", "shown"), TOLD)
async def test_when_they_may_be_asked_is_kept_said_back_and_shown(
    people: FakePeople, command: str, options: Mapping[str, object], wish: Wish, answer: str, shown: str | None
) -> None:
    before = ids(await does(people, "me"))
    said = await does(people, command, ASH, **options)
    after = ids(await does(people, "me"))

    assert said.lines[0].id == answer
    assert await people.wish(GROUP, ASH) == wish
    assert set(after) - set(before) == {shown or "me-paused-until-now"}


async def test_until_they_tell_otherwise_nobody_is_asked_to_fill_in(people: FakePeople) -> None:
    shown = ids(await does(people, "me"))

    assert {"me-not-asked", "me-no-quiet"} <= set(shown)
    assert not {"me-limit-now", "me-rest-now", "me-paused-now"} & set(shown)


@pytest.mark.parametrize(("command", "options", "answer"), TAKEN_BACK)
async def test_each_of_it_is_taken_back_by_itself_and_nothing_is_kept_of_it(
    people: FakePeople, command: str, options: Mapping[str, object], answer: str
) -> None:
    people.wishes[GROUP, ASH] = ALL
    said = ids(await does(people, command, ASH, **options))
    wish = await people.wish(GROUP, ASH)
    gone = [name for name in ("zone", "quiet", "weekly", "rest", "gaps", "pause") if getattr(wish, name) is None]

    assert said == [answer]
    names = {"me quiet": "quiet", "me limit": "weekly", "me rest": "rest", "me ask": "gaps", "me resume": "pause"}
    assert gone == [names[command]]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), "me-pause-shifts-pinged"),
        (Wish(leads=()), "me-pause-shifts"),
        (Wish(reach=Reach.CALENDAR), "me-pause-shifts"),
    ],
)
async def test_a_pause_says_what_becomes_of_shifts_they_said_yes_to(
    people: FakePeople, wish: Wish, expected: str
) -> None:
    people.wishes[GROUP, ASH] = wish

    assert ids(await does(people, "me pause")) == ["me-paused", expected]


async def test_a_pause_is_told_in_the_persons_own_time(people: FakePeople) -> None:
    people.wishes[GROUP, ASH] = Wish(zone="Asia/Kolkata")
    until = args(await does(people, "me pause", until=NOON.add(hours=9)))["until"]

    assert until == NOON.add(hours=9).to_tz("Asia/Kolkata")


async def test_there_is_nothing_to_end_without_a_pause_or_when_it_is_over(people: FakePeople) -> None:
    never = ids(await does(people, "me resume"))
    people.wishes[GROUP, ASH] = Wish(pause=Pause(until=NOON))
    over = ids(await does(people, "me resume"))

    assert [never, over] == [["me-resumed-already"]] * 2
    assert not [each for each in ids(await does(people, "me")) if "paused" in each]
