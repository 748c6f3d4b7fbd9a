"""Devices of people who are gone, and sessions that nobody uses any more: nio keeps both for ever."""

from collections.abc import Collection

from nio.crypto import Olm
from nio.store import MatrixStore
from nio.store.models import DeviceKeys, DeviceTrustState, Keys, OlmSessions
from whenever import SYSTEM_TZ, Instant, TimeDelta

SESSIONS_LAST = TimeDelta(hours=24 * 396)


def forget_devices(store: MatrixStore, olm: Olm, people: Collection[str]) -> None:
    """Let go of every device of these people, in memory and in the store.

    Sessions with them stay: they hold a key and no id, and without them whoever comes back could not be read.
    """
    with store.database.bind_ctx(store.models), store.database.atomic():
        for person in people:
            theirs = DeviceKeys.select(DeviceKeys.id).where(DeviceKeys.user_id == person)
            Keys.delete().where(Keys.device.in_(theirs)).execute()
            DeviceTrustState.delete().where(DeviceTrustState.device.in_(theirs)).execute()
            DeviceKeys.delete().where(DeviceKeys.user_id == person).execute()
    for person in people:
        # nio's store has no way to take anything out.
        olm.device_store._entries.pop(person, None)  # noqa: SLF001  As above.


def forget_old_sessions(store: MatrixStore, now: Instant) -> None:
    """Let go of sessions that were used last thirteen months ago; one that is used after all is kept again."""
    # nio writes moments down in the machine's own time, without saying which.
    last = (now - SESSIONS_LAST).to_tz(SYSTEM_TZ).to_plain().to_stdlib()
    with store.database.bind_ctx(store.models):
        OlmSessions.delete().where(OlmSessions.last_usage_date < last).execute()
