"""`alongside sit-rules`: the life of an ask as one table, from the same values that decide it; in Markdown."""

from collections.abc import Iterator, Sequence

from bot.domain.sit.table import KEPT, TABLE, Event, Rule, Stage
from bot.words.catalogue import Catalogue

_KEPT = {
    "named": "people it is to be put to by name",
    "invited": "who it was put to",
    "everyone": "whether the room heard of it",
    "offers": "who offered",
    "unheard": "who offered and is kept apart from the asker, who hears nothing of it",
    "sitters": "who was picked",
    "noted": "that there is a line of the asker's own (the line itself is in memory alone)",
    "widens_at": "when it is put to more people",
    "after": "the code for afterwards",
    "ends_at": "when it is over by what they agreed",
    "room": "the room, where the bot is to take it away",
    "change": "a change that one of them would like, and who said yes to it",
    "longer": "who would like longer",
}
_NOTHING = "nothing of it. That somebody was asked for company is kept for seven days at most"


def in_markdown(words: Catalogue) -> str:
    """Return what can happen in each stage, who may bring it about, who hears what; and what is kept in it."""
    return "\n".join((*_events(words), "", *_stages(), ""))


def _events(words: Catalogue) -> Iterator[str]:
    yield "| When an ask is | and | by | it is then | and it is said |"
    yield "| --- | --- | --- | --- | --- |"
    alike: dict[tuple[Event, Rule], list[Stage]] = {}
    for (stage, event), rule in TABLE.items():
        alike.setdefault((event, rule), []).append(stage)
    for (event, rule), stages in alike.items():
        yield _row(words, stages, event, rule)


def _row(words: Catalogue, stages: Sequence[Stage], event: Event, rule: Rule) -> str:
    said = "<br>".join(f"to {ear}: {_either(words, ids)}" for ear, ids in rule.said) or "nothing"
    return f"| {_or(stages)} | {event} | {_or(rule.by)} | {rule.to} | {said} |"


def _either(words: Catalogue, ids: Sequence[str]) -> str:
    return _or([f"“{_sentence(words, id_)}”" for id_ in ids])


def _or(several: Sequence[str]) -> str:
    *first, last = several
    return f"{', '.join(first)} or {last}" if first else last


def _sentence(words: Catalogue, id_: str) -> str:
    return words.sketch(id_).replace("|", "\\|").replace("\n", " ")


def _stages() -> Iterator[str]:
    yield "| While it is | this is kept, beside what was asked for, when, and by whom |"
    yield "| --- | --- |"
    alike: dict[frozenset[str], list[Stage]] = {}
    for stage, kept in KEPT.items():
        alike.setdefault(kept, []).append(stage)
    for kept, stages in alike.items():
        told = [words for name, words in _KEPT.items() if name in kept]
        yield f"| {_or([stage for stage in Stage if stage in stages])} | {'; '.join(told) or _NOTHING} |"
