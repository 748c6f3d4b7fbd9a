"""Which devices people have: asked of the server for a few people at a time, and only for those where that is news.

Before words go into a room, it is asked for everybody there; nobody waits for the people of another room.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from nio import AsyncClient, KeysQueryResponse

from bot.adapters.matrix.identities import nameless
from bot.adapters.matrix.pieces import DEVICES_IN_A_PIECE, Pieces
from bot.adapters.matrix.trust import see_owners
from bot.adapters.matrix.wire import POISON, Wire
from bot.ports.chat import ChatError

PEOPLE_AT_ONCE = 20
MOST_IN_PASSING = 60
# How long the server may look for devices of people on other servers; what it cannot reach is asked for again later.
_PATIENCE_MILLISECONDS = 3000


class Devices:
    """Keeps nio's picture of people's devices. Raises `ChatError`."""

    def __init__(self, *, client: AsyncClient, wire: Wire, pieces: Pieces) -> None:
        self._client = client
        self._wire = wire
        self._pieces = pieces
        self._asking = asyncio.Lock()
        self._silent: set[str] = set()

    async def learn(self, people: Iterable[str], *, anew: bool = False) -> None:
        """Learn of the devices of those of them who are not known, or whose devices changed; `anew` asks for all."""
        people = list(people)
        if self._client.olm is not None:
            self._silent -= set(people) if anew else set()
            # Nothing was asked of the others since this process began, or what was known of them was let go.
            self._client.olm.add_changed_users(set(people) if anew else set(people) - self._client.olm.tracked_users)
        while await self._learned_of_a_few(people):
            pass

    async def learn_in_passing(self) -> None:
        """Learn of some whose devices changed, so that little is left to ask when something is to be said."""
        self._silent.clear()
        if self._client.olm is not None:
            await self.learn(islice(self._client.olm.users_for_key_query, MOST_IN_PASSING))

    async def _learned_of_a_few(self, people: Sequence[str]) -> bool:
        """Ask for the next few of them, and return whether there were any. Whoever needs the same people waits."""
        async with self._asking:
            if self._client.olm is None:
                return False
            wanted = self._client.olm.users_for_key_query - self._silent
            few = list(islice((person for person in people if person in wanted), PEOPLE_AT_ONCE))
            if few:
                await self._ask(few, self._client.olm.users_for_key_query)
            return bool(few)

    async def _ask(self, few: Sequence[str], wanted: set[str]) -> None:
        # Taken out first: who changes their devices while the question is on its way is put in again, and asked for.
        wanted.difference_update(few)
        question = {"device_keys": {person: [] for person in few}, "timeout": _PATIENCE_MILLISECONDS}
        try:
            answer = await self._wire.ask("POST", "/keys/query", question)
        except ChatError:
            wanted.update(few)
            raise
        see_owners(self._client, answer)
        told = answer.get("device_keys", {})
        known = {person: told[person] for person in few if person in told}
        silent = set(few) - known.keys()
        wanted |= silent
        self._silent |= silent
        for people in _some(known):
            await self._pieces.do(lambda people=people: self._take_all(people, wanted))  # type: ignore[misc]  # Bound at once.

    def _take_all(self, people: Mapping[str, Any], wanted: set[str]) -> None:
        for person, devices in people.items():
            self._take(person, devices, wanted)

    def _take(self, person: str, devices: Any, wanted: set[str]) -> None:  # noqa: ANN401  As the server gave it.
        """Take in one person's devices; what is malformed spoils itself alone."""
        changed_since = person in wanted
        with suppress(*POISON):
            answer = {"device_keys": {person: nameless(devices)}, "failures": {}}
            self._taken(KeysQueryResponse.from_dict(answer), person)
        if changed_since:
            wanted.add(person)

    def _taken(self, answer: object, person: str) -> None:
        if not isinstance(answer, KeysQueryResponse) or self._client.olm is None:
            return
        self._client.olm.handle_response(answer)
        for room_id, room in self._client.rooms.items():
            # As nio does: a new key for everybody once somebody's devices are others.
            if answer.changed and room.encrypted and person in room.users:
                self._client.invalidate_outbound_session(room_id)


def _some(known: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield people with about so many devices between them as are dealt with in one piece."""
    some: dict[str, Any] = {}
    for person, devices in known.items():
        some[person] = devices
        if sum(len(each) for each in some.values()) >= DEVICES_IN_A_PIECE:
            yield some
            some = {}
    if some:
        yield some
