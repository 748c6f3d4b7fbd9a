"""A journal that can be read."""

from dataclasses import dataclass, field


@dataclass
class FakeJournal:
    """Implements `ports.journal.Journal`."""

    kinds: list[str] = field(default_factory=list)

    def note(self, kind: str, **_facts: str | int) -> None:
        self.kinds.append(kind)

    def fault(self, kind: str, error: BaseException, **_facts: str | int) -> None:
        self.kinds.append(f"{kind} {type(error).__name__}")
