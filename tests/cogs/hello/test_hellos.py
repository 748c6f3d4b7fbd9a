"""Hellos: what somebody laid down happens at their times, and nothing else; no answer is kept, and a no is silence."""

from dataclasses import replace

from whenever import Time, TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Pause, Wish
from bot.domain.quiet import Quiet
from tests.cogs.hello.desk import HelloDesk
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK, ROOM

HOUR = TimeDelta(hours=1)
DAY = HOUR * 24
TO_NINE = HOUR * 21
DOV = PersonId.of("local", "dov")
YES = "You hear it when they say yes. Until then nothing starts."
TELL = "hello start daily 9:00, unanswered: tell my buddy"


async def with_rota() -> HelloDesk:
    """Return a desk with Bee and Cat on shift every morning from 8 to 10."""
    desk = HelloDesk()
    await desk.ask(ASH, "rota new Mornings, daily 8:00 to 10:00, 3 people")
    for person in (BEE, CAT):
        await desk.ask(person, "rota join every week")
        await desk.ask(person, "rota remind none")
    desk.said.clear()
    return desk


async def with_buddy(start: str = TELL) -> HelloDesk:
    """Return the same, with Bee the buddy of Ash's hellos."""
    desk = await with_rota()
    await desk.ask(ASH, start)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    await desk.ask(BEE, agree(desk))
    desk.said.clear()
    return desk


def agree(desk: HelloDesk) -> str:
    return next(typed for typed in reversed(desk.offered) if typed.startswith("hello agree"))


def private(said: list[tuple[object, str]]) -> list[tuple[object, str]]:
    return [(to, text) for to, text in said if to != ROOM]


async def test_just_for_themselves_the_bot_says_hello_and_nobody_else_hears_of_it() -> None:
    desk = await with_rota()
    answer = await desk.ask(ASH, "hello start daily 9:00")
    said = await desk.pass_time(DAY * 2)

    assert "I am not a crisis service" in answer
    assert "Nobody else hears of it." in answer
    assert "If you do not answer, nothing happens." in answer
    assert private([*said]) == [(ASH, "Hello."), (ASH, "Hello.")]
    assert "hello here" in desk.offered


async def test_whoever_is_on_shift_hears_it_at_the_time_if_that_was_laid_down() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "hello start daily 9:00, shift")
    said = await desk.pass_time(TO_NINE)

    wanted = "ash would like a hello now."
    assert sorted(private([*said])) == sorted([(ASH, "Hello."), (BEE, wanted), (CAT, wanted)])


async def test_whoever_is_on_shift_themselves_does_not_hear_of_their_own_hello() -> None:
    desk = await with_rota()
    await desk.ask(BEE, "hello start daily 9:00, shift")
    said = private([*await desk.pass_time(TO_NINE)])

    assert sorted(said) == [(BEE, "Hello."), (CAT, "bee would like a hello now.")]


async def test_nobody_on_shift_means_that_only_the_bot_says_hello() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "hello start daily 12:30, shift")

    assert private([*await desk.pass_time(HOUR)]) == [(ASH, "Hello.")]


async def test_a_buddy_is_asked_once_and_nothing_starts_before_the_yes() -> None:
    desk = await with_rota()
    answer = await desk.ask(ASH, TELL)
    offered = [choice.typed for choice in desk.choices]
    before = await desk.pass_time(DAY * 2)
    asked = await desk.ask(ASH, offered[0])
    again = await desk.ask(ASH, offered[0])

    assert offered == [f"hello buddy {BEE.mark}", f"hello buddy {CAT.mark}"]
    assert "Nothing starts until your buddy has said yes." in answer
    assert private([*before]) == []
    assert asked == "bee is asked in private, once, and not while it is quiet for them. " + YES
    assert "bee has not agreed yet" in again
    assert [to for to, _ in private([*desk.said])] == [BEE]


