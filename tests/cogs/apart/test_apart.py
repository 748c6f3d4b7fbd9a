"""`me apart`: no reason is asked, it holds in every direction, and the other reads the same with a line and without."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import TimeDelta

from bot.domain.ids import PersonId
from bot.domain.people import Wish
from bot.domain.saying import Undo
from bot.domain.sit.table import Stage
from tests.cogs.apart.desk import ApartDesk
from tests.cogs.rota.desk import ASH, BEE, CAT, ELM, OAK

HOUR = TimeDelta(hours=1)
DAY = HOUR * 24
DOV = PersonId.of("local", "dov")
# From Sunday noon to Monday, 9:00, when Bee and Cat are on.
TO_NINE = HOUR * 21
FROM_NOW_ON = "Kept: I do not bring you and bee together in this group, until you let go of it."
HELLOS = "hello start daily 9:00, who: shift"
WITH_BUDDY = "hello start daily 9:00, unanswered: tell my buddy"


async def desk_with_rota() -> ApartDesk:
    """Return a desk with Bee and Cat on every morning from 8 to 10, and nothing said yet."""
    desk = ApartDesk()
    await desk.ask(ASH, "rota new Mornings, daily 8:00 to 10:00, 4 people")
    for person in (BEE, CAT):
        await desk.ask(person, "rota join every week")
        await desk.ask(person, "rota remind none")
    forget_what_was_said(desk)
    return desk


def forget_what_was_said(desk: ApartDesk) -> None:
    desk.said.clear()
    desk.offered.clear()
    desk.read.clear()


def newest(desk: ApartDesk, beginning: str) -> str:
    return next(typed for typed in reversed(desk.offered) if typed.startswith(beginning))


def heard_by(desk: ApartDesk, person: PersonId) -> list[str]:
    return [text for to, text in desk.said if to == person]


# The command.


async def test_a_line_is_kept_at_once_with_no_reason_asked_and_nobody_else_hears_of_it() -> None:
    desk = await desk_with_rota()
    answer = await desk.types(ASH, "me apart from Bee")
    again = await desk.types(ASH, "me apart bee")

    assert answer.startswith(FROM_NOW_ON)
    assert "They cannot see it, and nobody is told." in answer
    assert again == answer
    assert desk.said == []
    assert desk.apart.lines == {(OAK, ASH, BEE)}


async def test_without_a_name_it_shows_their_own_lines_and_those_on_a_rota_who_could_be_meant() -> None:
    desk = await desk_with_rota()
    before = await desk.types(ASH, "me apart")
    choices = [choice.typed for choice in desk.choices]
    await desk.types(ASH, choices[0])
    after = await desk.types(ASH, "me apart")
    [off, on] = desk.choices

    assert "You named" not in before
    assert choices == [f"me apart {person.mark}" for person in (BEE, CAT)]
    assert "You named:\nbee\n" in after
    assert (off.typed, on.typed) == (f"me apart {BEE.mark} off", f"me apart {CAT.mark}")
    assert off.undo == Undo(command="me apart", options={"whom": BEE.mark})


async def test_a_line_goes_with_one_word_and_another_ones_line_stays() -> None:
    desk = await desk_with_rota()
    await desk.types(BEE, "me apart ash")
    await desk.types(ASH, "me apart bee")
    gone = await desk.types(ASH, "me apart bee off")
    never_there = await desk.types(ASH, "me apart cat off")

    assert gone == "It is let go of. I may bring you and bee together again."
    assert never_there == gone.replace("bee", "cat")
    assert desk.apart.lines == {(OAK, BEE, ASH)}


async def test_somebody_whom_the_bot_does_not_know_is_answered_just_as_somebody_it_does() -> None:
    desk = await desk_with_rota()
    known, unknown = await desk.types(ASH, "me apart bee"), await desk.types(ASH, "me apart dov")
    [choice] = desk.choices

    assert unknown == known.replace("bee", "dov")
    assert (await desk.types(ASH, choice.typed)).startswith("It is let go of. I may bring you and dov together again.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("me apart ash", "That would be you. Name somebody else."),
        ("me apart 0123456789abcdef", "I cannot tell who that is."),
    ],
)
async def test_what_cannot_be_is_one_plain_sentence(typed: str, answer: str) -> None:
    desk = await desk_with_rota()

    assert (await desk.types(ASH, typed)).startswith(answer)
    assert desk.apart.lines == set()


async def test_it_is_of_one_group_alone() -> None:
    desk = await desk_with_rota()
    await desk.types(ASH, "me apart bee")

    assert not (await desk.apart.all(ELM)).made


async def test_what_the_answer_leaves_behind_where_it_has_to_wait_names_nobody() -> None:
    desk = await desk_with_rota()
    said = await desk.answer(ASH, "me apart bee")

    assert BEE not in str(said.to_be_kept)
    assert [each.id for each in said.to_be_kept.lines] == ["apart-later"]


# In every direction.


@dataclass(frozen=True, kw_only=True)
class Line:
    """Who made it, and whom it names: each test is lived with either."""

    who: PersonId
    other: PersonId

    async def made(self, desk: ApartDesk) -> None:
        await desk.ask(self.who, f"me apart {self.other.native}")


ASHS, BEES = Line(who=ASH, other=BEE), Line(who=BEE, other=ASH)
either = pytest.mark.parametrize("line", [ASHS, BEES], ids=["asks", "is asked"])


@either
async def test_an_ask_is_put_to_nobody_who_is_kept_apart_also_when_they_open_later(line: Line) -> None:
    desk = await desk_with_rota()
    await line.made(desk)
    for person in (BEE, CAT):
        await desk.ask(person, "sit open")
    await desk.ask(ASH, "sit ask quiet")
    await desk.ask(BEE, "sit open")

    assert heard_by(desk, BEE) == []
    assert len(heard_by(desk, CAT)) == 1
    assert await desk.ids(BEE, f"sit can {desk.code(ASH)}") == ["sit-over"]


@either
@pytest.mark.parametrize("who", ["open", "everyone"])
async def test_a_yes_to_an_ask_that_they_saw_looks_to_them_like_that_of_anybody_who_is_not_picked(
    line: Line, who: str
) -> None:
    views = []
    for is_kept_apart in (True, False):
        desk = await desk_with_rota()
        for person in (BEE, CAT):
            await desk.ask(person, "sit open")
        await desk.ask(ASH, f"sit ask quiet, who: {who}")
        if is_kept_apart:
            await line.made(desk)
        code = desk.code(ASH)
        for _ in range(2):
            await desk.types(BEE, f"sit can {code}")
        heard = [text for text in heard_by(desk, ASH) if BEE.native in text]
        await desk.ask(CAT, f"sit can {code}")
        await desk.ask(ASH, f"sit pick {1 if is_kept_apart else 2}")
        views.append([read.replace(code, "CODE") for read in desk.read[BEE]])
        assert (heard == []) is is_kept_apart
        assert desk.rooms == [frozenset({ASH, CAT})]

    assert views[0] == views[1]


@either
async def test_a_yes_from_before_can_be_picked_no_more_and_whoever_said_it_hears_what_the_others_hear(
    line: Line,
) -> None:
    desk = await desk_with_rota()
    for person in (BEE, CAT):
        await desk.ask(person, "sit open")
    await desk.ask(ASH, "sit ask quiet")
    await desk.ask(BEE, f"sit can {desk.code(ASH)}")
    await line.made(desk)
    said_again = await desk.ids(BEE, f"sit can {desk.code(ASH)}")
    gone = await desk.ids(ASH, "sit pick 1")
    forget_what_was_said(desk)
    await desk.ask(CAT, f"sit can {desk.code(ASH)}")
    [told] = desk.read[ASH]
    await desk.ask(ASH, "sit pick")

    assert said_again == ["sit-can-already"]
    assert gone == ["sit-no-such-offer"]
    assert BEE not in told
    assert heard_by(desk, BEE) == ["Thank you. They have company now."]
    assert desk.rooms == [frozenset({ASH, CAT})]


@either
async def test_a_sit_for_later_ends_as_if_whoever_made_the_line_had_taken_it_back(line: Line) -> None:
    ways = []
    for ending in (line.made, lambda desk: desk.ask(line.who, "sit withdraw")):
        desk = await desk_with_rota()
        await desk.ask(BEE, "sit open")
        await desk.ask(ASH, "sit ask quiet, in 5 hours, wait: 4 hours")
        await desk.ask(BEE, f"sit can {desk.code(ASH)}")
        await desk.ask(ASH, "sit pick")
        forget_what_was_said(desk)
        await ending(desk)
        await desk.pass_time(HOUR * 6)
        ways.append((desk.rooms, desk.read.get(line.other)))

    assert ways[0] == ways[1]
    assert ways[0][0] == []


@either
async def test_whoever_would_like_a_hello_is_told_of_to_nobody_who_is_kept_apart(line: Line) -> None:
    desk = await desk_with_rota()
    await line.made(desk)
    await desk.ask(ASH, HELLOS)
    await desk.pass_time(TO_NINE)
    at_their_time = heard_by(desk, BEE), heard_by(desk, CAT)
    forget_what_was_said(desk)
    await desk.ask(ASH, "rota hello")

    assert at_their_time == ([], ["ash would like a hello now."])
    assert heard_by(desk, BEE) == []
    assert len(heard_by(desk, CAT)) == 1


@either
async def test_nobody_who_is_kept_apart_is_asked_to_be_a_buddy_or_becomes_one(line: Line) -> None:
    desk = await desk_with_rota()
    await desk.ask(ASH, WITH_BUDDY)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    agree = newest(desk, "hello agree")
    await line.made(desk)
    late = await desk.ids(BEE, agree)
    forget_what_was_said(desk)
    await desk.ask(ASH, f"hello buddy {CAT.mark}")
    await desk.ask(ASH, f"hello buddy {BEE.mark}")

    assert late == ["hello-gone"]
    assert heard_by(desk, BEE) == []


@either
async def test_nobody_who_was_kept_apart_before_hears_that_they_were_chosen_as_a_buddy(line: Line) -> None:
    desk = await desk_with_rota()
    await line.made(desk)
    await desk.ask(ASH, WITH_BUDDY)
    chosen = await desk.ids(ASH, f"hello buddy {BEE.mark}")

    assert chosen == (["hello-buddy-whom"] if line is ASHS else ["hello-buddy-asked"])
    assert heard_by(desk, BEE) == []


@either
async def test_a_buddy_who_agreed_is_one_no_longer_by_a_sentence_that_says_nothing_of_it(line: Line) -> None:
    desk = await desk_with_rota()
    await desk.ask(ASH, WITH_BUDDY)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    await desk.ask(BEE, newest(desk, "hello agree"))
    forget_what_was_said(desk)
    await line.made(desk)
    told = list(desk.said)
    await desk.pass_time(DAY)

    anew = (ASH, "You need to choose a buddy anew for your hellos. Nothing is said until then.")
    over = (BEE, "ash needs no buddy for hellos any more. There is nothing for you to do.")
    assert told == ([over, anew] if line is ASHS else [anew])
    assert [each for each in desk.said if each[0] in {ASH, BEE}] == told


@either
async def test_a_shift_offered_to_one_who_is_kept_apart_is_an_offer_that_nobody_answers(line: Line) -> None:
    desk = await desk_with_rota()
    await desk.ask(ASH, "rota join tomorrow")
    before = f"rota offer 1 2026-11-23, to: {BEE.mark}"
    await desk.ask(ASH, before)
    take = newest(desk, "rota take")
    await line.made(desk)
    forget_what_was_said(desk)
    late = await desk.ids(BEE, take)
    offered = await desk.ids(ASH, before)

    assert late == ["rota-offer-gone"]
    assert offered == (["rota-offer-to-whom"] if line is ASHS else ["rota-offered-to", "rota-offered-still-on"])
    assert heard_by(desk, BEE) == []


@either
async def test_a_shift_is_asked_of_nobody_who_is_kept_apart_from_somebody_on_it_or_on_another_then(line: Line) -> None:
    desk = ApartDesk()
    await line.made(desk)
    for person in (ASH, CAT):
        await desk.people.keep(OAK, person, Wish(gaps=True))
    await desk.ask(DOV, "rota new Tea, 24 november 19:00, 2 people")
    await desk.ask(BEE, "rota join 1 24 november")
    await desk.ask(DOV, "rota new Soup, 24 november 18:30, 1 people")
    forget_what_was_said(desk)
    await desk.pass_time(DAY)

    assert [text for text in heard_by(desk, ASH) if "needs somebody" in text] == []
    assert [text for text in heard_by(desk, CAT) if "needs somebody" in text] != []


async def test_two_who_are_kept_apart_are_not_asked_for_one_shift_at_once() -> None:
    desk = ApartDesk()
    await ASHS.made(desk)
    for person in (ASH, BEE):
        await desk.people.keep(OAK, person, Wish(gaps=True))
    await desk.ask(DOV, "rota new Tea, 26 november 19:00, 2 people")
    asked = [to for to, text in await desk.pass_time(HOUR) if "needs somebody" in text]

    assert len(asked) == 1
    assert asked[0] in {ASH, BEE}


@either
async def test_two_who_are_kept_apart_are_never_suggested_for_one_shift(line: Line) -> None:
    desk = ApartDesk()
    await line.made(desk)
    for person in (ASH, BEE):
        await desk.people.keep(OAK, person, Wish(gaps=True))
    await desk.ask(DOV, "rota new Tea, 8 december 19:00, 2 people")
    forget_what_was_said(desk)
    await desk.ask(DOV, "rota suggest 4 weeks")
    offered = [to for to, text in await desk.pass_time(HOUR) if "is open" in text or "could take" in text]

    assert len(offered) == 1


@either
async def test_nobody_is_suggested_for_a_time_at_which_one_who_is_kept_apart_is_on_another_shift(line: Line) -> None:
    desk = ApartDesk()
    await line.made(desk)
    for person in (ASH, CAT):
        await desk.people.keep(OAK, person, Wish(gaps=True))
    await desk.ask(DOV, "rota new Soup, 8 december 18:30, 1 people")
    await desk.ask(BEE, "rota join 1 8 december")
    await desk.ask(DOV, "rota new Tea, 8 december 19:00, 2 people")
    forget_what_was_said(desk)
    await desk.ask(DOV, "rota suggest 4 weeks")
    offered = [to for to, text in await desk.pass_time(HOUR) if "is open" in text or "could take" in text]

    assert offered == [CAT]


@either
async def test_a_buddy_hears_nothing_any_more_of_a_hello_that_was_not_answered_before(line: Line) -> None:
    desk = await desk_with_rota()
    await desk.ask(ASH, WITH_BUDDY)
    await desk.ask(ASH, f"hello buddy {BEE.mark}")
    await desk.ask(BEE, newest(desk, "hello agree"))
    await desk.pass_time(TO_NINE + HOUR)
    desk.now += HOUR
    forget_what_was_said(desk)
    await line.made(desk)

    assert [text for text in heard_by(desk, BEE) if "answer" in text] == []


async def test_what_somebody_takes_by_their_own_will_is_never_refused() -> None:
    desk = await desk_with_rota()
    await BEES.made(desk)

    assert (await desk.ids(ASH, "rota join tomorrow"))[0] == "rota-joined"


# The other reads the same with a line and without.

OTHERS_DOINGS: Sequence[tuple[str, ...]] = (
    ("sit ask quiet",),
    ("sit open", "sit pause"),
    (HELLOS, "rota hello"),
    (WITH_BUDDY, "hello buddy", f"hello buddy {BEE.mark}", "hello"),
    ("rota join tomorrow", "rota offer 1 2026-11-24", f"rota offer 1 2026-11-24, to: {BEE.mark}", "rota mine"),
    ("rota join tomorrow", f"rota swap 1 2026-11-24, theirs: 2026-11-25, person: {BEE.mark}", "rota mine"),
    ("rota join tomorrow", "rota show", "me", "me apart", "me apart bee", "me apart bee off"),
)


@pytest.mark.parametrize("only", [True, False], ids=["only Bee is there", "others are there"])
@pytest.mark.parametrize("doings", OTHERS_DOINGS, ids=[each[-1] for each in OTHERS_DOINGS])
async def test_the_other_reads_the_same_to_the_letter_with_a_line_and_without(
    doings: tuple[str, ...], *, only: bool
) -> None:
    """Bee answers nothing, which is a no; whether she also made a line, Ash cannot tell."""
    views = []
    for has_line in (True, False):
        desk = await desk_with_rota()
        if only:
            await desk.ask(CAT, "rota leave every week")
        for person in (BEE,) if only else (BEE, CAT):
            await desk.ask(person, "sit open")
        await desk.pass_time(TO_NINE - HOUR)
        await desk.ask(BEE, "me apart ash" if has_line else "me apart dov")
        forget_what_was_said(desk)
        desk.asked = 100
        for typed in doings:
            await desk.types(ASH, typed)
            await desk.pass_time(HOUR)
        await desk.pass_time(DAY)
        views.append({who: read for who, read in desk.read.items() if who != BEE})

    assert views[0] == views[1]
    assert len(views[0][ASH]) >= len(doings)


async def _both_picked(desk: ApartDesk) -> None:
    """Let Ash have picked both Bee and Cat for a sit in five hours."""
    for person in (BEE, CAT):
        await desk.ask(person, "sit open")
    await desk.ask(ASH, "sit ask quiet, in 5 hours, wait: 4 hours, people: 2")
    for person in (BEE, CAT):
        await desk.ask(person, f"sit can {desk.code(ASH)}")
    for number in (1, 2):
        await desk.ask(ASH, f"sit pick {number}")


async def test_of_two_who_were_both_picked_whoever_made_the_line_does_not_come_as_if_they_had_taken_it_back() -> None:
    told = []
    for ending in (f"me apart {CAT.native}", "sit withdraw"):
        desk = await desk_with_rota()
        await _both_picked(desk)
        forget_what_was_said(desk)
        await desk.ask(BEE, ending)
        [ask] = desk.asks_for_company.kept.values()
        told.append(([heard_by(desk, who) for who in (ASH, CAT)], ask.sitters))

    assert told[0] == told[1]
    assert told[0] == ([[f"{BEE.native} cannot make it after all. Your ask is still open."], []], (CAT,))


async def test_of_two_one_of_whom_was_picked_the_other_can_be_picked_no_more() -> None:
    desk = await desk_with_rota()
    for person in (BEE, CAT):
        await desk.ask(person, "sit open")
    await desk.ask(ASH, "sit ask quiet, people: 2")
    for person in (BEE, CAT):
        await desk.ask(person, f"sit can {desk.code(ASH)}")
    await desk.ask(ASH, "sit pick 1")
    await desk.ask(BEE, f"me apart {CAT.native}")

    assert await desk.ids(ASH, "sit pick 2") == ["sit-no-such-offer"]


# In lives of any kind.

PEOPLE = (ASH, BEE, CAT, DOV)
LINES = (
    *("sit open", "sit pause", "sit ask quiet", "sit ask talk, in 3 hours, wait: 2 hours", "sit withdraw", "sit can"),
    *("sit ask quiet, people: 3, who: everyone", "sit ask talk, in 3 hours, wait: 2 hours, people: 2", "sit begin"),
    *("sit pick", "sit pick 1", "sit pick 2", HELLOS, WITH_BUDDY, "hello stop", "rota hello"),
    *(f"hello buddy {person.mark}" for person in PEOPLE),
    *(f"rota offer 1 2026-11-23, to: {person.mark}" for person in PEOPLE),
    *("rota join tomorrow", "rota leave tomorrow", "me ask yes", "take", "agree"),
)
doings = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(LINES))
moments = st.sampled_from([TimeDelta(minutes=20), HOUR * 3, HOUR * 20])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(doings, max_size=12),
    st.sampled_from([(ASH, BEE), (BEE, ASH), (CAT, DOV)]),
    st.lists(st.one_of(doings, moments), min_size=5, max_size=40),
)
async def test_nobody_kept_apart_is_ever_brought_together(
    before: list[tuple[PersonId, str]], pair: tuple[PersonId, PersonId], life: list[tuple[PersonId, str] | TimeDelta]
) -> None:
    """Whatever was under way when the line was made: nothing that either is told from then on is of the other."""
    desk = await desk_with_rota()
    for doing in before:
        await does(desk, *doing)
    rooms, asks, met = len(desk.rooms), set(desk.asks_for_company.kept), {*sits_of(desk, pair)}
    await desk.ask(pair[0], f"me apart {pair[1].native}")
    forget_what_was_said(desk)
    for each in life:
        if isinstance(each, TimeDelta):
            await desk.pass_time(each)
        else:
            await does(desk, *each)
            assert_apart(desk, pair, asks)
            assert {*sits_of(desk, pair)} <= met

    assert not [people for people in desk.rooms[rooms:] if people >= set(pair)]


def sits_of(desk: ApartDesk, pair: tuple[PersonId, PersonId]) -> Iterator[object]:
    """Yield each sit that both of the two are in, or are to be in."""
    return (key for key, ask in desk.asks_for_company.kept.items() if set(pair) <= set(ask.members))


async def does(desk: ApartDesk, person: PersonId, typed: str) -> None:
    """Let somebody type a line; what is answered by a code, with the newest they could have been given."""
    command = {"take": "rota take", "agree": "hello agree"}.get(typed)
    if command is not None:
        codes = [each for each in desk.offered if each.startswith(command)]
        typed = codes[-1] if codes else "me"
    await desk.ask(person, typed)


def assert_apart(desk: ApartDesk, pair: tuple[PersonId, PersonId], before: Collection[object]) -> None:
    """Neither of the two hears of the other what brings people together; asks from `before` are over for them."""
    for key, ask in desk.asks_for_company.kept.items():
        assert key in before or ask.asker not in pair or ask.invited.isdisjoint(pair)
        assert not set(pair) <= set(ask.members) or ask.stage in {Stage.OPENING, Stage.OPEN, Stage.ENDING}
    assert [each for each in desk.hellos.hellos.values() if {each.person, each.agreed} == set(pair)] == []
    bringing = ("can sit with you", "would like a hello", "asks whether", "You and", "agreed to be")
    for who, other in (pair, pair[::-1]):
        told = [text for text in heard_by(desk, who) if other.native in text]
        assert not [text for text in told if any(words in text for words in bringing)]
