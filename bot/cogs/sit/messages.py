"""What is said to whom while somebody is looked for: ids of sentences, with the times in the reader's own zone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from whenever import Instant, TimeDelta

from bot.cogs.sit.commands import HALF_AN_HOUR, TEN_MINUTES
from bot.domain.commands import Asked
from bot.domain.ids import PersonId
from bot.domain.outgoing import Message
from bot.domain.saying import Choice, Held, Line, Look, Say, choice, line, say, undo
from bot.domain.sit.ask import SILENT_AFTER, Ask, Offer
from bot.domain.sit.reading import typed_circles, typed_ticks
from bot.domain.sit.table import Stage
from bot.domain.sit.wishes import OFF_THE_TABLE, Circle, Terms, Tick, Wanted, Where

NEWS_LIVES = TimeDelta(hours=6)
# Discord lets a button say a hundred characters, of which the group and the command need up to 27.
SHORT = 72

KINDS: Mapping[Wanted, Line] = {
    Wanted.QUIET: line("sit-kind-quiet"),
    Wanted.TALK: line("sit-kind-talk"),
    Wanted.VOICE: line("sit-kind-voice"),
    Wanted.BESIDE: line("sit-kind-beside"),
    Wanted.REFLECT: line("sit-kind-reflect"),
    Wanted.EITHER: line("sit-kind-either"),
}
TICKS: Mapping[Tick, Line] = {
    Tick.NO_ADVICE: line("sit-tick-no-advice"),
    Tick.NO_QUESTIONS: line("sit-tick-no-questions"),
    Tick.NO_FIXING: line("sit-tick-no-fixing"),
    Tick.NO_DETAILS: line("sit-tick-no-details"),
    Tick.SILENCE: line("sit-tick-silence"),
    Tick.TEARS: line("sit-tick-tears"),
    Tick.HUMOUR: line("sit-tick-humour"),
    Tick.SWEARING: line("sit-tick-swearing"),
}
CIRCLES: Mapping[Circle, Line] = {
    Circle.SHIFT: line("sit-circle-shift"),
    Circle.OPEN: line("sit-circle-open"),
    Circle.ROOM: line("sit-circle-room"),
}


def due_key(ask: Ask) -> str:
    """Return the key of the ask's moment."""
    return f"sit:{ask.id}"


def code_in(key: str) -> str:
    """Return the code of the ask in the key of what is said about it."""
    return key.split(":")[1]


def seen(ask: Ask, zone: str) -> Iterator[Line]:
    """Yield what others see of an ask: what is wanted, how long, when, how; not who asks."""
    terms = ask.terms
    kind = KINDS[terms.wanted]
    if ask.starts_at is None:
        yield line("sit-seen-now", kind=kind, length=terms.length)
    else:
        yield line("sit-seen-later", kind=kind, length=terms.length, at=ask.starts_at.to_tz(zone))
    if terms.sitters > 1:
        yield line("sit-seen-several", people=terms.sitters)
    if terms.where is Where.DIRECT:
        yield line("sit-seen-direct")
    yield from ticked(terms)
    if ask.noted:
        yield line("sit-seen-note", note=Held(code=ask.id))


def ticked(terms: Terms, look: Look = Look.PLAIN) -> Iterator[Line]:
    """Yield what is off the table, and what is welcome."""
    for id_, ticks in (("sit-off", terms.ticks & OFF_THE_TABLE), ("sit-ticks-welcome", terms.ticks - OFF_THE_TABLE)):
        if ticks:
            yield line(id_, look, ticks=tuple(TICKS[tick] for tick in sorted(ticks)))


def preview(ask: Ask, draft: str | None, after: str | None, zone: str, before: Sequence[Line]) -> Say:
    """Return exactly what others will see, what is to be read `before` it is sent, and the way to go on.

    `draft` is the code that it is held under, if it is. `after` is what was said of the room's end. A line of the
    asker's own is held under the id of the ask, as it is shown here.
    """
    lines = list(seen(ask, zone))
    options = _options(ask, after) if draft is None else {"draft": draft}
    send = choice("sit-ask-them", "sit ask", **options).undone_by(undo("sit withdraw"))
    return Say(
        lines=(
            hearing(ask),
            *(replace(each, look=Look.ITEM) for each in lines),
            *_reflecting(ask),
            *before,
            line("sit-preview-wait", until=ask.answer_by.to_tz(zone)),
        ),
        choices=(send,),
    )


