"""What a bench prints."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of output. `aim` None means that there is no aim, only a figure to watch."""

    bench: str
    ratio: float
    aim: float | None
    better: Literal["lower", "higher"]
    note: str

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    def as_text(self) -> str:
        aim = "" if self.aim is None else f" (aim: {self.aim})"
        return f"{self.bench}: {self.ratio}{aim}. {self.note}"


Better = Literal["lower", "higher"]


def of_rounds(
    bench: str,
    ours: Sequence[float],
    bare: Sequence[float],
    *,
    aim: float | None,
    what: str,
    better: Better = "lower",
) -> Result:
    """Return the median ratio of paired rounds, with its spread."""
    ratios = [our / their for our, their in zip(ours, bare, strict=True)]
    spread = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"
    medians = f"{statistics.median(ours):.4g} against {statistics.median(bare):.4g} {what}"
    return Result(
        bench=bench,
        ratio=round(statistics.median(ratios), 2),
        aim=aim,
        better=better,
        note=f"{medians}; {spread}",
    )
