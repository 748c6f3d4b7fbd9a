"""The web server's side: paths to pages and deeds, and the one place where a refusal becomes an answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from bot.adapters.local.clock import MovableClock
from bot.adapters.local.deeds import Deed
from bot.adapters.local.door import GUARDED, Door, Stopped
from bot.adapters.local.files import WITH_FILES, fields_with_files
from bot.adapters.local.forms import Fields
from bot.adapters.local.gathering import Gathering
from bot.adapters.local.markup import PAGE, Markup
from bot.adapters.local.pages import Pages
from bot.adapters.local.stream import Streams
from bot.domain.ids import PersonId
from bot.domain.saying import Refused, Say

LARGEST = 16 * 1024
MOST_FIELDS = 40
_FORM = "application/x-www-form-urlencoded"
_BRINGING = frozenset({"/ask"})
_FILES = {"room.css": "text/css", "room.js": "text/javascript", "icon.svg": "image/svg+xml"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Answers requests that the door lets through."""

    def __init__(
        self,
        *,
        door: Door,
        gathering: Gathering,
        pages: Pages,
        markup: Markup,
        clock: MovableClock,
        deeds: Mapping[str, Deed],
    ) -> None:
        self._door = door
        self._people = gathering.people
        self._pages = pages
        self._markup = markup
        self._clock = clock
        self._deeds = deeds
        self._streams = Streams(feed=gathering.feed, pages=pages, clock=clock)

    def app(self) -> web.Application:
        """Return the application to serve."""
        app = web.Application(client_max_size=LARGEST, middlewares=[self._guard])
        app.router.add_get("/", self._page)
        app.router.add_get("/as/{person}", self._page)
        app.router.add_get("/stream", self._stream)
        app.router.add_get("/page/{file}", self._file)
        for path in self._deeds:
            app.router.add_post(path, self._deed)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            answer = await self._let_through(request, handler)
        except Stopped as stopped:
            answer = self._plain(stopped.say, stopped.status)
        except Refused as refused:
            answer = self._refused(request, refused.say, status=400)
        except web.HTTPRequestEntityTooLarge:
            answer = self._refused(request, Refused("local-form-large").say, status=413)
        except web.HTTPException as error:
            answer = self._plain(Refused("local-not-there").say, error.status)
        if not answer.prepared:
            answer.headers.update(GUARDED)
        return answer

    async def _let_through(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._door.brings_token(request):
            return self._door.let_in()
        self._door.check(request)
        return await handler(request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        view = self._view(request.match_info.get("person"))
        return _html(self._pages.page(view, self._clock.now()), status=200)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        only = request.query.get("as")
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        if not (after.isascii() and after.isdigit()):
            raise Refused("local-form-unclear")
        return await self._streams.serve(request, viewer=self._view(only)[0] if only else None, after=int(after[:18]))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["file"]
        if name not in _FILES:
            raise web.HTTPNotFound
        return web.Response(text=(PAGE / name).read_text(encoding="utf-8"), content_type=_FILES[name], charset="utf-8")

    async def _deed(self, request: web.Request) -> web.StreamResponse:
        fields = await _fields(request)
        note = await self._deeds[request.path](fields)
        if _by_script(request):
            return web.Response(text="" if note is None else self._markup.text(note))
        return web.Response(status=303, headers={"Location": self._came_from(request, fields)})

    def _view(self, native: str | None) -> Sequence[PersonId]:
        if native is None:
            return tuple(self._people)
        view = [person for person in self._people if person.native == native]
        if not view:
            raise web.HTTPNotFound
        return view

    def _came_from(self, request: web.Request, fields: Fields) -> str:
        """Return the path of the view that the form stood in, at the person who sent it."""
        path = urlsplit(request.headers.get("Referer", "")).path
        views = {f"/as/{person.native}" for person in self._people}
        anchors = {person.native for person in self._people}
        anchor = fields.get("as", "")
        return (path if path in views else "/") + (f"#{anchor}" if anchor in anchors else "")

    def _sentence(self, say: Say) -> str:
        return " ".join(self._markup.text(one) for one in say.lines)

    def _plain(self, say: Say, status: int) -> web.Response:
        return web.Response(text=self._sentence(say), status=status)

    def _refused(self, request: web.Request, say: Say, *, status: int) -> web.Response:
        if _by_script(request):
            return self._plain(say, status)
        return _html(self._pages.sentence(self._sentence(say)), status=status)


async def _fields(request: web.Request) -> Fields:
    """Return the fields of a form. Refuses what is not one, in its type or its letters."""
    if request.content_type == WITH_FILES and request.path in _BRINGING:
        return await fields_with_files(request, most=MOST_FIELDS)
    if request.content_type != _FORM:
        raise Refused("local-form-unclear")
    try:
        text = (await request.read()).decode()
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Refused("local-form-unclear") from error


def _by_script(request: web.Request) -> bool:
    return request.headers.get("Accept") == "text/plain"


def _html(page: str, *, status: int) -> web.Response:
    return web.Response(text=page, content_type="text/html", charset="utf-8", status=status)
