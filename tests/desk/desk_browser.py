"""A real Chromium for the page's tests, or a reason why there is none."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str:
    """The browser's path; skips the test where there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("no Chromium on this machine (apt-get install chromium, or set CHROMIUM)")
    return found


class Visit:
    """One visitor's tab, with what went wrong in it."""

    def __init__(self, browser, url: str, **context):
        options = {
            "viewport": {"width": 1366, "height": 768},
            "locale": "zh-CN",
            "accept_downloads": True,
        } | context
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        self.page.on("console", self._console)
        self.page.on(
            "dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss())
        )
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        self.page.goto(url)
        self.page.wait_for_selector(".bench")

    def _console(self, message) -> None:
        if message.type == "error" and "net::ERR" not in message.text:
            self.faults.append(message.text)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).click()

    def see(self, selector: str):
        """The first visible element of ``selector``."""
        return self.page.locator(f"{selector}:visible").first

    def write(self, text: str) -> None:
        """Put ``text`` in and wait until the model's draft is there."""
        self.see(".source textarea").fill(text)
        self.see(".do-write").click()
        self.done()

    def done(self) -> None:
        self.page.wait_for_selector(".notice.done:visible")

    def marked(self) -> str:
        return "".join(self.page.locator(".body mark:visible").all_text_contents())
