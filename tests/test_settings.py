"""Settings: what is right is read, and each thing that is not gets one line that says what would be."""

import os
import re
import stat
from pathlib import Path

import pytest

from bot import settings
from bot.domain.people import Nation, Ways
from bot.settings import SettingsError

WORLD = """
[[worlds.matrix]]
homeserver = "https://matrix.example.org"
account = "@alongside:example.org"
password_file = "password"
"""
TOKEN = """
[[worlds.matrix]]
name = "other"
homeserver = "http://127.0.0.1:8008"
account = "@alongside:example.org"
access_token_file = "token"
device_id = "ABC"
"""
SHIPPED = Path(__file__).parent.parent / "config" / "alongside.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secrets").mkdir()
    ours = [f"secrets/{name}.secret" for name in ("matrix-password", "matrix-token", "matrix-store", "discord-token")]
    for name in ("password", "token", "database-url.secret", *ours):
        secret(tmp_path, name, "postgresql://example.org/alongside" if "database" in name else "s3cret")
    return tmp_path


def secret(folder: Path, name: str, text: str, mode: int = 0o600) -> None:
    file = folder / name
    file.write_text(text + "\n", encoding="utf-8")
    file.chmod(mode)


def read(folder: Path, text: str, **environment: str) -> settings.Read:
    file = folder / "alongside.toml"
    file.write_text(text, encoding="utf-8")
    return settings.read(file, environment)


def refused(folder: Path, text: str, **environment: str) -> str:
    """Return the line that it was refused with, without the name of the file."""
    with pytest.raises(SettingsError) as caught:
        read(folder, text, **environment)
    line = str(caught.value)
    assert "\n" not in line
    return line.replace(f"{folder}/", "").removeprefix("alongside.toml").removeprefix(": ")


def test_an_empty_file_is_read_and_keeps_everything_beside_its_folder(folder: Path) -> None:
    read_ = read(folder, "")

    assert read_.database == f"sqlite+aiosqlite:///{folder.parent / 'data' / 'alongside.db'}"
    assert (read_.settings.log, read_.settings.names) == ("text", ())


def test_two_worlds_are_read_each_with_its_own_ways(folder: Path) -> None:
    ways = '[worlds.matrix.defaults]\nzone = "Europe/Dublin"\nnation = "ni"\n'
    read_ = read(folder, WORLD + ways + TOKEN)

    assert settings.ways_of(read_.settings) == {"matrix": Ways(zone="Europe/Dublin", nation=Nation.NI), "other": Ways()}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("colour = 1", "nothing is called `colour`: see config/alongside.toml for all there is"),
        ("[worlds]\nirc = []", "worlds: nothing is called `irc`: see config/alongside.toml for all there is"),
        (
            WORLD + 'passwort_file = "x"',
            "worlds.matrix[0]: nothing is called `passwort_file`: see config/alongside.toml for all there is",
        ),
        (
            WORLD + "[worlds.matrix.defaults]\nregion = 1",
            "worlds.matrix[0].defaults: nothing is called `region`: see config/alongside.toml for all there is",
        ),
        ('[[worlds.matrix]]\naccount = "@a:b"', "worlds.matrix[0]: `homeserver` is missing"),
        ('log = "loud"', 'log: give "text" or "json"'),
        ("log = 3", 'log: give "text" or "json"'),
        ("data = 3", "data: expected `str`, got `int`"),
        (
            WORLD.replace("https:", "gopher:"),
            "worlds.matrix[0].homeserver: give an address such as https://matrix.example.org",
        ),
        (WORLD.replace("@along", "along"), "worlds.matrix[0].account: give an account such as @alongside:example.org"),
        (
            WORLD + 'name = "My world"',
            "worlds.matrix[0].name: give a short name of small letters, digits and hyphens",
        ),
        (WORLD + '[worlds.matrix.defaults]\nzone = "GMT+1"', "matrix: zone: give an IANA name such as Europe/London"),
        (
            WORLD + '[worlds.matrix.defaults]\nnation = "france"',
            "worlds.matrix[0].defaults.nation: give england, scotland, wales or ni, or leave it out",
        ),
        (
            WORLD + '[worlds.matrix.defaults]\nlocale = "tlh"',
            "matrix: locale: give one that there are words for: en-GB",
        ),
        (WORLD * 2, "two worlds have the same name: give each its own `name`"),
        (WORLD.replace("password_file", "#"), "matrix: give either access_token_file or password_file"),
        (WORLD + 'access_token_file = "token"', "matrix: give either access_token_file or password_file"),
        (TOKEN.replace("device_id", "#"), "other: an access token needs the device_id it was made for"),
        ('database = "mysql://me:s3cret@db/x"', "database: give a sqlite or postgresql URL, or leave it out"),
        ('database = "postgres"', "database: give a sqlite or postgresql URL, or leave it out"),
        ('database = ":s3cret:"', "database: give a sqlite or postgresql URL, or leave it out"),
        ('database_file = "password"', "database: give a sqlite or postgresql URL, or leave it out"),
        ('database = "sqlite://"\ndatabase_file = "x"', "give either database or database_file"),
        ('words = "nowhere"', "words: nowhere is not a folder that can be read"),
        (
            'database_file = "nowhere"',
            "the secret file nowhere cannot be read: make it, with the secret alone in it",
        ),
        (
            WORLD.replace('"password"', '"nowhere"'),
            "the secret file nowhere cannot be read: make it, with the secret alone in it",
        ),
    ],
)
def test_what_is_not_right_gets_one_line(folder: Path, text: str, line: str) -> None:
    assert refused(folder, text) == line