async def test_a_no_is_silence_and_looks_like_no_answer() -> None:
    desk = await with_rota()
    await desk.ask(ASH, TELL)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    stood = await desk.ask(ASH, "hello")
    code = agree(desk).split()[-1]
    no = await desk.ask(BEE, f"hello unbuddy {code}")
    desk.said.clear()

    assert no == await desk.ask(DOV, f"hello unbuddy {code}")
    assert await desk.ask(ASH, "hello") == stood
    assert private([*await desk.pass_time(DAY * 3)]) == []


async def test_after_the_yes_both_know_and_it_starts() -> None:
    desk = await with_rota()
    await desk.ask(ASH, TELL)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    desk.said.clear()
    yes = await desk.ask(BEE, agree(desk))

    assert yes.startswith("You are ash’s buddy for hellos")
    assert [(to, text.split(".")[0]) for to, text in desk.said] == [(ASH, "bee is your buddy for hellos")]
    assert private([*await desk.pass_time(TO_NINE)]) == [(ASH, "Hello.")]


async def test_only_the_one_who_was_asked_can_say_yes() -> None:
    desk = await with_rota()
    await desk.ask(ASH, TELL)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    typed = agree(desk)

    gone = "That is not asked any more. Nothing was changed."
    assert await desk.ask(CAT, typed) == gone
    assert await desk.ask(CAT, "hello agree zzzzzzzz") == gone
    assert await desk.ask(BEE, typed, ELM) == gone


async def test_without_an_answer_the_buddy_hears_it_once_and_nobody_else() -> None:
    desk = await with_buddy()
    said = private([*await desk.pass_time(TO_NINE + HOUR * 10)])

    assert [to for to, _ in said] == [ASH, BEE]
    assert said[1][1].startswith("ash asked that you hear this: there is no answer yet to the hello of")


async def test_an_answer_is_not_kept_only_the_open_question_goes() -> None:
    desk = await with_buddy()
    await desk.pass_time(TO_NINE)
    [open_] = desk.hellos.hellos.values()
    answer = await desk.ask(ASH, "hello here")
    [after] = desk.hellos.hellos.values()

    assert len(open_.questions) == 1
    assert answer == "Hello."
    assert after == replace(open_, questions=())
    assert private([*await desk.pass_time(HOUR * 10)]) == []


async def test_an_answer_of_somebody_else_is_not_theirs() -> None:
    desk = await with_buddy()
    await desk.pass_time(TO_NINE)
    await desk.ask(CAT, "hello here")

    assert BEE in [to for to, _ in await desk.pass_time(HOUR * 3)]


async def test_quiet_hours_of_the_person_do_not_silence_it_and_those_of_the_buddy_put_it_off() -> None:
    desk = await with_buddy()
    quiet = Wish(leads=(), quiet=Quiet(starts=Time(8), ends=Time(18)))
    for person in (ASH, BEE):
        await desk.people.keep(OAK, person, quiet)
    morning = private([*await desk.pass_time(TO_NINE + HOUR * 8)])
    evening = private([*await desk.pass_time(HOUR)])

    assert morning == [(ASH, "Hello.")]
    assert [to for to, _ in evening] == [BEE]


async def test_a_buddy_who_greets_is_left_alone_in_their_pause() -> None:
    desk = await with_buddy("hello start daily 9:00, buddy")
    awake = private([*await desk.pass_time(TO_NINE)])
    await desk.people.keep(OAK, BEE, Wish(leads=(), pause=Pause()))
    paused = private([*await desk.pass_time(DAY)])

    assert awake == [(ASH, "Hello."), (BEE, "ash would like a hello now.")]
    assert paused == [(ASH, "Hello.")]


async def test_a_buddy_with_a_pause_without_end_is_not_asked_and_it_looks_the_same() -> None:
    desk = await with_rota()
    await desk.people.keep(OAK, BEE, Wish(leads=(), pause=Pause()))
    await desk.ask(ASH, TELL)
    answer = await desk.ask(ASH, f"hello buddy {BEE.mark}")

    assert answer.startswith("bee is asked in private")
    assert private([*await desk.pass_time(DAY)]) == []


