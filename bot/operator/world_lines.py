"""A line of the check for each thing about one account, in plain words."""

from collections.abc import Awaitable, Callable, Sequence

from whenever import Instant, TimeDelta

from bot.adapters.matrix.folder import Folder, Session
from bot.adapters.matrix.limits import Limit
from bot.adapters.matrix.looking import Looking, Room
from bot.operator.report import Found, fine, missing, note
from bot.operator.sentences import of_standing
from bot.settings import MatrixWorld

FEWEST_KEYS = 10
MOST_SKEW = TimeDelta(seconds=30)
PATIENCE = TimeDelta(seconds=30)
MOST_NAMED = 3
_ROUGH_FROM_SECONDS = 2


async def server_lines(name: str, look: Looking, now: Instant, session: Session) -> Sequence[Found]:
    """Return what the server says of itself, of our clock, and of the token. Raises `ChatError`."""
    greeting = await look.greeting(now)
    newest = max(greeting.versions, key=_as_number, default="none")
    lines = [
        fine(f"{name} server", f"it answers, up to version {newest} of the protocol"),
        _clock(name, greeting.ahead),
    ]
    if not await look.is_ours():
        wrong = "the token is good, but for another account or device: set those it was made for"
        return [*lines, missing(f"{name} server", wrong)]
    return [*lines, fine(f"{name} token", f"it is good for {session.user_id}, device {session.device_id}")]


async def keys_line(name: str, look: Looking, folder: Folder) -> Found:
    """Return whether the server has this device's keys. Raises `ChatError`."""
    if await look.has_our_keys(folder):
        return fine(f"{name} keys", "the device's keys are on the server, the same as here")
    return missing(f"{name} keys", "the device's keys on the server are not those here: a start says what to do")


async def signing_line(name: str, look: Looking, folder: Folder) -> Found:
    """Return whether the device is cross-signed. Raises `ChatError`."""
    standing = await look.standing(folder)
    if standing.is_trusted:
        return fine(f"{name} signing", "the device is cross-signed: apps show no warning beside what it says")
    return missing(
        f"{name} signing", f"{of_standing(standing.value)}. Strict apps keep their messages from it until then"
    )


async def one_time_line(name: str, look: Looking, _folder: Folder) -> Found:
    """Return whether new devices can reach the bot. Raises `ChatError`."""
    count = await look.one_time_keys()
    if count >= FEWEST_KEYS:
        return fine(f"{name} one-time keys", f"{count} are on the server")
    return note(f"{name} one-time keys", f"only {count} are on the server; a bot that runs puts more there")


async def rooms_line(name: str, look: Looking, _folder: Folder) -> Found:
    """Return which rooms there are, and what is amiss in them. Raises `ChatError`."""
    rooms = await look.rooms()
    encrypted = [room for room in rooms.joined if room.encrypted]
    text = f"it is in {len(rooms.joined)}, of which {len(encrypted)} are encrypted, and invited to {rooms.invited}"
    if mute := [room for room in rooms.joined if not room.may_speak]:
        return missing(f"{name} rooms", f"{text}. It has no power to speak in {_named(mute)}: raise its level there")
    if shown := [room for room in encrypted if room.shows_past]:
        return note(f"{name} rooms", f"{text}. Who comes later may read what was said before in {_named(shown)}")
    return fine(f"{name} rooms", text)


def limit_lines(world: MatrixWorld, limit: Limit, busiest: int | None) -> Found:
    """Return what the server's message limit means. `busiest` is the pings of one minute; None when that is unknown."""
    about = f"{world.name} limit"
    if limit.every is None:
        return fine(about, f"the server let {limit.at_once} messages go at once: no limit that a rota would feel")
    text = (
        f"the server lets me send about {limit.at_once} messages at once and then one in {_seconds(limit.every)}. "
        f"{_meaning(limit, busiest)}"
    )
    if limit.last_after(busiest or 0) <= PATIENCE and busiest is not None:
        return fine(about, text)
    return missing(about, f"{text}. Ask whoever runs the server to lift the limit for {world.account}: {_how(world)}")


def _meaning(limit: Limit, busiest: int | None) -> str:
    if busiest is None:
        return "Start the bot once, and check again: its tables are not the newest, so the rotas cannot be read"
    if busiest == 0:
        return "No rota has a ping to send yet"
    pings = "1 ping is" if busiest == 1 else f"{busiest} pings are"
    last = limit.last_after(busiest)
    after = f"about {_seconds(last)} after the first" if last else "with the first"
    return f"In the busiest minute of the coming two weeks {pings} due: the last goes {after}"


def _how(world: MatrixWorld) -> str:
    """Return what to ask for, in the words of Synapse's admin API and of its settings."""
    path = f"/_synapse/admin/v1/users/{world.account}/override_ratelimit"
    return f"on Synapse, POST {path} with messages_per_second 0 and burst_count 0, or a larger rc_message for everybody"


def _clock(name: str, ahead: TimeDelta) -> Found:
    seconds = round(ahead.total("seconds"))
    if abs(seconds) <= MOST_SKEW.total("seconds"):
        return fine(f"{name} clock", "this machine's clock and the server's agree")
    which = "behind" if seconds > 0 else "ahead of"
    late = f"this machine's clock is {abs(seconds)} seconds {which} the server's: pings go at the wrong time"
    return missing(f"{name} clock", late)


def _seconds(time: TimeDelta) -> str:
    exact = time.total("seconds")
    seconds = round(exact, 1) if exact < _ROUGH_FROM_SECONDS else round(exact)
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def _named(rooms: Sequence[Room]) -> str:
    """Return the rooms' ids, and not what people called them."""
    more = f" and {len(rooms) - MOST_NAMED} more" if len(rooms) > MOST_NAMED else ""
    return ", ".join(room.room_id for room in rooms[:MOST_NAMED]) + more


def _as_number(version: str) -> tuple[int, ...]:
    parts = version.removeprefix("v").split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


AFTER_KEYS: Sequence[Callable[[str, Looking, Folder], Awaitable[Found]]] = (
    keys_line,
    signing_line,
    one_time_line,
    rooms_line,
)
