"""Setting up, checking and starting, as an operator does, against a server as it comes and one without limits."""

import re
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.synapse.homeserver import AS_IT_COMES, Homeserver
from tests.synapse.operating import Operator, is_one_sentence, processes_that_show
from tests.synapse.signatures import set_up, signed_in


@pytest.fixture
def operator(homeserver: Homeserver, tmp_path: Path) -> Operator:
    return new_operator(homeserver, tmp_path)


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Generator[Homeserver]:
    """Start a Synapse with the message limit that it comes with."""
    server = Homeserver(tmp_path_factory.mktemp("limited"), messages=AS_IT_COMES)
    server.start()
    yield server
    server.stop()


def new_operator(homeserver: Homeserver, folder: Path) -> Operator:
    person = homeserver.register(f"op{abs(hash(str(folder))) % 10**9}")
    return Operator(homeserver=homeserver, person=person, folder=folder / "own")


def test_a_set_up_is_fine_when_it_is_checked_and_tells_what_is_next_in_three_lines(operator: Operator) -> None:
    status, told = operator.init()
    found = operator.checks()

    assert (status, told.count("\n"), operator.person.user_id in told) == (0, 3, True), told
    assert len(operator.devices()) == 1
    assert {about: text for about, (state, text) in found.items() if state == "missing"} == {}
    assert found["matrix limit"] == ("fine", "the server let 15 messages go at once: no limit that a rota would feel")
    assert {about for about, (state, _) in found.items() if state == "fine"} >= {
        *("settings", "secrets", "data", "matrix server", "matrix clock", "matrix token", "matrix keys"),
        *("matrix signing", "matrix one-time keys", "matrix rooms"),
    }
    assert operator.token_file.stat().st_mode & 0o777 == 0o600
    assert operator.token_file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.long
def test_signing_keys_that_were_made_elsewhere_stay_until_new_ones_are_asked_for(operator: Operator) -> None:
    set_up(operator.homeserver, operator.person, signed_in(operator.homeserver, operator.person))
    _, told = operator.init()
    before = operator.checks("--no-measure")["matrix signing"]
    refused, why = operator.init("--new-identity", "--password-file", "-", piped="not the password")
    between = operator.checks("--no-measure")["matrix signing"]
    status, said = operator.init("--new-identity", "--password-file", "-")
    after = operator.checks("--no-measure")["matrix signing"]

    assert "One thing is left: the account has signing keys that the bot did not make" in told
    assert (before[0], between) == ("missing", before)
    assert (refused, is_one_sentence(why)) == (1, True), why
    assert (status, after[0]) == (0, "fine"), said


@pytest.mark.long
def test_a_server_as_it_comes_is_found_to_let_ten_messages_go_and_then_one_in_five_seconds(
    limited: Homeserver, tmp_path: Path
) -> None:
    operator = new_operator(limited, tmp_path)
    operator.init()
    state, text = operator.checks()["matrix limit"]
    rooms = operator.homeserver.ask("GET", "/_matrix/client/v3/joined_rooms", token=operator.token)

    assert re.search(r"send about (9|10|11) messages at once and then one in [56] seconds. No rota", text), text
    assert (state, rooms) == ("fine", {"joined_rooms": []})


def test_nothing_that_is_there_is_written_over_without_being_told(operator: Operator) -> None:
    operator.init()
    before = (operator.config.read_bytes(), operator.token, operator.files())
    status, told = operator.init()
    unchanged = (operator.config.read_bytes(), operator.token, operator.files()) == before
    forced, _ = operator.init("--force", "--account", operator.person.user_id, "--password-file", "-")

    assert (status, is_one_sentence(told), unchanged) == (1, True, True), told
    assert forced == 0
    assert len(operator.devices()) == 1
    assert (operator.folder / "alongside.toml.old").read_bytes() == before[0]


@pytest.mark.long
def test_a_set_up_that_was_broken_off_anywhere_is_begun_again_with_the_same_device(operator: Operator) -> None:
    operator.init()
    first = operator.devices()
    operator.config.unlink()
    without_settings = operator.init("--account", operator.person.user_id)
    operator.config.unlink()
    operator.token_file.unlink()
    without_token = operator.init()
    operator.config.unlink()
    operator.token_file.unlink()
    session = operator.world / "session.json"
    session.write_text(session.read_text().replace(operator.files()["session.json"].decode().split('"')[-2], ""))
    without_session = operator.init()

    assert [status for status, _ in (without_settings, without_token, without_session)] == [0, 0, 0]
    assert operator.devices() == first


