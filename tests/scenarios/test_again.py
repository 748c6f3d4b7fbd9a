"""Afterwards, on every world: shown once both said so, a date to look at how it is, and an end that tells nothing."""

import re

import pytest
from whenever import TimeDelta

from bot.domain.commands import Asking
from bot.domain.sit.again import code_of
from tests.scenarios.memory import GROUP, IDS, ROOM, MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI, Stage
from tests.store.everything import contents

DAY = TimeDelta(hours=24)
PLEASE = "I would be open to sitting again"


async def test_after_a_sit_both_say_that_they_are_open_set_a_date_and_end_it_without_a_word(stage: Stage) -> None:
    await stage.types(BEA, "sit open")
    await stage.reads(BEA, "You are open to being asked")
    await stage.types(ASH, "sit quiet, where: direct")
    await stage.reads(ASH, "Nothing has been sent yet")
    await stage.picks(ASH, "Send it")
    await stage.reads(BEA, "Someone would like")
    await stage.picks(BEA, "I can")
    offered = await stage.reads(ASH, "can sit with you")
    pick = re.search(rf"(?:Sit with|Meet) {BEA}", offered)
    await stage.picks(ASH, pick[0] if pick else BEA)
    await stage.reads(BEA, "would like to sit with you")
    await stage.types(ASH, "sit leave")
    await stage.reads(ASH, "You have stepped away")
    await stage.reads(BEA, "The sit is over")
    await stage.picks(ASH, PLEASE)
    await stage.reads(ASH, "It is shown to nobody")
    await stage.settled()
    shown_to_nobody = await stage.everything_read(BEA)
    await stage.picks(BEA, PLEASE)
    both = [await stage.reads(who, "are both open to sitting again") for who in (ASH, BEA)]
    await stage.settled()
    said = (await stage.rows())["sit_again"]
    await stage.types(ASH, f"sit look {BEA}, in 3 days")
    await stage.reads(ASH, "You hear of it only if they say yes")
    await stage.reads(BEA, "would like to look at how your sits are")
    await stage.picks(BEA, "Yes")
    for who in (ASH, BEA):
        await stage.reads(who, "I say a few words to each of you then")
    await stage.types(ASH, "sit look end silently")
    await stage.reads(ASH, "It is ended, and nothing is said")
    await stage.goes_by(DAY * 3 + TimeDelta(minutes=1))
    prompt = await stage.reads(BEA, "This is the date that you and")
    await stage.picks(BEA, "End it kindly")
    await stage.reads(BEA, "It is ended.")
    await stage.settled()
    rows = await stage.rows()

    assert not [text for text in shown_to_nobody if "both open" in text]
    assert (BEA in both[0], ASH in both[1], said) == (True, True, 0)
    assert ASH in prompt
    assert not [text for text in await stage.everything_read(ASH) if "This is the date" in text or "thanks you" in text]
    assert rows["sit_looks"] == 0


async def _lived(stage: MemoryStage, *, says_yes: bool) -> tuple[object, object]:
    """Let Ash invite Bea, who asks never to be brought together with her; return all tables, and what Ash read."""
    await stage.types(ASH, f"sit look {BEA}, in 3 days")
    await stage.types(BEA, f"me apart {ASH}")
    if says_yes:
        await stage.picks(BEA, "Yes")
    else:
        await stage.types(BEA, "sit look yes zzzzzzzz")
    before = await contents(stage.house.database)
    await stage.types(ASH, "sit look")
    await stage.types(ASH, "mydata")
    await stage.goes_by(DAY * 3)
    return before, await stage.everything_read(ASH)


async def test_the_yes_of_one_who_is_kept_apart_leaves_no_trace_in_any_table_nor_with_the_other(
    memory: MemoryStage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = await MemoryStage.on(f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('other') / 'alongside.db'}")
    try:
        silent, said = await _lived(memory, says_yes=False), await _lived(other, says_yes=True)
    finally:
        await other.house.close()

    assert said == silent


async def test_whoever_is_named_and_is_not_in_the_group_hears_nothing_and_the_answer_is_the_same(
    memory: MemoryStage,
) -> None:
    await memory.types(CAI, "sit open")
    memory.world.outside.add((IDS[CAI], GROUP))
    answers, heard = [], []
    for who in (BEA, CAI):
        for line in (f"sit look {who}, in 3 days", f"sit ask quiet, who: {who}"):
            await memory.types(ASH, line)
            answers.append((await memory.everything_read(ASH))[-1].replace(who, "somebody"))
        heard.append(len(await memory.everything_read(who)))
        await memory.types(ASH, "sit withdraw")

    assert answers[:2] == answers[2:]
    # Cai has read that they are open.
    assert heard == [2, 1]


async def test_what_is_heard_twice_is_done_once(memory: MemoryStage) -> None:
    code = code_of("abcdefgh", IDS[ASH], IDS[BEA])
    deeds = [
        (ASH, "sit again", {"pair": code}),
        (BEA, "sit again", {"pair": code}),
        (ASH, "sit look", {"whom": BEA, "at": "in 3 days"}),
    ]
    kept = []
    for number, (who, command, options) in enumerate(deeds):
        asking = Asking(
            key=f"fake:twice-{number}",
            command=command,
            options=options,
            person=IDS[who],
            group=GROUP,
            places={"room": ROOM},
        )
        for _ in range(2):
            await memory.house.switchboard.ask(asking)
            await memory.settled()
            rows = await memory.rows()
            kept.append((rows["sit_again"], rows["sit_looks"]))
    heard = {who: [text.splitlines()[0] for text in await memory.everything_read(who)] for who in (ASH, BEA)}

    assert kept == [(1, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 1)]
    assert [len(heard[ASH]), len(heard[BEA])] == [3, 2]
    assert len([text for text in heard[ASH] if "both open" in text]) == 1
