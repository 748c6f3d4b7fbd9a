"""Discord's rate limits: a bucket for each route and thing, and one for everything.

https://discord.com/developers/docs/topics/rate-limits
"""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import web

from tests.discord.clock import Clock
from tests.discord.refusing import answer

# Without it discord.py takes a 429 for one of Cloudflare's.
_VIA = {"Via": "1.1 google"}
_INTERACTIONS = ("/interactions/", "/webhooks/")
_MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass(kw_only=True)
class Bucket:
    """So many requests in so many seconds. `began` is when the seconds began to count."""

    most: int
    seconds: float
    began: float = 0
    used: int = 0


@dataclass(kw_only=True)
class Limits:
    """Off until `enforced`. `routes` says what is apart from the usual, by method and template."""

    clock: Clock
    enforced: bool = False
    most: int = 5
    seconds: float = 5
    most_a_second: int = 50
    routes: dict[str, tuple[int, float]] = field(default_factory=dict)
    _buckets: dict[tuple[str, ...], Bucket] = field(default_factory=dict)
    _lately: "deque[float]" = field(default_factory=deque)

    def exceeded(self, route: str, things: Mapping[str, str]) -> web.Response | None:
        """Count a request; return the answer to one too many."""
        now = self.clock.now()
        while self._lately and self._lately[0] <= now - 1:
            self._lately.popleft()
        if not route.partition(" ")[2].startswith(_INTERACTIONS):
            if len(self._lately) >= self.most_a_second:
                return too_many(self._lately[0] + 1 - now, scope="global")
            self._lately.append(now)
        bucket = self._bucket(route, things)
        if bucket.used >= bucket.most:
            return too_many(bucket.began + bucket.seconds - now, headers=self.headers(route, things))
        bucket.used += 1
        return None

    def headers(self, route: str, things: Mapping[str, str]) -> dict[str, str]:
        """Return what a reply says of its bucket."""
        bucket = self._bucket(route, things)
        until = bucket.began + bucket.seconds
        return {
            "X-RateLimit-Limit": str(bucket.most),
            "X-RateLimit-Remaining": str(bucket.most - bucket.used),
            "X-RateLimit-Reset": f"{until:.3f}",
            "X-RateLimit-Reset-After": f"{max(0.0, until - self.clock.now()):.3f}",
            "X-RateLimit-Bucket": bucket_name(route),
        }

    def _bucket(self, route: str, things: Mapping[str, str]) -> Bucket:
        key = (route, *(things[name] for name in _MAJOR if name in things))
        most, seconds = self.routes.get(route, (self.most, self.seconds))
        bucket, now = self._buckets.setdefault(key, Bucket(most=most, seconds=seconds)), self.clock.now()
        if now >= bucket.began + bucket.seconds:
            bucket.began, bucket.used = now, 0
        return bucket


def bucket_name(route: str) -> str:
    """Return the name of a route's bucket, which tells nothing of the things in its path."""
    return sha256(route.encode()).hexdigest()[:32]


def too_many(after: float, *, scope: str = "user", headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer that it was one too many: the bot's own (`user`), for the thing (`shared`), or in all (`global`)."""
    subject = "The resource is" if scope == "shared" else "You are"
    body = {"message": f"{subject} being rate limited.", "retry_after": round(after, 3), "global": scope == "global"}
    response = answer(body, 429)
    response.headers.update(_VIA | dict(headers or {}))
    response.headers.update({"Retry-After": str(math.ceil(after)), "X-RateLimit-Scope": scope})
    if scope == "global":
        response.headers["X-RateLimit-Global"] = "true"
    return response


def banned() -> web.Response:
    """Answer as Cloudflare does for Discord after too many invalid requests: no JSON, and not from Discord itself."""
    headers = {"Retry-After": "3600", "Server": "cloudflare"}
    return web.Response(status=429, body=b"error code: 1015", content_type="text/plain", headers=headers)
