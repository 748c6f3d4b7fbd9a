"""Hellos in sentences: what somebody laid down, what happens, and what does not."""

from collections.abc import Sequence

from whenever import Instant, TimeDelta, ZonedDateTime

from bot.domain.hello.hello import Hello, Unanswered, Who
from bot.domain.ids import PersonId
from bot.domain.saying import Choice, Line, Look, Say, choice, line, say, undo

MOST_TIMES = 5
MOST_PEOPLE = 20
# The next times of all but the rarest rules are in it.
FAR_AHEAD = TimeDelta(hours=24 * 7 * 12)

_WHO = {
    Who.SHIFT: line("hello-who-shift", Look.ITEM),
    Who.BUDDY: line("hello-who-buddy", Look.ITEM),
    Who.ME: line("hello-who-me", Look.ITEM),
}


def times(hello: Hello, now: Instant, zone: str, most: int = MOST_TIMES) -> tuple[ZonedDateTime, ...]:
    """Return the next times, in `zone`."""
    return tuple(moment.to_tz(zone) for moment in hello.coming(now, now + FAR_AHEAD)[:most])


def laid_down(hello: Hello, now: Instant, zone: str) -> tuple[Line, ...]:
    """Return when hello is said, who hears of it, what happens without an answer, and when it ends."""
    next_ = times(hello, now, zone)
    when = line("hello-times", Look.ITEM, times=next_) if next_ else line("hello-times-over", Look.ITEM)
    if hello.unanswered is Unanswered.TELL:
        unanswered = line("hello-unanswered-tell", Look.ITEM, wait=hello.wait)
    else:
        unanswered = line("hello-unanswered-nothing", Look.ITEM)
    ends = "hello-until" if hello.ends_soon_at is None else "hello-until-asked"
    return when, _WHO[hello.who], unanswered, line(ends, Look.ITEM, until=hello.until.to_tz(zone))


def kept(hello: Hello, people: Sequence[PersonId], now: Instant, zone: str) -> Say:
    """Return what was laid down, and once what it is and is not; and whom to ask to be the buddy, if it needs one."""
    told = say("hello-kept").then(*laid_down(hello, now, zone))
    if hello.needs_buddy:
        told = told.then(line("hello-buddy-quiet", Look.ITEM))
    told = told.then(line("hello-quiet"), line("hello-is-not"), line("hello-change"))
    if hello.needs_buddy:
        return told.then(line("hello-buddy-which")).offering(*_whom(people))
    return told.offering(_stop())


def whom(people: Sequence[PersonId]) -> Say:
    """Return who could be asked to be the buddy."""
    return say("hello-buddy-which").offering(*_whom(people))


def stands(hello: Hello, now: Instant, zone: str) -> Say:
    """Return how it stands."""
    told = Say(lines=(_state(hello), *laid_down(hello, now, zone)))
    if hello.needs_buddy and hello.buddy is None:
        told = told.offering(choice("hello-choose-buddy", "hello buddy"))
    if hello.paused:
        return told.offering(choice("hello-go-on", "hello resume").undone_by(undo("hello pause")), _stop())
    return told.offering(choice("hello-pause-it", "hello pause").undone_by(undo("hello resume")), _stop())


def _state(hello: Hello) -> Line:
    if hello.needs_buddy and hello.buddy is None:
        return line("hello-state-no-buddy")
    if hello.waits and hello.buddy is not None:
        return line("hello-state-not-agreed", person=hello.buddy.person)
    if hello.paused:
        return line("hello-state-paused")
    return line("hello-state-on") if hello.agreed is None else line("hello-state-on-with", person=hello.agreed)


def wanted_buddy(hello: Hello, now: Instant, zone: str) -> Say:
    """Return what the one hears who is asked to be a buddy. A no needs nothing."""
    told = say("hello-ask", person=hello.person, times=times(hello, now, zone))
    told = told.then(*_part(hello), line("hello-ask-ends"))
    return told.offering(
        choice("hello-yes", "hello agree", code=hello.id).undone_by(undo("hello unbuddy", code=hello.id))
    )


def agreed(hello: Hello, zone: str) -> Say:
    """Return what the buddy hears who said yes."""
    told = say("hello-agreed-you", person=hello.person, until=hello.until.to_tz(zone)).then(*_part(hello))
    return told.then(line("hello-agreed-stop")).offering(unbuddy(hello, line("hello-no-longer")))


def unbuddy(hello: Hello, label: Line) -> Choice:
    """Return the choice to be somebody's buddy no longer."""
    return Choice(label=label, command="hello unbuddy", options={"code": hello.id}, undo=line("hello-unbuddy-undo"))


def _part(hello: Hello) -> tuple[Line, ...]:
    """Return what a buddy hears, and when."""
    at_the_time = (line("hello-part-wanted", Look.ITEM),) if hello.who is Who.BUDDY else ()
    after = line("hello-part-unanswered", Look.ITEM, wait=hello.wait)
    return (*at_the_time, *((after,) if hello.unanswered is Unanswered.TELL else ()))


def greeting() -> Say:
    """Return the hello itself."""
    here = choice("hello-hello", "hello here").undone_by(line("hello-here-undo"))
    return say("hello-greeting").offering(here)


def no_answer(hello: Hello, asked_at: Instant, zone: str) -> Say:
    """Return what the buddy hears, once."""
    told = say("hello-no-answer", person=hello.person, at=asked_at.to_tz(zone))
    return told.then(line("hello-no-answer-may")).offering(unbuddy(hello, line("hello-no-longer")))


def ends_soon(until: Instant, zone: str) -> Say:
    """Return that it ends in a week, with the choice to go on."""
    on = choice("hello-renew-it", "hello renew").undone_by(line("hello-renew-undo"))
    return say("hello-ends-soon", until=until.to_tz(zone)).offering(on)


def _whom(people: Sequence[PersonId]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=line("hello-buddy-person", person=person),
            command="hello buddy",
            options={"whom": person.mark},
            undo=line("hello-buddy-undo"),
        )
        for person in people[:MOST_PEOPLE]
    )


def _stop() -> Choice:
    return choice("hello-stop-it", "hello stop").undone_by(line("hello-stop-undo"))
