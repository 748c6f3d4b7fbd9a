"""A first step and welcomes, in sentences. How many welcomed somebody is in none of them."""

from collections.abc import Iterator

from whenever import Instant, TimeDelta

from bot.domain.firststep import TWO_MEMBERS, FirstStep
from bot.domain.ids import GroupId, PersonId
from bot.domain.outgoing import Message
from bot.domain.reading import OFF
from bot.domain.saying import Choice, Line, Look, Refused, Say, Undo, line, say, undo

MOST_PEOPLE = 10
NEWS_LIVES = TimeDelta(hours=48)
TAKEN = line("first-step-taken")
NOTHING_ASKED = line("first-step-nothing")


def asked_for(step: FirstStep) -> Line:
    """Return what a group asks for, as everybody reads it."""
    if step.days is not None:
        return line("first-step-days", days=step.days)
    return line("first-step-welcomes", count=step.welcomes or 0)


def what_works(step: FirstStep, at: Instant | None, zone: str) -> Line:
    """Return how somebody comes to have taken it, who has not; `at` is when that comes by itself."""
    if step.days is None:
        return line("first-step-how-welcomes")
    if at is not None:
        return line("first-step-how-days", at=at.to_tz(zone))
    return line("first-step-how-untold", count=TWO_MEMBERS)


def refusal(step: FirstStep, at: Instant | None, zone: str) -> Refused:
    """Return the same, as the one sentence to somebody who offers."""
    if step.days is None:
        return Refused("first-step-refused-welcomes", count=step.welcomes or 0)
    if at is not None:
        return Refused("first-step-refused-days", days=step.days, at=at.to_tz(zone))
    return Refused("first-step-refused-untold", days=step.days, count=TWO_MEMBERS)


def shown(welcomed: frozenset[PersonId], own: tuple[Line, ...]) -> Say:
    """Return whom the person welcomed, each to be taken back, and how it is for themselves."""
    told = say("welcome-intro").then(*own)
    if welcomed:
        named = (line("welcome-person", Look.ITEM, person=each) for each in sorted(welcomed))
        told = told.then(line("welcome-yours"), *named)
    return told.then(line("welcome-how", Look.QUIET)).offering(*_choices(welcomed))


def kept(person: PersonId) -> Say:
    """Return that somebody is welcomed, and the way back."""
    return say("welcome-kept", person=person).offering(_taking_back(line("welcome-take-back"), person))


def taken_back(person: PersonId) -> Say:
    """Return that a welcome is taken back."""
    return say("welcome-gone", person=person)


def news(group: GroupId, person: PersonId, welcomer: PersonId, at: Instant) -> Message:
    """Return what the one who was welcomed hears."""
    return Message(
        key=news_key(group, person, welcomer),
        group=group,
        to=person,
        say=say("welcome-told", person=welcomer),
        not_before=at,
        expires_at=at + NEWS_LIVES,
    )


def news_key(group: GroupId, person: PersonId, welcomer: PersonId) -> str:
    """Return the key under which it is said: a welcome that is taken back and given again is told once."""
    return f"welcome:{group.mark}:{welcomer.mark}:{person.mark}"


def _choices(welcomed: frozenset[PersonId]) -> Iterator[Choice]:
    for person in sorted(welcomed)[:MOST_PEOPLE]:
        yield _taking_back(line("welcome-take-back-of", person=person), person)


def _taking_back(label: Line, person: PersonId) -> Choice:
    # A mark leads to those alone whom somebody has welcomed: whoever is let go of is named anew.
    by_name = line("welcome-by-name")
    return Choice(label=label, command="sit welcome", options=_off(person).options, undo=by_name)


def _off(person: PersonId) -> Undo:
    return undo("sit welcome", whom=person.mark, answer=OFF)
