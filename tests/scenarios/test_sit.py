"""Sit with me, on every world."""

import pytest
from whenever import TimeDelta

from tests.scenarios.stage import ASH, BEA, CAI, Stage

SIT_TABLES = ("asks", "invited", "offers", "sitters", "sit_named", "sit_words")
NONE_LEFT = [0] * len(SIT_TABLES)
BY_WORD = pytest.param("matrix_by_word", marks=pytest.mark.long)
EVERY_WAY = ["memory", "postgresql_memory", "matrix", BY_WORD, "matrix_by_reaction", "discord"]


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_someone_asks_someone_can_they_meet_and_nothing_of_it_remains(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open to being asked")
    await stage.types(ASH, "sit quiet 30 minutes")
    preview = await stage.reads(ASH, "without your name")
    await stage.picks(ASH, "Send it")
    asked = await stage.reads(BEA, "Someone would like")
    await stage.picks(BEA, "I can")
    offered = await stage.reads(ASH, "can sit with you")
    await stage.picks(ASH, f"Meet {BEA}")
    told_asker = await stage.reads(ASH, "You and")
    told_sitter = await stage.reads(BEA, "would like to sit with you")
    card = await stage.meets(ASH, BEA)
    await stage.talks(ASH, BEA, "Hello, I am glad you are here.")
    await stage.talks(BEA, ASH, "Me too.")
    await stage.types(BEA, "sit leave")
    await stage.reads(BEA, "You have stepped away")
    over = await stage.reads(ASH, "The sit is over.")
    await stage.settled()
    rows = await stage.rows()

    assert "Someone would like quiet company for 30 minutes, now." in preview
    assert "Someone would like quiet company for 30 minutes, now." in asked
    assert ASH not in asked
    assert BEA in offered
    assert BEA in told_asker
    assert ASH in told_sitter
    assert ASH in card
    assert BEA in card
    assert "30 minutes" in card
    assert (ASH in over, BEA in over) == (False, False)
    assert [rows[table] for table in SIT_TABLES] == NONE_LEFT


async def test_nothing_is_sent_before_the_asker_has_seen_what_others_will_see(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit talk 1 hour")
    await stage.reads(ASH, "Nothing has been sent yet")
    await stage.settled()

    assert not [text for text in await stage.everything_read(BEA) if "Someone would like" in text]


async def test_when_nobody_answers_the_asker_is_told_so_at_the_time_they_set(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit ask either, 30 minutes, wait: 1 hour")
    await stage.reads(ASH, "Sent.")
    await stage.reads(BEA, "Someone would like")
    await stage.goes_by(TimeDelta(minutes=61))
    told = await stage.reads(ASH, "Nobody is free just now.")
    await stage.goes_by(TimeDelta(minutes=61))
    await stage.settled()
    rows = await stage.rows()

    assert "116 123" in told
    assert "without another word" in told
    assert [rows[table] for table in SIT_TABLES] == NONE_LEFT


async def test_whoever_opens_while_an_ask_waits_is_asked_too(stage: Stage) -> None:
    await stage.types(ASH, "sit ask talk")
    await stage.reads(ASH, "Nobody has said they are open just now")
    await stage.types(CAI, "sit open 2 hours")
    asked = await stage.reads(CAI, "Someone would like")

    assert "someone to talk with" in asked


async def test_those_not_picked_are_thanked_and_the_one_picked_is_named(stage: Stage) -> None:
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    await stage.types(ASH, "sit ask")
    for who in (BEA, CAI):
        await stage.reads(who, "Someone would like")
        await stage.picks(who, "I can")
        await stage.reads(ASH, f"{who} can sit with you")
    await stage.picks(ASH, f"Meet {CAI}")
    await stage.reads(CAI, "would like to sit with you")
    thanks = await stage.reads(BEA, "They have company now.")
    for who in (BEA, CAI):
        await stage.no_longer_reads(who, "Someone would like")

    assert (ASH in thanks, CAI in thanks) == (False, False)


async def test_an_ask_can_be_withdrawn_with_one_word_and_nobody_reads_it_any_more(stage: Stage) -> None:
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    await stage.types(ASH, "sit ask quiet")
    for who in (BEA, CAI):
        await stage.reads(who, "Someone would like")
    await stage.types(ASH, "sit withdraw")
    await stage.reads(ASH, "Withdrawn.")
    for who in (BEA, CAI):
        await stage.no_longer_reads(who, "Someone would like")


@pytest.mark.parametrize("stage", ["memory", "matrix"], indirect=True)
async def test_a_yes_that_comes_too_late_hears_that_it_is_over(stage: Stage) -> None:
    """On Discord a yes cannot be typed, and its button is gone."""
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit ask quiet")
    await stage.reads(BEA, "Someone would like")
    await stage.types(ASH, "sit withdraw")
    await stage.no_longer_reads(BEA, "Someone would like")
    await stage.types(BEA, "sit can")
    late = await stage.reads(BEA, "That ask is over.")

    assert ASH not in late


async def _kept(stage: Stage) -> dict[str, int]:
    """Return how many rows there are, but for lines that are dealt with just then, and lists written a moment later."""
    return {name: count for name, count in (await stage.rows()).items() if name not in {"inbox", "lists"}}


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_not_now_closes_the_message_for_one_person_and_is_nothing_to_anybody_else(stage: Stage) -> None:
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    await stage.types(ASH, "sit ask, wait: 1 hour")
    for who in (BEA, CAI):
        await stage.reads(who, "Someone would like")
    await stage.settled()
    before = [await _kept(stage), await stage.everything_read(ASH), await stage.everything_read(CAI)]
    await stage.picks(BEA, "Not now")
    await stage.no_longer_reads(BEA, "Someone would like")
    await stage.settled()
    after = [await _kept(stage), await stage.everything_read(ASH), await stage.everything_read(CAI)]
    await stage.goes_by(TimeDelta(minutes=61))
    await stage.reads(ASH, "Nobody is free just now.")
    # For an hour more, the asker may have it put to others.
    await stage.goes_by(TimeDelta(minutes=61))
    await stage.no_longer_reads(CAI, "Someone would like")

    assert before == after
    assert not [text for text in await stage.everything_read(BEA) if "That is fine" in text]


async def test_a_sit_at_a_later_time_opens_its_room_then(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit ask talk, 1 hour, in 5 hours")
    await stage.reads(BEA, "Someone would like someone to talk with for 1 hour, on")
    await stage.picks(BEA, "I can")
    await stage.reads(ASH, f"{BEA} can sit with you")
    await stage.picks(ASH, f"Meet {BEA}")
    await stage.reads(BEA, "I will open a room for you then")
    await stage.goes_by(TimeDelta(hours=5, minutes=1))
    card = await stage.meets(ASH, BEA)

    assert "1 hour" in card


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_two_who_would_rather_write_to_each_other_directly_are_told_who_and_that_they_can(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open to being asked")
    await stage.types(ASH, "sit quiet 30 minutes, in direct messages")
    preview = await stage.reads(ASH, "without your name")
    await stage.picks(ASH, "Send it")
    asked = await stage.reads(BEA, "Someone would like")
    await stage.picks(BEA, "I can")
    await stage.reads(ASH, "can sit with you")
    await stage.picks(ASH, f"Meet {BEA}")
    told_asker = await stage.reads(ASH, "You and")
    told_sitter = await stage.reads(BEA, "would like to sit with you")
    await stage.types(ASH, "sit leave")
    await stage.reads(BEA, "The sit is over.")
    await stage.settled()
    rows = await stage.rows()

    for seen in (preview, asked):
        assert "You would meet in each other’s direct messages, not in a room that I open." in seen
    assert ASH not in asked
    for told, other in ((told_asker, BEA), (told_sitter, ASH)):
        assert other in told
        assert "You can write to each other now." in told
        assert "quiet company" in told
        assert "30 minutes" in told
        assert "I take no part in it." in told
        assert "opening a room" not in told
    assert [rows[table] for table in SIT_TABLES] == NONE_LEFT


async def test_a_later_sit_in_direct_messages_begins_with_a_word_to_both_then(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit ask talk, 1 hour, in 5 hours, dms")
    await stage.reads(BEA, "in each other’s direct messages")
    await stage.picks(BEA, "I can")
    await stage.reads(ASH, f"{BEA} can sit with you")
    await stage.picks(ASH, f"Meet {BEA}")
    await stage.reads(BEA, "I will tell you all when it is time.")
    await stage.goes_by(TimeDelta(hours=5, minutes=1))
    told_asker = await stage.reads(ASH, "It is time for your sit")
    told_sitter = await stage.reads(BEA, "It is time for your sit")
    await stage.types(ASH, "sit leave")
    await stage.reads(BEA, "The sit is over.")
    await stage.settled()
    rows = await stage.rows()

    assert BEA in told_asker
    assert ASH in told_sitter
    for told in (told_asker, told_sitter):
        assert "You can write to each other now" in told
        assert "1 hour" in told
    assert [rows[table] for table in SIT_TABLES] == NONE_LEFT


async def test_they_change_what_they_agreed_on_and_go_on_for_longer_and_then_all_of_it_goes(stage: Stage) -> None:
    await _together(stage, BEA, "sit ask quiet, 30 minutes")
    await stage.types(BEA, "sit change talk, no advice")
    await stage.reads(BEA, "Nothing changes before you have all said yes.")
    await stage.settled()
    await stage.types(ASH, "sit agree")
    await stage.reads(ASH, "It is changed.")
    await stage.goes_by(TimeDelta(minutes=31))
    await stage.settled()
    for who in (ASH, BEA):
        await stage.types(who, "sit longer")
    await stage.reads(BEA, "You would all like longer")
    await stage.goes_by(TimeDelta(minutes=31))
    await stage.settled()
    await stage.goes_by(TimeDelta(minutes=16))
    ends = [await stage.reads(who, "Your sit is over.") for who in (ASH, BEA)]
    await stage.settled()
    rows = await stage.rows()

    assert all("leaving it is just as good" in end for end in ends)
    assert [rows[table] for table in SIT_TABLES] == NONE_LEFT


async def test_several_may_come_and_all_read_the_same_card(stage: Stage) -> None:
    for who in (BEA, CAI):
        await stage.types(who, "sit open")
        await stage.reads(who, "You are open")
    await stage.types(ASH, "sit ask quiet, 2 people")
    for who in (BEA, CAI):
        await stage.reads(who, "Up to 2 people may come.")
        await stage.picks(who, "I can")
        await stage.reads(ASH, f"{who} can sit with you")
    await stage.picks(ASH, f"Meet {BEA}")
    await stage.reads(ASH, "One more may come.")
    await stage.picks(ASH, f"Meet {CAI}")
    with_them = await stage.reads(CAI, "would like to sit with you")
    card = await stage.meets(ASH, BEA, CAI)

    assert BEA in with_them
    assert all(who in card for who in (ASH, BEA, CAI))


async def test_an_ask_can_be_put_to_the_whole_room_without_a_name_and_anybody_may_answer(stage: Stage) -> None:
    await stage.types(ASH, "sit ask quiet, who: everyone, note: just being near, nothing more")
    await stage.reads(ASH, "Sent.")
    posted = await stage.sees("Someone would like quiet company")
    await stage.types(CAI, "sit can")
    await stage.reads(CAI, "Thank you.")
    await stage.reads(ASH, f"{CAI} can sit with you")

    assert "just being near, nothing more" in posted
    assert ASH not in posted


async def test_when_nobody_answered_the_asker_may_wait_on_and_stop_with_one_word(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit ask quiet, 30 minutes, wait: 10 minutes")
    await stage.reads(BEA, "Someone would like")
    await stage.goes_by(TimeDelta(minutes=11))
    await stage.reads(ASH, "Nobody is free just now.")
    await stage.picks(ASH, "Wait half an hour more")
    await stage.reads(ASH, "I go on looking until")
    await stage.picks(BEA, "I can")
    await stage.reads(ASH, f"{BEA} can sit with you")
    await stage.types(ASH, "sit withdraw")
    await stage.reads(ASH, "Withdrawn.")
    await stage.settled()
    rows = await stage.rows()

    assert [rows[table] for table in SIT_TABLES] == NONE_LEFT


async def _together(stage: Stage, who: str, asked: str) -> None:
    """Bring Ash together with somebody."""
    await stage.types(who, "sit open")
    await stage.reads(who, "You are open")
    await stage.types(ASH, asked)
    await stage.reads(who, "Someone would like")
    await stage.picks(who, "I can")
    await stage.reads(ASH, f"{who} can sit with you")
    await stage.picks(ASH, f"Meet {who}")
    await stage.reads(who, "would like to sit with you")
    await stage.meets(ASH, who)


async def test_a_place_that_is_not_one_is_refused_and_nothing_is_sent(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(ASH, "sit ask quiet, where: the garden")
    await stage.reads(ASH, "I know these answers: room and direct.")
    await stage.settled()
    rows = await stage.rows()

    assert rows["asks"] == 0
    assert not [text for text in await stage.everything_read(BEA) if "Someone would like" in text]


async def test_after_a_pause_nobody_is_put_to_that_person(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open")
    await stage.types(BEA, "sit pause")
    await stage.reads(BEA, "Paused.")
    await stage.types(ASH, "sit ask")
    await stage.reads(ASH, "Nobody has said they are open just now")
    await stage.settled()

    assert not [text for text in await stage.everything_read(BEA) if "Someone would like" in text]


@pytest.mark.parametrize("stage", EVERY_WAY, indirect=True)
async def test_who_is_open_at_a_time_of_theirs_is_asked_when_it_comes_and_has_it_all_read_back(stage: Stage) -> None:
    await stage.types(BEA, "sit open daily 13:00-15:00")
    opened = await stage.reads(BEA, "You are open to being asked")
    await stage.types(BEA, "sit limit 2")
    limit = await stage.reads(BEA, "Kept: at least 3 days and 12 hours")
    await stage.types(BEA, "sit rather not voice, direct messages")
    await stage.reads(BEA, "an ask for any of these is not put to you: voice and direct messages")
    await stage.types(ASH, "sit ask talk, wait: 2 hours")
    await stage.reads(ASH, "Nobody has said they are open just now")
    await stage.goes_by(TimeDelta(minutes=61))
    await stage.reads(BEA, "Someone would like someone to talk with")
    await stage.types(BEA, "me")
    shown = await stage.reads(BEA, "Open to sits: Every day, 13:00 to 15:00")
    await stage.types(BEA, "sit pause")
    await stage.reads(BEA, "Paused.")
    rows = await stage.rows()

    assert "You are next asked from" in opened
    assert ", 13:00 on." in opened
    assert "2 times in any 7 days at most" in limit
    assert "Rather not in a sit: voice and direct messages" in shown
    assert [rows[table] for table in ("openings", "opening_times", "opening_ways", "opening_asked")] == [0, 0, 1, 1]


async def test_who_is_open_on_their_shifts_is_asked_while_they_are_on(stage: Stage) -> None:
    await stage.types(BEA, "rota new Tea, daily 13:00 for two hours")
    await stage.reads(BEA, "is kept")
    await stage.types(BEA, "rota join today")
    await stage.reads(BEA, "You are on “Tea”")
    await stage.types(BEA, "sit open on my shifts")
    await stage.reads(BEA, "on your shifts")
    await stage.types(ASH, "sit ask quiet, wait: 2 hours")
    await stage.reads(ASH, "Nobody has said they are open just now")
    await stage.goes_by(TimeDelta(minutes=61))
    await stage.reads(BEA, "Someone would like quiet company")


async def test_a_time_without_an_end_is_refused_with_what_would_work(stage: Stage) -> None:
    await stage.types(BEA, "sit open tuesdays 19:00")
    await stage.reads(BEA, "I need when it ends too, such as “tuesdays 19:00-21:00”.")
    rows = await stage.rows()

    assert (rows["openings"], rows["opening_times"]) == (0, 0)
