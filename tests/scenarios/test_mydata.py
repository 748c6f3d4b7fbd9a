"""What is kept of a person is in their own hands, on every world."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from whenever import TimeDelta

from bot.domain.people import Wish
from bot.store.database import Database
from bot.store.tables import metadata
from tests.scenarios.matrix import NAME, PATIENCE_SECONDS, MatrixStage
from tests.scenarios.memory import MemoryStage
from tests.scenarios.stage import ASH, BEA, CAI, Stage


async def settle_in(stage: Stage) -> None:
    """Let Ash have something in most of what there is, Bea an ask that Ash said yes to, and Cai a place beside Ash."""
    await stage.types(ASH, "rota new Evening check-in, daily 20:00, 2 people")
    await stage.reads(ASH, "is kept")
    for who in (ASH, CAI):
        await stage.types(who, "rota join every week")
        await stage.reads(who, "You have a place on")
    await stage.types(ASH, "me zone Asia/Kolkata")
    await stage.reads(ASH, "Kept: Asia/Kolkata")
    await stage.types(ASH, "sit open")
    await stage.reads(ASH, "You are open")
    await stage.types(BEA, "sit ask quiet")
    await stage.reads(ASH, "Someone would like")
    await stage.picks(ASH, "I can")
    await stage.reads(BEA, "can sit with you")


async def test_a_person_sees_all_that_is_kept_of_them_and_nobody_elses(stage: Stage) -> None:
    await settle_in(stage)
    await stage.types(ASH, "mydata")
    shown = await stage.reads(ASH, "This is all that I keep of you")
    await stage.types(BEA, "mydata")
    of_bea = await stage.reads(BEA, "This is all that I keep of you")

    assert "Your standing place: Evening check-in, Mondays, every time, from" in shown
    assert "times in Asia/Kolkata" in shown
    assert "Your yes to somebody’s ask" in shown
    assert "You are open to being asked, until you pause" in shown
    assert "Your ask" not in shown
    assert "What I cannot reach" in shown
    assert "Your ask for company" in of_bea
    assert "Evening check-in" not in of_bea
    assert not [word for word in (ASH, BEA, CAI) if word in shown + of_bea]


async def test_all_of_it_goes_after_one_question_and_others_hear_what_they_must(stage: Stage) -> None:
    await settle_in(stage)
    await stage.types(ASH, "mydata forget")
    asked = await stage.reads(ASH, "This lets go of all")
    await stage.picks(ASH, "Let it all go")
    gone = await stage.reads(ASH, "It is gone, all of it")
    await stage.reads(BEA, "Someone cannot make it after all")
    rows = await stage.rows()
    await stage.types(ASH, "mydata")
    nothing = await stage.reads(ASH, "I keep nothing of you")
    await stage.goes_by(TimeDelta(hours=30))
    opening = await stage.sees("Evening check-in")

    assert all("Backups" in text for text in (asked, gone, nothing))
    # Cai's place on each weekday stays, and Bea's ask.
    assert (rows["rota_standing"], rows["asks"], rows["offers"], rows["openings"]) == (7, 1, 0, 0)
    assert ASH not in opening


async def test_a_person_takes_along_all_that_is_kept_of_them(stage: Stage) -> None:
    await settle_in(stage)
    await stage.types(ASH, "mydata export")
    told = await stage.reads(ASH, "in two files")
    files = await stage.files(ASH)
    document, page = json.loads(files["mydata.json"]), files["mydata.html"].decode()
    [group] = document["groups"]

    assert "What I cannot reach" in told
    assert set(document) == {"made", "person", "groups", "cannot_reach"}
    assert [row["zone"] for row in group["tables"]["wishes"]] == ["Asia/Kolkata"]
    assert {row["rotas_name"] for row in group["tables"]["rota_standing"]} == {"Evening check-in"}
    assert len(group["tables"]["rota_standing"]) == 7
    assert "backup" in document["cannot_reach"]
    assert {row["person"] for rows in group["tables"].values() for row in rows if "person" in row} == {
        document["person"]
    }
    assert "Your standing place: Evening check-in, Mondays, every time, from" in page
    assert not [word for word in (BEA, CAI) if word in page + files["mydata.json"].decode()]


async def test_who_lets_all_go_can_begin_anew(memory: MemoryStage) -> None:
    await settle_in(memory)
    await memory.types(ASH, "mydata forget all")
    await memory.types(ASH, "rota join every week")
    await memory.reads(ASH, "You have a place on")
    await memory.types(ASH, "mydata")
    shown = await memory.reads(ASH, "This is all that I keep of you")

    assert "Your standing place" in shown
    assert "Asia/Kolkata" not in shown


async def test_letting_go_of_ones_ways_says_that_more_may_be_kept(memory: MemoryStage) -> None:
    await memory.types(ASH, "me zone Asia/Kolkata")
    await memory.types(ASH, "me forget")

    assert "type “mydata”" in await memory.reads(ASH, "Gone.")


async def test_on_matrix_no_byte_of_the_database_names_somebody_who_let_all_go(
    matrix: MatrixStage, tmp_path: Path
) -> None:
    await settle_in(matrix)
    person = matrix.person(ASH)
    before = files_naming(tmp_path, person.native)
    await matrix.types(ASH, "mydata forget all")
    await matrix.reads(ASH, "It is gone, all of it")
    async with asyncio.timeout(PATIENCE_SECONDS):
        # The bytes go in the round after the last word was sent.
        while files_naming(tmp_path, person.native):
            matrix.house.works.ring()
            await matrix.settled()
            await asyncio.sleep(0.05)

    assert before
    assert await columns_naming(matrix.house.database, person.native) == []


async def test_in_no_group_any_more_a_person_sees_that_nothing_is_kept(matrix: MatrixStage) -> None:
    await settle_in(matrix)
    await matrix.leaves(ASH)
    await matrix.types(ASH, "mydata")
    shown = await matrix.reads(ASH, "I keep nothing of you")
    await matrix.types(ASH, "rota mine")
    refused = await matrix.reads(ASH, "We are not in a group together")

    assert "What I cannot reach" in shown
    assert "“mydata”" in refused
    assert NAME not in shown


async def test_in_no_group_what_is_still_kept_can_be_let_go_by_its_number(matrix: MatrixStage) -> None:
    await matrix.leaves(ASH)
    async with matrix.house.database.transaction():
        # As it is when the server told of the leaving while nobody listened.
        await matrix.house.people.keep(matrix.group, matrix.person(ASH), Wish(zone="UTC"))
    await matrix.types(ASH, "mydata forget")
    await matrix.reads(ASH, "This lets go of all")
    await matrix.picks(ASH, "Let it all go")
    await matrix.reads(ASH, "It is gone, all of it")

    assert (await matrix.rows())["wishes"] == 0


def files_naming(folder: Path, native: str) -> Sequence[str]:
    return [file.name for file in folder.glob("*.db*") if native.encode() in file.read_bytes()]


async def columns_naming(database: Database, native: str) -> Sequence[str]:
    async with database.transaction():
        return [
            f"{table.name}.{name}"
            for table in metadata.sorted_tables
            for row in (await database.execute(select(table))).mappings().all()
            for name, value in row.items()
            if native in str(value)
        ]
