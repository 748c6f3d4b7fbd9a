"""Help, and the truth about what this is."""

import pytest
from whenever import Instant

from bot.cogs.about import About
from bot.domain.commands import Asked, Command, Option, Trait
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.reading import OneOf, Text
from bot.domain.saying import Line, Look, Refused, Say, line
from bot.ports.words import DEFAULT_LOCALE
from bot.store import describing
from tests import shipped

COMMANDS = (
    Command(name="rota new", options=(Option(name="name", kind=Text()),)),
    Command(name="rota show"),
    Command(name="sit", options=(Option(name="wanted", kind=OneOf(choices=("quiet", "talk"))),)),
    Command(name="sit open"),
    Command(name="sit can", listed=False),
    Command(name="now"),
)
READERS = (line("about-readers-local"),)


KEPT = ("rotas", "lists", "asks")
PLATFORM = (line("about-data-platform-matrix"),)
OTHERS = (line("about-readers-matrix-server"),)


async def others_reading(place: PlaceId) -> tuple[Line, ...]:
    return OTHERS if place.native == "thread" else ()


async def first_step(group: GroupId) -> tuple[Line, ...]:
    return (line("first-step-days", days=14),) if group.world == "stepped" else ()


async def does(command: str, world: str = "fake", here: PlaceId | None = None, **options: object) -> Say:
    about = About(
        commands=lambda _: COMMANDS,
        readers={"fake": READERS},
        others_reading=others_reading,
        kept=KEPT,
        platforms={"fake": PLATFORM},
        traits=lambda world: frozenset({Trait.UNSEEN}) if world == "unseen" else frozenset(),
        first_step=first_step,
    )
    asked = Asked(
        key="fake:event",
        command=command,
        options=options,
        person=PersonId.of(world, "ash"),
        group=GroupId.of(world, "group"),
        place=PlaceId.of(world, "room"),
        at=Instant.from_utc(2026, 11, 23, 12),
        here=here,
    )
    [method] = [method for known, method in about.answers.items() if known.name == command]
    return await method(asked)


def listed(said: Say) -> list[object]:
    return [one.args["command"] for one in said.lines if one.id == "help-command"]


async def test_help_lists_all_that_can_be_asked_in_order_and_no_mere_answers() -> None:
    said = await does("help")

    assert listed(said) == ["rota new", "rota show", "sit", "sit open", "now"]


@pytest.mark.parametrize("topic", ["rota new", "Rota New", "!rota new"])
async def test_help_on_one_command_tells_what_it_takes(topic: str) -> None:
    said = await does("help", topic=topic)

    assert listed(said) == ["rota new"]
    assert said.lines[1].args == {"option": Line(id="rota-new-name"), "ask": Line(id="rota-new-name.ask")}


async def test_help_on_several_lists_them() -> None:
    assert listed(await does("help", topic="rota")) == ["rota new", "rota show"]


async def test_help_on_a_command_that_others_begin_with_tells_what_it_takes_and_lists_the_others() -> None:
    said = await does("help", topic="sit")

    assert listed(said) == ["sit", "sit open"]
    assert said.lines[1].id == "help-option-choices"
    assert said.lines[1].args["choices"] == ("quiet", "talk")


@pytest.mark.parametrize("topic", ["sit can", "tea"])
async def test_help_on_nothing_there_is_says_so(topic: str) -> None:
    with pytest.raises(Refused) as caught:
        await does("help", topic=topic)

    assert caught.value.say.lines[0].id == "help-no-such-topic"


async def test_about_says_who_can_read_what_in_the_world_it_is_asked_in() -> None:
    here, elsewhere = await does("about"), await does("about", world="elsewhere")

    assert READERS[0] in here.lines
    assert READERS[0] not in elsewhere.lines
    assert "about-kept-nothing-said" in [one.id for one in elsewhere.lines]


async def test_about_this_room_says_who_else_can_read_it_where_the_world_tells() -> None:
    here = await does("about", where="room", here=PlaceId.of("fake", "thread"))
    nowhere = await does("about", where="room")

    assert here.lines == OTHERS
    assert list(nowhere.lines[1:]) == list(READERS)


async def test_where_nobody_sees_what_is_asked_it_is_not_said_that_the_room_does() -> None:
    seen, unseen = await does("help"), await does("help", world="unseen")
    kept, kept_unseen = await does("about"), await does("about", world="unseen")

    assert [said.lines[0].id for said in (seen, unseen)] == ["help-intro", "help-intro-unseen"]
    assert [line("about-kept-lists", Look.ITEM) in said.lines for said in (kept, kept_unseen)] == [True, False]


@pytest.mark.parametrize(("world", "kept"), [("fake", KEPT), ("unseen", ("rotas", "asks"))])
async def test_about_data_tells_of_every_topic_and_of_what_the_platform_keeps(
    world: str, kept: tuple[str, ...]
) -> None:
    said = await does("about", world=world, where="data")

    assert [one.id for one in said.lines if one.look is Look.ITEM] == [f"about-data-{topic}" for topic in kept]
    assert said.lines[-1:] == (PLATFORM if world == "fake" else (line("about-data-gone"),))


def test_there_is_a_sentence_for_whatever_the_tables_are_about() -> None:
    words = shipped.words()

    assert [words.text(line(f"about-data-{topic}"), DEFAULT_LOCALE) for topic in describing.topics()]


async def test_about_says_what_the_group_asks_for_before_somebody_offers_company() -> None:
    told, elsewhere = [[line.id for line in (await does("about", world)).lines] for world in ("stepped", "fake")]

    assert "first-step-days" in told
    assert "first-step-days" not in elsewhere
