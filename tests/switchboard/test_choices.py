"""Every action can be typed: the line shown beside a choice means what pressing it means."""

from collections.abc import Sequence

from whenever import TimeDelta

from bot.domain.commands import Command, Reading
from bot.domain.rota.reading import Meant
from bot.domain.saying import Choice, Line, Undo
from bot.domain.typed import command_in, options_in
from tests.scenarios.memory import ROOM
from tests.scenarios.stage import ASH, BEA, CAI
from tests.switchboard.caller import Caller

LINES = (
    (BEA, "sit open"),
    (CAI, "sit open"),
    (ASH, "rota new Soup on Sundays, daily 20:00, 2 people"),
    (ASH, "rota new 2 Tuesdays, tuesday 19:30"),
    (BEA, "rota show"),
    (BEA, "rota show 1"),
    (BEA, "rota join 1"),
    (BEA, "rota join 1 tomorrow"),
    (BEA, "rota join 1 saturday"),
    (BEA, "rota mine"),
    (BEA, "rota leave 1"),
    (ASH, "sit quiet"),
    (ASH, "sit talk 1h, wait: 2h"),
    (ASH, "sit tomorrow 20:00"),
    (ASH, "sit talk 90 minutes, tomorrow 20:00, wait: 3h"),
    (ASH, "sit ask quiet, tomorrow 20:00"),
    (BEA, "sit can"),
    (CAI, "sit can"),
    (ASH, "sit pick 1"),
    (BEA, "sit withdraw"),
    (ASH, "find they stopped my money"),
    (ASH, "card debt-advice"),
    (ASH, "find elephants"),
    (ASH, "help"),
)

# Of "not now" nothing is kept, so that nothing is there to be taken back.
ONLY_SHOW = {"rota show", "card", "now", "sit not now"}


def offered(caller: Caller) -> Sequence[Choice]:
    """Return every choice that anybody was given so far."""
    world = caller.stage.world
    said = [one for heard in (world.private, world.public, world.unsaid) for each in heard.values() for one in each]
    return [choice for one in said for choice in one.choices]


def meaning(command: Command, options: dict[str, str], reading: Reading) -> dict[str, object]:
    """Return the values; a rota with a day after its name means that rota and that day."""
    values = {name: command.option(name).kind.read(text, reading) for name, text in options.items()}  # type: ignore[union-attr]  # The options are the command's own.
    ways = values.get("rota")
    if isinstance(ways, tuple):
        day = next((way for way in reversed(ways) if isinstance(way, Meant) and way.day), None)
        values["rota"] = day.name if day else ways[0].name
        values |= {"date": day.day} if day else {}
    return values


async def live(caller: Caller) -> None:
    """Let people do everything that brings something to choose from."""
    for who, line in LINES:
        caller.stage.clock.move(TimeDelta(seconds=5))
        await caller.stage.types(who, line)
    await caller.stage.goes_by(TimeDelta(hours=30))


async def test_every_choice_that_does_something_says_what_takes_it_back_or_why_nothing_does(caller: Caller) -> None:
    await live(caller)
    choices = offered(caller)
    undos = [choice.undo for choice in choices if isinstance(choice.undo, Undo)]

    assert {choice.command for choice in choices if choice.undo is None} == ONLY_SHOW
    assert {choice.command for choice in choices if isinstance(choice.undo, Line)} == {
        *("sit pick", "sit withdraw", "rota offer", "rota swap"),
    }
    for undo in undos:
        split = command_in(undo.command, caller.switchboard.commands("fake"))
        assert split is not None
        assert split.command.name == undo.command
        assert set(undo.options) <= {option.name for option in split.command.options}


async def test_what_is_typed_means_what_is_pressed(caller: Caller) -> None:
    await live(caller)
    commands = caller.switchboard.commands("fake")
    reading = Reading(now=caller.stage.clock.now().subtract(hours=30), zone="Europe/London", places={"room": ROOM})
    choices = offered(caller)

    for choice in choices:
        split = command_in(choice.typed, commands)
        assert split is not None
        assert split.command.name == choice.command
        typed = meaning(split.command, dict(options_in(split.rest, split.command, reading)), reading)
        assert typed == meaning(split.command, dict(choice.options), reading)
    assert {choice.command for choice in choices} >= {
        "rota show",
        "rota join",
        "rota leave",
        "sit ask",
        "sit can",
        "sit pick",
        "sit withdraw",
        "card",
        "now",
    }
