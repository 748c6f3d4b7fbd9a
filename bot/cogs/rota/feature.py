"""The rota commands and what wakes them."""

from collections.abc import Mapping, Sequence

from whenever import Instant

from bot.cogs.rota import asking, offering, sharing
from bot.cogs.rota.absent import Absent
from bot.cogs.rota.asking import Asking
from bot.cogs.rota.changes import Changes
from bot.cogs.rota.commands import (
    AGREE,
    AWAY,
    BACK,
    CHANGE,
    END,
    HELLO,
    IMPORT,
    JOIN,
    KEEP,
    LEAVE,
    MINE,
    NEW,
    OFFER,
    PICTURE,
    REMIND,
    RESERVE,
    SHOW,
    SUGGEST,
    SWAP,
    TAKE,
)
from bot.cogs.rota.covers import Covers
from bot.cogs.rota.greeting import Greeting
from bot.cogs.rota.groundwork import Groundwork
from bot.cogs.rota.importing import Importing
from bot.cogs.rota.looking import Looking
from bot.cogs.rota.offering import Offering
from bot.cogs.rota.picturing import Picturing
from bot.cogs.rota.places import Places
from bot.cogs.rota.reserving import Reserving
from bot.cogs.rota.sharing import Sharing
from bot.cogs.rota.suggesting import Suggesting
from bot.cogs.rota.upkeep import KIND, Upkeep
from bot.domain.commands import Asked, Command
from bot.domain.ids import GroupId, PersonId
from bot.domain.rota.importing import ReadsCalendars
from bot.domain.saying import Say
from bot.ports.apart import ApartList
from bot.ports.asking import AskingShelf
from bot.ports.feature import Answer, Labour, Step, Suggest
from bot.ports.keeping import Diary, Ledger, Outbox, People
from bot.ports.people import Changing
from bot.ports.rota import Following, RotaShelf
from bot.ports.rota_changes import DraftShelf, ProposalShelf
from bot.ports.solving import Solver
from bot.ports.words import Pictured


class Rotas:
    """Rotas for a group: the rule, the people, the pings and the check-in."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        shelf: RotaShelf,
        asks: AskingShelf,
        apart: ApartList,
        proposals: ProposalShelf,
        drafts: DraftShelf,
        outbox: Outbox,
        diary: Diary,
        people: People,
        pictured: Pictured,
        ledger: Ledger,
        solver: Solver,
        reads: ReadsCalendars,
        following: Sequence[Following] = (),
    ) -> None:
        self._asking = Asking(shelf=shelf, asks=asks, apart=apart, outbox=outbox, diary=diary, people=people)
        self._reserving = Reserving(shelf=shelf, asks=asks, people=people, asking=self._asking)
        self._upkeep = Upkeep(
            shelf=shelf, outbox=outbox, diary=diary, people=people, asking=self._asking, following=following
        )
        self._groundwork = Groundwork(
            shelf=shelf, outbox=outbox, diary=diary, people=people, upkeep=self._upkeep, asking=self._asking
        )
        self._importing = Importing(shelf=shelf, drafts=drafts, people=people, groundwork=self._groundwork, reads=reads)
        self._looking = Looking(shelf=shelf, people=people)
        self._picturing = Picturing(shelf=shelf, people=people, pictured=pictured)
        self._places = Places(shelf=shelf, people=people, upkeep=self._upkeep)
        self._absent = Absent(shelf=shelf, people=people, upkeep=self._upkeep)
        self._covers = Covers(shelf=shelf, apart=apart, outbox=outbox, people=people, upkeep=self._upkeep)
        self._greeting = Greeting(shelf=shelf, apart=apart, outbox=outbox, people=people)
        self._changes = Changes(shelf=shelf, proposals=proposals, outbox=outbox, people=people, upkeep=self._upkeep)
        self._suggesting = Suggesting(shelf=shelf, people=people)
        self._offering = Offering(shelf=shelf, asks=asks, apart=apart, outbox=outbox, diary=diary, people=people)
        self._sharing = Sharing(
            shelf=shelf, outbox=outbox, diary=diary, offering=self._offering, ledger=ledger, solver=solver
        )

    @property
    def answers(self) -> Mapping[Command, Answer]:
        """The commands it declares and the method that answers each."""
        return {
            SHOW: self._looking.show,
            PICTURE: self._picturing.picture,
            JOIN: self._places.join,
            LEAVE: self._places.leave,
            MINE: self._looking.mine,
            OFFER: self._covers.offer,
            SWAP: self._covers.swap,
            TAKE: self._covers.take,
            KEEP: self._covers.keep,
            AWAY: self._absent.away,
            BACK: self._absent.back,
            RESERVE: self._reserving.reserve,
            SUGGEST: self._sharing.suggest,
            REMIND: self._places.remind,
            HELLO: self._greeting.hello,
            NEW: self._groundwork.begin,
            IMPORT: self._importing.preview,
            END: self._groundwork.end,
            CHANGE: self._changes.change,
            AGREE: self._agree,
        }

    @property
    def suggestions(self) -> Mapping[tuple[str, str], Suggest]:
        """What may be meant by its rotas and shifts."""
        return {
            **{(command.name, "rota"): self._suggesting.rotas for command in self.answers if command.option("rota")},
            (JOIN.name, "date"): self._suggesting.to_join,
            (RESERVE.name, "date"): self._suggesting.to_reserve,
            **{(command.name, "date"): self._suggesting.to_leave for command in (LEAVE, OFFER, SWAP)},
        }

    async def _agree(self, asked: Asked) -> Say:
        """Make the rota of a file, or the change, whose code that is."""
        made = await self._importing.agreed(asked)
        return await self._changes.agree(asked) if made is None else made

    async def without(self, group: GroupId, person: PersonId, now: Instant) -> None:
        """Take someone who left the group off every rota of it."""
        await self._places.without(group, person, now)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId, _now: Instant) -> None:
        """Take back what one of the two is still to hear of an offer of the other's."""
        await self._covers.separate(group, person, other)

    @property
    def changing(self) -> Changing:
        """What has to be around a change of somebody's ways: pings go by them, and who is asked."""
        return self._asking.around(self._places.changing)

    @property
    def steps(self) -> Mapping[str, Step]:
        """The kinds of moment it marks."""
        return {KIND: self._upkeep.wake, asking.KIND: self._asking.wake, offering.KIND: self._offering.wake}

    @property
    def labours(self) -> Mapping[str, Labour]:
        """What takes long: sharing open shifts out."""
        return {sharing.KIND: self._sharing.work}
