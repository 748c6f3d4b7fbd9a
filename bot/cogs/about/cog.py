"""`help` and `about`: what can be asked, and the plain truth about this bot."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from bot.domain.commands import Asked, Command, Option, Trait, TraitsOf
from bot.domain.ids import GroupId, PlaceId
from bot.domain.reading import OneOf, Text
from bot.domain.saying import Line, Look, Refused, Say, line, say
from bot.ports.feature import Answer, Step

HELP = Command(name="help", options=(Option(name="topic", kind=Text(longest=40)),))
ROOM, DATA = "room", "data"
LISTS = "lists"
_WHERE = OneOf(
    choices=(ROOM, DATA),
    also=(("this room", ROOM), ("the room", ROOM), ("my data", DATA), ("what is kept", DATA), ("privacy", DATA)),
)
ABOUT = Command(
    name="about",
    options=(Option(name="where", kind=_WHERE),),
)

# Returns who else can read what is said in a place. Raises `ChatError`.
OthersReading: TypeAlias = Callable[[PlaceId], Awaitable[tuple[Line, ...]]]
# Returns what a group asks for before somebody offers company, or nothing.
FirstStepOf: TypeAlias = Callable[[GroupId], Awaitable[tuple[Line, ...]]]


class About:
    """Tells what there is. `commands` gives those of a world; `readers` says who can read what, for each world.

    `kept` are the topics of all that is kept; `platforms` says what each world's platform keeps by itself.
    """

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        commands: Callable[[str], tuple[Command, ...]],
        readers: Mapping[str, tuple[Line, ...]],
        others_reading: OthersReading,
        kept: Sequence[str],
        platforms: Mapping[str, tuple[Line, ...]],
        traits: TraitsOf,
        first_step: FirstStepOf,
    ) -> None:
        self._commands = commands
        self._readers = readers
        self._others_reading = others_reading
        self._kept = kept
        self._platforms = platforms
        self._traits = traits
        self._first_step = first_step

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The two commands."""
        return {HELP: self.help, ABOUT: self.about}

    @property
    def steps(self) -> Mapping[str, Step]:
        """Nothing wakes it."""
        return {}

    async def help(self, asked: Asked) -> Say:
        """List what can be asked, or tell more of one thing."""
        topic = asked.get("topic", str)
        listed = [command for command in self._commands(asked.group.world) if command.listed]
        if topic is None:
            return _everything(listed, seen=Trait.UNSEEN not in self._traits(asked.group.world))
        words = topic.casefold().removeprefix("!")
        found = [command for command in listed if command.name.startswith(words)]
        if not found:
            raise Refused("help-no-such-topic")
        exact = [command for command in found if command.name == words]
        others = [command for command in found if command.name != words]
        return _one(exact[0]).then(*map(_in_list, others)) if exact else _several(others)

    async def about(self, asked: Asked) -> Say:
        """Tell what this is, who can read what, and what is kept; or only who can read what in this room."""
        readers = self._readers.get(asked.group.world, ())
        where = asked.get("where", str)
        if where == DATA:
            return self._data(asked.group.world)
        if where == ROOM:
            others = await self._others_reading(asked.here) if asked.here else ()
            return Say(lines=others or (line("about-readers", Look.HEADING), *readers))
        return Say(
            lines=(
                line("about-what"),
                line("about-crisis"),
                *await self._first_step(asked.group),
                line("about-readers", Look.HEADING),
                *readers,
                line("about-kept", Look.HEADING),
                line("about-kept-nothing-said", Look.ITEM),
                line("about-kept-rota", Look.ITEM),
                line("about-kept-ask", Look.ITEM),
                *(() if Trait.UNSEEN in self._traits(asked.group.world) else (line("about-kept-lists", Look.ITEM),)),
                line("about-kept-wishes", Look.ITEM),
                line("about-kept-group", Look.ITEM),
                line("about-kept-yours", Look.ITEM),
            )
        )

    def _data(self, world: str) -> Say:
        """Tell of all that is kept, a line for each topic of the tables; lists are kept where buttons do not last."""
        unseen = Trait.UNSEEN in self._traits(world)
        return Say(
            lines=(
                line("about-data-nothing-said"),
                *(line(f"about-data-{topic}", Look.ITEM) for topic in self._kept if topic != LISTS or not unseen),
                line("about-data-unused"),
                line("about-data-gone"),
                *self._platforms.get(world, ()),
            )
        )


def _everything(listed: list[Command], *, seen: bool) -> Say:
    intro = say("help-intro") if seen else say("help-intro-unseen")
    return intro.then(*(_in_list(command) for command in listed), line("help-more", Look.QUIET))


def _several(commands: list[Command]) -> Say:
    return Say(lines=(*(_in_list(command) for command in commands), line("help-more", Look.QUIET)))


def _in_list(command: Command) -> Line:
    return line("help-command", Look.ITEM, command=command.name, help=Line(id=f"{command.slug}.help"))


def _one(command: Command) -> Say:
    options = (_option(command, option) for option in command.options)
    return Say(lines=(_in_list(command), *options))


def _option(command: Command, option: Option) -> Line:
    label = Line(id=f"{command.slug}-{option.name}")
    ask = Line(id=f"{command.slug}-{option.name}.ask")
    if option.kind.choices:
        return line("help-option-choices", Look.ITEM, option=label, ask=ask, choices=option.kind.choices)
    return line("help-option", Look.ITEM, option=label, ask=ask)
