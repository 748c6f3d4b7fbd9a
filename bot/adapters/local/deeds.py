"""What a person does on the page, and what comes of it. The bot hears its own talks and lines that begin with `!`.

What is said in a meeting room is put there and nowhere else; what the bot offers there can be pressed.
"""

import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from types import MappingProxyType

from whenever import TimeDelta

from bot.adapters.local import forms
from bot.adapters.local.changes import Turned
from bot.adapters.local.clock import MovableClock
from bot.adapters.local.forms import Fields
from bot.adapters.local.gathering import Gathering
from bot.domain.commands import Asking, Typed
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.reading import File
from bot.domain.saying import Line, Refused, Say, line
from bot.ports.answering import Answering
from bot.ports.chat import ChatError

Deed = Callable[[Fields], Awaitable[Line | None]]

FOR_THE_BOT = "!"


class Deeds:
    """Does what a form asks. Each deed returns a word to whoever sent the form, or None."""

    def __init__(
        self,
        *,
        gathering: Gathering,
        answering: Answering,
        clock: MovableClock,
        nudge: Callable[[], None],
        zone: str,
        in_its_language: Callable[[], Awaitable[None]],
    ) -> None:
        self._gathering = gathering
        self._answering = answering
        self._clock = clock
        self._nudge = nudge
        self._zone = zone
        self._in_its_language = in_its_language
        self.group = GroupId.of(gathering.room.world, "group")
        self._places = MappingProxyType({"room": gathering.room})

    @property
    def by_path(self) -> Mapping[str, Deed]:
        """Every deed by the path that its form is sent to."""
        return {
            "/type": self.type_to_bot,
            "/ask": self.ask,
            "/say": self.say_in_place,
            "/leave": self.leave_meeting,
            "/clock": self.move_clock,
        }

    async def type_to_bot(self, fields: Fields) -> None:
        """Say something to the bot in private."""
        person, text = self._person(fields), forms.text_in(fields)
        self._gathering.note(person, text)
        await self._hear(person, text, private=True)

    async def ask(self, fields: Fields) -> Line | None:
        """Ask by form, or press what the bot gave to choose from."""
        person, command = self._person(fields), forms.command_in(fields)
        files, pressed = self._files(command), forms.short(fields.get("pressed", ""))
        options = forms.options_in(fields, files)
        self._gathering.note(person, pressed or _as_typed(command, options, files))
        asking = Asking(
            key=_key(),
            command=command,
            options=options,
            person=person,
            group=self.group,
            places=self._places,
            here=self._here(person, fields),
        )
        await self._answered(person, await self._answering.ask(asking))
        return None if pressed and asking.here is None else line("local-asked", person=person)

    async def say_in_place(self, fields: Fields) -> None:
        """Say something in the group's room, or in a meeting room that the person is in."""
        person, text, place = self._person(fields), forms.text_in(fields), self._place(fields)
        if place != self._gathering.room:
            self._meeting_of(person, place)
            self._gathering.post_meeting(place, text, by=person)
            return
        self._gathering.post(text, by=person)
        if text.startswith(FOR_THE_BOT):
            await self._hear(person, text.removeprefix(FOR_THE_BOT).strip(), private=False)

    async def leave_meeting(self, fields: Fields) -> None:
        """Leave a meeting room."""
        person, place = self._person(fields), self._place(fields)
        self._meeting_of(person, place)
        self._gathering.person_leaves(place, person)

    async def move_clock(self, fields: Fields) -> Line:
        """Move the clock on, and have the clockwork look at once."""
        by = forms.move_in(fields, self._clock.now(), self._zone)
        self._clock.move(max(by, TimeDelta.ZERO))
        now = self._clock.now()
        self._gathering.feed.add(Turned(now=now))
        self._nudge()
        return line("local-clock-moved", now=now.to_tz(self._zone))

    async def _hear(self, person: PersonId, text: str, *, private: bool) -> None:
        typed = Typed(
            key=_key(),
            text=text,
            private=private,
            person=person,
            group=self.group,
            places=self._places,
        )
        await self._answered(person, await self._answering.hear(typed))

    async def _answered(self, person: PersonId, answer: Say | None) -> None:
        if answer is not None:
            await self._in_its_language()
            self._gathering.tell(person, answer)

    def _files(self, command: str) -> frozenset[str]:
        """Return the names of those options of a command that are files."""
        commands = self._answering.commands(self.group.world)
        options = (each for known in commands if known.name == command for each in known.options)
        return frozenset(each.name for each in options if isinstance(each.kind, File))

    def _person(self, fields: Fields) -> PersonId:
        return forms.person_in(fields, self._gathering.people)

    def _place(self, fields: Fields) -> PlaceId:
        return forms.place_in(fields, self._gathering.room.world)

    def _here(self, person: PersonId, fields: Fields) -> PlaceId | None:
        """Return the meeting room in which it was pressed; None in the person's own talk. Refuses one they are not in.

        Where they see the answer is their own talk all the same.
        """
        if "place" not in fields:
            return None
        place = self._place(fields)
        self._meeting_of(person, place)
        return place

    def _meeting_of(self, person: PersonId, place: PlaceId) -> None:
        try:
            if person in self._gathering.meeting(place).present:
                return
        except ChatError as error:
            raise Refused("local-meeting-closed") from error
        raise Refused("local-meeting-closed")


def _key() -> str:
    return f"local:{secrets.token_hex(8)}"


def _as_typed(command: str, options: Mapping[str, str], files: Collection[str]) -> str:
    said = ", ".join(name if name in files else f"{name}: {value}" for name, value in options.items())
    return f"{command} {said}".strip()
