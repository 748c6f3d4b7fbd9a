"""What is said to whom about a sit: ids of sentences, with the times in the reader's own zone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from whenever import Instant, TimeDelta

from bot.cogs.sit.commands import HALF_AN_HOUR
from bot.domain.commands import Asked
from bot.domain.ids import PersonId
from bot.domain.outgoing import Meeting, Message
from bot.domain.people import Ways
from bot.domain.saying import Choice, Line, Look, Say, choice, line, say, undo
from bot.domain.sit.ask import Ask, Offer, Wanted, Where

ROOM_OPENS_WITHIN = TimeDelta(minutes=30)
# So long after the agreed time a room stays that the bot takes away: nobody is cut short in the middle of a sentence.
LINGERS = TimeDelta(minutes=15)
NEWS_LIVES = TimeDelta(hours=6)

KINDS = {
    Wanted.QUIET: line("sit-kind-quiet"),
    Wanted.TALK: line("sit-kind-talk"),
    Wanted.EITHER: line("sit-kind-either"),
}


def opened(until: Instant | None, ways: Ways, now: Instant) -> Say:
    """Return that somebody is open, until then or until they pause; and if they are asked nothing just now, why."""
    said = say("sit-open-now") if until is None else say("sit-open-until", until=until.to_tz(ways.zone))
    if ways.pause is not None and ways.pause.holds(now):
        return said.then(line("sit-open-paused"))
    if ways.quiet is not None and ways.quiet.inside(now, ways.zone):
        return said.then(line("sit-open-quiet", until=ways.quiet.put_off(now, ways.zone).to_tz(ways.zone)))
    return said


def seen(ask: Ask, zone: str) -> Iterator[Line]:
    """Yield what others see of an ask: what is wanted, how long, when, and where if not in a room; not who asks."""
    kind = KINDS[ask.wanted]
    if ask.starts_at is None:
        yield line("sit-seen-now", kind=kind, length=ask.length)
    else:
        yield line("sit-seen-later", kind=kind, length=ask.length, at=ask.starts_at.to_tz(zone))
    if ask.where is Where.DIRECT:
        yield line("sit-seen-direct")


def preview(ask: Ask, zone: str) -> Say:
    """Return exactly what others will see, the group's stance, and the way to go on."""
    return Say(
        lines=(
            line("sit-preview"),
            *(replace(each, look=Look.ITEM) for each in seen(ask, zone)),
            line("sit-stance"),
            line("sit-preview-wait", until=ask.answer_by.to_tz(zone)),
        ),
        choices=(choice("sit-ask-them", "sit ask", **_options(ask)).undone_by(undo("sit withdraw")),),
    )


def _options(ask: Ask) -> dict[str, str]:
    """Return the options that ask for just this, as they can be typed; the usual wait and place are left out."""
    options = {"wanted": ask.wanted.value, "length": minutes(ask.length)}
    if ask.starts_at is not None:
        options["at"] = ask.starts_at.round("minute").format_iso()
    if ask.answer_by != (ask.starts_at or ask.asked_at + HALF_AN_HOUR):
        options["wait"] = minutes(ask.answer_by - ask.asked_at)
    if ask.where is not Where.ROOM:
        options["where"] = ask.where.value
    return options


def minutes(length: TimeDelta) -> str:
    """Return a length as it can be typed."""
    return f"{round(length.total('minutes'))}m"


def invitation(ask: Ask, person: PersonId, zone: str, now: Instant) -> Message:
    """Return the ask as it is put to one person."""
    said = Say(
        lines=(*seen(ask, zone), line("sit-invitation-free", Look.QUIET)),
        choices=(choice("sit-i-can", "sit can", ask=ask.id).undone_by(undo("sit withdraw", ask=ask.id)),),
    )
    return _message(ask, f"ask:{person.mark}", person, said, now, ask.answer_by)


def offered(ask: Ask, offer: Offer, asked: Asked) -> Message:
    """Return the news of an offer, with everybody who offered so far to pick from."""
    said = Say(
        lines=(line("sit-offered", person=offer.person),),
        choices=(*picks(ask), withdrawal(ask)),
    )
    return _message(ask, f"offered:{asked.key}", ask.asker, said, asked.at, asked.at + NEWS_LIVES)


def picks(ask: Ask) -> Iterator[Choice]:
    """Return a choice for each offer."""
    stands = line("sit-pick-stands-direct" if ask.where is Where.DIRECT else "sit-pick-stands")
    for offer in ask.offers:
        label = line("sit-with", person=offer.person)
        options = MappingProxyType({"offer": str(offer.number)})
        yield Choice(label=label, command="sit pick", options=options, undo=stands)


def withdrawal(ask: Ask) -> Choice:
    """Return the choice to withdraw the ask; it ends the ask, so it cannot be taken back."""
    return choice("sit-withdraw-it", "sit withdraw", ask=ask.id).undone_by(line("sit-withdraw-stands"))


def retreat(ask: Ask) -> Choice:
    """Return the choice to take an offer back; who takes that back offers again."""
    return choice("sit-i-cannot", "sit withdraw", ask=ask.id).undone_by(undo("sit can", ask=ask.id))


