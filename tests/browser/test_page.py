"""The page can be read and used by everyone: names, headings, contrast, keyboard, small screens, no scripts."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

# One browser, and so one loop, for all.
pytestmark = pytest.mark.asyncio(loop_scope="session")
CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")


async def _opened(page: Page) -> None:
    """Open all that can be opened, so that checks see it too."""
    await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


async def _found(page: Page, check: str) -> object:
    return await page.evaluate(f"{CHECKS}\nchecks.{check}()")


@pytest.mark.parametrize("check", ["unnamed", "repeatedIds", "headingsOutOfOrder", "landmarksMissing", "small"])
async def test_nothing_is_found_by_the_check(page: Page, check: str) -> None:
    await page.get_by_role("textbox", name="Type to the bot as Ash").fill("sit quiet 30 minutes")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Send it").last).to_be_visible()
    await _opened(page)

    assert await _found(page, check) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_stands_out_from_what_is_behind_it(browser: Browser, address: str, scheme: str) -> None:
    page = await browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    await page.goto(address)
    await page.get_by_role("textbox", name="Type to the bot as Bea").fill("help")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log", name="Bea and the bot")).to_contain_text("You can ask me these things")
    await _opened(page)

    assert await _found(page, "faint") == []


async def test_where_the_keyboard_stands_can_always_be_seen(page: Page) -> None:
    stops = await _found(page, "stops")
    assert isinstance(stops, int)
    unseen = []
    for _ in range(stops):
        await page.keyboard.press("Tab")
        unseen += [where] if (where := await _found(page, "focusUnseen")) else []

    assert stops > 15
    assert unseen == []


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_nothing_runs_off_the_side(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await _opened(page)

    assert width == await page.evaluate("document.documentElement.scrollWidth")


async def test_the_box_keeps_the_keyboard_after_sending(page: Page) -> None:
    box = page.get_by_role("textbox", name="Type to the bot as Cai")
    await box.fill("about")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("log", name="Cai and the bot")).to_contain_text("about")
    await expect(box).to_have_value("")
    await expect(box).to_be_focused()


async def test_by_keyboard_alone_one_can_ask_and_answer(page: Page) -> None:
    await page.get_by_role("textbox", name="Type to the bot as Cai").focus()
    await page.keyboard.type("sit talk 20 minutes")
    await page.keyboard.press("Enter")
    send = page.get_by_role("region", name="Cai", exact=True).get_by_role("button", name="Send it").last
    await expect(send).to_be_visible()

    for _ in range(60):
        if await send.evaluate("(button) => button === document.activeElement"):
            break
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("log", name="Cai and the bot")).to_contain_text("I tell you how it stands")


async def test_a_form_from_the_menu_asks(page: Page) -> None:
    bea = page.get_by_role("region", name="Bea", exact=True)
    await bea.get_by_text("What can I ask?", exact=True).click()
    await bea.locator("summary", has=page.locator("code", has_text="me nation")).click()
    form = bea.locator("form", has=page.locator("input[name=command][value='me nation']"))
    await form.locator("select, input[type=text]").first.select_option("wales")
    await form.get_by_role("button").click()

    await expect(form.get_by_role("status")).to_have_text("Asked. The answer comes in what Bea and the bot say, above.")


async def test_what_does_not_work_is_said_beside_the_box_and_aloud(page: Page) -> None:
    ash = page.get_by_role("region", name="Ash", exact=True)
    await ash.get_by_role("button", name="Send as Ash").first.click()

    box = page.get_by_role("textbox", name="Type to the bot as Ash")
    await expect(box).to_have_attribute("aria-invalid", "true")
    await expect(box).to_have_accessible_description("Nothing was typed. Type a few words first.")


async def test_markup_that_is_typed_stays_text(page: Page) -> None:
    text = "<img src=x onerror=\"document.title='taken'\"><b>loud</b>"
    await page.get_by_role("textbox", name="Type in the group").fill(text)
    await page.keyboard.press("Enter")

    log = page.get_by_role("log", name="as everyone sees it")
    await expect(log).to_contain_text(text)
    assert await log.locator("img, b:has-text('loud')").count() == 0
    await expect(page).to_have_title("Alongside: the local room")


async def test_the_view_of_one_person_shows_no_one_else_s_talk(page: Page) -> None:
    await page.get_by_role("link", name="See only what Bea sees").click()

    await expect(page.get_by_role("region", name="Bea", exact=True)).to_be_visible()
    await expect(page.get_by_role("region", name="Ash", exact=True)).to_have_count(0)
    await expect(page.get_by_role("region", name="The group")).to_be_visible()


async def test_without_scripts_one_can_type_and_read(browser: Browser, address: str) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_role("textbox", name="Type to the bot as Bea").fill("help sit")
    await page.get_by_role("region", name="Bea", exact=True).get_by_role("button", name="Send as Bea").first.click()

    await expect(page.get_by_role("log", name="Bea and the bot")).to_contain_text("Ask for company")
