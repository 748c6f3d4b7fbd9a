"""What was found, judged: whether a text may stand where it stands, and how to tell of it without repeating it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.operator.canaries.declared import columns_of_words, columns_on_the_way, database_files
from bot.operator.canaries.markers import Marker, Sort
from bot.operator.canaries.searching import Finding, Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A text where none may stand: what it was typed as, its sort, the file, where in it, and how written."""

    typed: str
    sort: str
    file: str
    at: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of it. `unread` is what could not be searched.

    That there was a life is shown by `asked` and `answered`, how often the bot was asked something and how often it
    answered, and by `kept`, how many of the texts that were kept on purpose stood where they may.
    """

    markers: int
    bytes_searched: int
    found: tuple[Found, ...]
    asked: int
    answered: int
    kept: int
    unread: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing was found and everything was looked at."""
        return not self.found and not self.unread

    def as_json(self) -> Mapping[str, object]:
        """Return it for a programme to read."""
        return asdict(self)


class Judge:
    """Looks through a folder for markers. What is kept on purpose may stand in its columns until the group ends it."""

    def __init__(self, markers: Sequence[Marker], database: Path) -> None:
        self._markers = markers
        self._search = Search([marker.text for marker in markers])
        self._files = database_files(database)
        self._columns = frozenset(columns_of_words()) | columns_on_the_way()
        self._found: dict[Found, None] = {}
        self._kept: set[int] = set()

    def look(self, folder: Path, *, ended: bool) -> None:
        """Look through every byte of it; `ended` says that the group has ended all that it asked to be kept."""
        for finding in self._search.folders([folder]):
            marker = self._markers[finding.number]
            if ended or marker.sort is Sort.SAID or not self._may_stand(finding):
                self._found[_told(marker, finding)] = None
            else:
                self._kept.add(finding.number)

    def verdict(self, *, asked: int, answered: int) -> Verdict:
        """Return what came of all that was looked at."""
        return Verdict(
            markers=len(self._markers),
            bytes_searched=self._search.searched,
            found=tuple(self._found),
            asked=asked,
            answered=answered,
            kept=len(self._kept),
            unread=tuple(dict.fromkeys(self._search.unread)),
        )

    def _may_stand(self, finding: Finding) -> bool:
        """Whether words kept on purpose may stand there. Of a database's bytes, its values tell whose they are."""
        return Path(finding.file).name in self._files and (not finding.is_value or finding.at in self._columns)


def _told(marker: Marker, finding: Finding) -> Found:
    return Found(typed=marker.where, sort=marker.sort, file=finding.file, at=finding.at, how=finding.how)


def in_words(verdict: Verdict) -> Iterator[str]:
    """Give a line for each thing that was found, and one for all of it."""
    for found in verdict.found:
        yield f"found: {found.typed} ({found.sort}): in {found.file}, {found.at}, as {found.how}"
    yield from (f"not searched: {each}" for each in verdict.unread)
    yield _counted(verdict)


def _counted(verdict: Verdict) -> str:
    life = f", the bot was asked {verdict.asked} times and answered {verdict.answered} times" if verdict.asked else ""
    places = len(verdict.found)
    return f"{verdict.markers} texts{life}, {verdict.bytes_searched} bytes searched: found in {places} places"