def told_asker(ask: Ask, zone: str) -> Say:
    """Return what the asker hears once they have picked."""
    direct, person = ask.where is Where.DIRECT, ask.picked_person
    if ask.starts_at is None or ask.over:
        said = say("sit-you-picked-direct-now" if direct else "sit-you-picked-now", person=person)
        return said.then(*card_in_private(ask)) if direct else said
    at = ask.starts_at.to_tz(zone)
    said = say("sit-you-picked-direct-later" if direct else "sit-you-picked-later", person=person, at=at)
    return said.offering(withdrawal(ask))


def told_sitter(ask: Ask, zone: str, asked: Asked) -> Message:
    """Return what the one who was picked hears."""
    direct, person = ask.where is Where.DIRECT, ask.asker
    if ask.starts_at is None or ask.over:
        said = say("sit-picked-you-direct-now" if direct else "sit-picked-you-now", person=person)
        said = said.then(*card_in_private(ask)) if direct else said
    else:
        at = ask.starts_at.to_tz(zone)
        said = say("sit-picked-you-direct-later" if direct else "sit-picked-you-later", person=person, at=at)
        said = said.offering(retreat(ask))
    return _message(ask, f"picked:{asked.key}", ask.picked_person, said, asked.at, asked.at + NEWS_LIVES)


def thanked(ask: Ask, offers: Sequence[Offer], asked: Asked) -> Iterator[Message]:
    """Return what the others who offered hear: they have company now."""
    for offer in offers:
        if offer.person != ask.sitter:
            key = f"thanks:{offer.person.mark}:{asked.key}"
            yield _message(ask, key, offer.person, say("sit-thanks"), asked.at, asked.at + NEWS_LIVES)


def ended(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return what those who offered hear when an ask ends without them: one neutral sentence."""
    for offer in ask.offers:
        key = f"ended:{offer.person.mark}"
        yield _message(ask, key, offer.person, say("sit-ended"), now, now + NEWS_LIVES)


def to_asker(ask: Ask, what: str, said: Say, now: Instant) -> Message:
    """Return a message to the asker; `what` makes its key."""
    return _message(ask, what, ask.asker, said, now, now + NEWS_LIVES)


def meeting(ask: Ask, now: Instant, *, clears: bool) -> Meeting:
    """Return the room to open for the two, with the card of what was agreed; `clears` says that it is taken away."""
    stays = ask.length + LINGERS if clears else None
    return Meeting(
        key=f"sit:{ask.id}:room",
        group=ask.group,
        people=(ask.asker, ask.picked_person),
        card=card(ask, stays),
        missed=say("sit-missed"),
        not_before=now,
        expires_at=_begins_until(ask, now),
        stays=stays,
    )


def _begins_until(ask: Ask, now: Instant) -> Instant:
    """Return how long the two may still be brought together: for the time they agreed, or a while from now."""
    end = now if ask.starts_at is None else ask.starts_at + ask.length
    return max(end, now + ROOM_OPENS_WITHIN)


def introduced(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return what both hear at the time agreed, when they are to meet in each other's direct messages."""
    for person, other in ((ask.asker, ask.picked_person), (ask.picked_person, ask.asker)):
        said = say("sit-introduced", person=other).then(*card_in_private(ask))
        yield _message(ask, f"introduced:{person.mark}", person, said, now, _begins_until(ask, now))


def room_left(code: str) -> str:
    """Return the key of the bot's going from the room of the ask of that code."""
    return f"sit:{code}:room:left"


def missed(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return what both hear when their time went by before they could be brought together."""
    said = say("sit-missed-direct" if ask.where is Where.DIRECT else "sit-missed")
    for person in (ask.asker, ask.picked_person):
        yield _message(ask, f"missed:{person.mark}", person, said, now, now + NEWS_LIVES)


def card(ask: Ask, stays: TimeDelta | None) -> Say:
    """Return the card that both see first. `stays` is how long after it opened the room is taken away, if it is."""
    goes = line("sit-card-bot") if stays is None else line("sit-card-clears", stays=stays)
    said = Say(
        lines=(
            line("sit-card", Look.HEADING),
            line("sit-card-people", Look.ITEM, people=(ask.asker, ask.picked_person)),
            *_terms(ask),
            goes,
        ),
        rings=(ask.asker, ask.picked_person),
    )
    return said if stays is None else said.offering(choice("sit-end-it", "sit end", ask=ask.id))


def card_in_private(ask: Ask) -> tuple[Line, ...]:
    """Return the card for two who meet in each other's direct messages: each reads it from the bot before."""
    return (
        line("sit-card", Look.HEADING),
        *_terms(ask),
        line("sit-direct-bot"),
        line("sit-direct-unreached", Look.QUIET),
    )


def _terms(ask: Ask) -> tuple[Line, ...]:
    return (
        line("sit-card-kind", Look.ITEM, kind=KINDS[ask.wanted]),
        line("sit-card-length", Look.ITEM, length=ask.length),
        line("sit-card-leave", Look.ITEM),
    )


def _message(ask: Ask, what: str, to: PersonId, said: Say, now: Instant, until: Instant) -> Message:
    return Message(key=f"sit:{ask.id}:{what}", group=ask.group, to=to, say=said, not_before=now, expires_at=until)
