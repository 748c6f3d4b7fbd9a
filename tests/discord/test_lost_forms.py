"""A form that was lost on its way is shown all the same."""

from pathlib import Path

from tests.discord.gateway import until
from tests.discord.house import Host
from tests.discord.loopback import Loopback
from tests.discord.test_house import Village, answered

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


async def test_a_form_that_was_lost_at_first_is_shown_and_can_be_filled_in(loopback: Loopback, tmp_path: Path) -> None:
    village, host = Village(loopback), Host(loopback=loopback, folder=tmp_path)
    async with host.running():
        card = await village.slash(village.ann, "group show")
        loopback.luck.lose_request(CALLBACK)
        form = await loopback.people.press(card.messages[0], village.ann, "Set the time zone")
        await until(lambda: form.modal)
        done = await answered(await loopback.people.submit(form, zone="Asia/Kolkata"))

    assert len(done.messages) == 1
