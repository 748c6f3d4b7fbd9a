"""What a private talk holds: a question for ten minutes, a list for a day."""

from whenever import Instant, TimeDelta

from bot.domain.dialogue import LIST_STANDS, QUESTION_STANDS, Dialogue, Offered, Unfinished
from bot.domain.ids import GroupId, PersonId
from bot.domain.saying import choice

NOON = Instant.from_utc(2026, 11, 24, 12)
ASH, BEA = PersonId.of("fake", "ash"), PersonId.of("fake", "bea")
OURS = GroupId.of("fake", "ours")
LIST = (choice("first", "sit can", ask="aaaaaaaa"), choice("second", "now"))


def question(until: Instant = NOON + QUESTION_STANDS) -> Unfinished:
    return Unfinished(command="rota new", options={}, wanted="name", group=OURS, until=until)


def offered(person: PersonId = ASH) -> Offered:
    return Offered(person=person, group=OURS, choices=LIST, until=NOON + LIST_STANDS)


def test_a_question_stands_ten_minutes_and_no_longer() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())

    assert dialogue.question(ASH, NOON + TimeDelta(minutes=9)) == question()
    assert dialogue.question(ASH, NOON + TimeDelta(minutes=10)) is None
    assert dialogue.question(ASH, NOON) is None


def test_words_given_to_a_question_are_gone_when_its_time_is_over_whoever_is_heard() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.question(BEA, NOON + QUESTION_STANDS)

    assert dialogue.question(ASH, NOON) is None


def test_a_list_stands_a_day_and_no_longer() -> None:
    dialogue = Dialogue()
    dialogue.offer(offered())

    assert dialogue.offered(ASH, NOON + TimeDelta(hours=23)) == offered()
    assert dialogue.offered(ASH, NOON + TimeDelta(hours=24)) is None


def test_neither_is_anothers() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.offer(offered())

    assert (dialogue.question(BEA, NOON), dialogue.offered(BEA, NOON)) == (None, None)


def test_a_list_that_comes_after_a_question_leaves_it_standing() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.offer(offered())

    assert (dialogue.question(ASH, NOON), dialogue.offered(ASH, NOON)) == (question(), offered())


def test_a_question_that_comes_after_a_list_puts_it_away() -> None:
    dialogue = Dialogue()
    dialogue.offer(offered())
    dialogue.ask(ASH, question())

    assert dialogue.offered(ASH, NOON) is None


def test_what_is_forgotten_is_gone() -> None:
    dialogue = Dialogue()
    dialogue.ask(ASH, question())
    dialogue.offer(offered())
    dialogue.forget(ASH)

    assert (dialogue.question(ASH, NOON), dialogue.offered(ASH, NOON)) == (None, None)


def test_a_list_from_before_the_process_began_is_recalled_unless_something_newer_is_known() -> None:
    dialogue, other = Dialogue(), Dialogue()
    dialogue.recall(ASH, offered())
    other.forget(ASH)
    other.recall(ASH, offered())

    assert (dialogue.knows(ASH), dialogue.offered(ASH, NOON)) == (True, offered())
    assert (other.knows(BEA), other.offered(ASH, NOON)) == (False, None)
