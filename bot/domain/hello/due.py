"""What falls due of somebody's hellos. The watermark makes each once, however time is split; nothing is said late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from whenever import Instant, TimeDelta

from bot.domain.hello.hello import LATEST, OF_USE, Hello, Question, Unanswered
from bot.domain.people import Ways

# Where nothing falls due for so long, it is looked again.
LOOKED_AGAIN = TimeDelta(hours=24 * 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """It is time to say hello."""

    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """The buddy is to hear, once, that there is no answer to a hello yet."""

    asked_at: Instant
    until: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class EndsSoon:
    """They are to hear that it ends in a week, and how it would go on."""

    until: Instant


Happening: TypeAlias = Greeting | NoAnswer | EndsSoon


def brought_up(hello: Hello, buddy: Ways, now: Instant) -> tuple[Hello, Sequence[Happening]]:
    """Return it with all done that fell due up to and with `now`, and what of it is to be said.

    `buddy` are the ways of the buddy who agreed: in quiet hours and in a pause nothing is said to them.
    """
    happenings: list[Happening] = []
    questions: list[Question] = []
    open_ = [*hello.questions]
    if not hello.paused and not hello.waits:
        for at in hello.coming(hello.watermark, now):
            if now - at <= LATEST:
                happenings.append(Greeting(at=at))
                open_ += _questions(hello, at)
    for question in open_:
        happening, left = _told(question, buddy, now)
        happenings += [happening] if happening else []
        questions += [left] if left else []
    happenings += _ending(hello, now)
    after = replace(hello, watermark=max(now, hello.watermark), questions=tuple(sorted(questions)))
    return after, happenings


def is_over(hello: Hello, now: Instant) -> bool:
    """Return whether its weeks are over, and nothing is open any more."""
    return now >= hello.until and not hello.questions


def next_due(hello: Hello) -> Instant:
    """Return the next moment after its watermark at which something happens, or at which to look again."""
    after = hello.watermark
    moments = [hello.until, after + LOOKED_AGAIN, *(question.tell_at for question in hello.questions)]
    if not hello.paused and not hello.waits:
        moments += hello.coming(after, after + LOOKED_AGAIN)[:1]
    soon = hello.ends_soon_at
    moments += [soon] if soon is not None else []
    return min((moment for moment in moments if moment > after), default=after + LOOKED_AGAIN)


def _questions(hello: Hello, at: Instant) -> Sequence[Question]:
    """Return what is open from then on: nothing, unless a buddy is to hear of it."""
    if hello.unanswered is Unanswered.NOTHING:
        return ()
    by = at + hello.wait
    return (Question(asked_at=at, answer_by=by, tell_at=by),)


def _told(question: Question, buddy: Ways, now: Instant) -> tuple[NoAnswer | None, Question | None]:
    """Return what is told of an open question, and what is left of it: itself, itself put off, or nothing."""
    if question.tell_at > now:
        return None, question
    at = buddy.asked_from(question.tell_at)
    at = at if at is None or at > now or now - at > LATEST else buddy.asked_from(now)
    if at is None or at > question.answer_by + OF_USE or now - at > LATEST:
        return None, None
    if at > now:
        return None, replace(question, tell_at=at)
    return NoAnswer(asked_at=question.asked_at, until=question.answer_by + OF_USE + LATEST), None


def _ending(hello: Hello, now: Instant) -> Sequence[EndsSoon]:
    soon = hello.ends_soon_at
    if soon is None or hello.waits or not hello.watermark < soon <= now < hello.until:
        return ()
    return (EndsSoon(until=hello.until),)