@pytest.mark.parametrize("text", ["= 1", "log = text", '[worlds\nx = "y"'])
def test_what_is_not_toml_gets_one_line_that_says_where(folder: Path, text: str) -> None:
    assert re.search(r"^ ?is not TOML: .*line \d", refused(folder, text))


def test_a_file_that_is_not_there_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^/.*nowhere cannot be read: copy config/alongside.toml there"):
        settings.read(tmp_path / "nowhere", {})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o700 | stat.S_IXOTH])
def test_a_secret_that_others_can_read_is_refused(folder: Path, mode: int) -> None:
    secret(folder, "password", "s3cret", mode)

    assert refused(folder, WORLD) == "the secret file password can be read by others: chmod 600 password"


def test_a_secret_that_is_a_link_is_refused(folder: Path) -> None:
    (folder / "password").rename(folder / "elsewhere")
    (folder / "password").symlink_to(folder / "elsewhere")

    assert refused(folder, WORLD) == "the secret file password is a link: put the file itself there"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_secret_of_somebody_else_is_refused(folder: Path) -> None:
    os.chown(folder / "password", 65534, -1)

    assert refused(folder, WORLD) == "the secret file password belongs to somebody else: chown 0 password"


def test_an_empty_secret_is_refused(folder: Path) -> None:
    secret(folder, "password", "  ")

    assert refused(folder, WORLD) == "the secret file password is empty: put the secret alone in it"


def test_a_secret_is_read_without_the_end_of_its_line(folder: Path) -> None:
    assert read(folder, WORLD).secret("password") == "s3cret"


def test_a_database_can_be_told_in_a_file(folder: Path) -> None:
    assert read(folder, 'database_file = "database-url.secret"').database == "postgresql://example.org/alongside"


def test_the_environment_goes_before_the_file(folder: Path) -> None:
    read_ = read(folder, 'log = "text"\ndata = "here"', ALONGSIDE_LOG="json", ALONGSIDE_DATA="/there", OTHER="1")

    assert (read_.settings.log, read_.data) == ("json", Path("/there"))


