"""A secret in the settings file itself is told of by its line, and never shown."""

from pathlib import Path

import pytest

from bot import settings
from bot.operator.checking import check
from bot.operator.report import as_json, in_words
from bot.operator.secrecy import secrets_in
from bot.settings import SettingsError
from bot.store.sealing import new_identity

# Made up, in the form of each.
DISCORD = "MTE5ODYyMjQ4MzQ3MTkyNTI0OA" + ".Cl2FMQ." + "ZnCjm1XVW7vRze4b7Cq4se7kKWs-ab"
SYNAPSE = "syt_YWxvbmdzaWRl_GsdYhHHVoFcVzJbuwyfx_0Yz1ab"
SERVICE = "mct_1234567890abcdefABCDEF1234567890_AbCdE1"
DATABASE = 'database = "postgresql://alongside:s3cret@localhost/alongside"'


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        (f'words = "{DISCORD}"', "token_file"),
        (f"# {DISCORD}", "token_file"),
        (f'account = "{SYNAPSE}"', "access_token_file"),
        (f'device_id = "{SERVICE}"', "access_token_file"),
        pytest.param(f"# {new_identity()[0]}", "recipients, with the public key", id="a key of age"),
        pytest.param(f"# {new_identity()[0].lower()}", "recipients, with the public key", id="one in small letters"),
        ("# -----BEGIN OPENSSH PRIVATE KEY-----", "recipients, with the public key"),
        (DATABASE, "database_file"),
        ('database = "postgresql://localhost/alongside?user=a&password=s3cret"', "database_file"),
        ('# password = "s3cret"', "password_file"),
        ("  access_token = 's3cret'", "access_token_file"),
    ],
)
def test_whatever_looks_like_a_secret_is_found_by_its_line(line: str, instead: str) -> None:
    assert [*secrets_in(f'data = "data"\n{line}\nlog = "text"\n')] == [(2, instead)]


def test_the_shipped_file_and_what_a_set_up_fills_in_hold_none() -> None:
    shipped = (settings.shipped() / "alongside.toml").read_text(encoding="utf-8")
    filled = (
        'access_token_file = "secrets/matrix-token.secret"',
        'account = "@alongside:example.org"',
        'homeserver = "http://localhost:8008"',
        'database = "postgresql://alongside@localhost:5432/alongside"',
        f'recipients = ["{new_identity()[1]}"]',
        'password = ""',
    )

    assert [*secrets_in(shipped), *secrets_in("\n".join(filled))] == []


@pytest.mark.parametrize(
    ("key", "instead"), [("token", "token_file"), ("password", "password_file"), ("access_token", "access_token_file")]
)
def test_a_setting_that_would_be_a_secret_is_refused_with_the_one_to_use(
    tmp_path: Path, key: str, instead: str
) -> None:
    file = tmp_path / "alongside.toml"
    file.write_text(f'[[worlds.discord]]\ntoken_file = "t"\n{key} = "s3cret"\n')
    with pytest.raises(SettingsError) as caught:
        settings.read(file, {})

    assert f"named by {instead}" in str(caught.value)
    assert "s3cret" not in str(caught.value)


async def test_the_check_tells_of_it_and_does_not_show_it(tmp_path: Path) -> None:
    file = tmp_path / "alongside.toml"
    file.write_text(f"# {DISCORD}\n")
    found = await check(file, settings.read(file, {}), measure=False)
    said = in_words(found) + as_json(found)

    assert f"missing: secrets: line 1 of {file} looks like a secret: use token_file" in said
    assert DISCORD[:20] not in said
