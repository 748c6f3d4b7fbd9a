"""The log: kinds of events. Never words, names or text of people, and no id of a person."""

from typing import Protocol


class Journal(Protocol):
    """Where kinds of events are noted for whoever runs the machine."""

    def note(self, kind: str, **facts: str | int) -> None:
        """Note that something happened; facts are kinds and counts."""

    def fault(self, kind: str, error: BaseException, **facts: str | int) -> None:
        """Note a fault by its type and the place it came from; its own text may hold words of people and is left."""
