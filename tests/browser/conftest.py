"""`alongside try`, served for real, and a real Chromium to open it with."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium_path() -> str | None:
    """Return where Chromium is: as `CHROMIUM` says, or by the names it usually has."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name)
    return next((path for path in found if path), None)


@contextmanager
def alongside_try() -> Generator[str]:
    """Serve the local room in a process of its own and give the address that it prints."""
    command = [sys.executable, "-m", "bot", "try", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  Our own command.
        try:
            assert process.stdout is not None
            address = next((line.strip() for line in process.stdout if "http://" in line), None)
            assert address, "it ended before it served"
            yield address
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="session")
def chromium() -> str:
    path = chromium_path()
    if path is None:
        pytest.skip(f"no Chromium: set CHROMIUM, or install one of {', '.join(NAMES)}")
    return path


@pytest.fixture(scope="module")
def address(chromium: str) -> Generator[str]:  # noqa: ARG001  Nothing is served where no browser is.
    with alongside_try() as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, address: str) -> AsyncGenerator[Page]:
    """Return the room in a window. A fault in the page's script fails the test."""
    page = await browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    await page.goto(address)
    yield page
    assert faults == []


def _is_fault(message: ConsoleMessage) -> bool:
    """Whether the browser complains; that a form was refused is no fault."""
    return message.type == "error" and "status of 400" not in message.text
