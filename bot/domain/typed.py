"""A typed line into a command and the words of each option.

`sit 30m quiet` and `sit quiet, for 30m` are the same: each option takes the longest run of words that it can
read, whatever the order; a part between commas that nobody wants goes to the first option that takes any text,
and `length: 30m` says outright which option is meant. What is left over is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.commands import Command, Option, Reading
from bot.domain.saying import Refused

LONGEST_LINE = 400
LONGEST_RUN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A command and the words left for its options."""

    command: Command
    rest: str


def command_in(line: str, commands: Sequence[Command]) -> Split | None:
    """Return the command that `line` begins with, the one with most words first; None when there is none."""
    words = line.split()
    for command in sorted(commands, key=lambda command: -command.name.count(" ")):
        name = command.name.split()
        if [word.casefold().rstrip(",.") for word in words[: len(name)]] == name:
            return Split(command=command, rest=" ".join(words[len(name) :]))
    return None


def options_in(rest: str, command: Command, reading: Reading) -> Mapping[str, str]:
    """Return each option's words. Raises `Refused` when some words belong to no option.

    Words that no option reads go to the only option there is: its own refusal says what would work.
    """
    if len(rest) > LONGEST_LINE:
        raise Refused("line-long", longest=LONGEST_LINE)
    only = command.options[0] if len(command.options) == 1 else None
    if rest and only and only.kind.greedy:
        return {only.name: rest}
    sorter = _Sorter(command=command, reading=reading)
    try:
        sorter.take(_parts(rest))
    except Refused:
        if only is None:
            raise
        return {only.name: rest}
    return sorter.found


def _parts(rest: str) -> list[str]:
    return [part for part in (part.strip() for part in re.split(r"[,;]", rest)) if part]


@dataclass(slots=True, kw_only=True)
class _Sorter:
    """Goes through the parts of a line and gives words to options."""

    command: Command
    reading: Reading
    found: dict[str, str] = field(default_factory=dict)

    def take(self, parts: Sequence[str]) -> None:
        """Give every part between commas to the options that want it, those that say which option they mean first."""
        unlabelled = [part for part in parts if not self._took_labelled(part)]
        while unlabelled:
            option, length = self._longest_join(unlabelled) or (self._text_wanted(), 1)
            if option:
                self.found[option.name] = ", ".join(unlabelled[:length])
            else:
                self._take_runs(unlabelled[0].split())
            del unlabelled[:length]

    def _took_labelled(self, part: str) -> bool:
        label, colon, value = part.partition(":")
        named = self.command.option(label.strip().casefold()) if colon else None
        if named is None:
            return False
        if named.name in self.found:
            raise Refused("line-unclear", command=self.command.name)
        self.found[named.name] = value.strip()
        return True

    def _longest_join(self, parts: Sequence[str]) -> tuple[Option, int] | None:
        """Return the option that reads most parts at once: "mon, wed and fri 18:00" is one answer."""
        for length in range(min(len(parts), LONGEST_RUN), 0, -1):
            option = self._wanted(", ".join(parts[:length]))
            if option:
                return option, length
        return None

    def _take_runs(self, words: list[str]) -> None:
        left: list[str] = []
        while words:
            option, length = self._longest_run(words)
            if option is None:
                left.append(words.pop(0))
            else:
                self.found[option.name] = " ".join(words[:length])
                del words[:length]
        if any(word.casefold() not in FILLERS for word in left):
            raise Refused("line-unclear", command=self.command.name)

    def _longest_run(self, words: list[str]) -> tuple[Option | None, int]:
        for length in range(min(len(words), LONGEST_RUN), 0, -1):
            option = self._wanted(" ".join(words[:length]))
            if option:
                return option, length
        return None, 0

    def _wanted(self, run: str) -> Option | None:
        """Return the first open option that can read the whole run; text options read anything and do not count."""
        for option in self.command.options:
            if option.name not in self.found and not option.kind.greedy and self._reads(option, run):
                return option
        return None

    def _reads(self, option: Option, run: str) -> bool:
        try:
            option.kind.read(run, self.reading)
        except Refused:
            return False
        return True

    def _text_wanted(self) -> Option | None:
        open_ = (option for option in self.command.options if option.name not in self.found)
        return next((option for option in open_ if option.kind.greedy), None)


FILLERS = frozenset({"for", "at", "on", "please", "and", "the", "with"})
