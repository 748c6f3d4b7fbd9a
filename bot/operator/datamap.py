"""`alongside data-map`: everything that is kept, as those who keep it describe it; for people, programmes and print."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.ports.datamap import Field, Part, Seen
from bot.store import describing
from bot.words.printing import PAGES

_PAGE = "data-map.html"
_WIDTH = 78
_DATA, _BACKUPS = "data folder", "backup folder"

NOTHING_SAID = (
    "Nothing that people say is kept, and no setting makes the bot keep it. Names are not kept either. Two things "
    "stand in words, for a group asked for it: what a rota is called, and the words that open its check-ins."
)
# What the rows themselves do not tell.
NOTES = tuple(
    " ".join(note.split())
    for note in """
The log holds kinds of events and places in the program, and no id and no word of anybody.

On SQLite, what is deleted is overwritten in the file, and gone from its log within a minute. Copies that SQLite left
behind when it moved rows go when the file is written anew: once a day, and whenever somebody is forgotten.

On PostgreSQL, what is deleted stays in the server's files until it vacuums, and in its write-ahead log, its replicas
and its dumps for as long as whoever runs it keeps those.

Whoever runs the machine can read the database and the keys, unless they are encrypted with a key that is not there.
No command of the bot shows who asked whom.

A backup holds the rows as they were until its own date, encrypted to the group's keys. What was forgotten since is
forgotten again when it is restored.

A Matrix server keeps every message, encrypted where the room is, with who wrote it where and when; every reaction,
membership and name in clear; and, for the bot, a list of its direct chats by person (m.direct),
until the person shares no room with it.

Discord keeps every message and who used which command when, and can read all of it.

The files of mydata export pass through memory alone. The platform keeps them: Discord can read them, a Matrix server
only where the chat is not encrypted.

What people read, they may have copied. The bot cannot reach any of that.
""".strip().split("\n\n")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMap:
    """All there is: first what is kept, then what is to be known beside it."""

    parts: Sequence[Part]
    nothing_said: str = NOTHING_SAID
    notes: Sequence[str] = NOTES


# For each file beside the database: where it is, what it holds, what for, and the latest that it goes.
_FILES = (
    (
        "alongside.db.lock",
        "data folder",
        "nothing",
        "that nobody restores over a bot that runs",
        "with the data folder",
    ),
    (
        "forgotten.secret",
        _DATA,
        "a random number",
        "without it nobody can tell who was forgotten; no backup holds it in clear",
        f"with the {_DATA}",
    ),
    (
        "alongside-….age",
        _BACKUPS,
        "the rows that last, sealed to the group's keys",
        "to go on after a loss",
        "at its own date, which is in its name: [backup] keep_days",
    ),
    (
        "forgotten.key.age",
        _BACKUPS,
        "the same random number, sealed to the group's keys",
        "to go by the lines beside it on a new machine",
        f"with the {_BACKUPS}",
    ),
    (
        "forgotten-….lines",
        _BACKUPS,
        "the table forgotten once more, a file for each day",
        "for a machine that is lost with its database",
        "when every backup from before that day is past its date",
    ),
)


def data_map() -> DataMap:
    """Return the map of everything that any world of this version keeps."""
    from bot.adapters.matrix import kept  # noqa: PLC0415  A world not used is not loaded: nio alone takes 50 MB.

    files = [
        Part(name=name, where=where, latest=ends, fields=(Field(name="content", holds=holds, purpose=why, ends=ends),))
        for name, where, holds, why, ends in _FILES
    ]
    return DataMap(parts=(*describing.parts(), *kept.parts(), *files))


def as_json(found: DataMap) -> str:
    """Return it for a programme to read."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=2)


def as_html(found: DataMap) -> str:
    """Return it as one page that needs nothing else."""
    pages = Environment(
        loader=FileSystemLoader([Path(__file__).parent, PAGES]), autoescape=True, undefined=StrictUndefined
    )
    return pages.get_template(_PAGE).render(map=found)


def in_words(found: DataMap) -> str:
    """Return it for a terminal."""
    return "\n".join(_lines(found))


def _lines(found: DataMap) -> Iterator[str]:
    yield textwrap.fill(found.nothing_said, _WIDTH)
    for part in found.parts:
        yield f"\n{part.name} ({part.where})"
        [(seen, _)] = Counter(field.seen for field in part.fields).most_common(1)
        goes = "; ".join(dict.fromkeys(field.ends for field in part.fields))
        yield _filled("  ", f"Goes {goes}; at the latest {part.latest}." if goes != part.latest else f"Goes {goes}.")
        yield _filled("  ", f"Seen by {seen}.")
        for field in part.fields:
            yield _filled("  - ", _field(field, seen))
    yield ""
    for note in found.notes:
        yield _filled("* ", note)


def _field(field: Field, seen: Seen) -> str:
    """Return what a column holds and what for, and who sees it if that is not who sees the others."""
    who = "" if field.seen == seen else f" (seen by {field.seen})"
    return f"{field.name}: {field.holds}; {field.purpose}{who}"


def _filled(before: str, text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=before, subsequent_indent=" " * len(before))
