"""Matrix as a world: everything in this folder, put together. It takes values, never settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nio import AsyncClient
from whenever import Instant

from bot.adapters.matrix.answers import Answers, Later
from bot.adapters.matrix.arrivals import Arrivals
from bot.adapters.matrix.client import Client
from bot.adapters.matrix.company import Company
from bot.adapters.matrix.crosssigning import CrossSigning, Standing
from bot.adapters.matrix.devices import Devices
from bot.adapters.matrix.directs import Directs
from bot.adapters.matrix.enclosing import Enclosing
from bot.adapters.matrix.feeding import Feeding
from bot.adapters.matrix.folder import Folder
from bot.adapters.matrix.hearing import Hearing
from bot.adapters.matrix.intake import Intake, Shelves
from bot.adapters.matrix.keys import Keys
from bot.adapters.matrix.layout import Layout
from bot.adapters.matrix.marks import Marks
from bot.adapters.matrix.meetings import Meetings
from bot.adapters.matrix.pieces import Pieces
from bot.adapters.matrix.ratchets import Ratchets
from bot.adapters.matrix.reacting import Reacting
from bot.adapters.matrix.receiving import Receiving
from bot.adapters.matrix.rendering import Rendering
from bot.adapters.matrix.seeds import Seeds
from bot.adapters.matrix.session import Account, come_in, new_client
from bot.adapters.matrix.sharing import Sharing
from bot.adapters.matrix.speaking import Speaking
from bot.adapters.matrix.stays import Stays
from bot.adapters.matrix.syncing import Syncing
from bot.adapters.matrix.threads import Threads
from bot.adapters.matrix.trust import Trust, WantsVerified, any_device
from bot.adapters.matrix.unsaying import Unsaying
from bot.adapters.matrix.upheavals import Upheavals
from bot.adapters.matrix.wire import Wire
from bot.adapters.matrix.writing import Writing
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Say, line
from bot.ports.answering import Answering, Recalling
from bot.ports.chat import Attendance, Posted
from bot.ports.groups import Groups
from bot.ports.inbox import Inbox
from bot.ports.journal import Journal
from bot.ports.keeping import Bookmarks, Ledger, Outbox
from bot.ports.timing import Clock
from bot.ports.words import DEFAULT_LOCALE, LocaleOf, Words


class MatrixWorld:
    """One account on one server. Every method raises `ChatError`."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        name: str,
        account: Account,
        store: Path,
        store_key: str | None = None,
        words: Words,
        answering: Answering,
        bookmarks: Bookmarks,
        inbox: Inbox,
        outbox: Outbox,
        ledger: Ledger,
        groups: Groups,
        journal: Journal,
        clock: Clock,
        nudge: Callable[[], None],
        locale: str = DEFAULT_LOCALE,
        locale_of: LocaleOf | None = None,
        wants_verified: WantsVerified = any_device,
    ) -> None:
        """Hold the folder `store` of the device's keys until `stop`; the server is asked from `start` on.

        A `store_key` of None means the folder's own secret. `nudge` is called when someone came in or the server is
        back, `wants_verified` tells whether a group wants verified devices only, `locale_of` in which language it is
        spoken to. Raises `ChatError` when another process holds the folder.
        """
        self._account, user_id, self._clock = account, account.user_id, clock
        self._folder = Folder.taken(store, store_key)
        secret = self._folder.secret
        self._client = new_client(self._account, store, secret)
        rendering = Rendering(words=words, locale=locale, locale_of=locale_of)
        shelves = Shelves(world=name, inbox=inbox, bookmarks=bookmarks, recalling=answering, ledger=ledger)
        self._voice = voice = _voice(
            self._client,
            name,
            rendering=rendering,
            marks=Marks(secret),
            later=Later(outbox=outbox, ledger=ledger, clock=clock),
            recalling=answering,
            journal=journal,
            wants_verified=wants_verified,
        )
        self._own = _crosssigning(self._client, voice.wire, self._account, Seeds(store, secret, user_id), journal)
        self._writing = Writing(wire=voice.wire, user_id=user_id)
        hearing = _hearing(voice, name, self._writing, answering, clock)
        intake = Intake(shelves=shelves, hear=hearing.hear, ratchets=voice.ratchets, journal=journal, clock=clock)
        arrivals = _arrivals(self._client, voice, name, groups, clock=clock, journal=journal, nudge=nudge)
        self._syncing = _syncing(self._client, voice, arrivals, hearing, intake, journal, clock, nudge)

    async def start(self) -> None:
        """Log in, and learn of every room and of what came while the bot was away."""
        device_name = self._voice.rendering.title(line("matrix-device-name"))
        await come_in(self._client, self._account, self._folder, device_name)
        await self._voice.keys.publish()
        await self._own.establish()
        await self._voice.directs.load()
        await self._syncing.first()
        self._voice.trust.let_go(self._clock.now())

    async def run(self) -> None:
        """Go on until cancelled. Raises `ChatError` when the server will not have the bot any more."""
        await self._syncing.run()

    async def standing(self) -> Standing:
        """Return how the device stands with apps that trust only what its owner signed."""
        return await self._own.standing()

    async def stop(self) -> None:
        """Finish what was begun and let go of the server and the files."""
        try:
            await self._syncing.rest()
            await self._writing.rest()
            await self._voice.speaking.rest()
        finally:
            await self._client.close()
            if self._client.store is not None:
                self._client.store.database.close()
            self._folder.free()

    def called(self, person: PersonId, group: GroupId) -> str:
        """Return what the person is called in the group's room."""
        return self._voice.company.name_of(person, group.native)

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person whom the words name."""
        return self._voice.company.meant(text, group)

    def group_called(self, group: GroupId) -> str | None:
        """Return the name of the room or the space, if it has one and the bot is in it."""
        return self._voice.company.group_called(group)

    async def is_here(self, person: PersonId, group: GroupId) -> bool:
        """Return whether the person has come into any of the group's rooms, or into its space."""
        return await self._voice.company.is_here(person, group)

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        _via: str | None = None,
        _since: Instant | None = None,
    ) -> Posted:
        """Say it in the person's direct chat; not permanent while they have yet to come into it."""
        event_id = await self._voice.answers.tell(person, say, key, group)
        return Posted(messages=(event_id,), answered=event_id)

    async def post(self, place: PlaceId, say: Say, key: str, _since: Instant | None = None) -> Posted:
        """Say it in a room."""
        room_id, company, rendering = place.native, self._voice.company, self._voice.rendering
        locale = await rendering.locale_of(next(iter(company.groups_in(room_id)), None))
        rendered = rendering.of(say, lambda named: company.name_of(named, room_id), private=False, locale=locale)
        meet = self._voice.meetings.is_meeting(room_id)
        return Posted(messages=(await self._voice.speaking.send(room_id, rendered, key, meet=meet),))

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], key: str) -> None:
        """Take it out of the room, or out of whichever chat with the person it stands in."""
        rooms = self._voice.directs.rooms_of(to.native) if isinstance(to, PersonId) else (to.native,)
        await self._voice.unsaying.unsay(rooms, messages, key)

    async def open(self, people: Sequence[PersonId], key: str, _group: GroupId) -> PlaceId:
        """Make a room for these people, or find the one that was made for the same key."""
        return await self._voice.meetings.open(people, key)

    async def find(self, key: str, _group: GroupId) -> PlaceId | None:
        """Return the room that was made for the key, or None."""
        return await self._voice.meetings.find(key)

    async def readers(self, _place: PlaceId) -> tuple[Line, ...]:
        """Return nobody: what the server sees is the same in every room, and `about` tells it."""
        return ()

    async def lacking(self, _place: PlaceId) -> tuple[Line, ...]:
        """Return nothing: `alongside check` tells it."""
        return ()

    async def meeting_readers(self, _group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return what the servers of two who meet see of it: a room that the bot makes is encrypted."""
        return (line("matrix-meeting-direct" if direct else "matrix-meeting-room"),)

    async def stay(self, person: PersonId, group: GroupId) -> Stay:
        """Return whether somebody is in the group's rooms, and since when."""
        return await self._voice.stays.stay(person, group)

    async def attendance(self, place: PlaceId, _people: Sequence[PersonId] = ()) -> Attendance:
        """Return who has come in and who will not, the bot left out."""
        return await self._voice.meetings.attendance(place)

    async def leave(self, key: str, _group: GroupId, *, closing: bool) -> None:
        """Leave for good; `closing` puts everybody out first."""
        room_id = await self._voice.meetings.leave(key, closing=closing)
        if room_id is not None:
            self._voice.speaking.gone(room_id)

    async def let_out(self, key: str, group: GroupId, person: PersonId) -> None:
        """Do nothing: the bot is in no meeting room once it has begun, and whoever is in one leaves it themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """What it takes to say something."""

    wire: Wire
    keys: Keys
    trust: Trust
    stays: Stays
    ratchets: Ratchets
    rendering: Rendering
    speaking: Speaking
    directs: Directs
    meetings: Meetings
    layout: Layout
    company: Company
    threads: Threads
    answers: Answers
    unsaying: Unsaying


def _voice(  # noqa: PLR0913  The world hands in everything by name.
    client: Client,
    world: str,
    *,
    rendering: Rendering,
    marks: Marks,
    later: Later,
    recalling: Recalling,
    journal: Journal,
    wants_verified: WantsVerified,
) -> _Voice:
    wire, ratchets, pieces, threads, layout = Wire(client), Ratchets(client), Pieces(client), Threads(), Layout()
    devices = Devices(client=client, wire=wire, pieces=pieces)
    keys, directs = Keys(client=client, wire=wire, devices=devices), Directs(client=client, wire=wire)
    name = rendering.title(line("matrix-room-name"))
    meetings = Meetings(
        client=client, wire=wire, ratchets=ratchets, world=world, marks=marks, room_name=name, directs=directs
    )
    company = Company(client=client, wire=wire, world=world, layout=layout, is_set_apart=meetings.is_set_apart)
    trust = Trust(client=client, company=company, wants_verified=wants_verified)
    client.may_have_keys = trust.may_have_keys
    sharing = Sharing(client=client, wire=wire, devices=devices, pieces=pieces, may_have_keys=trust.may_have_keys)
    speaking = Speaking(client=client, keys=keys, marks=marks, trust=trust, sharing=sharing)
    answers = Answers(
        directs=directs,
        speaking=speaking,
        enclosing=Enclosing(wire=wire),
        rendering=rendering,
        company=company,
        threads=threads,
        recalling=recalling,
        later=later,
        journal=journal,
    )
    return _Voice(
        wire=wire,
        keys=keys,
        trust=trust,
        stays=Stays(client=client, wire=wire, company=company, layout=layout),
        ratchets=ratchets,
        rendering=rendering,
        speaking=speaking,
        directs=directs,
        meetings=meetings,
        layout=layout,
        company=company,
        threads=threads,
        answers=answers,
        unsaying=Unsaying(wire=wire, marks=marks),
    )


def _crosssigning(client: AsyncClient, wire: Wire, account: Account, seeds: Seeds, journal: Journal) -> CrossSigning:
    return CrossSigning(client=client, wire=wire, seeds=seeds, password=account.password, journal=journal)


def _arrivals(  # noqa: PLR0913  As above.
    client: AsyncClient,
    voice: _Voice,
    world: str,
    groups: Groups,
    *,
    clock: Clock,
    journal: Journal,
    nudge: Callable[[], None],
) -> Arrivals:
    return Arrivals(
        client=client,
        wire=voice.wire,
        world=world,
        company=voice.company,
        layout=voice.layout,
        directs=voice.directs,
        meetings=voice.meetings,
        speaking=voice.speaking,
        rendering=voice.rendering,
        trust=voice.trust,
        stays=voice.stays,
        upheavals=_upheavals(client, voice, world, groups, journal),
        groups=groups,
        clock=clock,
        journal=journal,
        nudge=nudge,
    )


def _syncing(  # noqa: PLR0913, PLR0917  As above.
    client: Client,
    voice: _Voice,
    arrivals: Arrivals,
    hearing: Hearing,
    intake: Intake,
    journal: Journal,
    clock: Clock,
    nudge: Callable[[], None],
) -> Syncing:
    return Syncing(
        client=client,
        wire=voice.wire,
        keys=voice.keys,
        feeding=Feeding(client=client, ratchets=voice.ratchets, journal=journal),
        ratchets=voice.ratchets,
        arrivals=arrivals,
        hearing=hearing,
        intake=intake,
        journal=journal,
        clock=clock,
        nudge=nudge,
    )


def _upheavals(client: AsyncClient, voice: _Voice, world: str, groups: Groups, journal: Journal) -> Upheavals:
    return Upheavals(
        client=client,
        wire=voice.wire,
        world=world,
        layout=voice.layout,
        company=voice.company,
        directs=voice.directs,
        speaking=voice.speaking,
        ratchets=voice.ratchets,
        groups=groups,
        leaving=groups,
        journal=journal,
    )


def _hearing(voice: _Voice, world: str, writing: Writing, answering: Answering, clock: Clock) -> Hearing:
    reacting = Reacting(
        world=world,
        company=voice.company,
        answers=voice.answers,
        trust=voice.trust,
        answering=answering,
    )
    return Hearing(
        world=world,
        company=voice.company,
        directs=voice.directs,
        answers=voice.answers,
        trust=voice.trust,
        reacting=reacting,
        threads=voice.threads,
        writing=writing,
        receiving=Receiving(wire=voice.wire),
        answering=answering,
        clock=clock,
    )