async def test_a_buddy_goes_with_one_word_and_the_person_needs_to_choose_anew() -> None:
    desk = await with_buddy()
    await desk.pass_time(TO_NINE)
    desk.said.clear()
    answer = await desk.ask(BEE, "hello unbuddy")

    assert answer.startswith("You are their buddy no longer.")
    assert desk.said == [(ASH, "You need to choose a buddy anew for your hellos. Nothing is said until then.")]
    assert "have no buddy" in await desk.ask(ASH, "hello")
    assert private([*await desk.pass_time(DAY * 2)]) == []


async def test_it_pauses_goes_on_and_stops_with_one_word_each() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "hello start daily 9:00")
    await desk.ask(ASH, "hello pause")
    paused = private([*await desk.pass_time(DAY * 2)])
    await desk.ask(ASH, "hello resume")
    on = private([*await desk.pass_time(DAY)])
    await desk.ask(ASH, "hello stop")
    stopped = private([*await desk.pass_time(DAY * 2)])

    assert (paused, on, stopped) == ([], [(ASH, "Hello.")], [])
    assert desk.hellos.hellos == {}
    assert not [key for key in desk.diary.dues if key.startswith("hello:")]


async def test_a_buddy_hears_that_it_is_over_when_it_is_stopped() -> None:
    desk = await with_buddy()
    await desk.ask(ASH, "hello stop")

    assert desk.said == [(BEE, "ash needs no buddy for hellos any more. There is nothing for you to do.")]


async def test_it_ends_by_itself_unless_it_is_renewed_with_one_word() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "hello start every monday 9:00, 2 weeks")
    said = private([*await desk.pass_time(DAY * 7 + HOUR)])
    renewed = await desk.ask(ASH, "hello renew")
    more = private([*await desk.pass_time(DAY * 40)])

    assert [text.split(" on ")[0] for _, text in said] == ["Hello.", "Your hellos end"]
    assert "hello renew" in desk.offered
    assert renewed.startswith("Your hellos go on until")
    assert [text.split(" on ")[0] for _, text in more].count("Hello.") == 2
    assert desk.hellos.hellos == {}


async def test_what_fell_due_while_nobody_was_awake_is_not_said_late() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "hello start daily 9:00")
    late = private([*await desk.sleep_through(TO_NINE + HOUR + TimeDelta(minutes=1))])
    soon = private([*await desk.sleep_through(HOUR * 23 + TimeDelta(minutes=30))])

    assert (late, soon) == ([], [(ASH, "Hello.")])


async def test_whoever_leaves_takes_their_hellos_along_and_frees_those_whose_buddy_they_were() -> None:
    desk = await with_buddy()
    await desk.ask(CAT, "hello start daily 9:00")
    await desk.hello_feature.without(OAK, CAT, desk.now)
    await desk.hello_feature.without(OAK, BEE, desk.now)
    said = private([*await desk.pass_time(DAY)])

    assert said == [(ASH, "You need to choose a buddy anew for your hellos. Nothing is said until then.")]
    assert [hello.person for hello in desk.hellos.hellos.values()] == [ASH]


async def test_there_is_one_for_each_person_and_group_and_it_can_be_chosen_anew() -> None:
    desk = await with_rota()
    await desk.ask(ASH, "hello start daily 9:00")

    assert await desk.ids(ASH, "hello start daily 10:00") == ["hello-already"]
    assert await desk.ids(ASH, "hello", ELM) == ["hello-none-yet", "hello-none-yet-how"]
    assert await desk.ids(ASH, "hello pause", ELM) == ["hello-none"]
    assert await desk.ids(ASH, "hello buddy") == ["hello-buddy-no-part"]
    await desk.ask(ASH, "hello stop")
    assert "hello-kept" in await desk.ids(ASH, "hello start daily 10:00")


async def test_somebody_who_is_on_no_rota_cannot_be_asked() -> None:
    desk = await with_rota()
    await desk.ask(ASH, TELL)

    assert await desk.ids(ASH, f"hello buddy {DOV.mark}") == ["hello-buddy-whom"]
    assert await desk.ids(BEE, TELL, ELM) == ["hello-buddy-nobody"]
    assert await desk.ids(BEE, "hello start 1 december 2028 9:00") == ["hello-when-over"]
