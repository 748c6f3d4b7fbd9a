"""What people tell about themselves, and how they take it back."""

import pytest
from whenever import Instant, TimeDelta

from bot.cogs.me import Me
from bot.cogs.me.cog import REACH
from bot.domain.commands import Asked, Reading
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.people import Nation, Reach, Wish
from bot.domain.saying import Line, Refused, Say
from bot.domain.typed import options_in
from tests.fakes.people import FakePeople

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
    [method] = [method for known, method in Me(people=people).answers.items() if known.name == command]
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
