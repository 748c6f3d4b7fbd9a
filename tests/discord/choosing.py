"""What people give to a command, a menu or a form, as Discord writes it down; and what it would not have taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.discord.permissions import Json

# https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type
SUB_COMMAND, SUB_COMMAND_GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
ATTACHMENT = 11
_AS_WHAT = {USER: "users", CHANNEL: "channels", ROLE: "roles"}
# https://discord.com/developers/docs/components/reference#component-object-component-types
ROW, BUTTON, STRINGS, TEXT_INPUT, USERS, ROLES, MENTIONABLES, CHANNELS, LABEL = 1, 2, 3, 4, 5, 6, 7, 8, 18
MENUS = (STRINGS, USERS, ROLES, MENTIONABLES, CHANNELS)
_LINK, _PREMIUM = 5, 6
_LONGEST_INPUT = 4000


class NotOffered(Exception):  # noqa: N818  It is about what somebody can do.
    """Discord would not have let them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody gives for a command's options; the one they are typing into has its name in `focused`."""

    values: Mapping[str, Any]
    focused: str | None = None

    def read(self, options: Sequence[Json]) -> tuple[list[Json], list[tuple[str, Json]]]:
        """Return the options as they are sent, and the things named in them."""
        known = {option["name"]: option for option in options}
        if unknown := self.values.keys() - known.keys():
            raise NotOffered(f"there are no {sorted(unknown)}")
        if self.focused is not None and not known[self.focused].get("autocomplete"):
            raise NotOffered(f"nothing is suggested for {self.focused}")
        missing = [name for name, option in known.items() if option.get("required") and name not in self.values]
        if missing and self.focused is None:
            raise NotOffered(f"{missing} must be given")
        sent, things = [], []
        for name, value in self.values.items():
            is_focused = name == self.focused
            read, named = (value, []) if is_focused else _value(known[name], value)
            sent.append(
                {"type": known[name]["type"], "name": name, "value": read} | ({"focused": True} if is_focused else {})
            )
            things += named
        return sent, things


def given(values: Mapping[str, Any], focused: str | None = None) -> Given:
    """Return what somebody gives."""
    return Given(values=values, focused=focused)


def leaf(command: Json, words: Sequence[str]) -> list[Json]:
    """Return the options of a command, or of what is under it."""
    options: list[Json] = command.get("options") or []
    for word in words:
        found = [each for each in options if each["name"] == word and each["type"] in (SUB_COMMAND, SUB_COMMAND_GROUP)]
        if not found:
            raise NotOffered(f"there is no {word} under /{command['name']}")
        options = found[0].get("options") or []
    if any(option["type"] in (SUB_COMMAND, SUB_COMMAND_GROUP) for option in options):
        raise NotOffered(f"/{command['name']} {' '.join(words)} cannot be used itself")
    return options


def component(message: Json, name: str | None, *, menus: bool = False) -> Json:
    """Return a button or a menu under a message, by label, placeholder or `custom_id`."""
    wanted = MENUS if menus else (BUTTON,)
    there = [each for each in _within(message["components"]) if each["type"] in wanted]
    found = [each for each in there if name is None or name in _names(each)]
    if not found:
        raise NotOffered(f"no {name} among {[_names(each) for each in there]}")
    if found[0].get("disabled") or found[0].get("style") in (_LINK, _PREMIUM):
        raise NotOffered(f"{name} does nothing")
    return found[0]


def chosen(menu: Json, values: Sequence[Any]) -> Json:
    """Return what was chosen from a menu: its values, and the things themselves under `chosen`."""
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not least <= len(values) <= most:
        raise NotOffered(f"{least} to {most} can be chosen")
    if menu["type"] == STRINGS:
        options = {name: each["value"] for each in menu["options"] for name in (each["value"], each["label"])}
        if absent := [each for each in values if each not in options]:
            raise NotOffered(f"{absent} cannot be chosen")
        return {"values": [options[each] for each in values]}
    return {"values": [each["id"] for each in values], "chosen": [(_sort_of(each), each) for each in values]}


def filled_in(modal: Json, fields: Mapping[str, Any]) -> Json:
    """Return a form as it is sent."""
    left, rows = dict(fields), []
    for number, row in enumerate(modal["components"], 1):
        inner = row["component"] if row["type"] == LABEL else (row.get("components") or [None])[0]
        if inner is None or "custom_id" not in inner:
            continue
        sent = {"id": number, "type": inner["type"], "custom_id": inner["custom_id"]}
        sent |= _field(inner, left.pop(inner["custom_id"], None))
        rows.append(
            {"id": number, "type": row["type"]}
            | ({"component": sent} if row["type"] == LABEL else {"components": [sent]})
        )
    if left:
        raise NotOffered(f"there are no {sorted(left)} in the form")
    return {"components": rows}


def _field(inner: Json, value: Any) -> Json:  # noqa: ANN401  JSON.
    if inner["type"] != TEXT_INPUT:
        values = value if isinstance(value, list) else [] if value is None else [value]
        return {"values": chosen(inner, values)["values"]}
    text = inner.get("value") or "" if value is None else str(value)
    least = max(inner.get("min_length") or 0, 1 if inner.get("required", True) else 0)
    if (
        not (least if text or inner.get("required", True) else 0)
        <= len(text)
        <= inner.get("max_length", _LONGEST_INPUT)
    ):
        raise NotOffered(f"{inner['custom_id']} is too short or too long")
    return {"value": text}


def _value(option: Json, value: Any) -> tuple[Any, list[tuple[str, Json]]]:  # noqa: ANN401  JSON.
    kind = option["type"]
    if kind in (USER, CHANNEL, ROLE, MENTIONABLE):
        if kind == CHANNEL and value["type"] not in (option.get("channel_types") or [value["type"]]):
            raise NotOffered(f"{option['name']} takes no such channel")
        return value["id"], [(_AS_WHAT.get(kind) or _sort_of(value), value)]
    if kind == ATTACHMENT:
        return value["id"], [("attachments", value)]
    choices = [each["value"] for each in option.get("choices") or []]
    wanted = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: int | float}[kind]
    if not isinstance(value, wanted) or (choices and value not in choices):
        raise NotOffered(f"{option['name']} takes no {value!r}")
    size: float = len(str(value)) if kind == STRING else float(value)
    low, high = _bounds(option, size)
    if not low <= size <= high:
        raise NotOffered(f"{option['name']} takes no {value!r}")
    return value, []


def _bounds(option: Json, size: float) -> tuple[float, float]:
    what = "length" if option["type"] == STRING else "value"
    low, high = option.get(f"min_{what}"), option.get(f"max_{what}")
    return (size if low is None else low), (size if high is None else high)


def _sort_of(thing: Json) -> str:
    if "username" in thing:
        return "users"
    return "channels" if "type" in thing else "roles"


def _names(each: Json) -> tuple[Any, ...]:
    return tuple(each[name] for name in ("label", "custom_id", "placeholder") if each.get(name))


def _within(components: Sequence[Json]) -> Iterator[Json]:
    for each in components:
        yield each
        yield from _within(each.get("components") or [])
        if each.get("accessory"):
            yield each["accessory"]
