"""The life of an ask, as a table. Nothing that is not in it can happen; every way through it ends.

It tells who may bring each thing about and what each hears of it, so it is also what the documents say. An ask that has
ended has no row: `ENDS` are the words for how it ended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.saying import Refused


class Stage(StrEnum):
    """Where an ask is."""

    ASKED = "asked"
    WIDENING = "widening"
    OFFERED = "offered"
    UNANSWERED = "unanswered"
    GATHERING = "gathering"
    PICKED = "picked"
    OPENING = "opening"
    OPEN = "open"
    ENDING = "ending"
    WITHDRAWN = "withdrawn"
    NOBODY = "nobody"
    LAPSED = "lapsed"
    MISSED = "missed"
    STEPPED_AWAY = "stepped away"
    OVER = "over"


class Event(StrEnum):
    """What can happen to it."""

    MORE_TO_HEAR = "others are still to hear of it"
    WIDEN = "it is put to more people"
    ALL_HEARD = "all who were to hear of it have heard"
    OFFER = "someone can"
    LAST_OFFER_BACK = "the last one who could cannot after all"
    TIME_OVER = "the time the asker set is over"
    WAIT_ON = "the asker waits on, or has it put to more people"
    SILENCE = "the asker says nothing more for an hour"
    WITHDRAW = "the asker withdraws"
    PICK_ONE = "the asker picks someone, and there is room for more"
    MEET_NOW = "the asker has picked, or picks nobody else, for now"
    MEET_LATER = "the asker has picked, or picks nobody else, for a later time"
    SITTER_CANNOT = "one who was picked cannot after all"
    LAST_SITTER_CANNOT = "the only one picked cannot after all"
    START = "the agreed time has come"
    TOO_LATE = "the agreed time went by while the bot was away"
    OPENED = "they are together"
    NOT_OPENED = "the room did not come about"
    PROPOSE = "one of them would like the card changed"
    AGREE = "all have said yes to the change"
    TIME_COME = "the time they agreed on is over"
    WISH_LONGER = "one of them would like longer"
    LONGER = "all of them would like longer"
    ONE_AWAY = "one of several steps away"
    STEP_AWAY = "one of two steps away"
    LINGERED = "a quarter of an hour more has gone by"


class By(StrEnum):
    """Who may bring it about."""

    ASKER = "the asker"
    ASKED = "anyone it was put to"
    OFFERER = "whoever offered"
    SITTER = "whoever was picked"
    EITHER = "any of those who meet"
    CLOCK = "the clock"
    WORLD = "the platform"


class Ear(StrEnum):
    """Who hears it."""

    ASKER = "the asker"
    ASKED = "those it is put to"
    OFFERERS = "those who offered and were not picked"
    PICKED = "whoever was picked"
    SELF = "whoever does it"
    OTHERS = "the others who meet"
    ALL = "all who meet"


ENDS = frozenset({Stage.WITHDRAWN, Stage.NOBODY, Stage.LAPSED, Stage.MISSED, Stage.STEPPED_AWAY, Stage.OVER})
# Somebody is looked for: an offer may come.
LOOKING = frozenset({Stage.ASKED, Stage.WIDENING, Stage.OFFERED, Stage.UNANSWERED, Stage.GATHERING})
# It is still an ask: nobody is being brought together yet.
STILL_ASKED = LOOKING | {Stage.PICKED}
# They are meeting.
TOGETHER = frozenset({Stage.OPEN, Stage.ENDING})
# They are, or are just about to.
MEETS = TOGETHER | {Stage.OPENING}

Said = tuple[tuple[Ear, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What comes of an event: the stage after it, who may bring it about, and who hears which sentences."""

    to: Stage
    by: tuple[By, ...]
    said: Said = ()


def _says(**sentences: str) -> Said:
    return tuple((Ear[ear.upper()], tuple(ids.split())) for ear, ids in sentences.items())


_SEEN = "sit-seen-now sit-seen-later"
_OFFER = Rule(to=Stage.OFFERED, by=(By.ASKED,), said=_says(self="sit-can-thanks", asker="sit-offered"))
_WITHDRAWN = Rule(
    to=Stage.WITHDRAWN, by=(By.ASKER,), said=_says(self="sit-withdrawn", offerers="sit-ended", picked="sit-ended")
)
_WAITS = Rule(to=Stage.ASKED, by=(By.ASKER,), said=_says(self="sit-waiting-on", asked=_SEEN))
_STEPS_AWAY = Rule(
    to=Stage.STEPPED_AWAY,
    by=(By.EITHER,),
    said=_says(self="sit-stepped-away sit-stepped-away-yourself", others="sit-one-stepped-away"),
)
_PICKED = "sit-thanks"
_MISSED = "sit-missed sit-missed-direct"
_AFTER_ALL = _says(self="sit-taken-back", asker="sit-cannot-after-all")


