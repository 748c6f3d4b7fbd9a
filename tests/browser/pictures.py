"""Takes the README's pictures of the local room: `python -m tests.browser.pictures`, into docs/pictures/."""

import asyncio
from pathlib import Path

from playwright.async_api import Page, ViewportSize, async_playwright, expect

from tests.browser.conftest import QUIET, alongside_try, chromium_path

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDE = ViewportSize(width=1280, height=1180)
NARROW = ViewportSize(width=390, height=844)


async def _type(page: Page, name: str, text: str, answer: str) -> None:
    """Type to the bot and wait for its answer."""
    await page.get_by_role("textbox", name=f"Type to the bot as {name}").fill(text)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log", name=f"{name} and the bot")).to_contain_text(answer)


async def _press(page: Page, name: str, label: str, answer: str) -> None:
    talk = page.get_by_role("log", name=f"{name} and the bot")
    await talk.get_by_role("button", name=label, exact=True).last.click()
    await expect(talk).to_contain_text(answer)


async def _ask_and_offer(page: Page) -> None:
    await page.get_by_role("button", name="Tomorrow 09:00").click()
    await page.get_by_role("textbox", name="Move on by").fill("10 hours 30 minutes")
    await page.keyboard.press("Enter")
    await _type(page, "Bea", "sit open", "You are open to being asked")
    await _type(page, "Ash", "sit quiet 30 minutes", "Nothing has been sent yet")
    await _press(page, "Ash", "Send it", "When someone can")
    await _press(page, "Bea", "I can", "I have told the person who asked")
    await expect(page.get_by_role("log", name="Ash and the bot")).to_contain_text("Bea can sit with you")


async def _rota(page: Page) -> None:
    await _type(page, "Cai", "rota new Evening check-in, daily 20:00, 1 hour", "is kept")
    await _type(page, "Cai", "rota join 1 today", "You are on")
    await expect(page.get_by_role("log", name="as everyone sees it")).to_contain_text("There is a new rota")


async def _meet(page: Page) -> None:
    await _press(page, "Ash", "Meet Bea", "A room for you and Bea is open")
    await expect(page.get_by_role("log", name="What Ash and Bea say").last).to_contain_text("What was agreed")
    for log in await page.locator(".meeting .log").all():
        await log.evaluate("(one) => { one.scrollTop = 0 }")


async def _picture(page: Page, name: str, part: str = "body") -> None:
    """Take a picture of the window from the top of `part` on."""
    await page.evaluate("document.activeElement.blur()")
    await page.locator(part).evaluate("(one) => scrollTo(0, one.offsetTop - 12)")
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


async def _find(page: Page) -> None:
    await page.set_viewport_size(NARROW)
    await page.get_by_role("link", name="See only what Cai sees").click()
    await _type(page, "Cai", "find they stopped my money", "Universal Credit")
    card = page.get_by_role("log", name="Cai and the bot").get_by_text("A sanction cuts part of your").last
    await card.evaluate("(one) => { one.closest('[role=log]').scrollTop = one.offsetTop - 120 }")


async def _pictures(address: str, chromium: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = await browser.new_page(viewport=WIDE, color_scheme="light")
        await page.goto(address)
        await _ask_and_offer(page)
        await _rota(page)
        await _picture(page, "local-room")
        await _meet(page)
        await _picture(page, "meeting-room", "#ash-meetings")
        await _find(page)
        await _picture(page, "find-on-a-phone", "#cai")
        await browser.close()


def main() -> None:
    """Serve the room, take the pictures, and say where there is no browser."""
    chromium = chromium_path()
    if chromium is None:
        raise SystemExit("no Chromium: set CHROMIUM to where one is")
    with alongside_try() as address:
        asyncio.run(_pictures(address, chromium))


if __name__ == "__main__":
    main()
