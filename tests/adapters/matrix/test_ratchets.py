"""How sessions are moved on, with real sessions and a real key store, and no server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import vodozemac
from hypothesis import given, settings
from hypothesis import strategies as st
from nio import AsyncClient
from whenever import Instant, TimeDelta

from bot.adapters.matrix.forward import Sealed
from bot.adapters.matrix.ratchets import (
    GAP_WAITED_FOR,
    LOOKED_THROUGH_EVERY,
    REPLACED_LASTS,
    UNUSED_LASTS,
    Ratchets,
    sealed,
)
from bot.adapters.matrix.session import Account, new_client

NOW = Instant.from_utc(2026, 11, 25, 12)
ROOM, SENDER = "!room", "sender's key"
MESSAGES = 8


class Device:
    """The bot's device, and one other that talks with it in one room."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.open()

    def open(self) -> None:
        account = Account(homeserver="http://127.0.0.1:1", user_id="@bot:hs.test")
        self.client: AsyncClient = new_client(account, self._folder, "secret")
        self.client.restore_login("@bot:hs.test", "DEVICE", "token")
        self.ratchets = Ratchets(self.client)
        self.ratchets.begin()

    def reopen(self) -> None:
        """Begin again with what was written."""
        self.close()
        self.open()

    def close(self) -> None:
        assert self.client.store is not None
        self.client.store.database.close()

    def hears(self) -> "Talk":
        """Let the other device begin a new session."""
        outbound = vodozemac.GroupSession()
        assert self.client.olm is not None
        key = outbound.session_key.to_base64()
        self.client.olm.create_group_session(SENDER, "fingerprint", ROOM, outbound.session_id, key)
        return Talk(self, outbound)


class Talk:
    """One session: eight messages that were sent in it."""

    def __init__(self, device: Device, outbound: vodozemac.GroupSession) -> None:
        self._device = device
        self.id = outbound.session_id
        self._messages = [outbound.encrypt(f"message {index}".encode()) for index in range(MESSAGES)]

    def at(self, index: int) -> Sealed:
        return Sealed(room_id=ROOM, sender_key=SENDER, session_id=self.id, index=index)

    def opens(self) -> list[int]:
        """Return which messages the device can open now; none when the session is gone."""
        assert self._device.client.olm is not None
        session = self._device.client.olm.inbound_group_store.get(ROOM, SENDER, self.id)
        return [] if session is None else list(range(session.first_known_index, MESSAGES))

    def event(self, index: int) -> dict[str, object]:
        content = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": self._messages[index].to_base64(),
            "sender_key": SENDER,
            "session_id": self.id,
        }
        return {"type": "m.room.encrypted", "content": content}


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    device = Device(tmp_path)
    yield device
    device.close()


def test_where_an_event_stands_is_read_from_it(device: Device) -> None:
    talk = device.hears()

    assert sealed(ROOM, talk.event(3)) == talk.at(3)


@pytest.mark.parametrize("spoiled", [None, 3, "", "AAAA", "not base64 at all"])
def test_a_spoiled_event_stands_nowhere(device: Device, spoiled: object) -> None:
    event = device.hears().event(3)
    content = event["content"]
    assert isinstance(content, dict)
    content["ciphertext"] = spoiled

    assert sealed(ROOM, event) is None


def test_what_was_dealt_with_in_turn_is_past_at_once(device: Device) -> None:
    talk = device.hears()
    for index in range(3):
        device.ratchets.handled(talk.at(index), NOW)

    assert talk.opens() == [3, 4, 5, 6, 7]
    assert device.ratchets.is_past(talk.at(2))
    assert not device.ratchets.is_past(talk.at(3))


def test_a_gap_is_waited_for_a_minute_and_over_a_restart(device: Device) -> None:
    talk = device.hears()
    device.ratchets.handled(talk.at(2), NOW)
    device.ratchets.tidy(NOW)
    device.reopen()
    before = talk.opens()
    device.ratchets.tidy(NOW + GAP_WAITED_FOR - TimeDelta(seconds=1))
    nearly = talk.opens()
    device.ratchets.tidy(NOW + GAP_WAITED_FOR)
    after = talk.opens()
    device.reopen()

    assert before == nearly == list(range(8))
    assert after == talk.opens() == [3, 4, 5, 6, 7]


