"""A rota brought in on Discord: as a file with the command, or pasted into a form; seen by one person alone."""

from bot.domain.reading.files import LARGEST
from tests.discord.choosing import ATTACHMENT
from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.test_house import Village
from tests.domain.rota.files import GOOGLE, LIBREOFFICE


def option_of(loopback: Loopback) -> dict[str, object]:
    """Return the option that takes the file, as Discord was told of it."""
    [rota] = [each for each in loopback.commands if each["name"] == "rota"]
    [bring] = [each for each in rota["options"] if each["name"] == "import"]
    return next(each for each in bring["options"] if each["name"] == "file")


async def test_a_file_comes_with_the_command_and_the_rota_is_kept_at_a_word(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        option = option_of(loopback)
        shown = await village.slash(
            village.ann, "rota import", name="Tea", file=loopback.file("tea.ics", GOOGLE.encode())
        )
        kept = await village.press(shown.messages[0], village.ann, "Keep it")
        await village.hears("There is a new rota: Tea.")

    assert (option["type"], option.get("required", False)) == (ATTACHMENT, False)
    assert shown.ephemeral
    assert "Line 27: It lasts all day" in shown.contents[0]
    assert kept.contents[0].startswith("The rota “Tea” is kept.")
    assert village.said("Jo") == []


async def test_where_the_file_is_left_out_it_can_be_pasted_into_a_form(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        asked = await loopback.people.slash(village.guild, village.ann, "rota import", name="Tea", zone="Europe/Paris")
        await until(lambda: asked.modal is not None)
        shown = await loopback.people.submit(asked, file=LIBREOFFICE)
        await until(lambda: shown.messages)

    assert asked.modal is not None
    fields = [each["component"] for each in asked.modal["components"]]
    assert [(each["custom_id"], each["style"], each.get("value")) for each in fields] == [
        ("name", 1, "Tea"),
        ("file", 2, None),
        ("zone", 1, "Europe/Paris"),
    ]
    assert shown.contents[0].startswith("This is how “Tea” would be.")
    assert "(Europe/Paris)" in shown.contents[0]


async def test_a_file_that_is_too_large_is_never_fetched_and_one_that_is_gone_is_asked_for_again(
    loopback: Loopback, host: Host
) -> None:
    village = Village(loopback)
    async with host.running():
        gone, large = loopback.file("a.csv", b"date,start"), loopback.file("b.csv", b"date,start")
        loopback.world.uploads.clear()
        large["size"] = LARGEST + 1
        answers = [await village.slash(village.ann, "rota import", name="Tea", file=each) for each in (gone, large)]

    assert [each.contents for each in answers] == [
        ["I could not fetch that file. Please send it again."],
        ["That file is too large. Up to 256 kilobytes fit."],
    ]


async def test_a_file_of_another_kind_is_refused_for_their_eyes_alone(loopback: Loopback, host: Host) -> None:
    village = Village(loopback)
    async with host.running():
        file = loopback.file("a.pdf", b"%PDF-1.7\n\xff\xfe")
        answer = await village.slash(village.ann, "rota import", name="Tea", file=file)

    assert answer.ephemeral
    assert answer.contents[0].startswith("File: That is not a file I can make a rota of.")
