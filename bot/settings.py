"""Settings: a TOML file and secret files into one frozen value, read once, at start.

An unknown key, a bad value, a missing secret and a secret that others can read are each refused with one clear line.
"""

import ipaddress
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.people import Nation, Ways
from bot.domain.reading.places import known
from bot.ports.words import DEFAULT_LOCALE

# Where the settings are looked for.
USUAL = Path("config/alongside.toml")
SHIPPED = Path(__file__).parent / "shipped"
CHECKOUT = Path(__file__).parent.parent / "config"
# https://systemd.io/CREDENTIALS
CREDENTIALS = "CREDENTIALS_DIRECTORY"
CREDENTIAL = "alongside-database-key"
OTHERS = stat.S_IRWXG | stat.S_IRWXO

# What would be right, by the last part of a setting's name.
_RIGHT = {
    "log": 'give "text" or "json"',
    "homeserver": "give an address such as https://matrix.example.org",
    "account": "give an account such as @alongside:example.org",
    "name": "give a short name of small letters, digits and hyphens",
    "nation": "give england, scotland, wales or ni, or leave it out",
    "database_key": 'give "ask", or database_key_file in its stead',
    "keep_days": "give a number of days from 1 to 3650",
    "address": "give an address such as https://rota.example.org, with nothing after the name",
    "port": "give a number from 1 to 65535",
    "host": "give an IP address of this machine, such as 127.0.0.1",
}
# Where people may put a secret itself, and which setting names a file for it.
SECRET_KEYS = {
    "token": "token_file",
    "access_token": "access_token_file",
    "password": "password_file",
    "store_key": "store_key_file",
    "store_secret": "store_key_file",
    "identity": "recipients, with the public key",
}
_WHERE = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<place>.*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field (?P<key>`.*`)")
_MISSING = re.compile(r"Object missing required field (?P<key>`.*`)")

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


class SettingsError(Exception):
    """Settings that cannot be used; its text is one line that says what would be right."""


