"""A typed line into a command and the words of each option.

`sit 30m quiet` and `sit quiet, for 30m` are the same: each option takes the longest run of words that it can
read, whatever the order; a part between commas that nobody wants goes to the first option that takes any text,
and `length: 30m` says outright which option is meant. What is left over is refused, by the option that it was meant
for where that can be told: `people 9`, `no advise`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.commands import Command, Option, Reading, TellingKind
from bot.domain.saying import Line, Refused, line

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The words between commas or semicolons, and which of the two stood before them."""

    words: str
    after: str


def _parts(rest: str) -> list[_Part]:
    pieces = re.split("([,;])", f",{rest}")[1:]
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return [_Part(words=words.strip(), after=after) for after, words in pairs if words.strip()]


def _joined(parts: Sequence[_Part]) -> str:
    """Return the parts as they were typed."""
    first, *others = parts
    return first.words + "".join(f"{part.after} {part.words}" for part in others)


def _with_commas(parts: Sequence[_Part]) -> str:
    """Return the parts as if only commas had been typed."""
    return ", ".join(part.words for part in parts)


@dataclass(slots=True, kw_only=True)
class _Sorter:
    """Goes through the parts of a line and gives words to options."""

    command: Command
    reading: Reading
    found: dict[str, str] = field(default_factory=dict)

    def take(self, parts: Sequence[_Part]) -> None:
        """Give every part between commas to the options that want it, those that say which option they mean first."""
        parts = self._take_named(self._take_number(parts))
        unlabelled = [part for part in parts if not self._took_labelled(part.words)]
        while unlabelled:
            option, words, length = self._longest_join(unlabelled) or (self._text_wanted(), unlabelled[0].words, 1)
            if option:
                self.found[option.name] = words
            else:
                self._take_runs(unlabelled[0].words.split())
            del unlabelled[:length]

    def _take_number(self, parts: Sequence[_Part]) -> Sequence[_Part]:
        """Give a number that comes first to the option that comes first, where that must be looked up; return the rest.

        Nothing else can be meant by it, though other options read numbers too.
        """
        option = _looked_up_first(self.command)
        if not parts or option is None:
            return parts
        number, *others = parts[0].words.split()
        if not number.isdecimal():
            return parts
        self.found[option.name] = number
        first = [_Part(words=" ".join(others), after=parts[0].after)] if others else []
        return [*first, *parts[1:]]

    def _take_named(self, parts: Sequence[_Part]) -> Sequence[_Part]:
        """Give an option that is only meant by its name all that is typed from there on; return what is before it."""
        names = "|".join(re.escape(option.name) for option in self.command.options if option.named)
        label = re.compile(rf"(?:^|\s)(?=(?:{names})\s*:)", re.IGNORECASE)
        for index, part in enumerate(parts):
            found = label.search(part.words) if names else None
            if found:
                before, its = part.words[: found.start()], part.words[found.end() :]
                self._take_words_of(_joined([_Part(words=its, after=part.after), *parts[index + 1 :]]))
                return [*parts[:index], *([_Part(words=before, after=part.after)] if before else [])]
        return parts

    def _take_words_of(self, labelled: str) -> None:
        """Give it what is typed after its name. Refuses nothing at all."""
        option = self._labelled(labelled)
        if option and not labelled.partition(":")[2].strip():
            label = Line(id=f"{self.command.slug}-{option.name}")
            raise Refused("option-unclear", option=label, why=line("text-empty"))
        self._took_labelled(labelled)

    def _labelled(self, part: str) -> Option | None:
        label, colon, _ = part.partition(":")
        return self.command.option(label.strip().casefold()) if colon else None

    def _took_labelled(self, part: str) -> bool:
        named, value = self._labelled(part), part.partition(":")[2]
        if named is None:
            return False
        if named.name in self.found:
            raise Refused("line-unclear", command=self.command.name)
        self.found[named.name] = value.strip()
        return True

    def _longest_join(self, parts: Sequence[_Part]) -> tuple[Option, str, int] | None:
        """Return the option that reads most parts at once: "mon, wed and fri 18:00" is one answer.

        A semicolon is one to an option that wants it, and to others as good as a comma.
        """
        for length in range(min(len(parts), LONGEST_RUN), 0, -1):
            for words in dict.fromkeys((_joined(parts[:length]), _with_commas(parts[:length]))):
                option = self._wanted(words)
                if option:
                    return option, words, length
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
        self._take_left([word for word in left if word.casefold() not in FILLERS | self.found.keys()])

    def _take_left(self, left: Sequence[str]) -> None:
        """Give words that no option reads to the one whose name they begin with; it says what would work."""
        if not left:
            return
        option = self.command.option(left[0].casefold())
        if option is None or len(left) == 1:
            raise Refused("line-unclear", command=self.command.name)
        self.found[option.name] = " ".join(left[1:])

    def _longest_run(self, words: list[str]) -> tuple[Option | None, int]:
        for length in range(min(len(words), LONGEST_RUN), 0, -1):
            option = self._wanted(" ".join(words[:length]))
            if option:
                return option, length
        return None, 0

    def _wanted(self, run: str) -> Option | None:
        """Return the first open option that can read the whole run; text options read anything and do not count.

        One that it is plainly meant for comes before the later ones, also where it has to refuse it.
        """
        for option in self.command.options:
            if option.name in self.found or _is_text(option):
                continue
            if self._reads(option, run) or (isinstance(option.kind, TellingKind) and option.kind.means(run)):
                return option
        return None

    def _reads(self, option: Option, run: str) -> bool:
        try:
            option.kind.read(run, self.reading)
        except Refused:
            return False
        return True

    def _text_wanted(self) -> Option | None:
        texts = (option for option in self.command.options if option.kind.greedy and not option.named)
        open_ = [option for option in texts if option.name not in self.found]
        if _looked_up_first(self.command) is not None:
            # Words that nothing could read would give what there is another name.
            open_ = [option for option in open_ if option.required]
        return next(iter(open_), None)


def _is_text(option: Option) -> bool:
    """Whether it takes whatever is typed, or only what its name stands before."""
    return option.kind.greedy or option.named


def _looked_up_first(command: Command) -> Option | None:
    """Return the option of what a command changes, where it is one that changes something there is."""
    option = next(iter(command.options), None)
    return option if option is not None and option.required and option.looked_up else None


FILLERS = frozenset({"for", "at", "on", "please", "and", "the", "with"})
