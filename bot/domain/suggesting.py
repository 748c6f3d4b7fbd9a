"""What an option could be, while a person types it. Other words than these are as good as ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.domain.commands import Option, Reading
from bot.domain.saying import Line

# As many as anybody looks through, and as Discord shows.
MOST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One answer to choose: `value` is what is typed for it, `label` what people read."""

    value: str
    label: Line


@runtime_checkable
class SuggestingKind(Protocol):
    """A kind of option that knows by itself what may be meant."""

    def suggest(self, text: str, reading: Reading) -> Sequence[Suggestion]:
        """Return what `text` may come to be, likeliest first; with none typed, what is usual. Never refuses.

        Each value is read, in the same moment, as what its label says.
        """


def suggests(option: Option) -> bool:
    """Whether there is anything to suggest for an option."""
    return option.looked_up or isinstance(option.kind, SuggestingKind)
