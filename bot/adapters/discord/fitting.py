"""Making words fit where Discord has little room."""


def cut(text: str, longest: int) -> str:
    """Return the text, its end left out where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
