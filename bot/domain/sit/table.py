"""The life of an ask, as a table. Nothing that is not in it can happen; every way through it ends.

An ask that has ended has no row: `ENDS` are the words for how it ended.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.saying import Refused


class Stage(StrEnum):
    """Where an ask is."""

    ASKED = "asked"
    OFFERED = "offered"
    PICKED = "picked"
    MEETING = "meeting"
    WITHDRAWN = "withdrawn"
    NOBODY = "nobody"
    LAPSED = "lapsed"


class Event(StrEnum):
    """What can happen to it."""

    OFFER = "someone can"
    LAST_OFFER_BACK = "the last one who could cannot after all"
    PICK_FOR_NOW = "the asker picks someone, for now"
    PICK_FOR_LATER = "the asker picks someone, for a later time"
    WITHDRAW = "the asker withdraws"
    SITTER_CANNOT = "the one picked cannot after all"
    TIME_OVER = "the time the asker set is over"
    START = "the agreed time has come"


ENDS = frozenset({Stage.MEETING, Stage.WITHDRAWN, Stage.NOBODY, Stage.LAPSED})

TABLE: Mapping[tuple[Stage, Event], Stage] = {
    (Stage.ASKED, Event.OFFER): Stage.OFFERED,
    (Stage.ASKED, Event.WITHDRAW): Stage.WITHDRAWN,
    (Stage.ASKED, Event.TIME_OVER): Stage.NOBODY,
    (Stage.OFFERED, Event.OFFER): Stage.OFFERED,
    (Stage.OFFERED, Event.LAST_OFFER_BACK): Stage.ASKED,
    (Stage.OFFERED, Event.PICK_FOR_NOW): Stage.MEETING,
    (Stage.OFFERED, Event.PICK_FOR_LATER): Stage.PICKED,
    (Stage.OFFERED, Event.WITHDRAW): Stage.WITHDRAWN,
    (Stage.OFFERED, Event.TIME_OVER): Stage.LAPSED,
    (Stage.PICKED, Event.SITTER_CANNOT): Stage.ASKED,
    (Stage.PICKED, Event.WITHDRAW): Stage.WITHDRAWN,
    (Stage.PICKED, Event.START): Stage.MEETING,
}


def after(stage: Stage, event: Event) -> Stage:
    """Return the stage after an event. Raises `Refused` when the ask is past it."""
    following = TABLE.get((stage, event))
    if following is None:
        raise Refused("sit-over")
    return following
