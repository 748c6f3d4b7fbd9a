"""What a set-up asks of a server before anybody logs in, answered by a small one on this machine."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@asynccontextmanager
async def answering(answers: Mapping[str, Any]) -> AsyncGenerator[str]:
    """Answer these paths with JSON and any other with 404; give the host and port."""

    async def answer(request: web.Request) -> web.Response:
        if request.path not in answers:
            return web.json_response({"errcode": "M_NOT_FOUND"}, status=404)
        found = answers[request.path]
        return web.Response(text=found) if isinstance(found, str) else web.json_response(found)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app) as server:
        yield f"127.0.0.1:{server.port}"
