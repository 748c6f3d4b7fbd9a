"""Discord as a world: everything in this folder, put together. It takes values, never settings."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import discord
from whenever import Instant

from bot.adapters.discord.announcing import Announcing
from bot.adapters.discord.client import Client, Speech
from bot.adapters.discord.comings import Comings
from bot.adapters.discord.connecting import Connection
from bot.adapters.discord.excuses import Excuses, Kept, excuse, is_excuse
from bot.adapters.discord.identifying import Identifying
from bot.adapters.discord.interactions import Answers, Interactions
from bot.adapters.discord.members import Members
from bot.adapters.discord.mentions import Mentions
from bot.adapters.discord.pending import Late
from bot.adapters.discord.reaching import NO_CHANNEL, NONCE_IS_KNOWN
from bot.adapters.discord.rendering import Rendered, Rendering
from bot.adapters.discord.rooms import Rooms
from bot.adapters.discord.servers import Servers
from bot.adapters.discord.speaking import Speaking
from bot.adapters.discord.suggesting import Suggestions
from bot.domain.firststep import Stay
from bot.domain.ids import GroupId, PersonId, PlaceId
from bot.domain.saying import Line, Say, line
from bot.ports.answering import Answering
from bot.ports.chat import Attendance, ChatError, ClosedError, Posted
from bot.ports.groups import Choosing, Groups
from bot.ports.journal import Journal
from bot.ports.keeping import Ledger, Turns
from bot.ports.timing import Clock
from bot.ports.words import DEFAULT_LOCALE, LocaleOf, Words


class DiscordWorld:
    """One bot on Discord. Every method raises `ChatError`."""

    def __init__(  # noqa: PLR0913  The composition root hands in everything by name.
        self,
        *,
        name: str,
        token: str,
        words: Words,
        locales: Sequence[str],
        answering: Answering,
        outbox: Kept,
        ledger: Ledger,
        groups: Groups,
        choosing: Choosing,
        turns: Turns,
        clock: Clock,
        journal: Journal,
        locale_of: LocaleOf,
        locale: str = DEFAULT_LOCALE,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> None:
        """Serve the servers of these shards, or of all; `locale` is what commands are described in by default."""
        self._name, self._locale_of, self._clock = name, locale_of, clock
        commands, speech = answering.commands(name), Speech(words=words, locales=locales, locale=locale)
        self.client = Client(commands=commands, speech=speech, shard_count=shard_count, shard_ids=shard_ids)
        mentions = Mentions(commands, self.client.ids)
        self._servers, self._speaking, self._late = Servers(self.client), Speaking(self.client), Late(self.client)
        self._members = Members(self._servers, groups.left)
        self._rendering = Rendering(words=words, mentions=mentions, called=self._members.called)
        self._rooms = Rooms(
            client=self.client,
            world=name,
            name=self._rendering.plain(line("discord-room-name"), GroupId.of(name, "0"), locale),
            servers=self._servers,
            members=self._members,
            choosing=choosing,
        )
        answers = Answers(
            rendering=self._rendering,
            locale_of=locale_of,
            members=self._members,
            servers=self._servers,
            choosing=choosing,
            people=groups.people,
            receipts=outbox,
            ledger=ledger,
        )
        self._interactions = _interactions(name, answering, answers, Excuses(outbox, ledger, clock), journal)
        self._comings = self._new_comings(groups, choosing, journal)
        self._connection = Connection(self.client, token, Identifying(world=name, turns=turns, clock=clock))
        self._listen(Suggestions(world=name, answering=answering, words=words, locale_of=locale_of, journal=journal))

    def _new_comings(self, groups: Groups, choosing: Choosing, journal: Journal) -> Comings:
        return Comings(
            client=self.client,
            world=self._name,
            groups=groups,
            choosing=choosing,
            members=self._members,
            journal=journal,
        )

    def _listen(self, suggestions: Suggestions) -> None:
        self.client.using = self._interactions
        self.client.happening = self._comings
        self.client.suggesting = suggestions

    async def start(self) -> None:
        """Log in, tell Discord of the commands, and learn of every server."""
        await self._connection.start()

    async def run(self) -> None:
        """Go on until cancelled. Raises `ChatError` when Discord will not have the bot any more."""
        looking = asyncio.create_task(self._comings.look_round())
        try:
            await self._connection.run()
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    async def stop(self) -> None:
        """Let go of Discord."""
        await self._connection.stop()

    def called(self, person: PersonId, group: GroupId) -> str:
        """Return what the person is called in the server, if that is known."""
        return self._members.called(person, group)

    def meant(self, text: str, group: GroupId) -> PersonId | None:
        """Return the person whom the words name."""
        return self._members.meant(text, group)

    def group_called(self, group: GroupId) -> str | None:
        """Return the server's name, if the bot is in it."""
        guild = self._servers.known(group)
        return None if guild is None else guild.name

    async def is_here(self, person: PersonId, group: GroupId) -> bool:
        """Ask Discord whether somebody is in the server."""
        return await self._members.is_there(person, group)

    async def tell(
        self,
        person: PersonId,
        say: Say,
        key: str,
        group: GroupId,
        via: str | None = None,
        since: Instant | None = None,
    ) -> Posted:
        """Answer where it was asked, if that can still be; else say it in a direct message."""
        rendered = await self._rendered(say, group)
        if via is not None and is_excuse(key):
            await excuse(self.client, via, rendered)
        elif not await self._answered(key, via, rendered):
            try:
                said = await self._speaking.tell(int(person.native), rendered, key, self._unsure(since))
            except ClosedError:
                await self._members.is_there(person, group)
                raise
            return Posted(messages=tuple(said))
        return Posted()

    async def post(self, place: PlaceId, say: Say, key: str, since: Instant | None = None) -> Posted:
        """Say it in a channel or a thread."""
        group = await self._group_of(place)
        try:
            rendered = await self._rendered(say, group)
            said = await self._speaking.post(int(place.native), rendered, key, self._unsure(since))
        except ChatError as error:
            if error.kind == NO_CHANNEL:
                await self._comings.removed(int(place.native))
            raise
        return Posted(messages=tuple(said))

    async def unsay(self, to: PersonId | PlaceId, messages: Sequence[str], _key: str) -> None:
        """Delete it."""
        unsay = self._speaking.unsay_to if isinstance(to, PersonId) else self._speaking.unsay_in
        await unsay(int(to.native), messages)

    async def open(self, people: Sequence[PersonId], key: str, group: GroupId) -> PlaceId:
        """Make a private thread for these people, or find the one that was made for the same key."""
        return await self._rooms.open(people, key, group)

    async def find(self, key: str, group: GroupId) -> PlaceId | None:
        """Return the thread that was made for the key, or None."""
        return await self._rooms.find(key, group)

    async def attendance(self, place: PlaceId, people: Sequence[PersonId]) -> Attendance:
        """Return who of these is in the thread, and who is not."""
        return await self._rooms.attendance(place, people)

    async def leave(self, key: str, group: GroupId, *, closing: bool) -> None:
        """Leave the thread; `closing` takes it away."""
        await self._rooms.leave(key, group, closing=closing)

    async def let_out(self, key: str, group: GroupId, person: PersonId) -> None:
        """Take somebody out of the thread."""
        await self._rooms.let_out(key, group, person)

    async def readers(self, place: PlaceId) -> tuple[Line, ...]:
        """Return who can read a private thread without being in it."""
        return await self._rooms.readers(place)

    async def lacking(self, place: PlaceId) -> tuple[Line, ...]:
        """Return what the bot may not do in a channel."""
        return await self._rooms.lacking(place)

    async def meeting_readers(self, group: GroupId, *, direct: bool) -> tuple[Line, ...]:
        """Return who can read a private thread of the group's channel without being in it."""
        return (line("discord-meeting-direct"),) if direct else await self._rooms.meeting_readers(group)

    async def stay(self, person: PersonId, group: GroupId) -> Stay:
        """Return whether somebody is a member of the server, and since when."""
        return await self._members.stay(person, group)

    async def _answered(self, key: str, via: str | None, rendered: Rendered) -> bool:
        """Answer the interaction, which may wait here or have been announced in an earlier life; return whether."""
        pending = self._interactions.pending(key)
        if pending is None:
            return via is not None and await self._late.answer(via, rendered)
        try:
            await pending.answer(rendered)
        except ChatError as error:
            if not error.permanent:
                raise
            return False
        return True

    def _unsure(self, since: Instant | None) -> Instant | None:
        """Return since when it may have been said unheard, if that is longer than Discord is sure to know a nonce."""
        return since if since is not None and self._clock.now() - since > NONCE_IS_KNOWN else None

    async def _group_of(self, place: PlaceId) -> GroupId:
        channel = self.client.get_channel(int(place.native))
        guild = getattr(channel, "guild", None)
        return GroupId.of(self._name, str(guild.id) if isinstance(guild, discord.Guild) else "0")

    async def _rendered(self, say: Say, group: GroupId) -> Rendered:
        await self._members.learn(say, group)
        return self._rendering.of(say, group, await self._locale_of(group))


def _interactions(
    world: str, answering: Answering, answers: Answers, excuses: Excuses, journal: Journal
) -> Interactions:
    announcing = Announcing(excuses=excuses, journal=journal)
    return Interactions(world=world, answering=answering, answers=answers, announcing=announcing, journal=journal)
