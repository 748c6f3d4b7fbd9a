"""Files that come with an answer: for one person's eyes, once, as Discord describes them; else the answer is text."""

import json
from pathlib import Path

from bot.adapters.discord.rendering import LARGEST_FILE
from bot.domain.commands import Asking
from bot.domain.saying import File, Handed, Look, Say, line, say
from tests.adapters.discord.test_interactions import FIND, Answering, client_of
from tests.discord.gateway import until
from tests.discord.house import Host, person
from tests.discord.interactions import Answered
from tests.discord.loopback import Loopback, connected
from tests.discord.test_house import Village

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
CONTENT = {"a.html": "<p>café</p>".encode(), "b.json": b"{}\n"}
TOLD = "You said: two files"
IN_TEXT = "You said: all of it"


def handing(content: dict[str, bytes]) -> Say:
    files = tuple(File(name=name, kind="text/plain", content=each) for name, each in content.items())
    return say("test-echo", text="two files").handing(
        Handed(files=files, in_text=(line("test-echo", text="all of it"),), later=(line("fault"),))
    )


def found(_asking: Asking) -> Say:
    return handing(CONTENT)


async def asked(loopback: Loopback, folder: Path, answering: Answering) -> Answered:
    """Let somebody ask for the files, and wait for the answer."""
    guild, ann = loopback.guild(), loopback.user("ann")
    async with connected(client_of(folder, answering), loopback.token):
        answer = await loopback.slash(guild, ann, "find", need="help")
        await until(lambda: answer.messages)
    return answer


async def test_files_come_with_the_answer_for_one_persons_eyes(loopback: Loopback, tmp_path: Path) -> None:
    answer = await asked(loopback, tmp_path, Answering(known=(FIND,), says=found))

    [message] = answer.messages
    assert message["content"].startswith(TOLD)
    assert "which Discord can read" in message["content"]
    assert message["flags"] & 64
    assert loopback.given.files(answer) == CONTENT


async def test_files_come_in_the_place_of_an_announcement(loopback: Loopback, tmp_path: Path) -> None:
    answer = await asked(loopback, tmp_path, Answering(known=(FIND,), takes_seconds=2, says=found))

    assert answer.thinking
    assert loopback.counted[ORIGINAL] == 1
    assert loopback.given.files(answer) == CONTENT


async def test_files_whose_reply_was_lost_are_there_once(loopback: Loopback, tmp_path: Path) -> None:
    lost = loopback.luck.lose_reply(CALLBACK)
    answer = await asked(loopback, tmp_path, Answering(known=(FIND,), says=found))

    assert lost.happened == 1
    assert len(answer.messages) == 1
    assert len(answer.messages[0]["attachments"]) == len(CONTENT)
    assert loopback.given.files(answer) == CONTENT


async def test_files_that_did_not_arrive_are_sent_whole_the_second_time(loopback: Loopback, tmp_path: Path) -> None:
    lost = loopback.luck.lose_request(CALLBACK)
    answer = await asked(loopback, tmp_path, Answering(known=(FIND,), says=found))

    assert lost.happened == 1
    assert loopback.given.files(answer) == CONTENT


async def test_where_discord_takes_no_files_the_answer_is_text(loopback: Loopback, tmp_path: Path) -> None:
    loopback.world.largest_file = 3
    answer = await asked(loopback, tmp_path, Answering(known=(FIND,), says=found))

    assert answer.contents == [IN_TEXT]
    assert loopback.given.files(answer) == {}
    assert answer.ephemeral


async def test_a_file_larger_than_discord_takes_is_not_even_offered(loopback: Loopback, tmp_path: Path) -> None:
    def large(_asking: Asking) -> Say:
        return handing({"a.txt": b" " * (LARGEST_FILE + 1)})

    answer = await asked(loopback, tmp_path, Answering(known=(FIND,), says=large))

    assert answer.contents == [IN_TEXT]
    assert loopback.counted[CALLBACK] == 1


async def test_a_person_takes_along_all_that_is_kept_of_them_as_two_files(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.ann, "rota new", name="<script>alert(1)</script>", when="daily 20:00")
        await village.slash(village.ann, "rota join", every="every week")
        answer = await village.slash(village.ann, "mydata export")
    files = loopback.given.files(answer)
    [group] = json.loads(files["mydata.json"])["groups"]

    assert {row["person"] for row in group["tables"]["rota_standing"]} == {person(village.ann)}
    assert "Your standing place: &lt;script&gt;" in files["mydata.html"].decode()
    assert b"<script" not in files["mydata.html"]
    assert all(message["flags"] & 64 for message in answer.messages)
    assert Look.CODE.value not in answer.contents[0]


async def test_a_picture_of_a_rota_comes_with_words_for_whoever_does_not_see_it(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        await village.slash(village.ann, "rota new", name="Soup", when="daily 20:00")
        await village.slash(village.ann, "rota join", every="every week")
        answer = await village.slash(village.ann, "rota picture")
    [picture] = [each for message in answer.messages for each in message["attachments"]]

    assert loopback.given.files(answer)["rota.png"].startswith(b"\x89PNG")
    assert picture["description"].startswith("The rota “Soup” from ")
    assert f"<@{village.ann['id']}>" in "".join(answer.contents)
    assert all(message["flags"] & 64 for message in answer.messages)
