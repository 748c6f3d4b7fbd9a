"""Somebody would like a hello: those who are there hear it in private, once, and only while they are there."""

from whenever import TimeDelta

from bot.domain.outgoing import Message
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK, ROTA, Desk
from tests.cogs.rota.desk import SUNDAY as NOON

HOUR = TimeDelta(hours=1)
DOV = type(ASH).of("local", "dov")
# From Sunday noon to Tuesday, 19:10.
INTO_IT = HOUR * 55 + TimeDelta(minutes=10)


async def in_a_shift(*people: str) -> Desk:
    desk = Desk()
    await desk.ask(ASH, f"{ROTA} to 21:00, 4 people")
    for person in people:
        await desk.ask(type(ASH).of("local", person), "rota join tuesday")
    await desk.pass_time(INTO_IT)
    desk.said.clear()
    return desk


async def test_everybody_who_is_on_hears_it_in_private_and_the_room_hears_nothing() -> None:
    desk = await in_a_shift("bee", "cat")
    answer = await desk.ask(DOV, "rota hello")

    wanted = "dov would like a hello, while you are on “Evening check-in”."
    assert answer == "bee and cat are told in private that you would like a hello. Nothing is kept of it."
    assert sorted(desk.said) == [(BEE, wanted), (CAT, wanted)]


async def test_the_check_in_in_the_room_offers_it() -> None:
    desk = Desk()
    await desk.ask(ASH, ROTA)
    await desk.ask(BEE, "rota join tuesday")
    await desk.pass_time(INTO_IT)

    assert desk.offered[-1] == "rota hello 1 2026-11-24"
    assert await desk.ask(DOV, desk.offered[-1]) == (
        "bee is told in private that you would like a hello. Nothing is kept of it."
    )


async def test_it_is_told_once_for_each_shift_however_often_it_is_pressed() -> None:
    desk = await in_a_shift("bee")
    answers = [await desk.ask(DOV, "rota hello 1") for _ in range(3)]

    assert len(set(answers)) == 1
    assert len(desk.said) == 1


async def test_it_is_gone_when_the_shift_is_and_never_goes_to_the_room() -> None:
    desk = await in_a_shift("bee")
    desk.outbox.send(desk.now)
    asked: list[Message] = []
    put = desk.outbox.put

    async def watched(sending: Message) -> None:
        asked.append(sending)
        await put(sending)

    desk.outbox.put = watched  # type: ignore[method-assign, assignment]  # Looked at on its way.
    await desk.ask(DOV, "rota hello")

    [message] = asked
    assert message.expires_at == NOON + HOUR * 57
    assert message.fallback is None
    assert DOV not in message.key


async def test_whoever_is_on_themselves_is_not_told_of_their_own_wish() -> None:
    desk = await in_a_shift("bee", "cat")
    await desk.ask(BEE, "rota hello")

    assert [to for to, _ in desk.said] == [CAT]


async def test_when_nobody_is_around_any_more_a_plain_sentence_says_so() -> None:
    desk = await in_a_shift("bee")
    await desk.pass_time(HOUR * 2)
    over = await desk.ask(DOV, "rota hello 1 2026-11-24")
    alone = await in_a_shift("bee")

    nobody = "Nobody is around on “Evening check-in” just now."
    assert over == nobody
    assert await alone.ask(BEE, "rota hello") == nobody
    assert desk.said == alone.said == []


async def test_somebody_who_is_on_for_another_part_of_it_is_not_told() -> None:
    desk = Desk()
    await desk.ask(ASH, f"{ROTA} to 21:00, 2 people")
    await desk.ask(BEE, "rota join 1, tuesday, part: until 20:00")
    await desk.ask(CAT, "rota join 1, tuesday, part: from 20:00")
    await desk.pass_time(INTO_IT)
    first = await desk.ask(DOV, "rota hello")
    await desk.pass_time(HOUR)
    second = await desk.ask(DOV, "rota hello")

    assert first.startswith("bee is told")
    assert second.startswith("cat is told")


async def test_of_several_rotas_the_one_that_is_on_is_meant() -> None:
    desk = await in_a_shift("bee")
    await desk.ask(ASH, "rota new Breakfast, every monday 8:00")

    assert (await desk.ask(DOV, "rota hello")).startswith("bee is told")
    assert await desk.ids(DOV, "rota hello 2") == ["rota-hello-nobody"]
    await desk.pass_time(HOUR * 5)
    assert await desk.ids(DOV, "rota hello") == ["rota-hello-no-shift"]
    assert await desk.ids(DOV, "rota hello", ELM) == ["rota-none"]
    assert OAK != ELM
