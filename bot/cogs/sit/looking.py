"""Looking again: an invitation that the other may leave, a date that both hear a few words on, and an end at any time.

What becomes of one person's part is never told by the other's: who ends it silently leaves the other's as it was.
"""

from collections.abc import Sequence

from whenever import Instant, TimeDelta

from bot.cogs.sit import afterwards
from bot.cogs.sit.after_commands import SILENTLY, YES
from bot.cogs.sit.ground import Ground
from bot.domain.codes import code_for
from bot.domain.commands import Asked
from bot.domain.ids import GroupId, PersonId
from bot.domain.marks import whose
from bot.domain.outgoing import Due, Message
from bot.domain.saying import Refused, Say, say
from bot.domain.sit.looking import ANSWERED_WITHIN, Look, State, their_code
from bot.ports.keeping import Diary
from bot.ports.sit_again import LookShelf

KIND = "sit-look"
_NOW = TimeDelta(minutes=1)
_NEWS_LIVES = TimeDelta(hours=24)
_ASK, _PROMPT = "ask", "now"


class Looking:
    """Puts invitations, keeps dates, and ends them."""

    def __init__(self, *, ground: Ground, shelf: LookShelf, diary: Diary) -> None:
        self._ground = ground
        self._shelf = shelf
        self._diary = diary

    async def look(self, asked: Asked) -> Say:
        """Invite somebody for a date; or say yes to an invitation, or end it; with nothing said, show what stands."""
        answer, at = asked.get("answer", str), asked.get("at", Instant)
        if answer == YES:
            return await self._yes(asked)
        if answer is not None:
            return await self.end(asked, answer)
        if at is not None and "whom" in asked.options:
            return await self.invite(asked, at)
        if at is not None or "whom" in asked.options:
            raise Refused("sit-look-how")
        own = await self._own(asked)
        return afterwards.shown(own, await self._ground.zone(asked.group, asked.person))

    async def another(self, asked: Asked) -> Say:
        """Invite the same person for another date."""
        code = asked.need("pair", str)
        dates = [look for look in await self._own(asked) if look.code == code and look.is_date(asked.at)]
        if not dates:
            raise Refused("sit-look-gone")
        return await self._invite(asked, dates[0].other, asked.need("at", Instant))

    async def invite(self, asked: Asked, at: Instant | None) -> Say:
        """Invite whoever is named; without a date, to sit again some time."""
        return await self._invite(asked, await self._named(asked), at)

    async def _invite(self, asked: Asked, other: PersonId, at: Instant | None) -> Say:
        """Keep it and answer at once: all that the answer goes by is the person's own."""
        if other == asked.person:
            raise Refused("sit-look-self")
        if at is not None and at <= asked.at + _NOW:
            raise Refused("sit-later-past")
        zone = await self._ground.zone(asked.group, asked.person)
        for look in await self._held(asked):
            if look.other == other and look.state is not State.AGREED:
                raise Refused("sit-look-asked-already", until=look.until.to_tz(zone))
        look = Look(
            code=code_for("look", asked.key),
            group=asked.group,
            person=asked.person,
            other=other,
            at=at,
            until=asked.at + ANSWERED_WITHIN,
        )
        await self._shelf.keep(look)
        await self._wake_at(look, asked.at)
        return afterwards.asked(look, zone)

    async def _yes(self, asked: Asked) -> Say:
        """Take the yes of whoever was invited. To one who is kept apart from the other it is over: they answer nothing.

        Said twice, it is the same.
        """
        code = asked.get("pair", str)
        if code is None:
            raise Refused("sit-look-gone")
        zone = await self._ground.zone(asked.group, asked.person)
        for own in await self._own(asked):
            if own.code == their_code(code):
                return afterwards.agreed(own, zone)
        look = await self._waiting(code, asked)
        if look.at is not None:
            return afterwards.agreed(await self._agree(look, look.at, asked.at), zone)
        await self._drop(look)
        await self.tell_open(look.group, look.person, asked.person, f"{code}:{asked.key}", asked.at)
        return afterwards.both_open(look.person)

    async def _waiting(self, code: str, asked: Asked) -> Look:
        """Return the invitation that this person may say yes to. Refuses all else alike."""
        look = await self._shelf.one(asked.group, code)
        apart = await self._ground.apart.all(asked.group)
        if look is None or not look.waits_for(asked.person, asked.at) or apart.are(look.person, look.other):
            raise Refused("sit-look-gone")
        return look

    async def _agree(self, look: Look, at: Instant, now: Instant) -> Look:
        """Keep the date for both, in place of one that they had; return what whoever said yes holds."""
        for earlier in await self._between(look):
            if earlier.state is State.AGREED:
                await self._drop(earlier)
        mine, theirs = look.agreed(at)
        for each in (mine, theirs):
            await self._shelf.keep(each)
            await self._wake_at(each, at)
        told = afterwards.agreed(mine, await self._ground.zone(look.group, look.person))
        await self._tell(mine, "agreed", mine.person, told, now)
        return theirs

    async def end(self, asked: Asked, how: str) -> Say:
        """End a date, kindly or silently, or take an invitation back; of the other, nothing is told."""
        look = await self._meant(asked)
        if look.state is State.ASKED:
            await self._strike(look)
            await self._shelf.keep(look.taken_back())
            return say("sit-look-taken-back")
        await self._drop(look)
        if how == SILENTLY:
            return say("sit-look-ended-silently")
        for theirs in await self._between(look):
            if theirs.person == look.other and theirs.is_date(asked.at):
                await self._drop(theirs)
                await self._tell(theirs, "ended", theirs.person, say("sit-look-ended", person=asked.person), asked.at)
        return say("sit-look-ended-kindly", person=look.other)

    async def wake(self, due: Due, now: Instant) -> None:
        """Put an invitation, or say a few words on the date, as soon as that person may be asked for anything."""
        look = await self._shelf.one(due.group, due.about)
        if look is None or look.state is State.TAKEN_BACK:
            return
        to = look.other if look.state is State.ASKED else look.person
        first = (await self._ground.people.ways(look.group, to)).asked_from(now)
        if first is None or first >= (look.lapses_at if look.state is State.ASKED else look.until):
            return
        if first > now:
            await self._wake_at(look, first)
        elif look.state is State.AGREED:
            await self._tell(look, _PROMPT, to, afterwards.prompt(look), now)
        elif not (await self._ground.apart.all(look.group)).are(look.person, look.other):
            await self._put(look, now)

    async def _put(self, look: Look, now: Instant) -> None:
        """Put it to the other one, if they are in the group: whoever is named need not be."""
        invitation = Message(
            key=_key(look, _ASK, look.other),
            group=look.group,
            to=look.other,
            say=afterwards.invitation(look, await self._ground.zone(look.group, look.other)),
            not_before=now,
            expires_at=look.lapses_at,
            members_only=True,
        )
        await self._ground.outbox.put_new([invitation])

    async def tell_open(self, group: GroupId, to: PersonId, other: PersonId, key: str, now: Instant) -> None:
        """Tell somebody that both are open to sitting again."""
        await self._say(group, to, f"sit-again:{key}:{to.mark}", afterwards.both_open(other), now)

    async def _tell(self, look: Look, what: str, to: PersonId, said: Say, now: Instant) -> None:
        await self._say(look.group, to, _key(look, what, to), said, now)

    async def _say(self, group: GroupId, to: PersonId, key: str, said: Say, now: Instant) -> None:
        """Say it once, as soon as it is not quiet for them."""
        at = (await self._ground.people.ways(group, to)).out_of_quiet(now)
        message = Message(key=key, group=group, to=to, say=said, not_before=at, expires_at=at + _NEWS_LIVES)
        await self._ground.outbox.put_new([message])

    async def without(self, group: GroupId, person: PersonId) -> None:
        """Let go of all that somebody held who left the group, and of what others held with them."""
        for look in await self._shelf.about(group, person):
            await self._drop(look)

    async def separate(self, group: GroupId, person: PersonId, other: PersonId) -> None:
        """Let go of what the person held with the other, as if they had ended it silently.

        What the other holds stays as it was. What was on its way to the person comes no more.
        """
        for look in await self._shelf.about(group, person):
            if (look.person, look.other) == (person, other):
                await self._drop(look)
            elif look.person == other and look.state is State.ASKED:
                await self._strike(look)

    async def _own(self, asked: Asked) -> Sequence[Look]:
        """Return the dates of this person's, and the invitations of theirs that may still be answered."""
        held = await self._held(asked)
        return [
            look for look in held if look.is_date(asked.at) or (look.state is State.ASKED and asked.at < look.lapses_at)
        ]

    async def _held(self, asked: Asked) -> Sequence[Look]:
        """Return all that this person holds and that has not gone."""
        about = await self._shelf.about(asked.group, asked.person)
        return [look for look in about if look.person == asked.person and asked.at < look.until]

    async def _between(self, look: Look) -> Sequence[Look]:
        """Return all that each of the two holds with the other."""
        about = await self._shelf.about(look.group, look.person)
        return [each for each in about if {each.person, each.other} == {look.person, look.other}]

    async def _named(self, asked: Asked) -> PersonId:
        """Return who is named; by their mark, as a choice gives it, one whom this person holds something with."""
        meant = asked.options["whom"]
        if isinstance(meant, PersonId):
            return meant
        return whose(str(meant), {look.other for look in await self._held(asked)}, "sit-look-whom-unclear")

    async def _meant(self, asked: Asked) -> Look:
        """Return what of this person's is meant: by its code, by a name, or the only one. Refuses where it is none."""
        found, code = await self._own(asked), asked.get("pair", str)
        if code is not None:
            found = [look for look in found if look.code == code]
        elif "whom" in asked.options:
            whom = await self._named(asked)
            found = [look for look in found if look.other == whom]
        if not found:
            raise Refused("sit-look-gone" if code is not None else "sit-look-nothing")
        if len({look.other for look in found}) > 1:
            raise Refused("sit-look-which")
        return max(found, key=lambda look: look.state is State.AGREED)

    async def _wake_at(self, look: Look, at: Instant) -> None:
        await self._diary.mark(Due(key=f"{KIND}:{look.code}", kind=KIND, group=look.group, about=look.code, at=at))

    async def _drop(self, look: Look) -> None:
        await self._strike(look)
        await self._shelf.drop(look)

    async def _strike(self, look: Look) -> None:
        """Let nothing more be said of it."""
        await self._diary.strike(f"{KIND}:{look.code}")
        await self._ground.outbox.withdraw(_key(look, _ASK, look.other))
        await self._ground.outbox.withdraw(_key(look, _PROMPT, look.person))


def _key(look: Look, what: str, to: PersonId) -> str:
    return f"{KIND}:{look.code}:{what}:{to.mark}"