def _reflecting(ask: Ask) -> Iterator[Line]:
    """Yield that nobody can be left out by what is not kept: who sat with whom."""
    if ask.terms.wanted is Wanted.REFLECT:
        yield line("sit-preview-reflect", Look.QUIET)


def hearing(ask: Ask) -> Line:
    """Return who will hear of it, and in which order."""
    circles = ask.hearing.ahead
    if circles == (Circle.OPEN,):
        return line("sit-preview")
    named: tuple[PersonId, ...] = tuple(sorted(ask.named))
    them = tuple(CIRCLES.get(circle) or line("sit-circle-named", people=named) for circle in circles)
    if len(them) == 1:
        return line("sit-preview-one", circle=them[0])
    return line("sit-preview-circles", circles=them, every=ask.hearing.every)


def is_short(said: Say) -> bool:
    """Whether all that its choices say fits under a button of every world."""
    return all(
        sum(len(name) + len(value) + 2 for name, value in each.options.items()) <= SHORT for each in said.choices
    )


def _options(ask: Ask, after: str | None) -> dict[str, str]:
    """Return the options that ask for just this, as they can be typed; what is as usual is left out."""
    terms, circles = ask.terms, [circle for circle in ask.hearing.ahead if circle is not Circle.NAMED]
    options = {"wanted": terms.wanted.value, "length": minutes(terms.length)}
    if ask.starts_at is not None:
        options["at"] = ask.starts_at.round("minute").format_iso()
    if ask.answer_by != (ask.starts_at or ask.asked_at + HALF_AN_HOUR):
        options["wait"] = minutes(ask.answer_by - ask.asked_at)
    if terms.where is not Where.ROOM:
        options["where"] = terms.where.value
    if terms.sitters > 1:
        options["people"] = str(terms.sitters)
    if terms.ticks:
        options["ticks"] = typed_ticks(terms.ticks)
    if circles != [Circle.OPEN]:
        options["who"] = typed_circles(circles)
    if ask.hearing.every != TEN_MINUTES:
        options["every"] = minutes(ask.hearing.every)
    return options | ({} if after is None else {"after": after})


def minutes(length: TimeDelta) -> str:
    """Return a length as it can be typed."""
    return f"{round(length.total('minutes'))}m"


def invited_under(code: str, person: PersonId) -> str:
    """Return the key of the ask of that code as it is put to one person."""
    return f"sit:{code}:ask:{person.mark}"


def invitation_key(ask: Ask, person: PersonId) -> str:
    """Return the key of the ask as it is put to one person."""
    return invited_under(ask.id, person)


def room_invitation_key(ask: Ask) -> str:
    """Return the key of the ask as it is put to the whole room."""
    return f"sit:{ask.id}:ask:room"


def invitation(ask: Ask, person: PersonId, zone: str, now: Instant) -> Message:
    """Return the ask as it is put to one person."""
    said = _put(ask, zone, line("sit-invitation-free", Look.QUIET))
    said = said.offering(choice("sit-not-now", "sit not now", ask=ask.id))
    return replace(message(ask, f"ask:{person.mark}", person, said, now, ask.answer_by), tidied=True)


def to_the_room(ask: Ask, now: Instant) -> Message:
    """Return the ask as it is put to the whole room. Raises `LookupError` when it has none: that is a bug."""
    if ask.place is None:
        raise LookupError(ask.id)
    said = _put(ask, "UTC", line("sit-invitation-room", Look.QUIET))
    return Message(
        key=room_invitation_key(ask),
        group=ask.group,
        to=ask.place,
        say=said,
        not_before=now,
        expires_at=ask.answer_by,
        tidied=True,
    )


def _put(ask: Ask, zone: str, free: Line) -> Say:
    can = choice("sit-i-can", "sit can", ask=ask.id).undone_by(undo("sit withdraw", ask=ask.id))
    return Say(lines=(*seen(ask, zone), free), choices=(can,))


def offered(ask: Ask, offer: Offer, asked: Asked, *, lost: bool) -> Message:
    """Return the news of an offer, with everybody who offered so far to pick from.

    `lost` says that the line the asker wrote is gone, as the bot was begun anew.
    """
    said = Say(lines=(line("sit-offered", person=offer.person), *_lost(lost=lost)), choices=tuple(_to_go_on(ask)))
    return message(ask, f"offered:{asked.key}", ask.asker, said, asked.at, asked.at + NEWS_LIVES)


def _lost(*, lost: bool) -> Sequence[Line]:
    return (line("sit-note-lost"),) if lost else ()


