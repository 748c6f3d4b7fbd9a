"""From words to values: which command a line begins with, and what each option's words mean."""

import difflib
from collections.abc import Mapping, Sequence

from bot.domain.commands import Asked, Asking, Command, MeantIn, Option, Reading, TraitsOf, Typed
from bot.domain.saying import Line, Refused
from bot.domain.typed import Split, command_in, options_in
from bot.ports.keeping import Ledger, People
from bot.ports.timing import Clock

OPTION_SKIPPED = frozenset({"skip", "-"})


class Understanding:
    """Knows every command, in the order the features declare them. `traits` tells what a world has, `meant` who is."""

    def __init__(
        self,
        *,
        commands: Sequence[Command],
        traits: TraitsOf,
        meant: MeantIn,
        ledger: Ledger,
        people: People,
        clock: Clock,
    ) -> None:
        self._commands = tuple(commands)
        self._traits = traits
        self._meant = meant
        self._ledger = ledger
        self._people = people
        self._clock = clock

    def commands(self, world: str) -> tuple[Command, ...]:
        """Return every command that there is in a world."""
        return tuple(command for command in self._commands if command.is_for(self._traits(world)))

    def split(self, text: str, world: str) -> Split | None:
        """Return the command that the line begins with, and the rest of it; None when it begins with none."""
        return command_in(text, self.commands(world))

    async def asking(self, typed: Typed) -> Asking | None:
        """Return what a line asks; None when that is nothing of ours. Raises `Refused` with what would work."""
        split = self.split(typed.text, typed.person.world)
        if split is None:
            self._refuse_unknown(typed)
            return None
        reading = await self.reading(split.command, typed.asking(split.command.name, {}))
        return typed.asking(split.command.name, options_in(split.rest, split.command, reading))

    async def readable(self, typed: Typed) -> Asking | None:
        """Return what a line asks, or None when some of it cannot be read."""
        try:
            asking, split = await self.asking(typed), self.split(typed.text, typed.person.world)
            if split is not None and asking is not None:
                await self.asked(split.command, asking)
        except Refused:
            return None
        return asking

    async def asked(self, command: Command, asking: Asking) -> Asked:
        """Return the command with a value for each option that was given. Raises `Refused`."""
        if not command.is_for(self._traits(asking.person.world)):
            raise Refused("not-understood")
        reading = await self.reading(command, asking)
        unknown = set(asking.options) - {option.name for option in command.options}
        if unknown:
            raise Refused("option-unknown", command=command.name)
        values = {option.name: _value(command, option, asking.options, reading) for option in command.options}
        place, *others = dict.fromkeys(asking.places.values())
        return Asked(
            key=asking.key,
            command=command.name,
            options={name: value for name, value in values.items() if value is not None},
            person=asking.person,
            group=asking.group,
            place=place,
            others=frozenset(others),
            at=reading.now,
            undoes=asking.undoes,
            here=asking.here,
            via=asking.via,
            vouched=asking.vouched,
        )

    async def reading(self, command: Command, asking: Asking) -> Reading:
        """Return what is known while the command's words are read."""
        zone = "UTC"
        if any(option.kind.zoned for option in command.options):
            async with self._ledger.transaction():
                zone = (await self._people.ways(asking.group, asking.person)).zone
        return Reading(
            now=self._clock.now(),
            zone=zone,
            places=asking.places,
            meant=lambda text: self._meant(text, asking.group),
        )

    def _refuse_unknown(self, typed: Typed) -> None:
        """Refuse, naming the command that was likely meant; in a room, keep quiet about what is nobody's."""
        first = " ".join(typed.text.casefold().split()[:2])
        names = [command.name for command in self.commands(typed.person.world) if command.listed]
        near = difflib.get_close_matches(first, names, n=1) or difflib.get_close_matches(
            first.split(" ")[0], names, n=1, cutoff=0.7
        )
        if near:
            raise Refused("not-understood-near", command=near[0])
        if typed.private:
            raise Refused("not-understood")


def missing_in(command: Command, asked: Asked) -> Option | None:
    """Return the first option that is needed and was not given, or None."""
    return next((option for option in command.options if option.required and option.name not in asked.options), None)


def _value(command: Command, option: Option, options: Mapping[str, str], reading: Reading) -> object:
    text = options.get(option.name, "")
    if not text.strip() or text.strip().casefold() in OPTION_SKIPPED:
        return None
    try:
        return option.kind.read(text, reading)
    except Refused as refused:
        label = Line(id=f"{command.slug}-{option.name}")
        raise Refused("option-unclear", option=label, why=refused.say.lines[0]) from refused
