"""How a group has things, and how its members change them in the open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from whenever import Instant

from bot.cogs.group import Group, Telling
from bot.cogs.group.company import STANCE
from bot.domain.commands import Asked, Reading, Trait
from bot.domain.firststep import FirstStep
from bot.domain.group import GroupWays, Languages
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.outgoing import Message
from bot.domain.people import Nation, Ways
from bot.domain.saying import Line, Look, Refused, Say, line
from tests.fakes.groups import FakeGroupShelf
from tests.fakes.outgoing import FakeOutbox

NOON = Instant.from_utc(2026, 11, 23, 12)
GROUP, ELSEWHERE = GroupId.of("fake", "group"), GroupId.of("fake", "elsewhere")
ROOM, QUIET = PlaceId.of("fake", "kitchen"), PlaceId.of("fake", "quiet")
ASH = PersonId.of("fake", "ash")
SET = {
    "zone": ("Asia/Kolkata", GroupWays(zone="Asia/Kolkata"), "group-zone-changed"),
    "nation": ("wales", GroupWays(nation=Nation.WALES), "group-nation-changed"),
    "devices": ("verified", GroupWays(verified_only=True), "group-devices-now-verified"),
}


@dataclass
class Desk:
    """One group's shelf and outbox around the cog."""

    shelf: FakeGroupShelf = field(default_factory=FakeGroupShelf)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    locales: tuple[str, ...] = ("en-GB",)
    by_world: Mapping[str, str] = field(default_factory=dict)
    usual: Ways = field(default_factory=lambda: Ways(nation=Nation.ENGLAND))
    others: frozenset[PlaceId] = frozenset()
    traits: frozenset[Trait] = frozenset({Trait.DEVICES})
    vouched: bool = True

    async def lacking(self, place: PlaceId) -> tuple[Line, ...]:
        return (line("test-lacks", channel=place),)

    @property
    def cog(self) -> Group:
        languages = Languages(known=self.locales, usual="en-GB", by_world=self.by_world)
        telling = Telling(usual=lambda _: self.usual, languages=languages, traits=lambda _: self.traits)
        return Group(shelf=self.shelf, outbox=self.outbox, telling=telling, lacking=self.lacking)

    @property
    def commands(self) -> list[str]:
        return [command.name for command in self.cog.answers]

    async def does(self, command: str, **options: object) -> Say:
        asked = Asked(
            key="fake:event",
            command=command,
            options=options,
            person=ASH,
            group=GROUP,
            place=ROOM,
            at=NOON,
            others=self.others,
            vouched=self.vouched,
        )
        [method] = [method for known, method in self.cog.answers.items() if known.name == command]
        return await method(asked)

    def announced(self) -> list[tuple[object, list[str]]]:
        sent = [one for one in self.outbox.send(NOON) if isinstance(one, Message)]
        return [(one.to, [line.id for line in one.say.lines]) for one in sent]


@pytest.mark.parametrize("what", SET)
async def test_a_change_is_kept_and_the_room_is_told_in_one_sentence(what: str) -> None:
    desk = Desk()
    text, ways, sentence = SET[what]
    said = await desk.does(f"group {what}", **{what: text})

    assert desk.shelf.kept == {GROUP: ways}
    assert desk.announced() == [(ROOM, [sentence])]
    assert [line.id for line in said.lines] == ["group-kept", sentence]


async def test_every_room_of_the_group_is_told() -> None:
    attic, garden = PlaceId.of("fake", "attic"), PlaceId.of("fake", "garden")
    desk = Desk(others=frozenset({garden, attic}))
    text, _, sentence = SET["nation"]
    await desk.does("group nation", nation=text)

    assert desk.announced() == [(place, [sentence]) for place in (ROOM, attic, garden)]


async def test_what_stands_already_is_not_announced_again() -> None:
    desk = Desk()
    await desk.does("group devices", devices="verified")
    desk.announced()
    with pytest.raises(Refused):
        await desk.does("group devices", devices="verified")

    assert desk.announced() == []


async def test_nobody_asks_for_verified_devices_from_one_that_is_none_and_anybody_for_any() -> None:
    lax = Desk(vouched=False)
    strict = Desk(shelf=FakeGroupShelf(kept={GROUP: GroupWays(verified_only=True)}), vouched=False)
    with pytest.raises(Refused) as refused:
        await lax.does("group devices", devices="verified")
    await strict.does("group devices", devices="any")

    assert [one.id for one in refused.value.say.lines] == ["group-devices-unvouched"]
    assert lax.shelf.kept == {}
    assert strict.shelf.kept == {GROUP: GroupWays(verified_only=False)}


async def test_one_change_leaves_the_others_as_they_were() -> None:
    desk = Desk(shelf=FakeGroupShelf(kept={GROUP: GroupWays(nation=Nation.NI, verified_only=True)}))
    await desk.does("group zone", zone="UTC")

    assert desk.shelf.kept[GROUP] == GroupWays(zone="UTC", nation=Nation.NI, verified_only=True)


async def test_it_shows_the_usual_ways_until_the_group_has_its_own() -> None:
    desk = Desk()
    usual = await desk.does("group")
    desk.shelf.kept[GROUP] = GroupWays(zone="UTC", verified_only=True)
    own = await desk.does("group")
    zones = [line.args["zone"] for said in (usual, own) for line in said.lines if line.id == "group-zone-now"]

    assert zones == ["Europe/London", "UTC"]
    assert [choice.typed for choice in usual.choices] == [
        *("group zone", "group nation", "group devices verified", "group first", "group stance"),
    ]
    assert own.choices[2].typed == "group devices any"