def _to_go_on(ask: Ask) -> Iterator[Choice]:
    """Yield what the asker may do with offers: pick, meet with those picked so far, withdraw."""
    yield from picks(ask)
    if ask.stage is Stage.GATHERING:
        yield choice("sit-begin-now", "sit begin").undone_by(line("sit-pick-stands"))
    yield withdrawal(ask)


def picks(ask: Ask) -> Iterator[Choice]:
    """Return a choice for each offer that was not picked yet."""
    stands = line("sit-pick-stands-direct" if ask.terms.where is Where.DIRECT else "sit-pick-stands")
    for offer in ask.to_pick:
        label = line("sit-with", person=offer.person)
        options = MappingProxyType({"offer": str(offer.number)})
        yield Choice(label=label, command="sit pick", options=options, undo=stands)


def gathering(ask: Ask) -> Say:
    """Return what the asker hears once they have picked one of several."""
    more = ask.terms.sitters - len(ask.sitters)
    return Say(
        lines=(line("sit-picked-one", people=ask.sitters, more=more),),
        choices=tuple(_to_go_on(ask)),
    )


def picked_of_several(ask: Ask, person: PersonId, key: str, now: Instant) -> Message:
    """Return what one of several hears who was picked, before it is settled who comes."""
    said = say("sit-picked-you-of-several", person=ask.asker).offering(retreat(ask))
    return message(ask, f"picked-first:{person.mark}:{key}", person, said, now, now + NEWS_LIVES)


def withdrawal(ask: Ask) -> Choice:
    """Return the choice to withdraw the ask; it ends the ask, so it cannot be taken back."""
    return choice("sit-withdraw-it", "sit withdraw", ask=ask.id).undone_by(line("sit-withdraw-stands"))


def retreat(ask: Ask) -> Choice:
    """Return the choice to take an offer back; who takes that back offers again."""
    return choice("sit-i-cannot", "sit withdraw", ask=ask.id).undone_by(undo("sit can", ask=ask.id))


def thanked(ask: Ask, people: Sequence[PersonId], key: str, now: Instant) -> Iterator[Message]:
    """Return what the others who offered hear: they have company now."""
    for person in people:
        yield message(ask, f"thanks:{person.mark}:{key}", person, say("sit-thanks"), now, now + NEWS_LIVES)


def ended(ask: Ask, now: Instant) -> Iterator[Message]:
    """Return what those who offered hear when an ask ends without them: one neutral sentence."""
    for person in (*ask.not_picked, *ask.sitters):
        yield message(ask, f"ended:{person.mark}", person, say("sit-ended"), now, now + NEWS_LIVES)


def cannot_after_all(ask: Ask, person: PersonId, key: str, now: Instant) -> Message:
    """Return what the asker hears when somebody takes their yes back."""
    said = say("sit-cannot-after-all", person=person).offering(*_to_go_on(ask))
    return to_asker(ask, f"back:{key}", said, now)


def nobody_yet(ask: Ask, lines: tuple[Line, ...], zone: str, now: Instant) -> Message:
    """Return how it stands when nobody offered in time, and all that the asker may do now."""
    said = say("sit-nobody").then(*lines, line("sit-nobody-ends", until=(ask.answer_by + SILENT_AFTER).to_tz(zone)))
    said = said.offering(
        choice("sit-wait-longer", "sit wait on", wait=minutes(HALF_AN_HOUR)).undone_by(undo("sit withdraw", ask=ask.id))
    )
    if ask.hearing.next is not None or ask.hearing.wider is not None:
        said = said.offering(choice("sit-widen-it", "sit widen").undone_by(line("sit-widen-stands")))
    said = said.offering(choice("sit-make-later", "sit later").undone_by(undo("sit withdraw")), withdrawal(ask))
    return to_asker(ask, f"nobody:{now.timestamp(unit='millisecond')}", said, now)


def lapsed(ask: Ask, now: Instant) -> Message:
    """Return what the asker hears when they picked nobody in time."""
    return to_asker(ask, "lapsed", say("sit-lapsed"), now)


def to_asker(ask: Ask, what: str, said: Say, now: Instant) -> Message:
    """Return a message to the asker; `what` makes its key."""
    return message(ask, what, ask.asker, said, now, now + NEWS_LIVES)


def message(ask: Ask, what: str, to: PersonId, said: Say, now: Instant, until: Instant) -> Message:
    """Return a message about the ask to one person; `what` makes its key."""
    return Message(key=f"sit:{ask.id}:{what}", group=ask.group, to=to, say=said, not_before=now, expires_at=until)
