"""Discord's own descriptions of its API and of its gateway, where they are at hand.

They are looked for in the folder that `ALONGSIDE_DISCORD_SPEC` names, or else beside the house in `shared/discord`.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

WHERE = "ALONGSIDE_DISCORD_SPEC"
FOLDER = Path(os.environ.get(WHERE) or Path(__file__).parents[3] / "shared" / "discord")
_SCHEMAS = "#/components/schemas/"
# Sent by discord.py and documented, but not in the description.
_UNDESCRIBED = {
    "ApplicationCommandCreateRequest": ("nsfw",),
    "ApplicationCommandUpdateRequest": ("nsfw",),
    "IncomingWebhookUpdateRequestPartial": ("tts",),
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": ("tts",),
    "MessageEditRequestPartial": ("tts",),
}
# https://discord.com/developers/docs/reference#user-agent
_AGENT = re.compile(r"DiscordBot \(\S+,? [^)]+\)")
_FLAGS = {"true": True, "false": False, "1": True, "0": False}
_BODIES = ("application/json", "multipart/form-data")
# https://discord.com/developers/docs/resources/audit-log
_REASON, _LONGEST_REASON = "X-Audit-Log-Reason", 512


def missing() -> str | None:
    """Return why nothing can be checked; None where both descriptions are at hand."""
    absent = [name for name in ("openapi.json", "gateway.schema.json") if not (FOLDER / name).is_file()]
    return f"Discord's own {' and '.join(absent)} not in {FOLDER}: {WHERE} names the folder" if absent else None


def needed() -> None:
    """Skip the test where the descriptions are not at hand, and say where they were looked for."""
    if why := missing():
        pytest.skip(why)


def faults(schema: str, body: object) -> list[str]:
    """Return what is wrong with the body of a request; the test is skipped without a description."""
    needed()
    return _faults(_validator(f"{_SCHEMAS}{schema}"), body)


def request_faults(
    method: str,
    path: str,
    body: object,
    query: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> list[str]:
    """Return what is wrong with a request to a path such as `/users/@me/channels`; headers are checked if given."""
    template = template_of(path)
    if template is None:
        return [f"there is no {path}"]
    operation = _described()["paths"][template].get(method.lower())
    if operation is None:
        return [f"there is no {method} {template}"]
    name = f"{method} {template}"
    found = [*_query_faults(name, operation, query)]
    if headers is not None:
        is_bot = {} not in operation.get("security", [])
        found += _header_faults(name, headers, has_body=body is not None, is_bot=is_bot)
    return found + _body_faults(name, operation, body)


def template_of(path: str) -> str | None:
    """Return the described path that it is one of; None for none."""
    found = [template for template, pattern in _patterns() if pattern.fullmatch(path)]
    # Of two that fit, the one that says more in words is meant: `@original` is no id of a message.
    return min(found, key=lambda each: each.count("{")) if found else None


def needs_a_token(method: str, path: str) -> bool:
    """Whether only a bot that says who it is may ask for it."""
    template = template_of(path)
    operation = _described()["paths"].get(template, {}).get(method.lower(), {})
    return bool(operation) and {} not in operation.get("security", [])


def reply_faults(method: str, path: str, status: int, body: object) -> list[str]:
    """Return what is wrong with a reply of the loopback Discord's own to a request that it did."""
    template = template_of(path)
    name = f"{method} {template}"
    if template is None:
        return []
    if str(status) not in _as_it_is()["paths"][template][method.lower()]["responses"]:
        return [f"{name} is not answered with {status}"]
    return [f"{name} answered with {fault}" for fault in _faults(_reply(name, status), body)]


def frame_faults(frame: object) -> list[str]:
    """Return what is wrong with a frame that a bot sends to the gateway."""
    return _faults(_gateway(), frame)


def _body_faults(name: str, operation: Mapping[str, Any], body: object) -> list[str]:
    if _body_of(operation) is None:
        return [] if body is None else [f"{name} takes no body"]
    return _faults(_validator_of(name), body)


def _query_faults(name: str, operation: Mapping[str, Any], query: Sequence[tuple[str, str]]) -> Iterator[str]:
    known = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "query"}
    given = {key for key, _ in query}
    yield from (f"{name} needs ?{key}" for key, each in known.items() if each.get("required") and key not in given)
    for key, value in query:
        if key not in known:
            yield f"{name} has no ?{key}"
        elif not _fits(name, key, value):
            yield f"{name} cannot take ?{key}={value}"


def _fits(operation: str, key: str, value: str) -> bool:
    """Whether what is written in a URL can be read as one of what is wanted there."""
    read: list[object] = [value]
    read += [int(value)] if value.isdecimal() else []
    read += [_FLAGS[value]] if value in _FLAGS else []
    validator = _parameter(operation, key)
    return any(validator.is_valid(each) or validator.is_valid([each]) for each in read)


def _header_faults(name: str, headers: Mapping[str, str], *, has_body: bool, is_bot: bool) -> Iterator[str]:
    # discord.py does not say what it is where an interaction's own token is enough, and Discord does not mind.
    if is_bot and not _AGENT.match(headers.get("User-Agent", "")):
        yield f"{name} without a valid User-Agent"
    if has_body and headers.get("Content-Type", "").partition(";")[0] not in _BODIES:
        yield f"{name} with a body of no known kind"
    if len(headers.get(_REASON, "")) > _LONGEST_REASON:
        yield f"{name} with too long a reason"


def _body_of(operation: Mapping[str, Any]) -> Any:  # noqa: ANN401  A JSON schema.
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")


def _faults(validator: Draft202012Validator | Draft7Validator, body: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(body)]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (template, re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))))
        for template in _described()["paths"]
    )


@cache
def _validator(reference: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": reference, "components": _described()["components"]})


@cache
def _parameter(operation: str, key: str) -> Draft202012Validator:
    method, template = operation.split(" ", 1)
    known = _described()["paths"][template][method.lower()]["parameters"]
    schema = next(each["schema"] for each in known if each["name"] == key)
    return Draft202012Validator({**schema, "components": _described()["components"]})


@cache
def _validator_of(operation: str) -> Draft202012Validator:
    method, template = operation.split(" ", 1)
    schema = _body_of(_described()["paths"][template][method.lower()])
    return Draft202012Validator({**schema, "components": _described()["components"]})


@cache
def _reply(operation: str, status: int) -> Draft202012Validator:
    method, template = operation.split(" ", 1)
    response = _as_it_is()["paths"][template][method.lower()]["responses"][str(status)]
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    return Draft202012Validator({**schema, "components": _as_it_is()["components"]})


@cache
def _as_it_is() -> dict[str, Any]:
    described: dict[str, Any] = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))
    return described


@cache
def _described() -> dict[str, Any]:
    described = deepcopy(_as_it_is())
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        # A misspelt property would pass, otherwise.
        if schema.get("type") == "object" and "properties" in schema:
            schema.setdefault("additionalProperties", False)
    # Discord takes ids as numbers too, and discord.py sends them so.
    schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
    for name, properties in _UNDESCRIBED.items():
        schemas[name]["properties"] |= {each: {} for each in properties}
    return described


@cache
def _gateway() -> Draft7Validator:
    described = json.loads((FOLDER / "gateway.schema.json").read_text(encoding="utf-8"))
    return Draft7Validator({"$ref": "#/definitions/GatewaySendPayload", "definitions": described["definitions"]})
