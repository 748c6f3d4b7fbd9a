"""Rows to hellos and back. What hangs on one is written anew with it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, Table, delete, select
from whenever import Time, TimeDelta

from bot.domain.hello.hello import Buddy, Hello, Question, Times, Unanswered, Who
from bot.domain.ids import GroupId
from bot.domain.rota.recurrence import recurrence
from bot.store.database import Database, Row
from bot.store.tables.hello import hello_buddies, hello_questions, hello_times, hellos


class HelloStore:
    """Implements the port `HelloShelf`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = database.upsert(hellos)

    async def all(self, group: GroupId) -> Sequence[Hello]:
        """Return every one of the group, which is held, also when there is none."""
        await self._database.hold(group)
        rows = await self._database.execute(select(hellos).where(hellos.c.group_id == group).order_by(hellos.c.id))
        return [await self._whole(row) for row in rows.mappings().all()]

    async def keep(self, hello: Hello) -> None:
        """Keep it as it now is."""
        await self._database.execute(self._keep, _row(hello))
        for table, rows in _hanging(hello).items():
            await self._database.execute(delete(table).where(table.c.hello == hello.id))
            if rows:
                await self._database.execute(self._database.insert(table), rows)

    async def drop(self, group: GroupId, hello: str) -> None:
        """Let go of it; what hung on it goes with it."""
        await self._database.execute(delete(hellos).where(hellos.c.group_id == group, hellos.c.id == hello))

    async def _whole(self, row: RowMapping) -> Hello:
        times = await self._of(hello_times, row["id"])
        buddies = await self._of(hello_buddies, row["id"])
        questions = await self._of(hello_questions, row["id"])
        buddy = next((Buddy(person=each["person"], agreed=each["agreed"]) for each in buddies), None)
        return Hello(
            id=row["id"],
            group=row["group_id"],
            person=row["person"],
            zone=row["zone"],
            times=tuple(_times(each) for each in sorted(times, key=lambda each: int(each["number"]))),
            weeks=row["weeks"],
            until=row["until"],
            who=Who(row["who"]),
            unanswered=Unanswered(row["unanswered"]),
            wait=TimeDelta(minutes=row["wait_minutes"]),
            buddy=buddy,
            paused=row["paused"],
            watermark=row["watermark"],
            questions=tuple(sorted(_question(each) for each in questions)),
        )

    async def _of(self, table: Table, hello: str) -> Sequence[RowMapping]:
        return (await self._database.execute(select(table).where(table.c.hello == hello))).mappings().all()


def _row(hello: Hello) -> Row:
    return {
        "id": hello.id,
        "group_id": hello.group,
        "person": hello.person,
        "zone": hello.zone,
        "weeks": hello.weeks,
        "until": hello.until,
        "who": hello.who.value,
        "unanswered": hello.unanswered.value,
        "wait_minutes": round(hello.wait.total("minutes")),
        "paused": hello.paused,
        "watermark": hello.watermark,
    }


def _hanging(hello: Hello) -> dict[Table, list[dict[str, Any]]]:
    of = {"hello": hello.id}
    buddies = [] if hello.buddy is None else [{"person": hello.buddy.person, "agreed": hello.buddy.agreed}]
    questions = [
        {"asked_at": each.asked_at, "answer_by": each.answer_by, "tell_at": each.tell_at} for each in hello.questions
    ]
    return {
        hello_times: [of | _of_times(number, each) for number, each in enumerate(hello.times, 1)],
        hello_buddies: [of | each for each in buddies],
        hello_questions: [of | each for each in questions],
    }


def _of_times(number: int, times: Times) -> dict[str, Any]:
    return {
        "number": number,
        "rule": str(times.recurrence),
        "starts": times.starts,
        "last": times.last,
        "wall_time": times.time.format_iso(),
    }


def _times(row: RowMapping) -> Times:
    return Times(
        recurrence=recurrence(row["rule"]),
        starts=row["starts"],
        last=row["last"],
        time=Time.parse_iso(row["wall_time"]),
    )


def _question(row: RowMapping) -> Question:
    return Question(asked_at=row["asked_at"], answer_by=row["answer_by"], tell_at=row["tell_at"])
