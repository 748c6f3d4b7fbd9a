"""What is said to those who meet: the card, what changes it, the gentle word at its time, and the end."""

from collections.abc import Iterator
from dataclasses import replace

from whenever import Instant

from bot.cogs.sit import afterwards, messages
from bot.cogs.sit.messages import KINDS, NEWS_LIVES
from bot.domain.commands import Asked
from bot.domain.ids import PersonId
from bot.domain.meetings import going
from bot.domain.outgoing import Departure, Meeting, Message
from bot.domain.saying import Choice, Held, Line, Look, Say, choice, line, say
from bot.domain.sit import sitting
from bot.domain.sit.ask import LINGERS, Ask, Change
from bot.domain.sit.wishes import Room, Terms, Wanted, Where


def told_asker(ask: Ask, zone: str) -> Say:
    """Return what the asker hears once they have picked."""
    direct, people = ask.terms.where is Where.DIRECT, ask.sitters
    if ask.starts_at is None or ask.ends_at is not None:
        said = say("sit-you-picked-direct-now" if direct else "sit-you-picked-now", people=people)
        said = said.then(*card_in_private(ask)) if direct else said
        return said.offering(stepping_away(ask))
    at = ask.starts_at.to_tz(zone)
    said = say("sit-you-picked-direct-later" if direct else "sit-you-picked-later", people=people, at=at)
    return said.offering(messages.withdrawal(ask))


def told_sitter(ask: Ask, person: PersonId, zone: str, key: str, now: Instant) -> Message:
    """Return what somebody who was picked hears."""
    direct, asker = ask.terms.where is Where.DIRECT, ask.asker
    others = tuple(sitter for sitter in ask.sitters if sitter != person)
    beside = (line("sit-picked-with", people=others),) if others else ()
    if ask.starts_at is None or ask.ends_at is not None:
        said = say("sit-picked-you-direct-now" if direct else "sit-picked-you-now", person=asker).then(*beside)
        said = said.then(*card_in_private(ask)) if direct else said
        said = said.offering(stepping_away(ask))
    else:
        at = ask.starts_at.to_tz(zone)
        said = say("sit-picked-you-direct-later" if direct else "sit-picked-you-later", person=asker, at=at)
        said = said.then(*beside).offering(messages.retreat(ask))
    return messages.message(ask, f"picked:{person.mark}:{key}", person, said, now, now + NEWS_LIVES)


def stepping_away(ask: Ask) -> Choice:
    """Return the choice to step away."""
    return choice("sit-step-away", "sit leave", ask=ask.id).undone_by(line("sit-step-away-stands"))


def room_key(ask: Ask) -> str:
    """Return the key of the room that they meet in."""
    return f"sit:{ask.id}:room"


def meeting(ask: Ask, now: Instant, *, clears: bool) -> Meeting:
    """Return the room to open for them, with the card of what was agreed; `clears` says that the bot stays for it."""
    return Meeting(
        key=room_key(ask),
        group=ask.group,
        people=ask.members,
        card=card(ask, clears=clears),
        missed=say("sit-missed"),
        not_before=now,
        expires_at=ask.opens_by(now),
    )


def card(ask: Ask, *, clears: bool) -> Say:
    """Return the card that all see first. `clears` says that the bot stays with the room until the end."""
    said = Say(
        lines=(
            line("sit-card", Look.HEADING),
            line("sit-card-people", Look.ITEM, people=ask.members),
            *terms(ask.terms),
            *_note(ask),
            line("sit-card-leave", Look.ITEM),
            line("sit-card-change", Look.ITEM),
            line(_goes(ask, clears=clears)),
        ),
        rings=ask.members,
    )
    return said.offering(stepping_away(ask)) if clears else said


def _goes(ask: Ask, *, clears: bool) -> str:
    if not clears:
        return "sit-card-bot"
    return "sit-card-clears" if ask.terms.room is Room.GOES else "sit-card-stays"


def card_in_private(ask: Ask) -> tuple[Line, ...]:
    """Return the card for those who meet in each other's direct messages: each reads it from the bot before."""
    return (
        line("sit-card", Look.HEADING),
        *terms(ask.terms),
        *_note(ask),
        line("sit-card-leave", Look.ITEM),
        line("sit-direct-bot"),
        line("sit-direct-unreached", Look.QUIET),
    )


def terms(agreed: Terms) -> tuple[Line, ...]:
    """Return what was agreed."""
    voice = (line("sit-card-voice", Look.ITEM),) if agreed.wanted is Wanted.VOICE else ()
    return (
        line("sit-card-kind", Look.ITEM, kind=KINDS[agreed.wanted]),
        line("sit-card-length", Look.ITEM, length=agreed.length),
        *messages.ticked(agreed, Look.ITEM),
        *voice,
    )


def _note(ask: Ask) -> Iterator[Line]:
    if ask.noted:
        yield line("sit-card-note", Look.ITEM, note=Held(code=ask.id))


