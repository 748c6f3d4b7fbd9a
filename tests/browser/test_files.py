"""What a person takes along, in a browser: downloaded with no script, and a page that everyone can read."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.test_page import CHECKS

# One browser, and so one loop, for all.
pytestmark = pytest.mark.asyncio(loop_scope="session")
ROTA = "<script>document.title = 'taken'</script>"
NARROW = 320


async def _typed(page: Page, text: str, answer: str) -> None:
    """Let Bea type something, with no script, and read the answer."""
    await page.get_by_role("textbox", name="Type to the bot as Bea").fill(text)
    await page.get_by_role("region", name="Bea", exact=True).get_by_role("button", name="Send as Bea").first.click()
    await expect(page.get_by_role("log", name="Bea and the bot").locator(".said").last).to_contain_text(answer)


async def _downloaded(page: Page, name: str, folder: Path) -> Path:
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name=f"Download {name}").last.click()
    download = await downloading.value
    kept = folder / download.suggested_filename
    await download.save_as(kept)
    return kept


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def files(browser: Browser, address: str, folder: Path) -> tuple[Path, Path]:
    """Return what Bea takes along: the page and the document."""
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(address)
    await _typed(page, f"rota new {ROTA}, daily 20:00, 2 people", "is kept")
    await _typed(page, "rota join every week", "You have a place on")
    await _typed(page, "sit open", "You are open")
    await _typed(page, "mydata export", "in two files")
    found = await _downloaded(page, "mydata.html", folder), await _downloaded(page, "mydata.json", folder)
    await context.close()
    return found


async def test_both_files_are_saved_under_their_names_as_they_were_made(files: tuple[Path, Path]) -> None:
    page, document = files
    [group] = json.loads(document.read_bytes())["groups"]

    assert (page.name, document.name) == ("mydata.html", "mydata.json")
    assert {row["rotas_name"] for row in group["tables"]["rota_standing"]} == {ROTA}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_can_be_read_small_and_dark_and_by_headings_and_tables(
    browser: Browser, files: tuple[Path, Path], scheme: str
) -> None:
    page = await browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": NARROW, "height": 800}
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).scheme))
    await page.goto(files[0].as_uri())
    found = {
        check: await page.evaluate(f"{CHECKS}\nchecks.{check}()")
        for check in ("faint", "repeatedIds", "headingsOutOfOrder")
    }

    assert found == {"faint": [], "repeatedIds": [], "headingsOutOfOrder": []}
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW
    await expect(page).to_have_title("All that I keep of you")
    await expect(page.get_by_role("heading", name="What I cannot reach")).to_be_visible()
    weekly = page.get_by_role("table", name="Your standing places")
    await expect(weekly.get_by_role("row")).to_have_count(8)
    await expect(weekly.get_by_role("columnheader", name="Weekday")).to_have_count(1)
    await expect(weekly.get_by_role("rowheader", name=ROTA).first).to_be_visible()
    assert asked == ["file"]
    await page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-script", "without"])
async def test_a_file_is_chosen_in_a_form_and_a_rota_made_of_it(
    browser: Browser, address: str, tmp_path: Path, *, scripts: bool
) -> None:
    table = tmp_path / "tea.csv"
    table.write_text("date,start,who\n28 february,19:00,Jo\nsoon,19:00,Jo\n")
    context = await browser.new_context(java_script_enabled=scripts)
    page = await context.new_page()
    await page.goto(address)
    bea = page.get_by_role("region", name="Bea", exact=True)
    await bea.get_by_text("What can I ask?", exact=True).click()
    await bea.locator("summary", has=page.locator("code", has_text="rota import")).click()
    form = bea.locator("details", has=page.locator("code", has_text="rota import")).last
    await form.get_by_label("Name").fill(f"Tea {scripts}")
    await form.get_by_role("button", name="File").set_input_files(table)
    await form.get_by_role("button", name="Ask").click()

    told = page.get_by_role("log", name="Bea and the bot").locator(".said").last
    await expect(told).to_contain_text(f"This is how “Tea {scripts}” would be.")
    await expect(told).to_contain_text("Line 3: I need a date")
    await context.close()