def test_what_is_being_dealt_with_is_not_passed_however_long_it_takes(device: Device) -> None:
    talk = device.hears()
    device.ratchets.hold(talk.at(1))
    for index in (0, 2):
        device.ratchets.handled(talk.at(index), NOW)
    device.ratchets.tidy(NOW + GAP_WAITED_FOR)
    held = talk.opens()
    device.ratchets.handled(talk.at(1), NOW)

    assert held == [1, 2, 3, 4, 5, 6, 7]
    assert talk.opens() == [3, 4, 5, 6, 7]


def test_nothing_is_passed_while_something_earlier_may_be_unread(device: Device) -> None:
    talk = device.hears()
    device.ratchets.is_paused = True
    device.ratchets.handled(talk.at(0), NOW)
    paused = talk.opens()
    device.ratchets.is_paused = False
    device.ratchets.tidy(NOW)

    assert paused == list(range(8))
    assert talk.opens() == [1, 2, 3, 4, 5, 6, 7]


def test_a_session_whose_device_went_on_to_a_newer_one_goes_for_good(device: Device) -> None:
    old = device.hears()
    device.ratchets.tidy(NOW)
    new = device.hears()
    later = NOW + TimeDelta(minutes=1)
    device.ratchets.tidy(later)
    device.ratchets.tidy(later + REPLACED_LASTS - TimeDelta(seconds=1))
    nearly = old.opens()
    device.ratchets.tidy(later + REPLACED_LASTS + LOOKED_THROUGH_EVERY)
    device.reopen()

    assert nearly == list(range(8))
    assert old.opens() == []
    assert new.opens() == list(range(8))


def test_a_late_message_in_an_old_session_does_not_make_it_the_newer_one(device: Device) -> None:
    old = device.hears()
    device.ratchets.tidy(NOW)
    new = device.hears()
    device.ratchets.tidy(NOW + TimeDelta(minutes=1))
    device.ratchets.handled(old.at(0), NOW + TimeDelta(minutes=2))
    device.ratchets.tidy(NOW + TimeDelta(hours=1))

    assert old.opens() == []
    assert new.opens() == list(range(8))


def test_a_session_that_nobody_uses_goes_after_thirty_days_and_one_in_use_stays(device: Device) -> None:
    talk = device.hears()
    device.ratchets.tidy(NOW)
    device.ratchets.handled(talk.at(0), NOW + TimeDelta(hours=24 * 20))
    device.ratchets.tidy(NOW + UNUSED_LASTS)
    used = talk.opens()
    device.ratchets.tidy(NOW + TimeDelta(hours=24 * 20) + UNUSED_LASTS)

    assert used == [1, 2, 3, 4, 5, 6, 7]
    assert talk.opens() == []


def test_a_room_that_was_left_leaves_no_session(device: Device) -> None:
    talk = device.hears()
    device.ratchets.tidy(NOW)
    device.ratchets.forget(ROOM)
    device.ratchets.tidy(NOW)
    device.reopen()

    assert talk.opens() == []


@settings(max_examples=20, deadline=None)
@given(
    order=st.permutations(range(MESSAGES)),
    held=st.sets(st.integers(0, MESSAGES - 1)),
    seconds=st.lists(st.integers(0, 90), min_size=MESSAGES, max_size=MESSAGES),
)
def test_whatever_the_order_nothing_is_passed_too_early_and_in_the_end_nothing_can_be_opened(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], held: set[int], seconds: list[int]
) -> None:
    device = Device(tmp_path_factory.mktemp("keys"))
    talk, now, handled = device.hears(), NOW, dict[int, Instant]()
    for index in held:
        device.ratchets.hold(talk.at(index))
    for index, wait in zip(order, seconds, strict=True):
        now = now.add(seconds=wait)
        device.ratchets.tidy(now)
        opens = talk.opens()
        waiting = held - handled.keys()
        assert waiting <= set(opens)
        for other in set(range(MESSAGES)) - handled.keys() - set(opens):
            # Passed before it was seen: only when something after it was seen a minute ago.
            assert any(later > other and at + GAP_WAITED_FOR <= now for later, at in handled.items())
        device.ratchets.handled(talk.at(index), now)
        handled[index] = now
    device.ratchets.tidy(now + GAP_WAITED_FOR)
    device.close()

    assert talk.opens() == []
