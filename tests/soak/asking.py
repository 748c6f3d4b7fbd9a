"""What people of the soak type: each line's answer can be told from any other answer to the same person."""

import re
from collections.abc import Iterator
from random import Random

from whenever import Instant, TimeDelta, available_timezones

from bot import settings
from bot.domain.reading.places import known
from bot.store.packs import read_pack
from tests.soak.book import Ask, Book
from tests.soak.sentences import Sentences

LEAD = TimeDelta(minutes=1)
# So short that a group's next shift can begin soon: nobody can be on two at a time.
LASTS = TimeDelta(minutes=3)
ZONE = "Europe/London"
# What is said of a rota that was ended by the time that something was asked of it again.
_OVER = ("rota-unknown", "rota-none", "rota-gone")
_TOPICS = ("sit", "sit open", "find", "now", "rota new", "rota join", "rota mine", "me", "me zone", "about")
# What a choice is called that is typed in full.
_CHOSEN = {"northern ireland": "ni"}
_NATIONS = {"england": "England", "scotland": "Scotland", "wales": "Wales", "northern ireland": "Northern Ireland"}


def _is_same_time(zone: str) -> bool:
    now = Instant.now()
    return now.to_tz(zone).offset == now.to_tz(ZONE).offset


class Asking:
    """Makes lines. Those of one key are typed one at a time, the others as many at once as people like."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        # Where it is the same time, so that it is the same day: dates are read as those of whoever types them.
        zones = sorted(zone for zone in available_timezones() if known(zone) and _is_same_time(zone))
        self.zones = zones
        self._cards = [(card.id, card.name) for card in read_pack(settings.shipped() / "signposts" / "uk").cards]

    def small_talk(self, person: str, book: Book, random: Random) -> Ask:
        """Return something to ask that this person does not wait for already."""
        while True:
            ask = random.choice(self._kinds)(self, random)
            if book.is_free(person, ask.key):
                return ask

    def remind(self) -> Ask:
        answer = self._sentences.line("rota-remind-kept")
        return Ask(
            text="rota remind 1 minute", key="remind", answer=answer, slash="rota remind", options={"leads": "1 minute"}
        )

    def new(self, name: str, shift: Instant) -> Ask:
        here = shift.to_tz(ZONE)
        day = here.date().day_of_week().name.casefold()
        begins, ends = (at.time().format_iso()[:5] for at in (here, here + LASTS))
        when = f"every {day} {begins} to {ends}, 1 to 20 people"
        text = f"rota new {name}, when: {when.replace(',', '')}, zone: {ZONE}"
        return Ask(
            text=text,
            key=f"new {name}",
            answer=self._sentences.line("rota-kept", name=name),
            slash="rota new",
            options={"name": name, "when": when, "zone": ZONE},
            again=self._sentences.line("rota-name-taken", name=name),
        )

    def join(self, name: str, shift: Instant) -> Ask:
        date = shift.to_tz(ZONE).date()
        return Ask(
            text=f"rota join {name} {date}",
            key=f"join {name}",
            answer=self._sentences.line("rota-joined", name=name),
            slash="rota join",
            options={"rota": name, "date": str(date)},
            again=self._sentences.either("rota-join-already", "rota-shift-over", *_OVER),
        )

    def leave(self, name: str, shift: Instant) -> Ask:
        date = shift.to_tz(ZONE).date()
        return Ask(
            text=f"rota leave {name} {date}",
            key=f"leave {name}",
            answer=self._sentences.line("rota-left", name=name),
            slash="rota leave",
            options={"rota": name, "date": str(date)},
            under=(f"join {name}", "Leave "),
            again=self._sentences.either("rota-leave-not-on", "rota-shift-over", *_OVER),
        )

    def end(self, name: str) -> Ask:
        return Ask(
            text=f"rota end {name}",
            key=f"end {name}",
            answer=self._sentences.line("rota-ended", name=name),
            slash="rota end",
            options={"rota": name},
            again=self._sentences.either(*_OVER),
        )

    def show(self, name: str) -> Ask:
        return Ask(
            text=f"rota show {name}",
            key=f"show {name}",
            answer=re.compile(rf"\d+\. {re.escape(name)}"),
            slash="rota show",
            options={"rota": name},
            under=(f"new {name}", "See the rota"),
        )

    def _zone(self, random: Random) -> Ask:
        zone = random.choice(self.zones)
        answer = self._sentences.line("me-zone-kept", zone=zone)
        return Ask(text=f"me zone {zone}", key=f"zone {zone}", answer=answer, slash="me zone", options={"zone": zone})

    def _nation(self, random: Random) -> Ask:
        typed, shown = random.choice(list(_NATIONS.items()))
        answer = self._sentences.line("me-nation-kept", nation=shown)
        return Ask(
            text=f"me nation {typed}",
            key=f"nation {typed}",
            answer=answer,
            slash="me nation",
            options={"nation": _CHOSEN.get(typed, typed)},
        )

    def _card(self, random: Random) -> Ask:
        id_, name = random.choice(self._cards)
        answer = re.compile(re.escape(name))
        return Ask(text=f"card {id_}", key=f"card {id_}", answer=answer, slash="card", options={"id": id_})

    def _help(self, random: Random) -> Ask:
        topic = random.choice(_TOPICS)
        answer = re.compile(rf"(?:- )?“?{topic}\b[^:]*: .*")
        return Ask(text=f"help {topic}", key=f"help {topic}", answer=answer, slash="help", options={"topic": topic})

    def _now(self, random: Random) -> Ask:
        answer = self._sentences.line("now-title")
        typed = random.choice(list(_NATIONS))
        return Ask(text=f"now {typed}", key="now", answer=answer, slash="now", options={"nation": typed})

    def _me(self, _random: Random) -> Ask:
        return Ask(text="me", key="me", answer=self._sentences.line("me-intro"), slash="me show")

    def _about(self, _random: Random) -> Ask:
        return Ask(text="about", key="about", answer=self._sentences.line("about-what"), slash="about")

    def _mine(self, _random: Random) -> Ask:
        answer = self._sentences.either("rota-mine-heading", "rota-mine-none")
        return Ask(text="rota mine", key="rota mine", answer=answer, slash="rota mine")

    def _open(self, random: Random) -> Ask:
        length = f"{random.randint(2, 40)} hours"
        answer = self._sentences.line("sit-open-until")
        return Ask(text=f"sit open {length}", key="sit open", answer=answer, slash="sit open", options={"when": length})

    _kinds = (_zone, _zone, _zone, _nation, _card, _card, _help, _now, _me, _about, _mine, _open)


def next_minute(moment: Instant, after: TimeDelta) -> Instant:
    """Return the first full minute that is at least `after` later."""
    at = (moment + after).timestamp()
    return Instant.from_timestamp(-(-at // 60) * 60)


def names() -> Iterator[str]:
    """Give names of rotas, none twice."""
    number = 0
    while True:
        number += 1
        yield f"Soak {number:04}"
