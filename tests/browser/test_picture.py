"""A rota as a picture, in a browser: there with no script, on a narrow screen, with words for who cannot see it."""

import pytest
from playwright.async_api import Browser, ConsoleMessage, expect

# One browser, and so one loop, for all.
pytestmark = pytest.mark.asyncio(loop_scope="session")
NARROW = 420


async def test_the_picture_is_shown_no_wider_than_the_screen(browser: Browser, address: str) -> None:
    context = await browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 900})
    page = await context.new_page()
    complaints: list[ConsoleMessage] = []
    page.on("console", lambda message: complaints.append(message))  # noqa: PLW0108  Playwright marks what it is given.
    await page.goto(address)
    await page.get_by_role("link", name="See only what Bea sees").click()
    log = page.get_by_role("log", name="Bea and the bot")
    for text, answer in (
        ("rota new Evening check-in, tuesday and thursday 19:00-21:00, 2 people", "is kept"),
        ("rota join every tuesday", "You have a place on"),
        ("rota picture", "The next one"),
    ):
        await page.get_by_role("textbox", name="Type to the bot as Bea").fill(text)
        await page.get_by_role("button", name="Send as Bea").first.click()
        await expect(log.locator(".said").last).to_contain_text(answer)

    picture = log.get_by_role("img", name="The rota “Evening check-in” from ")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("(one) => one.complete && one.naturalWidth") == 1080
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW
    assert complaints == []
    await context.close()