def test_a_token_that_was_made_elsewhere_is_taken_and_one_of_an_app_is_not(operator: Operator, tmp_path: Path) -> None:
    who = {"type": "m.id.user", "user": operator.person.user_id}
    login = {"type": "m.login.password", "identifier": who, "password": operator.person.password}
    app = operator.homeserver.ask("POST", "/_matrix/client/v3/login", login)
    status, told = operator.init("--token-file", "-", piped=app["access_token"])
    again = Operator(homeserver=operator.homeserver, person=operator.person, folder=tmp_path / "again")
    refused, why = again.init("--token-file", "-", piped=app["access_token"])

    assert (status, operator.token) == (0, app["access_token"]), told
    assert (refused, is_one_sentence(why), "has keys already" in why) == (1, True, True), why
    assert not again.config.exists()
    assert operator.checks("--no-measure")["matrix keys"][0] == "fine"


def test_a_second_process_stops_and_says_why_and_after_a_kill_the_next_starts_at_once(operator: Operator) -> None:
    operator.init()
    with operator.running(signal.SIGKILL) as first:
        status, told = operator.does("run")
        checked = operator.checks()
        still_runs = first.poll() is None
    with operator.running() as next_:
        pass

    assert (status, is_one_sentence(told), "another process is running" in told) == (1, True, True), told
    assert checked["matrix"] == ("note", "the bot is running")
    assert "not measured" in checked["matrix limit"][1]
    assert still_runs
    assert (first.returncode, next_.returncode) == (-signal.SIGKILL, 0)


@pytest.mark.long
def test_a_device_that_was_deleted_elsewhere_stops_the_bot_until_its_operator_wants_it_back(operator: Operator) -> None:
    operator.init()
    before = operator.files().keys()
    operator.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, operator.token)
    status, told = operator.does("run")
    gone = operator.devices()
    checked = operator.checks()["matrix server"]
    back, _ = operator.init("--force", "--account", operator.person.user_id, "--password-file", "-")
    with operator.running() as again:
        keys = operator.checks("--no-measure")["matrix keys"]

    assert (status, is_one_sentence(told), "does not know the access token" in told) == (1, True, True), told
    assert (gone, operator.files().keys() >= before) == ([], True)
    assert checked[0] == "missing"
    assert (back, keys[0], again.returncode) == (0, "fine", 0)


def test_keys_that_were_lost_here_stop_the_bot_and_no_device_is_made_in_their_place(operator: Operator) -> None:
    operator.init()
    devices = operator.devices()
    for name in ("keys.db", "session.json"):
        (operator.world / name).unlink()
    ends = [operator.does("run"), operator.does("run")]

    assert [(status, is_one_sentence(told), "no new device" in told) for status, told in ends] == [(1, True, True)] * 2
    assert operator.devices() == devices


def test_a_damaged_store_stops_the_bot_with_nothing_changed_and_a_copy_brings_it_back(operator: Operator) -> None:
    operator.init()
    devices, whole = operator.devices(), operator.files()
    (operator.world / "keys.db").write_bytes(whole["keys.db"][:70_000])
    damaged = operator.files()
    status, told = operator.does("run")
    unchanged = operator.files() == damaged
    (operator.world / "keys.db").write_bytes(whole["keys.db"])
    with operator.running() as again:
        pass

    assert (status, is_one_sentence(told), "keys.db are damaged" in told) == (1, True, True), told
    assert (unchanged, operator.devices(), again.returncode) == (True, devices, 0)


def test_no_secret_is_shown_on_a_terminal_in_the_process_list_or_in_any_other_file(operator: Operator) -> None:
    operator.init()
    (operator.folder / "secrets" / "odd.secret").touch(mode=0o600)
    with operator.running() as process:
        secrets = [operator.token, operator.person.password]
        shown = [processes_that_show(secret) for secret in secrets]
        operator.does("run")
        operator.does("check")
        status_now = process.poll()
    operator.homeserver.ask("POST", "/_matrix/client/v3/logout", {}, operator.token)
    operator.does("run")
    operator.init("--account", "@another:hs.test", "--token-file", "-", "--force", piped=secrets[0])
    operator.init("--account", operator.person.user_id, "--password-file", "-", "--force", piped=secrets[1] + "x")
    holding = [
        str(file.relative_to(operator.folder))
        for file in operator.folder.rglob("*")
        if file.is_file() and any(secret.encode() in file.read_bytes() for secret in secrets)
    ]

    assert (shown, status_now) == ([[], []], None)
    assert [secret for secret in secrets if secret in operator.told] == []
    assert holding == ["secrets/matrix-token.secret"]