async def test_a_language_is_offered_only_where_there_is_more_than_one() -> None:
    one, two = Desk(), Desk(locales=("en-GB", "cy"))
    await two.does("group language", locale="cy")
    shown = await two.does("group")

    assert "group language" not in one.commands
    assert two.shelf.kept[GROUP].locale == "cy"
    assert "group language" in [choice.typed for choice in shown.choices]


async def test_the_language_shown_is_the_one_the_group_is_spoken_to_in() -> None:
    own, usual, gone = (Desk(locales=("en-GB", "cy")) for _ in range(3))
    own.shelf.kept[GROUP] = GroupWays(locale="cy")
    usual.by_world = {"fake": "cy"}
    gone.shelf.kept[GROUP] = GroupWays(locale="gd")
    lines = [line for desk in (own, usual, gone) for line in (await desk.does("group")).lines]

    assert [line.args["locale"] for line in lines if line.id == "group-language-now"] == ["cy", "cy", "en-GB"]


async def test_a_nation_that_was_not_told_is_said_to_be_that() -> None:
    desk = Desk(usual=Ways())
    untold = await desk.does("group")
    desk.shelf.kept[GROUP] = GroupWays(nation=Nation.WALES)
    told = await desk.does("group")

    assert [_nation(said) for said in (untold, told)] == ["nation-unknown", "nation-wales"]


def _nation(said: Say) -> str:
    [line] = [line for line in said.lines if line.id == "group-nation-now"]
    name = line.args["nation"]
    assert isinstance(name, Line)
    return name.id


async def test_a_channel_is_chosen_only_where_there_are_any_and_what_the_bot_may_not_do_there_is_told() -> None:
    without, with_ = Desk(), Desk(traits=frozenset({Trait.CHANNELS}))
    said = await with_.does("group channel", channel=QUIET)
    shown, unset = await with_.does("group"), await without.does("group")

    assert with_.shelf.kept[GROUP].channel == QUIET
    assert line("test-lacks", channel=QUIET) in said.lines
    assert line("group-channel-now", Look.ITEM, channel=QUIET) in shown.lines
    assert [choice.typed for choice in shown.choices] == [
        *("group zone", "group nation", "group channel", "group first", "group stance"),
    ]
    assert "group channel" not in [choice.typed for choice in unset.choices]


def test_commands_that_only_some_worlds_have_say_what_they_need() -> None:
    needs = {command.name: command.needs for command in Desk().cog.answers if command.needs}

    assert needs == {"group channel": Trait.CHANNELS, "group devices": Trait.DEVICES}


FIRST = [
    (FirstStep(days=14), "first-step-now-days", "first-step-way-days"),
    (FirstStep(welcomes=2), "first-step-now-welcomes", "first-step-way-welcomes"),
]


@pytest.mark.parametrize(("step", "news", "shown"), FIRST)
async def test_a_first_step_is_kept_told_to_the_rooms_and_shown_and_taken_away_again_in_the_open(
    step: FirstStep, news: str, shown: str
) -> None:
    desk = Desk()
    await desk.does("group first", step=step)
    kept, announced, now = desk.shelf.kept[GROUP], desk.announced(), await desk.does("group")
    desk.outbox.sent.clear()
    await desk.does("group first", step=FirstStep())
    after = await desk.does("group")

    assert (kept, announced) == (GroupWays(first_step=step), [(ROOM, [news])])
    assert shown in [line.id for line in now.lines]
    assert (desk.shelf.kept[GROUP], desk.announced()) == (GroupWays(), [(ROOM, ["first-step-now-none"])])
    assert "first-step-way-none" in [line.id for line in after.lines]


async def test_the_groups_own_words_on_emergencies_are_kept_told_to_the_rooms_and_shown_to_the_letter() -> None:
    desk = Desk()
    await desk.does("group stance", words=("Ring Sam.",))
    kept, [sent], now = desk.shelf.kept[GROUP], desk.outbox.send(NOON), await desk.does("group")
    desk.outbox.sent.clear()
    await desk.does("group stance", words=())

    assert isinstance(sent, Message)
    assert kept == GroupWays(stance="Ring Sam.")
    assert [(line.id, line.args["words"]) for line in sent.say.lines] == [("stance-now-own", "Ring Sam.")]
    assert [line.args["words"] for line in now.lines if line.id == "stance-way-own"] == ["Ring Sam."]
    assert (desk.shelf.kept[GROUP], desk.announced()) == (GroupWays(), [(ROOM, ["stance-now-usual"])])


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Tell @everyone", "text-mention"),
        ("Ring <@1234567890>", "text-mention"),
        ("Ring @sam:example.org", "text-mention"),
        ("Ring\u202e Sam", "text-unseen"),
        ("Ring\x00 Sam", "text-unseen"),
        ("x" * 201, "text-long"),
    ],
)
def test_words_that_would_call_somebody_hide_something_or_are_many_are_refused(typed: str, why: str) -> None:
    [option] = STANCE.options
    with pytest.raises(Refused) as refused:
        option.kind.read(typed, Reading(now=NOON, zone="UTC"))

    [line] = refused.value.say.lines
    assert (line.id, getattr(line.args["why"], "id", None)) == ("or-none", why)
    assert option.kind.read(" Ring Sam:  day, or night; ", Reading(now=NOON, zone="UTC")) == (
        "Ring Sam: day, or night;",
    )
