"""Coming in to Discord and staying there; what Discord will not have any more, in the words of the house."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import discord

from bot.adapters.discord.client import Client
from bot.adapters.discord.identifying import Identifying
from bot.adapters.discord.reaching import reaching
from bot.ports.chat import ChatError

READY_WITHIN_SECONDS = 30
TOKEN_WRONG = "token-wrong"  # noqa: S105  A kind of fault.
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_CLOSED_FOR_GOOD: Mapping[int, str] = {
    4004: TOKEN_WRONG,
    4010: "shards-wrong",
    4011: "shards-needed",
    4012: "gateway-version",
    4013: "intents-wrong",
    4014: "intents-not-allowed",
}


class Connection:
    """One client's connection. A start that failed for now may be tried again."""

    def __init__(self, client: Client, token: str, identifying: Identifying) -> None:
        self._client = client
        self._identifying = client.identifying = identifying
        self._token = token
        self._connecting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Log in and be ready. Raises `ChatError`."""
        if self._connecting is None:
            await self._log_in()
            self._connecting = asyncio.create_task(self._connect())
        ready = asyncio.create_task(self._client.wait_until_ready())
        try:
            await asyncio.wait(
                {ready, self._connecting}, timeout=READY_WITHIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            ready.cancel()
            with suppress(asyncio.CancelledError):
                await ready
        if self._connecting.done():
            connecting, self._connecting = self._connecting, None
            await self._begin_anew()
            await connecting
        if not self._client.is_ready():
            raise ChatError("unreachable", permanent=False)

    async def run(self) -> None:
        """Return when it was stopped. Raises `ChatError` when Discord will not have the bot any more."""
        if self._connecting is not None:
            await asyncio.shield(self._connecting)

    async def stop(self) -> None:
        """Disconnect."""
        await self._client.close()
        if self._connecting is not None:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError, ChatError):
                await self._connecting

    async def _log_in(self) -> None:
        is_in = False
        try:
            with reaching():
                await self._client.login(self._token)
                limits = await self._client.fetch_session_start_limits()
                self._identifying.at_once = limits.max_concurrency
                is_in = True
        except discord.LoginFailure as error:
            raise ChatError(TOKEN_WRONG, permanent=True) from error
        finally:
            if not is_in:
                await self._begin_anew()

    async def _begin_anew(self) -> None:
        """Let the next start have a session of its own; what that one goes through is closed with this one."""
        await self._client.http.close()
        self._client.http.connector = discord.utils.MISSING

    async def _connect(self) -> None:
        try:
            with reaching():
                await self._client.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise ChatError(_CLOSED_FOR_GOOD[4014], permanent=True) from error
        except discord.ConnectionClosed as error:
            kind = _CLOSED_FOR_GOOD.get(error.code or 0)
            raise ChatError(kind or f"closed-{error.code}", permanent=kind is not None) from error
