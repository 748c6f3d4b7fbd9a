"""The people of a soak, come together: groups of four, every other room plain, every other person with a chat."""

import asyncio
import itertools
import time

from tests.soak.asking import names
from tests.soak.circle import Circle
from tests.soak.person import Gate, Soaker
from tests.soak.scene import Props
from tests.synapse.homeserver import Homeserver

GROUP = 4
_PATIENCE_SECONDS = 90
_NEVER_MS = 1 << 62
# The bot may not yet have heard of somebody who came in just now.
_UNKNOWN_MS = 15_000


class Village:
    """Everybody, and what they do."""

    def __init__(self, homeserver: Homeserver, bot: str, props: Props) -> None:
        self._homeserver = homeserver
        self._bot = bot
        self._props = props
        self._random = props.random
        self._numbers = itertools.count(1)
        self._names = names()
        self.gate = Gate()
        self.people: list[Soaker] = []
        self.circles: list[Circle] = []

    async def gather(self, count: int) -> None:
        """Let them come, make the groups, and say when each wants to be pinged."""
        self.people = [await self._arrive() for _ in range(count)]
        for number, first in enumerate(range(0, count, GROUP)):
            await self._group(self.people[first : first + GROUP], encrypted=number % 2 == 0)
        for number, person in enumerate(self.people):
            if number % 2:
                await self._chat(person, encrypted=number % 4 == 1)
        for person in self.people:
            self._begin(person)

    async def newcomer(self, *, makes_chat: bool | None) -> bool:
        """Let one more come into a group, and maybe make a chat; return whether the bot came into it."""
        circle = self._random.choice(self.circles)
        first = next(each for each in self.people if each is circle.first)
        async with self.gate.through():
            person = await self._arrive()
            await first.client.room_invite(first.room, person.user_id)
        # What was said before they came in is no news to them.
        person.room, person.not_before_ms = first.room, _NEVER_MS
        await person.wait_until(lambda: person.room in person.rooms, _PATIENCE_SECONDS)
        person.not_before_ms = int(time.time() * 1000) + _UNKNOWN_MS
        async with self.gate.through():
            await self._meet_the_bot(person)
        makes_chat = self._random.random() < 0.5 if makes_chat is None else makes_chat
        came = not makes_chat or await self._chat(person, encrypted=self._random.random() < 0.5)
        circle.welcome(person)
        self.people.append(person)
        self._begin(person)
        return came

    async def use_up_keys(self) -> None:
        """Claim every one-time key of the bot, as anybody on the server can."""
        person = next(person for person in self.people if person.device_of(self._bot))
        device = person.device_of(self._bot)
        wanted = {"one_time_keys": {self._bot: {device.id: "signed_curve25519"}}}
        token = person.client.access_token
        async with self.gate.through():
            for _ in range(60):
                await asyncio.to_thread(self._homeserver.ask, "POST", "/_matrix/client/v3/keys/claim", wanted, token)

    async def go(self) -> None:
        for person in self.people:
            await person.go()

    async def _arrive(self) -> Soaker:
        name = f"soaker{next(self._numbers)}"
        person = await asyncio.to_thread(self._homeserver.register, name)
        return await Soaker.arrive(self._homeserver, person, self._props.folder, self._props.book, self.gate, self._bot)

    async def _group(self, people: list[Soaker], *, encrypted: bool) -> None:
        first, *others = people
        room = await first.make_group(self._bot, *(person.user_id for person in others), encrypted=encrypted)
        everybody = [self._bot, *(person.user_id for person in people)]
        for person in people:
            await person.wait_until(lambda person=person: room in person.rooms, _PATIENCE_SECONDS)  # type: ignore[misc]  # Bound at once.
        for person in people:
            person.room = room
            await person.wait_until(lambda person=person: _are_in(person, room, everybody), _PATIENCE_SECONDS)  # type: ignore[misc]  # As above.
            await self._meet_the_bot(person)
        self.circles.append(
            Circle(list(people), self._props.book, self._props.asking, self._props.sentences, self._names)
        )

    async def _meet_the_bot(self, person: Soaker) -> None:
        """Learn of the bot's device, so that the first line can be read by it."""
        while person.rooms[person.room].encrypted and person.device_of(self._bot) is None:
            await person.sync(0.5)
            if person.client.should_query_keys:
                await person.client.keys_query()

    async def _chat(self, person: Soaker, *, encrypted: bool) -> bool:
        """Let the person start a direct chat; return whether the bot came into it."""
        async with self.gate.through():
            room = await person.make_direct(self._bot, encrypted=encrypted)

        try:
            await person.wait_until(lambda: _are_in(person, room, [self._bot]), _PATIENCE_SECONDS)
        except TimeoutError:
            return False
        person.chat = room
        return True

    def _begin(self, person: Soaker) -> None:
        person.todo.append(self._props.asking.remind())
        person.listen()


def _are_in(person: Soaker, room_id: str, people: list[str]) -> bool:
    """Whether this person sees that all of them have come into the room."""
    users = person.rooms[room_id].users if room_id in person.rooms else {}
    return all(each in users and not users[each].invited for each in people)
