// A strict app, driven by lines of JSON: {"id", "do", ...} comes in, {"id", "result"} or {"id", "error"} goes out.

import { createInterface } from "node:readline";

import { ClientEvent, MatrixEventEvent, RoomEvent, RoomMemberEvent, createClient } from "matrix-js-sdk";
import { OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";
import { logger } from "matrix-js-sdk/lib/logger.js";

logger.setLevel("silent");
for (const name of ["debug", "error", "info", "log", "warn"]) console[name] = () => {};

const PATIENCE = 20_000;
const RULE = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };

let client;
const news = new Set();

/** Return what `find` finds, looking again whenever something happened; null when patience is over. */
function awaited(find, patience = PATIENCE) {
    return new Promise((resolve) => {
        const done = (found) => {
            clearTimeout(timer);
            news.delete(look);
            resolve(found);
        };
        const look = () => {
            const found = find();
            if (found) done(found);
        };
        const timer = setTimeout(() => done(null), patience);
        news.add(look);
        look();
    });
}

function others(room) {
    const events = client.getRoom(room)?.getLiveTimeline().getEvents() ?? [];
    return events.filter((event) => event.getSender() !== client.getUserId());
}

const deeds = {
    async come({ url, user, password }) {
        const login = await createClient({ baseUrl: url }).loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
        });
        const { access_token: accessToken, device_id: deviceId } = login;
        client = createClient({ baseUrl: url, userId: user, accessToken, deviceId });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
        const look = () => news.forEach((each) => each());
        for (const each of [ClientEvent.Sync, ClientEvent.Room, RoomEvent.Timeline, MatrixEventEvent.Decrypted])
            client.on(each, look);
        client.on(RoomMemberEvent.Membership, (_, member) => {
            if (member.userId === user && member.membership === "invite") client.joinRoom(member.roomId);
            look();
        });
        await client.startClient({ initialSyncLimit: 50 });
        await awaited(() => client.isInitialSyncComplete());
        return { device: deviceId };
    },

    async gather({ invite, direct = false }) {
        const { room_id: room } = await client.createRoom({
            invite: [invite],
            is_direct: direct,
            preset: direct ? "trusted_private_chat" : "private_chat",
            initial_state: [RULE],
        });
        const joined = () => client.getRoom(room)?.getMember(invite)?.membership === "join";
        return { room, joined: Boolean(await awaited(joined)) };
    },

    async say({ room, text }) {
        return client.sendMessage(room, { msgtype: "m.text", body: text });
    },

    /** Return the first message of another person with these words in it, in that room or in any. */
    async read({ room, words }) {
        const places = () => (room ? [room] : client.getRooms().map((each) => each.roomId));
        const fits = (event) => event.getContent().body?.includes(words) && !event.isDecryptionFailure();
        const event = await awaited(() => places().flatMap(others).find(fits));
        if (!event) return null;
        const info = await client.getCrypto().getEncryptionInfoForEvent(event);
        return {
            room: event.getRoomId(),
            body: event.getContent().body,
            encrypted: event.isEncrypted(),
            shield: info?.shieldColour ?? null,
            reason: info?.shieldReason ?? null,
        };
    },

    /** Return why the first message that could not be read could not. */
    async unreadable() {
        const events = () => client.getRooms().flatMap((each) => others(each.roomId));
        const event = await awaited(() => events().find((each) => each.isDecryptionFailure()));
        return event ? { reason: event.decryptionFailureReason } : null;
    },

    async go() {
        client.stopClient();
        setImmediate(() => process.exit(0));
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: deed, ...rest } = JSON.parse(line);
    deeds[deed](rest).then(
        (result) => process.stdout.write(`${JSON.stringify({ id, result: result ?? null })}\n`),
        (error) => process.stdout.write(`${JSON.stringify({ id, error: `${error?.name}: ${error?.message}` })}\n`),
    );
}
process.exit(0);
