"""Who may come in: this machine's own browser, with the token of this run, from this page.

Every request must name this host (so that no other name can be pointed at it), and every one that changes
something must come from this page. The token is given once for a cookie that no script can read.
"""

import secrets
from collections.abc import Mapping

from aiohttp import web

from bot.domain.saying import Refused

SAFE = frozenset({"GET", "HEAD"})
TOKEN = "token"  # noqa: S105  The name of the field, not a secret.

GUARDED: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # With `no-referrer` a browser sends no origin with a form, and the door could not tell where it comes from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Stopped(Refused):
    """Not let in; `status` is the HTTP status to say so with."""

    def __init__(self, id_: str, /, *, status: int) -> None:
        super().__init__(id_)
        self.status = status


class Door:
    """Checks requests to `port` on this machine."""

    def __init__(self, *, port: int) -> None:
        self.port = port
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        # Cookies are shared between the ports of a host, so the name tells rooms apart.
        self._cookie = f"alongside-{port}"
        self._pass = secrets.token_urlsafe(32)
        self.token = secrets.token_urlsafe(32)

    def check(self, request: web.Request) -> None:
        """Return when the request may come in; otherwise raise `Stopped`."""
        if request.host not in self._hosts:
            raise Stopped("local-host-wrong", status=421)
        if request.method not in SAFE and request.headers.get("Origin") != f"http://{request.host}":
            raise Stopped("local-origin-wrong", status=403)
        if not _same(request.cookies.get(self._cookie, ""), self._pass):
            raise Stopped("local-token-wrong", status=403)

    def brings_token(self, request: web.Request) -> bool:
        """Whether this is a first visit, at the address that was printed."""
        return request.path == "/" and request.host in self._hosts and _same(request.query.get(TOKEN, ""), self.token)

    def let_in(self) -> web.Response:
        """Return the answer to a first visit: the cookie, and the way to the page without the token."""
        answer = web.Response(status=303, headers={"Location": "/"})
        answer.set_cookie(self._cookie, self._pass, httponly=True, samesite="Strict", path="/")
        return answer


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())
