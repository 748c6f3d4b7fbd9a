"""What is served at one person's address: their shifts as they stand at that moment. No world is needed for it."""

import asyncio
import hashlib
from dataclasses import dataclass, field

from bot.domain.rota.calendar import digest, events
from bot.ports.calendar import FeedLookup, Own, WriteOwn
from bot.ports.keeping import Ledger, People
from bot.ports.rota import RotaList
from bot.ports.timing import Clock

# However many ask at once, so many calendars are made at a time.
AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A calendar, and its entity tag (RFC 9110, 8.8.3)."""

    content: bytes = field(repr=False)
    tag: str


class OwnFeed:
    """Looks up whose an address is, and makes their calendar."""

    def __init__(
        self,
        *,
        lookup: FeedLookup,
        rotas: RotaList,
        people: People,
        ledger: Ledger,
        write: WriteOwn,
        clock: Clock,
    ) -> None:
        self._lookup = lookup
        self._rotas = rotas
        self._people = people
        self._ledger = ledger
        self._write = write
        self._clock = clock
        self._room = asyncio.Semaphore(AT_ONCE)

    async def of(self, token: str) -> Served | None:
        """Return the calendar of whoever was given the token; None when nobody was, or it has ended.

        The token is looked up by its digest, so how long that takes tells nothing of any other token. The tag is of
        what is in the calendar and not of when it was made: a weak one.
        """
        async with self._room:
            own = await self._own(token)
            if own is None:
                return None
            content = await self._write(own)
        without_the_moment = b"\n".join(line for line in content.splitlines() if not line.startswith(b"DTSTAMP"))
        return Served(content=content, tag=hashlib.sha256(without_the_moment).hexdigest()[:32])

    async def _own(self, token: str) -> Own | None:
        async with self._ledger.transaction():
            found = await self._lookup.whose(digest(token))
            if found is None:
                return None
            group, person = found
            zone = (await self._people.ways(group, person)).zone
            now = self._clock.now()
            theirs = events(await self._rotas.sheets(group), person, now)
            return Own(group=group, events=theirs, zone=zone, made=now)
