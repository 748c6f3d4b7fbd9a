"""Two people who meet in each other's direct messages, and in no room of the bot's."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

import pytest
from whenever import TimeDelta

from bot.cogs.sit.commands import ASK, SIT
from bot.domain.commands import Command, Reading, Trait
from bot.domain.ids import PersonId
from bot.domain.saying import Refused, Say
from bot.domain.sit.wishes import Where
from bot.domain.typed import command_in, options_in
from tests.cogs.sit.village import ASH, BEA, CAI, DEE, GROUP, Village, names_in

HOUR = TimeDelta(hours=1)
IN_DIRECT_MESSAGES = "sit-seen-direct"
CARD = ["sit-card", "sit-card-kind", "sit-card-length", "sit-card-leave", "sit-direct-bot", "sit-direct-unreached"]
READING = Reading(now=Village().clock.now(), zone="Europe/London")


@pytest.fixture
def village() -> Village:
    made = Village()
    for person in (BEA, CAI):
        made.does(person, "sit open")
    return made


def _read(line: str) -> Mapping[str, object]:
    """Return the values of what is typed."""
    split = command_in(line, (SIT, ASK))
    assert split is not None
    return _values(split.command, options_in(split.rest, split.command, READING))


def _values(command: Command, words: Mapping[str, str]) -> Mapping[str, object]:
    kinds = {option.name: option.kind for option in command.options}
    return {name: kinds[name].read(text, READING) for name, text in words.items()}


def _ids(said: Iterable[Say]) -> list[list[str]]:
    return [[line.id for line in one.lines] for one in said]


def _introduced(village: Village, people: Sequence[PersonId] = (ASH, BEA, CAI)) -> list[int]:
    return [village.heard(person).count("sit-introduced") for person in people]


def _agreed_for_later(village: Village) -> None:
    """Let Ash and Bea agree to meet in five hours, for one."""
    village.does(ASH, "sit ask", wanted="talk", length=HOUR, at=village.clock.now() + HOUR * 5, where="direct")
    village.does(BEA, "sit can")
    village.does(ASH, "sit pick")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sit direct", {"where": "direct"}),
        ("sit Direct Messages", {"where": "direct"}),
        ("sit quiet 30 minutes dm", {"wanted": "quiet", "length": TimeDelta(minutes=30), "where": "direct"}),
        ("sit in direct messages, quiet", {"wanted": "quiet", "where": "direct"}),
        ("sit 1h dms please", {"length": HOUR, "where": "direct"}),
        ("sit talk by message in an hour", {"wanted": "talk", "where": "direct", "at": READING.now + HOUR}),
        ("sit where: messages, any", {"wanted": "either", "where": "direct"}),
        ("sit chat in a private room", {"wanted": "talk", "where": "room"}),
        ("sit room", {"where": "room"}),
        ("sit at 8pm", {"at": READING.now + HOUR * 8}),
    ],
)
def test_where_to_meet_can_be_typed_in_other_words(line: str, expected: Mapping[str, object]) -> None:
    assert _read(line) == expected


WHERE = next(option.kind for option in SIT.options if option.name == "where")
SAID_SO = sorted({*WHERE.choices, *dict(getattr(WHERE, "also", ()))})


@pytest.mark.parametrize("at", ["45 minutes", "an hour", "tomorrow at 8pm", "in 3 hours", "tuesday 20:00", "now"])
def test_where_to_meet_takes_no_word_of_the_others_and_gives_them_none(at: str) -> None:
    others = _read(f"sit quiet, {at}")
    wrong = [
        (words, between)
        for where in SAID_SO
        for words in itertools.permutations(("quiet", at, where))
        for between in (", ", "; ", " ")
        if _read(f"sit {between.join(words)}") != {**others, "where": WHERE.read(where, READING)}
    ]

    assert wrong == []


@pytest.mark.parametrize("bad", ["garden", "both", "direct room", "pm", "@everyone", "https://example.org", "私信"])
def test_another_place_is_refused(bad: str) -> None:
    with pytest.raises(Refused) as caught:
        _read(f"sit where: {bad}")

    assert caught.value.say.lines[0].args["choices"] == ("room", "direct")


def test_an_ask_for_a_room_says_nothing_of_direct_messages(village: Village) -> None:
    at = village.clock.now() + HOUR * 5
    for options in ({}, {"where": "room"}, {"at": at}):
        village.does(ASH, "sit", GROUP, **options)
        village.does(ASH, "sit ask", GROUP, **options)
        village.does(BEA, "sit can")
        village.does(ASH, "sit pick")
        village.goes_by(HOUR * 6)
    said = str([village.read[person] for person in (ASH, BEA, CAI)])

    assert ("direct" in said, "introduced" in said, len(village.rooms)) == (False, False, 3)


def test_the_asker_sees_before_what_others_will_see_that_it_is_in_direct_messages(village: Village) -> None:
    preview = village.does(ASH, "sit", where="direct")
    village.does(ASH, "sit ask", where="direct")
    [invitation] = village.read[BEA][1:]

    assert _ids([preview, invitation]) == [
        [
            *("sit-preview", "sit-seen-now", IN_DIRECT_MESSAGES, "direct-readers"),
            *("sit-stance", "stance-lines", "sit-preview-wait"),
        ],
        ["sit-seen-now", IN_DIRECT_MESSAGES, "sit-invitation-free"],
    ]
    assert names_in(invitation) == set()


def test_whoever_opens_late_sees_it_too(village: Village) -> None:
    village.does(ASH, "sit ask", where="direct")
    village.does(DEE, "sit open")

    assert _ids(village.read[DEE]) == [
        ["sit-open-now"],
        ["sit-seen-now", IN_DIRECT_MESSAGES, "sit-invitation-free"],
    ]


@pytest.mark.parametrize(
    ("asked_for", "expected"), [({}, None), ({"where": "room"}, None), ({"where": "direct"}, "direct")]
)
def test_what_sends_an_ask_says_where_only_when_it_is_not_the_usual(
    village: Village, asked_for: Mapping[str, str], expected: str | None
) -> None:
    [send] = village.does(ASH, "sit", GROUP, **asked_for).choices

    assert send.options.get("where") == expected
    assert _read(send.typed) == _values(ASK, send.options)


def test_the_two_are_told_who_the_other_is_and_that_they_can_write_now_and_no_room_opens(village: Village) -> None:
    village.does(ASH, "sit ask", wanted="quiet", length=HOUR, where="direct")
    village.does(BEA, "sit can")
    village.does(CAI, "sit can")
    village.does(ASH, "sit pick", offer=1)
    asker, sitter = village.read[ASH][-1], village.read[BEA][-1]
    village.goes_by(HOUR * 24)

    assert _ids([asker, sitter]) == [["sit-you-picked-direct-now", *CARD], ["sit-picked-you-direct-now", *CARD]]
    assert (names_in(asker), names_in(sitter)) == ({BEA}, {ASH})
    assert (asker.lines[0].args["people"], sitter.lines[0].args["person"]) == ((BEA,), ASH)
    assert [asker.lines[2].args["kind"], asker.lines[3].args["length"]] == [
        village.read[BEA][1].lines[0].args[name] for name in ("kind", "length")
    ]
    assert (village.heard(CAI)[-1], names_in(village.read[CAI][-1])) == ("sit-thanks", set())
    assert (village.rooms, village.asks.kept, village.diary.dues) == ([], {}, {})


def test_the_two_who_agreed_on_a_time_are_told_then_and_once(village: Village) -> None:
    _agreed_for_later(village)
    told = [village.heard(person)[-1] for person in (ASH, BEA)]
    village.goes_by(HOUR * 5 - TimeDelta(minutes=1))
    before = _introduced(village)
    village.goes_by(TimeDelta(minutes=1))
    asker, sitter = village.read[ASH][-1], village.read[BEA][-1]
    village.goes_by(HOUR * 24)

    assert told == ["sit-you-picked-direct-later", "sit-picked-you-direct-later"]
    assert (before, _introduced(village)) == ([0, 0, 0], [1, 1, 0])
    assert _ids([asker, sitter]) == [["sit-introduced", *CARD]] * 2
    assert (names_in(asker), names_in(sitter)) == ({BEA}, {ASH})
    assert (village.rooms, village.asks.kept, village.diary.dues) == ([], {}, {})


def test_a_pick_after_the_time_agreed_tells_them_at_once_and_once(village: Village) -> None:
    village.does(ASH, "sit ask", at=village.clock.now() + HOUR, where="direct")
    village.goes_by(TimeDelta(minutes=50))
    village.does(BEA, "sit can")
    village.goes_by(TimeDelta(minutes=15))
    village.does(ASH, "sit pick")
    told = [village.heard(person)[-1] for person in (ASH, BEA)]
    village.goes_by(HOUR * 5)

    assert told == ["sit-you-picked-direct-now", "sit-picked-you-direct-now"]
    assert (_introduced(village), village.rooms) == ([0, 0, 0], [])


@pytest.mark.parametrize("who", [ASH, BEA])
def test_either_of_them_may_take_it_back_before_and_nobody_is_brought_together(village: Village, who: PersonId) -> None:
    _agreed_for_later(village)
    village.does(who, "sit withdraw")
    village.goes_by(HOUR * 6)

    assert (_introduced(village), village.rooms) == ([0, 0, 0], [])


def test_somebody_else_who_is_picked_instead_meets_in_direct_messages_as_well(village: Village) -> None:
    _agreed_for_later(village)
    village.does(BEA, "sit withdraw")
    village.does(CAI, "sit can")
    village.does(ASH, "sit pick")
    village.goes_by(HOUR * 5)

    assert (_introduced(village), village.rooms) == ([1, 0, 1], [])


def test_when_the_house_was_down_until_their_time_was_over_both_hear_so_and_are_not_brought_together(
    village: Village,
) -> None:
    _agreed_for_later(village)
    village.clock.time += HOUR * 7
    village.goes_by(TimeDelta(minutes=1))

    assert [village.heard(person)[-1] for person in (ASH, BEA)] == ["sit-missed-direct"] * 2
    assert (_introduced(village), village.rooms) == ([0, 0, 0], [])


def test_they_are_brought_together_late_while_their_time_lasts_and_not_after_it(village: Village) -> None:
    village.cut_off = True
    _agreed_for_later(village)
    village.goes_by(HOUR * 5)
    start = village.clock.now()
    expiries = [one.expires_at for key, one in village.outbox.waiting.items() if ":introduced:" in key]

    assert expiries == [start + HOUR] * 2


def test_a_pick_that_cannot_be_taken_back_says_what_can_be_done_without_a_room(village: Village) -> None:
    village.does(ASH, "sit ask", where="direct")
    village.does(BEA, "sit can")
    undos = [choice.undo for choice in village.read[ASH][-1].choices if choice.command == "sit pick"]

    assert [getattr(undo, "id", None) for undo in undos] == ["sit-pick-stands-direct"]


def test_no_room_opens_where_rooms_are_taken_away_either(village: Village) -> None:
    village.traits = frozenset({Trait.CLEARING})
    _agreed_for_later(village)
    village.goes_by(HOUR * 5)

    assert (_introduced(village), village.rooms) == ([1, 1, 0], [])


def test_an_ask_keeps_where_it_is_to_meet(village: Village) -> None:
    kept = []
    for options in ({}, {"where": "room"}, {"where": "direct"}):
        village.does(ASH, "sit ask", GROUP, **options)
        kept += [ask.terms.where for ask in village.asks.kept.values()]
        village.does(ASH, "sit withdraw")

    assert kept == [Where.ROOM, Where.ROOM, Where.DIRECT]
