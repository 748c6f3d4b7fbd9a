"""Discord's own descriptions of its API and of its gateway, where they are at hand."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

FOLDER = Path(__file__).parents[3] / "shared" / "discord"
_SCHEMAS = "#/components/schemas/"
# Sent by discord.py and documented, but not in the description.
_UNDESCRIBED = {
    "ApplicationCommandCreateRequest": ("nsfw",),
    "ApplicationCommandUpdateRequest": ("nsfw",),
    "IncomingWebhookUpdateRequestPartial": ("tts",),
}


def needed() -> None:
    """Skip the test where the descriptions are not at hand."""
    if not (FOLDER / "openapi.json").is_file():
        pytest.skip(f"Discord's description of its API is not in {FOLDER}")


def faults(schema: str, body: object) -> list[str]:
    """Return what is wrong with the body of a request; the test is skipped without a description."""
    needed()
    return _faults(_validator(f"{_SCHEMAS}{schema}"), body)


def request_faults(method: str, path: str, body: object) -> list[str]:
    """Return what is wrong with a request to a path such as `/users/@me/channels`."""
    found = [(template, item) for template, item in _described()["paths"].items() if _fits(template, path)]
    if not found:
        return [f"there is no {path}"]
    # Of two that fit, the one that says more in words is meant: `@original` is no id of a message.
    template, item = min(found, key=lambda each: each[0].count("{"))
    if method.lower() not in item:
        return [f"there is no {method} {template}"]
    schema = _body_of(item[method.lower()])
    if schema is None:
        return [] if body is None else [f"{method} {template} takes no body"]
    return _faults(_validator_of(f"{method} {template}"), body)


def frame_faults(frame: object) -> list[str]:
    """Return what is wrong with a frame that a bot sends to the gateway."""
    return _faults(_gateway(), frame)


def _body_of(operation: dict[str, Any]) -> Any:  # noqa: ANN401  A JSON schema.
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")


def _fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)), path) is not None


def _faults(validator: Draft202012Validator | Draft7Validator, body: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(body)]


@cache
def _validator(reference: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": reference, "components": _described()["components"]})


@cache
def _validator_of(operation: str) -> Draft202012Validator:
    method, template = operation.split(" ", 1)
    schema = _body_of(_described()["paths"][template][method.lower()])
    return Draft202012Validator({**schema, "components": _described()["components"]})


@cache
def _described() -> dict[str, Any]:
    described: dict[str, Any] = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))
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
