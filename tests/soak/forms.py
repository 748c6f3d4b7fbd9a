"""Forms of the soak on Discord: one of a group looks how it has things, presses, and fills in what is asked."""

import re
from collections.abc import Sequence

from tests.soak.asking import Asking
from tests.soak.book import Ask, Book
from tests.soak.member import Member
from tests.soak.sentences import Sentences

_GROUP = "group"


class FillingIn:
    """Changes a group's time zone by its form, each time to one that it never had; each change is told the group."""

    def __init__(self, people: Sequence[Member], book: Book, asking: Asking, sentences: Sentences) -> None:
        self._people = people
        self._one = people[1]
        self._book = book
        self._sentences = sentences
        self._zones = list(asking.zones)
        self._waits_for = ""

    def go_on(self) -> None:
        """Do the next step when the last was answered; say what the group is to be told by now."""
        if not self._zones or (self._waits_for and not self._came(self._waits_for)):
            return
        zone = self._zones[-1]
        if not self._waits_for:
            self._do(Ask(text="", key=_GROUP, answer=self._sentences.line("group-intro"), slash="group show"))
        elif self._waits_for == _GROUP:
            title = re.compile(re.escape("The group’s time zone"))
            self._do(Ask(text="", key=f"form {zone}", answer=title, under=(_GROUP, "Set the time zone")))
        elif self._waits_for == f"form {zone}":
            self._fill_in(zone)
        else:
            for each in self._people:
                self._book.awaited[each.user_id][f"zone news {zone}"].wanted = True
            self._zones.pop()
            self._waits_for = _GROUP

    def _fill_in(self, zone: str) -> None:
        news = self._sentences.line("group-zone-changed", zone=zone)
        for each in self._people:
            self._book.await_(each.user_id, f"zone news {zone}", news)
        self._do(
            Ask(
                text="",
                key=f"zone is {zone}",
                answer=self._sentences.line("group-kept"),
                options={"zone": zone},
                under=(f"form {zone}", ""),
                again=self._sentences.line("group-already"),
            )
        )

    def _do(self, ask: Ask) -> None:
        self._waits_for = ask.key
        self._one.todo.append(ask)

    def _came(self, key: str) -> bool:
        asked = self._book.asked[self._one.user_id].get(key)
        return asked is not None and bool(asked.came)