def _met(to: Stage, when: str, *by: By) -> Rule:
    """Return what it is to have picked: all who meet hear each other's names, whether there is a room for it or not."""
    asker, picked = (f"{said}-{when} {said}-direct-{when}" for said in ("sit-you-picked", "sit-picked-you"))
    return Rule(to=to, by=by, said=_says(asker=asker, picked=picked, offerers=_PICKED))


TABLE: Mapping[tuple[Stage, Event], Rule] = {
    (Stage.ASKED, Event.MORE_TO_HEAR): Rule(to=Stage.WIDENING, by=(By.ASKER,)),
    (Stage.WIDENING, Event.WIDEN): Rule(to=Stage.WIDENING, by=(By.CLOCK, By.ASKER), said=_says(asked=_SEEN)),
    (Stage.WIDENING, Event.ALL_HEARD): Rule(to=Stage.ASKED, by=(By.CLOCK, By.ASKER)),
    (Stage.ASKED, Event.OFFER): _OFFER,
    (Stage.WIDENING, Event.OFFER): _OFFER,
    (Stage.UNANSWERED, Event.OFFER): _OFFER,
    (Stage.OFFERED, Event.OFFER): _OFFER,
    (Stage.GATHERING, Event.OFFER): Rule(to=Stage.GATHERING, by=(By.ASKED,), said=_OFFER.said),
    (Stage.OFFERED, Event.LAST_OFFER_BACK): Rule(to=Stage.ASKED, by=(By.OFFERER,), said=_AFTER_ALL),
    (Stage.ASKED, Event.TIME_OVER): Rule(to=Stage.UNANSWERED, by=(By.CLOCK,), said=_says(asker="sit-nobody")),
    (Stage.WIDENING, Event.TIME_OVER): Rule(to=Stage.UNANSWERED, by=(By.CLOCK,), said=_says(asker="sit-nobody")),
    (Stage.OFFERED, Event.TIME_OVER): Rule(
        to=Stage.LAPSED, by=(By.CLOCK,), said=_says(asker="sit-lapsed", offerers="sit-ended")
    ),
    (Stage.ASKED, Event.WAIT_ON): _WAITS,
    (Stage.WIDENING, Event.WAIT_ON): _WAITS,
    (Stage.UNANSWERED, Event.WAIT_ON): _WAITS,
    (Stage.UNANSWERED, Event.SILENCE): Rule(to=Stage.NOBODY, by=(By.CLOCK,)),
    (Stage.ASKED, Event.WITHDRAW): _WITHDRAWN,
    (Stage.WIDENING, Event.WITHDRAW): _WITHDRAWN,
    (Stage.UNANSWERED, Event.WITHDRAW): _WITHDRAWN,
    (Stage.OFFERED, Event.WITHDRAW): _WITHDRAWN,
    (Stage.GATHERING, Event.WITHDRAW): _WITHDRAWN,
    (Stage.PICKED, Event.WITHDRAW): _WITHDRAWN,
    (Stage.OFFERED, Event.PICK_ONE): Rule(
        to=Stage.GATHERING, by=(By.ASKER,), said=_says(self="sit-picked-one", picked="sit-picked-you-of-several")
    ),
    (Stage.GATHERING, Event.PICK_ONE): Rule(
        to=Stage.GATHERING, by=(By.ASKER,), said=_says(self="sit-picked-one", picked="sit-picked-you-of-several")
    ),
    (Stage.OFFERED, Event.MEET_NOW): _met(Stage.OPENING, "now", By.ASKER),
    (Stage.OFFERED, Event.MEET_LATER): _met(Stage.PICKED, "later", By.ASKER),
    (Stage.GATHERING, Event.MEET_NOW): _met(Stage.OPENING, "now", By.ASKER, By.CLOCK),
    (Stage.GATHERING, Event.MEET_LATER): _met(Stage.PICKED, "later", By.ASKER, By.CLOCK),
    (Stage.GATHERING, Event.SITTER_CANNOT): Rule(to=Stage.GATHERING, by=(By.SITTER,), said=_AFTER_ALL),
    (Stage.GATHERING, Event.LAST_SITTER_CANNOT): Rule(to=Stage.ASKED, by=(By.SITTER,), said=_AFTER_ALL),
    (Stage.PICKED, Event.SITTER_CANNOT): Rule(to=Stage.PICKED, by=(By.SITTER,), said=_AFTER_ALL),
    (Stage.PICKED, Event.LAST_SITTER_CANNOT): Rule(to=Stage.ASKED, by=(By.SITTER,), said=_AFTER_ALL),
    (Stage.PICKED, Event.START): Rule(to=Stage.OPENING, by=(By.CLOCK,), said=_says(all="sit-introduced")),
    (Stage.PICKED, Event.TOO_LATE): Rule(to=Stage.MISSED, by=(By.CLOCK,), said=_says(all=_MISSED)),
    (Stage.OPENING, Event.OPENED): Rule(to=Stage.OPEN, by=(By.WORLD,), said=_says(all="sit-card")),
    (Stage.OPENING, Event.NOT_OPENED): Rule(to=Stage.MISSED, by=(By.WORLD,), said=_says(all=_MISSED)),
    (Stage.OPENING, Event.STEP_AWAY): _STEPS_AWAY,
    (Stage.OPEN, Event.PROPOSE): Rule(
        to=Stage.OPEN, by=(By.EITHER,), said=_says(self="sit-change-proposed", others="sit-change-wished")
    ),
    (Stage.ENDING, Event.PROPOSE): Rule(
        to=Stage.ENDING, by=(By.EITHER,), said=_says(self="sit-change-proposed", others="sit-change-wished")
    ),
    (Stage.OPEN, Event.AGREE): Rule(
        to=Stage.OPEN, by=(By.EITHER,), said=_says(self="sit-change-agreed", all="sit-card-changed")
    ),
    (Stage.ENDING, Event.AGREE): Rule(
        to=Stage.OPEN, by=(By.EITHER,), said=_says(self="sit-change-agreed", all="sit-card-changed")
    ),
    (Stage.OPEN, Event.TIME_COME): Rule(to=Stage.ENDING, by=(By.CLOCK,), said=_says(all="sit-time-come")),
    (Stage.ENDING, Event.WISH_LONGER): Rule(to=Stage.ENDING, by=(By.EITHER,), said=_says(self="sit-longer-wished")),
    (Stage.ENDING, Event.LONGER): Rule(
        to=Stage.OPEN, by=(By.EITHER,), said=_says(self="sit-longer-for-you", all="sit-longer-for-all")
    ),
    (Stage.OPEN, Event.ONE_AWAY): Rule(
        to=Stage.OPEN, by=(By.EITHER,), said=_says(self="sit-stepped-away", others="sit-one-of-several-away")
    ),
    (Stage.ENDING, Event.ONE_AWAY): Rule(
        to=Stage.ENDING, by=(By.EITHER,), said=_says(self="sit-stepped-away", others="sit-one-of-several-away")
    ),
    (Stage.OPEN, Event.STEP_AWAY): _STEPS_AWAY,
    (Stage.ENDING, Event.STEP_AWAY): _STEPS_AWAY,
    (Stage.ENDING, Event.LINGERED): Rule(to=Stage.OVER, by=(By.CLOCK,), said=_says(all="sit-done")),
    (Stage.OPEN, Event.LINGERED): Rule(to=Stage.OVER, by=(By.CLOCK,), said=_says(all="sit-done")),
}


