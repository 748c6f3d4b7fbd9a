"""Settings: a TOML file and secret files into one frozen value, read once, at start.

An unknown key, a bad value, a missing secret and a secret that others can read are each refused with one clear line.
"""

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from bot.domain.people import Nation, Ways
from bot.domain.reading.places import known

SHIPPED = Path(__file__).parent / "shipped"
CHECKOUT = Path(__file__).parent.parent / "config"
OTHERS = stat.S_IRWXG | stat.S_IRWXO

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


class SettingsError(Exception):
    """Settings that cannot be used; its text is one line that says what would be right."""


class Defaults(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a world's groups want things until a person says otherwise. `zone` is an IANA name."""

    zone: str = "Europe/London"
    nation: Nation | None = None
    locale: str = "en-GB"

    @property
    def ways(self) -> Ways:
        """The same, as the domain has it."""
        return Ways(zone=self.zone, nation=self.nation)


class MatrixWorld(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One account on one Matrix homeserver. Either the access token or the password comes from a secret file."""

    homeserver: Annotated[str, Meta(pattern=r"^https?://[^\s/]+$")]
    account: Annotated[str, Meta(pattern=r"^@[^\s:]+:[^\s]+$")]
    name: Name = "matrix"
    access_token_file: str | None = None
    device_id: str | None = None
    password_file: str | None = None
    defaults: Defaults = Defaults()


class Worlds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The worlds to serve, by kind."""

    matrix: tuple[MatrixWorld, ...] = ()


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that can be set. Relative paths are meant from the folder of the settings file."""

    data: str = "../data"
    database: str | None = None
    database_file: str | None = None
    words: str | None = None
    log: Annotated[str, Meta(pattern="^(text|json)$")] = "text"
    worlds: Worlds = Worlds()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all worlds."""
        return tuple(world.name for world in self.worlds.matrix)


class Read(Struct, frozen=True, kw_only=True):
    """Settings and where they were read, so that paths in them can be found."""

    settings: Settings
    folder: Path

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

    def secret(self, written: str) -> str:
        """Return what a secret file holds, without the line end. Raises `SettingsError` when it is not safe."""
        file = self.path(written)
        try:
            mode = file.stat().st_mode
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"the secret file {file} cannot be read: make it, with the secret alone in it"
            ) from error
        if mode & OTHERS:
            raise SettingsError(f"the secret file {file} can be read by others: chmod 600 {file}")
        if not text:
            raise SettingsError(f"the secret file {file} is empty: put the secret alone in it")
        return text


def read(file: Path, environment: Mapping[str, str]) -> Read:
    """Read a settings file. Raises `SettingsError` with one line on the first thing that is not right.

    `ALONGSIDE_DATA`, `_DATABASE`, `_DATABASE_FILE`, `_WORDS` and `_LOG` in the environment go before the file.
    """
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8")) | _overlay(environment)
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: copy config/alongside.toml there and fill it in") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not TOML: {error}") from error
    try:
        settings = msgspec.convert(written, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: {error}") from error
    _check(file, settings)
    return Read(settings=settings, folder=file.resolve().parent)


def _overlay(environment: Mapping[str, str]) -> dict[str, str]:
    keys = ("data", "database", "database_file", "words", "log")
    return {key: environment[name] for key in keys if (name := f"ALONGSIDE_{key.upper()}") in environment}


def shipped() -> Path:
    """Return the folder of words and cards that come with Alongside."""
    return SHIPPED if SHIPPED.is_dir() else CHECKOUT


def umask() -> None:
    """Make every file from now on its owner's alone."""
    os.umask(0o077)


def _check(file: Path, settings: Settings) -> None:
    if len(set(settings.names)) != len(settings.names):
        raise SettingsError(f"{file}: two worlds have the same name: give each its own `name`")
    if settings.database and not settings.database.startswith(("sqlite", "postgresql")):
        raise SettingsError(f"{file}: database: give a sqlite or postgresql URL, or leave it out")
    for world in settings.worlds.matrix:
        if (world.access_token_file is None) == (world.password_file is None):
            raise SettingsError(f"{file}: {world.name}: give either access_token_file or password_file")
        if world.access_token_file and not world.device_id:
            raise SettingsError(f"{file}: {world.name}: an access token needs the device_id it was made for")
        if not known(world.defaults.zone):
            raise SettingsError(f"{file}: {world.name}: zone: give an IANA name such as Europe/London")


def ways_of(settings: Settings) -> Mapping[str, Ways]:
    """Return each world's own ways, by its name."""
    return {world.name: world.defaults.ways for world in settings.worlds.matrix}
