"""The whole job in a browser, as a newcomer meets it: ask, offer, pick, a room opens; a rota pings and opens."""

import pytest
from playwright.async_api import Locator, Page, expect

# One browser, and so one loop, for all.
pytestmark = pytest.mark.asyncio(loop_scope="session")


def _talk(page: Page, name: str) -> Locator:
    return page.get_by_role("log", name=f"{name} and the bot, in private")


async def _type(page: Page, name: str, text: str) -> None:
    await page.get_by_role("textbox", name=f"Type to the bot as {name}").fill(text)
    await page.keyboard.press("Enter")


async def _press(page: Page, name: str, label: str) -> None:
    await _talk(page, name).get_by_role("button", name=label, exact=True).last.click()


async def test_someone_asks_someone_offers_and_the_two_meet(page: Page) -> None:
    await _type(page, "Bea", "sit open")
    await expect(_talk(page, "Bea")).to_contain_text("You are open to being asked")
    await _type(page, "Ash", "sit quiet 30 minutes")
    await _press(page, "Ash", "Send it")
    await _press(page, "Bea", "I can")
    await _press(page, "Ash", "Meet Bea")

    await page.get_by_role("textbox", name="Type in this room as Ash").fill("thanks for coming")
    await page.keyboard.press("Enter")
    rooms = page.get_by_role("log", name="What Ash and Bea say to each other")
    await expect(rooms).to_have_count(2)
    await expect(rooms.first).to_contain_text("What was agreed")
    await expect(rooms.last).to_contain_text("thanks for coming")
    await expect(_talk(page, "Cai")).not_to_contain_text("company")

    await rooms.last.get_by_role("button", name="Step away").click()
    await expect(rooms).to_have_count(0)
    await expect(page.get_by_text("thanks for coming")).to_have_count(0)
    await expect(_talk(page, "Bea")).to_contain_text("You have stepped away.")
    await expect(_talk(page, "Ash")).to_contain_text("The sit is over. It can end at any time")
    await expect(page.get_by_role("textbox", name="Type to the bot as Bea")).to_be_focused()


async def test_the_asker_has_no_name_until_they_pick(page: Page) -> None:
    await _type(page, "Cai", "sit open")
    await expect(_talk(page, "Cai")).to_contain_text("You are open to being asked")
    await _type(page, "Ash", "sit talk 20 minutes")
    await expect(_talk(page, "Ash")).to_contain_text("for 20 minutes")
    await _press(page, "Ash", "Send it")

    await expect(_talk(page, "Cai")).to_contain_text("Someone would like someone to talk with for 20 minutes, now.")
    await expect(_talk(page, "Cai")).not_to_contain_text("Ash")


async def test_a_shift_is_pinged_and_the_check_in_opens_when_its_time_has_come(page: Page) -> None:
    room = page.get_by_role("log", name="as everyone sees it")
    await page.get_by_role("button", name="Tomorrow 09:00").click()
    await expect(page.locator("#clock-now")).to_contain_text("09:00")
    await _type(page, "Cai", "rota new Evening check-in, daily 20:00, 1 hour")
    await expect(room).to_contain_text("There is a new rota: Evening check-in.")
    await _type(page, "Cai", "rota join 1 today")
    await expect(_talk(page, "Cai")).to_contain_text("You are on “Evening check-in”")

    await page.get_by_role("textbox", name="Move on by").fill("10 hours 50 minutes")
    await page.keyboard.press("Enter")
    await expect(_talk(page, "Cai")).to_contain_text("Your shift: Evening check-in")
    await expect(_talk(page, "Bea")).not_to_contain_text("Your shift")
    await expect(room).not_to_contain_text("is open.")

    await page.get_by_role("textbox", name="Move on by").fill("15 minutes")
    await page.keyboard.press("Enter")
    await expect(room).to_contain_text("The check-in “Evening check-in” is open.")
    await expect(room).to_contain_text("Cai")


async def _later(page: Page, by: str) -> None:
    await page.get_by_role("textbox", name="Move on by").fill(by)
    await page.keyboard.press("Enter")


async def test_a_sit_goes_to_its_end_by_buttons_and_by_typed_words_alone(page: Page) -> None:
    rooms = page.get_by_role("log", name="What Cai and Bea say to each other")
    of_bea, of_cai = rooms.first, rooms.last
    await _type(page, "Cai", "sit quiet, 30 minutes, who: Bea, no advice, note: please just be there")
    await expect(_talk(page, "Cai").locator(".said").last).to_contain_text("In their words: “please just be there”")
    await _press(page, "Cai", "Send it")
    await expect(_talk(page, "Bea").locator(".said").last).to_contain_text("In their words: “please just be there”")
    await _press(page, "Bea", "I can")
    await expect(_talk(page, "Cai")).to_contain_text("Bea can sit with you")
    await _type(page, "Cai", "sit pick 1")
    await expect(of_bea).to_contain_text("Off the table: advice.")

    await _type(page, "Bea", "sit change talk, 40 minutes")
    await of_cai.get_by_role("button", name="Yes", exact=True).click()
    await expect(of_bea).to_contain_text("You all said yes.")
    await _later(page, "40 minutes")
    await of_bea.get_by_role("button", name="Longer", exact=True).click()
    await expect(_talk(page, "Bea").locator(".said").last).to_contain_text("shown to nobody")
    await expect(of_cai).not_to_contain_text("You would all like longer.")
    await _type(page, "Cai", "sit longer")
    await expect(of_cai).to_contain_text("You would all like longer. There are 30 minutes more from now.")

    await _later(page, "30 minutes")
    await expect(of_bea.locator(".said").last).to_contain_text("The time you agreed on is over.")
    await _later(page, "15 minutes")
    await expect(rooms).to_have_count(0)
    for name in ("Cai", "Bea"):
        await expect(_talk(page, name)).to_contain_text("Your sit is over. Nothing of it is kept.")


async def test_practical_help_comes_to_the_one_who_asked(page: Page) -> None:
    await _type(page, "Ash", "find they stopped my money")
    await _type(page, "Bea", "now")

    await expect(_talk(page, "Ash")).to_contain_text("Universal Credit")
    await expect(_talk(page, "Bea")).to_contain_text("116 123")
    await expect(_talk(page, "Bea")).not_to_contain_text("Universal Credit")


async def test_not_now_takes_the_message_away_and_leaves_the_keyboard_where_one_types(page: Page) -> None:
    await _type(page, "Bea", "sit open")
    await expect(_talk(page, "Bea")).to_contain_text("You are open to being asked")
    await _type(page, "Ash", "sit ask quiet, 25 minutes")
    await expect(_talk(page, "Bea")).to_contain_text("for 25 minutes")
    button = _talk(page, "Bea").get_by_role("button", name="Not now", exact=True).last
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(_talk(page, "Bea")).not_to_contain_text("for 25 minutes")
    await expect(page.get_by_role("textbox", name="Type to the bot as Bea")).to_be_focused()
    await page.reload()

    await expect(_talk(page, "Bea")).not_to_contain_text("for 25 minutes")
    await _type(page, "Ash", "sit withdraw")
    await expect(_talk(page, "Ash")).to_contain_text("Withdrawn.")
