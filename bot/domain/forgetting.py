"""What is still to be said or opened, once it may name a person no more: others hear what they must, without them."""

from collections.abc import Sequence
from dataclasses import replace

from whenever import Instant

from bot.domain.ids import PersonId
from bot.domain.meetings import departure, missed
from bot.domain.outgoing import Departure, Fallback, Meeting, Message, Sending, Tidying
from bot.domain.saying import Arg, Choice, Line, Say, line

SOMEONE = line("someone")


def without(sending: Sending, person: PersonId, now: Instant) -> Sequence[Sending]:
    """Return what becomes of it: nothing of what was for the person alone, and a meeting with them is called off."""
    match sending:
        case Message():
            return () if sending.to == person else (_reworded(sending, person),)
        case Tidying():
            return () if sending.to == person else (sending,)
        case Meeting() if person in sending.people:
            others = replace(sending, people=tuple(other for other in sending.people if other != person))
            return (departure(sending, now, closing=True), *missed(others, now))
        case Departure(only=one) if one == person:
            return ()
        case Meeting() | Departure():
            return (sending,)


def _reworded(message: Message, person: PersonId) -> Message:
    say = _say(message.say, person)
    return replace(message, say=say, fallback=_fallback(message.fallback, person))


def _fallback(fallback: Fallback | None, person: PersonId) -> Fallback | None:
    return None if fallback is None else replace(fallback, say=_say(fallback.say, person))


def _say(say: Say, person: PersonId) -> Say:
    """Return the message with "someone" for the person; what is offered with them can be chosen no more."""
    return Say(
        lines=tuple(_line(each, person) for each in say.lines),
        choices=tuple(each for each in say.choices if not _names(each, person)),
        rings=tuple(other for other in say.rings if other != person),
    )


def _line(each: Line, person: PersonId) -> Line:
    return replace(each, args={name: _arg(arg, person) for name, arg in each.args.items()})


def _arg(arg: Arg, person: PersonId) -> Arg:
    match arg:
        case PersonId():
            return SOMEONE if arg == person else arg
        case Line():
            return _line(arg, person)
        case tuple():
            others = tuple(_arg(one, person) for one in arg if one != person)
            return others or (SOMEONE,) if arg else arg
        case _:
            return arg


def _names(each: Choice, person: PersonId) -> bool:
    stands = each.undo if isinstance(each.undo, Line) else None
    return any(said is not None and _line(said, person) != said for said in (each.label, stands))