def introduced(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return what all hear at the time agreed, when they are to meet in each other's direct messages."""
    for person in ask.members:
        others = tuple(other for other in ask.members if other != person)
        said = say("sit-introduced", people=others).then(*card_in_private(ask)).offering(stepping_away(ask))
        yield messages.message(ask, f"introduced:{person.mark}", person, said, now, ask.opens_by(now))


def missed(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return what all hear when they were not brought together in time."""
    said = say("sit-missed-direct" if ask.terms.where is Where.DIRECT else "sit-missed")
    for person in ask.members:
        yield messages.message(ask, f"missed:{person.mark}", person, said, now, now + NEWS_LIVES)


def _to_all(
    ask: Ask, what: str, said: Say, now: Instant, until: Instant, but: PersonId | None = None
) -> Iterator[Message]:
    """Say it where they are, if the bot is there too; else to each in private, but to whoever knows already."""
    if ask.room is not None:
        key = f"sit:{ask.id}:{what}"
        yield Message(key=key, group=ask.group, to=ask.room, say=said, not_before=now, expires_at=until)
        return
    for person in ask.members:
        if person != but:
            yield messages.message(ask, f"{what}:{person.mark}", person, said, now, until)


def change_wished(ask: Ask, change: Change, asked: Asked) -> Iterator[Message]:
    """Return what the others hear of a change that one of them would like. There is no no to it, only a yes."""
    wished = ask.terms.changed(change.wanted, change.length, change.ticks)
    said = say("sit-change-wished", person=change.by).then(*terms(wished), line("sit-change-free", Look.QUIET))
    said = said.offering(choice("sit-change-say-yes", "sit agree", ask=ask.id).undone_by(line("sit-change-again")))
    return _to_all(ask, f"change:{asked.key}", said, asked.at, asked.at + NEWS_LIVES, but=change.by)


def changed(ask: Ask, asked: Asked) -> Iterator[Message]:
    """Return the card as it is now."""
    said = say("sit-card-changed").then(*terms(ask.terms))
    return _to_all(ask, f"changed:{asked.key}", said, asked.at, asked.at + NEWS_LIVES)


def time_come(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return the gentle word at the agreed time; each may say that they would like longer, and nobody else sees it."""
    longer_ = choice("sit-longer-please", "sit longer", ask=ask.id).undone_by(line("sit-longer-stands"))
    said = say("sit-time-come", length=LINGERS, more=sitting.longer_by(ask)).offering(longer_, stepping_away(ask))
    until = now if ask.ends_at is None else ask.ends_at + LINGERS
    return _to_all(ask, f"time:{_stamp(ask.ends_at or now)}", said, now, until)


def longer(ask: Ask, asked: Asked) -> Iterator[Message]:
    """Return that all would like longer, and so it is."""
    said = say("sit-longer-for-all", more=sitting.longer_by(ask))
    return _to_all(ask, f"longer:{asked.key}", said, asked.at, asked.at + NEWS_LIVES)


def done(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return the last thing that each hears, alone: it is over, and what they may do now or leave."""
    for person in ask.members:
        after = afterwards.choices(ask, person)
        said = say("sit-done").then(line("sit-after-free", Look.QUIET)).offering(*after)
        yield messages.message(ask, f"done:{person.mark}", person, said, now, now + NEWS_LIVES)


def stepped_away(ask: Ask, left: Ask, person: PersonId, *, clears: bool) -> Say:
    """Return what somebody hears who stepped away. Where it goes on without them, the others could not answer them."""
    gone = clears or ask.ends_at is None
    said = say("sit-stepped-away" if gone or ask.terms.where is Where.DIRECT else "sit-stepped-away-yourself")
    after = afterwards.choices(ask, person) if left.over else (afterwards.reflecting(),)
    return said.then(line("sit-after-free", Look.QUIET)).offering(*after)


def one_away(ask: Ask, left: Ask, person: PersonId, now: Instant) -> Iterator[Message]:
    """Return what the others hear when one stepped away: one neutral sentence."""
    if not left.over:
        yield from _to_all(left, f"away:{person.mark}", say("sit-one-of-several-away"), now, now + NEWS_LIVES)
        return
    for other in ask.members:
        if other != person:
            after = afterwards.choices(ask, other)
            said = say("sit-one-stepped-away").then(line("sit-after-free", Look.QUIET)).offering(*after)
            yield messages.message(ask, f"away:{other.mark}", other, said, now, now + NEWS_LIVES)


def departure(ask: Ask, now: Instant, *, closing: bool) -> Departure:
    """Return the bot's going from their room; `closing` puts everybody else out too."""
    return going(room_key(ask), ask.group, now, closing=closing)


def out_alone(ask: Ask, person: PersonId, now: Instant) -> Departure:
    """Return the going of just one of several."""
    out = departure(ask, now, closing=False)
    return replace(out, key=f"{out.room}:out:{person.mark}", only=person)


def _stamp(at: Instant) -> int:
    return at.timestamp(unit="millisecond")
