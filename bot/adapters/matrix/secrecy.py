"""Letting go of keys: with them and the server's copy, what was said in a room could be read again."""

from nio import AsyncClient
from nio.store.models import MegolmInboundSessions


def forget_keys(client: AsyncClient, room_id: str) -> None:
    """Delete the keys to everything said in a room, from memory and from disk, where it is overwritten."""
    if client.olm is None or client.store is None:
        return
    client.olm.outbound_group_sessions.pop(room_id, None)
    client.olm.inbound_group_store[room_id].clear()
    with client.store.database.bind_ctx([MegolmInboundSessions]):
        MegolmInboundSessions.delete().where(MegolmInboundSessions.room_id == room_id).execute()