@pytest.mark.parametrize(
    ("text", "name", "value", "url"),
    [
        ('database_file = "database-url.secret"', "ALONGSIDE_DATABASE", "sqlite:///a.db", "sqlite:///a.db"),
        (
            'database = "sqlite:///a.db"',
            "ALONGSIDE_DATABASE_FILE",
            "database-url.secret",
            "postgresql://example.org/alongside",
        ),
    ],
)
def test_a_database_in_the_environment_takes_the_place_of_one_in_the_file(
    folder: Path, text: str, name: str, value: str, url: str
) -> None:
    assert read(folder, text, **{name: value}).database == url


def test_bad_values_in_the_environment_are_refused_as_well(folder: Path) -> None:
    assert refused(folder, "", ALONGSIDE_LOG="loud") == 'log: give "text" or "json"'


def test_words_of_ones_own_may_bring_another_locale(folder: Path) -> None:
    (folder / "words" / "cy-GB").mkdir(parents=True)
    read_ = read(folder, 'words = "words"\n' + WORLD + '[worlds.matrix.defaults]\nlocale = "cy-GB"')

    assert read_.words[-1] == folder / "words"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("port = 8018", "calendar.address is missing: give both address and port, or nothing of it"),
        ('host = "127.0.0.1"', "calendar.address is missing: give both address and port, or nothing of it"),
        ('address = "https://a.example"', "calendar.port is missing: give both address and port, or nothing of it"),
        (
            'port = 8018\naddress = "http://a.example"',
            "calendar.address: give an address such as https://rota.example.org, with nothing after the name",
        ),
        (
            'port = 8018\naddress = "https://a.example/"',
            "calendar.address: give an address such as https://rota.example.org, with nothing after the name",
        ),
        ('port = 0\naddress = "https://a.example"', "calendar.port: give a number from 1 to 65535"),
        (
            'port = 8018\naddress = "https://a.example"\nhost = "everywhere"',
            "calendar.host: give an IP address of this machine, such as 127.0.0.1",
        ),
    ],
)
def test_a_calendar_that_is_half_set_or_sent_in_clear_is_refused(folder: Path, text: str, line: str) -> None:
    assert refused(folder, f"[calendar]\n{text}") == line


def test_nothing_listens_for_calendars_unless_it_is_set(folder: Path) -> None:
    assert read(folder, WORLD).settings.calendar == settings.Calendar(address=None, port=None, host=None)


def test_the_shipped_file_says_nothing_yet(folder: Path) -> None:
    assert read(folder, SHIPPED.read_text(encoding="utf-8")).settings == settings.Settings()


def uncommented(without: str) -> str:
    """Return the shipped file with every setting it shows in its comments, but for those named `without`."""
    shown = re.sub(r"(?m)^# ?(?=\w+ = |\[)", "", SHIPPED.read_text(encoding="utf-8"))
    return re.sub(rf"(?m)^({without}) = .*$", "", shown)


@pytest.mark.parametrize(
    "without",
    [
        "database_file|database_key|database_key_file|access_token_file|device_id",
        "database|database_key|database_key_file|password_file",
    ],
)
def test_the_shipped_file_is_right_with_all_it_shows_put_in(folder: Path, without: str) -> None:
    (folder / "words-of-our-own").mkdir()
    read_ = read(folder, uncommented(without))

    assert read_.settings.names == ("matrix", "discord")
    assert read_.settings.worlds.matrix[0].defaults == settings.Defaults(nation=Nation.ENGLAND)


def test_the_shipped_file_shows_every_setting_there_is() -> None:
    structs = (settings.Settings, settings.MatrixWorld, settings.DiscordWorld, settings.Defaults)
    sections = (settings.Backup, settings.Calendar)
    all_ = {name for struct in (*structs, *sections) for name in struct.__struct_fields__} - {
        "backup",
        "calendar",
        "worlds",
        "defaults",
    }
    shown = set(re.findall(r"(?m)^# (\w+) = ", SHIPPED.read_text(encoding="utf-8")))

    assert shown == all_