class Defaults(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a world's groups want things until a person says otherwise. `zone` is an IANA name."""

    zone: str = "Europe/London"
    nation: Nation | None = None
    locale: str = DEFAULT_LOCALE

    @property
    def ways(self) -> Ways:
        """The same, as the domain has it."""
        return Ways(zone=self.zone, nation=self.nation)


class MatrixWorld(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One account on one Matrix homeserver. Either the access token or the password comes from a secret file.

    What is in `store_key_file` keeps the device's keys; None means a secret of the world's folder.
    """

    homeserver: Annotated[str, Meta(pattern=r"^https?://[^\s/]+$")]
    account: Annotated[str, Meta(pattern=r"^@[^\s:]+:[^\s]+$")]
    name: Name = "matrix"
    access_token_file: str | None = None
    device_id: str | None = None
    password_file: str | None = None
    store_key_file: str | None = None
    defaults: Defaults = Defaults()


class DiscordWorld(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One bot on Discord; its token comes from a secret file.

    `shard_count` and `shard_ids` share the servers out among several processes; without them one has them all.
    """

    token_file: str
    name: Name = "discord"
    shard_count: Annotated[int, Meta(ge=1)] | None = None
    shard_ids: tuple[Annotated[int, Meta(ge=0)], ...] | None = None
    defaults: Defaults = Defaults()


class Worlds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The worlds to serve, by kind."""

    matrix: tuple[MatrixWorld, ...] = ()
    discord: tuple[DiscordWorld, ...] = ()

    @property
    def all(self) -> tuple[MatrixWorld | DiscordWorld, ...]:
        """Every world, of whichever kind."""
        return (*self.matrix, *self.discord)


class Backup(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Backups: sealed to everybody of `recipients`, public keys of age or ssh; without any, none is made."""

    recipients: tuple[str, ...] = ()
    folder: str = "backups"
    keep_days: Annotated[int, Meta(ge=1, le=3650)] = 30


class Calendar(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Calendars that fetch people's own shifts: the address they are told, and where the bot listens; None for neither.

    What comes to `address` is to be handed on to `host` and `port` by whoever speaks TLS.
    """

    address: Annotated[str, Meta(pattern=r"^https://[^\s/?#@]+$")] | None = None
    port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    host: str | None = None


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that can be set. Relative paths are meant from the folder of the settings file."""

    data: str = "../data"
    database: str | None = None
    database_file: str | None = None
    database_key: Literal["ask"] | None = None
    database_key_file: str | None = None
    words: str | None = None
    log: Annotated[str, Meta(pattern="^(text|json)$")] = "text"
    backup: Backup = Backup()
    calendar: Calendar = Calendar()
    worlds: Worlds = Worlds()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all worlds."""
        return tuple(world.name for world in self.worlds.all)


class Read(Struct, frozen=True, kw_only=True):
    """Settings and where they were read, so that paths in them can be found.

    `credentials` is systemd's folder of them; `typed_key` the database's key, where it is asked for at the start.
    """

    settings: Settings
    folder: Path
    credentials: Path | None = None
    typed_key: str | None = None

    def __repr__(self) -> str:
        """Leave out the key that was typed."""
        return f"Read(settings={self.settings!r}, folder={self.folder!r})"

    def path(self, written: str) -> Path:
        """Return a path of the settings file, meant from its folder."""
        return (self.folder / Path(written).expanduser()).resolve()

    @property
    def data(self) -> Path:
        """The folder for all that is kept."""
        return self.path(self.settings.data)

    @property
    def database(self) -> str:
        """The database's URL. Raises `SettingsError` when it stands in a secret file that is not safe."""
        if self.settings.database_file:
            return self.secret(self.settings.database_file)
        return self.settings.database or f"sqlite+aiosqlite:///{self.data / 'alongside.db'}"

    @property
    def database_key(self) -> str | None:
        """The key of an encrypted SQLite file, or None. Raises `SettingsError` as above."""
        if self.settings.database_key_file:
            return self.secret(self.settings.database_key_file)
        credential = self.credentials / CREDENTIAL if self.credentials else None
        if self.typed_key is None and credential is not None and credential.exists():
            return self.secret(str(credential))
        return self.typed_key

    @property
    def words(self) -> tuple[Path, ...]:
        """The folders of sentences, the group's own last."""
        own = (self.path(self.settings.words),) if self.settings.words else ()
        return (shipped() / "words", *own)

    def secret(self, written: str) -> str:
        """Return what a secret file holds, without the line end. Raises `SettingsError` when it is not safe."""
        file = self.folder / Path(written).expanduser()
        if file.is_symlink():
            raise SettingsError(f"the secret file {file} is a link: put the file itself there")
        try:
            status = file.stat()
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"the secret file {file} cannot be read: make it, with the secret alone in it"
            ) from error
        if status.st_mode & OTHERS:
            raise SettingsError(f"the secret file {file} can be read by others: chmod 600 {file}")
        if status.st_uid not in {0, os.geteuid()}:
            raise SettingsError(f"the secret file {file} belongs to somebody else: chown {os.geteuid()} {file}")
        if not text:
            raise SettingsError(f"the secret file {file} is empty: put the secret alone in it")
        return text


def read(file: Path, environment: Mapping[str, str]) -> Read:
    """Read a settings file. Raises `SettingsError` with one line on the first thing that is not right.

    `ALONGSIDE_DATA`, `_DATABASE`, `_DATABASE_FILE`, `_WORDS` and `_LOG` in the environment go before the file.
    """
    try:
        written = _overlaid(tomllib.loads(file.read_text(encoding="utf-8")), environment)
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: copy config/alongside.toml there and fill it in") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not TOML: {error}") from error
    try:
        settings = msgspec.convert(written, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: {_plainly(str(error))}") from error
    credentials = Path(environment[CREDENTIALS]) if CREDENTIALS in environment else None
    read = Read(settings=settings, folder=file.resolve().parent, credentials=credentials)
    _check(file, read)
    return read


def _overlaid(written: dict[str, object], environment: Mapping[str, str]) -> dict[str, object]:
    """Lay the environment over the file; a database told there takes the place of one told here, either way."""
    keys = ("data", "database", "database_file", "words", "log")
    over = {key: environment[name] for key in keys if (name := f"ALONGSIDE_{key.upper()}") in environment}
    replaced = {"database", "database_file"} if over.keys() & {"database", "database_file"} else set()
    return {key: value for key, value in written.items() if key not in replaced} | over


def _plainly(fault: str) -> str:
    """Return msgspec's sentence about a value as one that says what would be right."""
    found = _WHERE.fullmatch(fault)
    what, place = (found["what"], found["place"] or "") if found else (fault, "")
    before = f"{place}: " if place else ""
    if unknown := _UNKNOWN.fullmatch(what):
        if instead := SECRET_KEYS.get(unknown["key"].strip("`")):
            return f"{before}no secret belongs in this file: put it alone in a file, chmod 600, named by {instead}"
        return f"{before}nothing is called {unknown['key']}: see config/alongside.toml for all there is"
    if missing := _MISSING.fullmatch(what):
        return f"{before}{missing['key']} is missing"
    return before + _RIGHT.get(place.rpartition(".")[2], what[:1].lower() + what[1:])


def shipped() -> Path:
    """Return the folder of words and cards that come with Alongside."""
    return SHIPPED if SHIPPED.is_dir() else CHECKOUT


def umask() -> None:
    """Make every file from now on its owner's alone."""
    os.umask(0o077)


def _check(file: Path, read: Read) -> None:
    settings = read.settings
    if len(set(settings.names)) != len(settings.names):
        raise SettingsError(f"{file}: two worlds have the same name: give each its own `name`")
    if settings.database and settings.database_file:
        raise SettingsError(f"{file}: give either database or database_file")
    _check_database(file, read.database)
    _check_key(file, read)
    _check_backup(file, read)
    _check_calendar(file, read.settings.calendar)
    locales = _locales(file, read.words)
    for world in settings.worlds.matrix:
        _check_world(f"{file}: {world.name}", world, locales)
        for secret in filter(None, (world.access_token_file, world.password_file, world.store_key_file)):
            read.secret(secret)
    for discord in settings.worlds.discord:
        _check_defaults(f"{file}: {discord.name}", discord.defaults, locales)
        _check_shards(f"{file}: {discord.name}", discord)
        read.secret(discord.token_file)


def _check_database(file: Path, url: str) -> None:
    """Refuse what is not a URL of SQLite or PostgreSQL, without repeating it: it may hold a password."""
    try:
        fits = make_url(url).get_backend_name() in {"sqlite", "postgresql"}
    except ArgumentError:
        fits = False
    if not fits:
        raise SettingsError(f"{file}: database: give a sqlite or postgresql URL, or leave it out")


def _check_key(file: Path, read: Read) -> None:
    settings = read.settings
    if settings.database_key and settings.database_key_file:
        raise SettingsError(f"{file}: give either database_key or database_key_file")
    has_key = settings.database_key or read.database_key is not None
    if has_key and make_url(read.database).get_backend_name() != "sqlite":
        raise SettingsError(f"{file}: database_key: only a SQLite file can be encrypted; leave the key out")


def _check_backup(file: Path, read: Read) -> None:
    """Refuse a private key where a public one belongs, without repeating it, and a folder that holds what it copies."""
    backup = read.settings.backup
    if not all(recipient.startswith(("age1", "ssh-")) for recipient in backup.recipients):
        raise SettingsError(f"{file}: backup.recipients: give public keys, which begin with age1 or ssh-")
    folder = read.path(backup.folder)
    if backup.recipients and (folder.is_relative_to(read.data) or read.data.is_relative_to(folder)):
        raise SettingsError(f"{file}: backup.folder: give a folder outside the data folder, {read.data}")


def _check_calendar(file: Path, calendar: Calendar) -> None:
    """Refuse one that is half set: an address that nobody serves, or a server whose address nobody is told."""
    if calendar != Calendar() and not (calendar.address and calendar.port):
        missing = "port" if calendar.address else "address"
        raise SettingsError(f"{file}: calendar.{missing} is missing: give both address and port, or nothing of it")
    if calendar.host is not None and not _is_ip(calendar.host):
        raise SettingsError(f"{file}: calendar.host: {_RIGHT['host']}")


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _check_world(where: str, world: MatrixWorld, locales: frozenset[str]) -> None:
    if (world.access_token_file is None) == (world.password_file is None):
        raise SettingsError(f"{where}: give either access_token_file or password_file")
    if world.access_token_file and not world.device_id:
        raise SettingsError(f"{where}: an access token needs the device_id it was made for")
    _check_defaults(where, world.defaults, locales)


def _check_defaults(where: str, defaults: Defaults, locales: frozenset[str]) -> None:
    if not known(defaults.zone):
        raise SettingsError(f"{where}: zone: give an IANA name such as Europe/London")
    if defaults.locale not in locales:
        raise SettingsError(f"{where}: locale: give one that there are words for: {', '.join(sorted(locales))}")


def _check_shards(where: str, world: DiscordWorld) -> None:
    ids, count = world.shard_ids, world.shard_count
    if ids is not None and (count is None or not ids or max(ids) >= count):
        raise SettingsError(f"{where}: shard_ids: give some of the numbers from 0 to below shard_count")


def _locales(file: Path, words: tuple[Path, ...]) -> frozenset[str]:
    try:
        return frozenset(folder.name for root in words for folder in root.iterdir() if folder.is_dir())
    except OSError as error:
        raise SettingsError(f"{file}: words: {words[-1]} is not a folder that can be read") from error


def locales_of(settings: Settings) -> Mapping[str, str]:
    """Return each world's own language, by the world's name."""
    return {world.name: world.defaults.locale for world in settings.worlds.all}


def ways_of(settings: Settings) -> Mapping[str, Ways]:
    """Return each world's own ways, by its name."""
    return {world.name: world.defaults.ways for world in settings.worlds.all}