# What of an ask is kept in a stage, by the names of its values, beside what was asked for and by whom.
_LOOKED_FOR = frozenset({"named", "invited", "unheard", "offers", "sitters", "everyone", "noted", "after", "widens_at"})
_MET = frozenset({"sitters", "noted", "after", "ends_at", "room", "change", "longer"})
KEPT: Mapping[Stage, frozenset[str]] = {
    Stage.ASKED: _LOOKED_FOR - {"offers", "sitters"},
    Stage.WIDENING: _LOOKED_FOR - {"offers", "sitters"},
    Stage.UNANSWERED: _LOOKED_FOR - {"offers", "sitters"},
    Stage.OFFERED: _LOOKED_FOR - {"sitters"},
    Stage.GATHERING: _LOOKED_FOR,
    Stage.PICKED: _LOOKED_FOR,
    Stage.OPENING: _LOOKED_FOR | {"ends_at"},
    Stage.OPEN: _MET,
    Stage.ENDING: _MET,
    **dict.fromkeys(ENDS, frozenset()),
}


def after(stage: Stage, event: Event) -> Stage:
    """Return the stage after an event. Raises `Refused` when the ask is past it."""
    rule = TABLE.get((stage, event))
    if rule is None:
        raise Refused("sit-over")
    return rule.to


def events(stage: Stage) -> Iterator[Event]:
    """Yield what can happen in a stage."""
    return (event for at, event in TABLE if at is stage)
