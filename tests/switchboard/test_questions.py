"""What is missing is asked one by one, "stop" leaves it, and a number answers the last list."""

from whenever import TimeDelta

from tests.scenarios.stage import BEA
from tests.switchboard.caller import Caller

NAME = ["rota-new-name.ask", "question-how"]
WHEN = ["rota-new-when.ask", "question-how"]


async def test_each_missing_answer_is_asked_for_in_turn(caller: Caller) -> None:
    answers = [await caller.types(line) for line in ("rota new", "Sunday soup", "sundays 17:00")]

    assert answers[:2] == [NAME, WHEN]
    assert answers[2][0] == "rota-kept"


async def test_what_was_given_is_not_asked_for(caller: Caller) -> None:
    assert await caller.types("rota new Soup, 2 people") == WHEN


async def test_an_answer_that_cannot_be_read_may_be_given_again(caller: Caller) -> None:
    answers = [await caller.types(line) for line in ("rota new Soup", "whenever", "sundays 17:00")]

    assert answers[1] == ["option-unclear", "rota-when-unclear"]
    assert answers[2][0] == "rota-kept"


async def test_what_was_given_is_read_before_anything_more_is_asked(caller: Caller) -> None:
    answers = [await caller.types(line) for line in ("rota new", "@everyone", "Soup", "sundays 17:00")]

    assert answers[1:3] == [["option-unclear", "text-mention"], WHEN]
    assert answers[3][0] == "rota-kept"
    assert await caller.types("rota new name: @room") == ["option-unclear", "text-mention"]


async def test_stop_leaves_it(caller: Caller) -> None:
    answers = [await caller.types(line) for line in ("rota new", " Stop ", "Sunday soup")]

    assert answers == [NAME, ["question-dropped"], ["not-understood"]]


async def test_a_needed_answer_cannot_be_skipped_and_is_asked_for_again(caller: Caller) -> None:
    assert [await caller.types(line) for line in ("rota new", "skip", "-")] == [NAME, NAME, NAME]
    assert await caller.types("find skip") == ["find-need.ask", "question-how"]
    assert await caller.asks("find", need="-") == ["find-need.ask", "question-how"]


async def test_another_command_is_no_answer_and_ends_the_question(caller: Caller) -> None:
    await caller.types("rota new")
    await caller.types("sit pause")

    assert await caller.types("Sunday soup") == ["not-understood"]


async def test_a_question_stands_ten_minutes(caller: Caller) -> None:
    await caller.types("rota new")
    caller.stage.clock.move(TimeDelta(minutes=10))

    assert await caller.types("Sunday soup") == ["not-understood"]


async def test_what_is_said_in_a_room_is_no_answer(caller: Caller) -> None:
    await caller.types("rota new")

    assert await caller.types("Sunday soup", private=False) == []
    assert (await caller.types("Sunday soup")) == WHEN


async def test_a_number_answers_the_last_list(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await caller.types("sit ask quiet")

    assert await bea.types("1.") == ["sit-can-thanks"]
    assert (await caller.types("1"))[0] == "sit-you-picked-now"


async def test_a_number_beyond_the_list_is_not_understood(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await caller.types("sit ask quiet")

    assert [await bea.types(number) for number in ("0", "3", "1000")] == [["not-understood"]] * 3


async def test_an_invitation_that_comes_in_between_leaves_the_question_standing(caller: Caller) -> None:
    bea = caller.of(BEA)
    await bea.types("sit open")
    await bea.types("rota new")
    await caller.types("sit ask quiet")

    assert await bea.types("Sunday soup") == WHEN


async def test_a_number_after_a_question_is_its_answer_and_no_yes_to_an_earlier_ask(caller: Caller) -> None:
    bea = caller.of(BEA)
    await caller.types("rota new Soup, daily 20:00")
    await bea.types("sit open")
    await caller.types("sit ask quiet")
    await bea.types("rota end")

    assert await bea.types("1") == ["rota-ended"]


async def test_who_asks_too_fast_is_told_once_then_left_in_quiet_then_heard_again(caller: Caller) -> None:
    answers = [await caller.types("me") for _ in range(33)]
    meanwhile = await caller.of(BEA).types("me")
    caller.stage.clock.move(TimeDelta(minutes=1))

    assert answers[29][0] == "me-intro"
    assert answers[30:] == [["too-fast"], [], []]
    assert meanwhile[0] == "me-intro"
    assert (await caller.asks("me"))[0] == "me-intro"


TABLE = "date,start\n28 february,19:00\n"


async def test_a_file_that_was_asked_for_is_an_answer_and_at_any_other_time_nothing(caller: Caller) -> None:
    assert await caller.sends(TABLE) == []
    await caller.types("rota import Tea")
    assert (await caller.sends(TABLE))[0] == "rota-file-would"
    assert await caller.sends(TABLE) == []
    await caller.types("rota new")
    assert await caller.sends(TABLE) == []


async def test_nothing_in_a_file_is_a_command_or_a_number_from_a_list(caller: Caller) -> None:
    for text in ("1", "stop", "help", "rota new Soup, sundays 17:00"):
        await caller.types("rota import Tea")

        assert await caller.sends(text) == ["option-unclear", "rota-file-unlike"]


async def test_a_file_that_is_refused_may_be_sent_again_and_so_may_its_words(caller: Caller) -> None:
    await caller.types("rota import Tea")
    assert await caller.sends("%PDF-1.7") == ["option-unclear", "rota-file-unlike"]

    assert (await caller.types(TABLE))[0] == "rota-file-would"
