"""Rotas and shifts suggested while they are typed, as people read them."""

from bot.domain.commands import Asked
from bot.domain.ids import PersonId
from bot.domain.people import Wish
from bot.domain.rota.reading import Meant
from tests.cogs.rota.desk import ASH, BEE, ELM, OAK, ROOM, ROTA, Desk, sentence


async def suggested(
    desk: Desk, person: PersonId, command: str, option: str, text: str = "", rota: str = ""
) -> list[tuple[str, str]]:
    """Return the value and the label of each."""
    asked = Asked(
        key="typing",
        command=command,
        options={"rota": (Meant(name=rota),)} if rota else {},
        person=person,
        group=OAK,
        place=ROOM,
        at=desk.now,
    )
    found = await desk.feature.suggestions[command, option](asked, text)
    return [(one.value, sentence(one.label)) for one in found]


async def with_rotas() -> Desk:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.ask(ASH, "rota new Soup, sundays 18:00")
    await desk.ask(ASH, "rota new Elsewhere, daily 18:00", ELM)
    return desk


async def test_a_rota_is_suggested_by_number_and_name() -> None:
    desk = await with_rotas()

    for command in ("rota show", "rota join", "rota leave", "rota end"):
        assert await suggested(desk, BEE, command, "rota") == [("1", "1. Evening check-in"), ("2", "2. Soup")]
    assert await suggested(desk, BEE, "rota show", "rota", "so") == [("2", "2. Soup")]


async def test_shifts_that_are_open_to_the_person_are_suggested_for_joining() -> None:
    desk = await with_rotas()
    await desk.ask(ASH, "rota join 1 tuesday")

    assert (await suggested(desk, BEE, "rota join", "date", rota="1"))[:2] == [
        ("2026-11-26", "Thursday 26 November, 19:00"),
        ("2026-12-01", "Tuesday 1 December, 19:00"),
    ]


async def test_shifts_that_the_person_is_on_are_suggested_for_leaving() -> None:
    desk = await with_rotas()
    await desk.ask(ASH, "rota join 1 tuesday")
    await desk.ask(BEE, "rota join 1 thursday")

    assert await suggested(desk, BEE, "rota leave", "date", rota="1") == [
        ("2026-11-26", "Thursday 26 November, 19:00"),
    ]
    assert await suggested(desk, BEE, "rota leave", "date", "tues", rota="1") == []


async def test_with_one_rota_its_shifts_are_suggested_without_its_name_and_in_the_persons_zone() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.people.keep(OAK, BEE, Wish(zone="Asia/Tokyo"))

    assert (await suggested(desk, BEE, "rota join", "date", "wed"))[0] == ("2026-11-24", "Wednesday 25 November, 04:00")


async def test_what_is_suggested_is_what_is_joined() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.people.keep(OAK, BEE, Wish(zone="Asia/Tokyo"))

    for value, label in (await suggested(desk, BEE, "rota join", "date"))[:3]:
        assert (await desk.ask(BEE, f"rota join 1 {value}")).startswith(f"You are on “Evening check-in”, {label}.")
