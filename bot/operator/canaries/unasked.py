"""What no page of the local room sends, and anybody on the machine could: a text in every part of a request."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from bot.operator.canaries.browser import Browser
from bot.operator.canaries.stage import Way

# More than a request may have, more than a text may have, and what begins a part of a form in parts.
_TOO_LARGE, _TOO_LONG, _BETWEEN = 1200, 30, "between"
_PART = f'--{_BETWEEN}\r\nContent-Disposition: form-data; name="text"; filename="%s"\r\n\r\n%s\r\n--{_BETWEEN}--\r\n'
_FORM = "Content-Type: application/x-www-form-urlencoded"
_IN_PARTS = f"Content-Type: multipart/form-data; boundary={_BETWEEN}"
_JSON = "Content-Type: application/json"

# Makes the fields of a form, or the parts of a request, from a text.
Fields = Callable[[str], Mapping[str, str]]
Parts = Callable[[str], tuple[str, ...]]


def unasked(there: Callable[[], Browser], person: str) -> Mapping[str, Way]:
    """Return each way; `there` gives the browser, and `person` is somebody of the room."""
    return {
        **{name: _posting(there, path, person, fields) for name, (path, fields) in _FORMS.items()},
        **{name: _sending(there, parts) for name, parts in _REQUESTS.items()},
        "a reply that is lost": lambda text: _typed(there(), person, text),
        "no HTTP at all": lambda text: there().send(f"{text}\r\n\r\n".encode()),
        "half a request": lambda text: there().send(_half(text), waits=False),
    }


_FORMS: Mapping[str, tuple[str, Fields]] = {
    "a command that is none": ("/ask", lambda text: {"command": text}),
    "an option that is none": ("/ask", lambda text: {"command": "me", f"option-{text}": text}),
    "somebody who is not there": ("/type", lambda text: {"as": text, "text": "me"}),
    "a place that is none": ("/say", lambda text: {"place": text, "text": "hello"}),
    "a move that is none": ("/clock", lambda text: {"move": text}),
    "a form that is too large": ("/type", lambda text: {"text": text * _TOO_LARGE}),
    "a text that is too long": ("/type", lambda text: {"text": text * _TOO_LONG}),
}
# The request line, its headers, and last the body.
_REQUESTS: Mapping[str, Parts] = {
    "an address": lambda text: (f"GET /{quote(text)}?token={quote(text)} HTTP/1.1", ""),
    "a stream that is none": lambda text: (f"GET /stream?as={quote(text)}&after={quote(text)} HTTP/1.1", ""),
    "a header": lambda text: ("GET / HTTP/1.1", f"User-Agent: {text}", f"Referer: http://{text}/", ""),
    "a host": lambda text: ("GET / HTTP/1.1", f"Host: {text}", ""),
    "a cookie": lambda text: ("GET / HTTP/1.1", f"Cookie: {text}={text}", ""),
    "a method": lambda text: (f"{text} / HTTP/1.1", ""),
    "a version": lambda text: (f"GET / {text}", ""),
    "a file": lambda text: ("POST /type HTTP/1.1", _IN_PARTS, _PART % (text, text)),
    "JSON": lambda text: ("POST /type HTTP/1.1", _JSON, json.dumps({"text": text})),
    "letters that are none": lambda text: ("POST /type HTTP/1.1", _FORM, f"text={text}%ff%fe"),
}


def _posting(there: Callable[[], Browser], path: str, person: str, fields: Fields) -> Way:
    return lambda text: there().post(path, {"as": person, **fields(text)})


def _sending(there: Callable[[], Browser], parts: Parts) -> Way:
    async def send(text: str) -> None:
        line, *headers, body = parts(text)
        browser = there()
        await browser.send(browser.request(line, *headers, body=body.encode()))

    return send


async def _typed(browser: Browser, person: str, text: str) -> None:
    """Type a line, and be gone before the answer comes."""
    body = urlencode({"as": person, "text": text}).encode()
    await browser.send(browser.request("POST /type HTTP/1.1", _FORM, body=body), waits=False)


def _half(text: str) -> bytes:
    return f"POST /type HTTP/1.1\r\nContent-Length: 900\r\n\r\n{text}".encode()
