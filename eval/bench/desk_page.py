"""How long an editor waits: from the click to the first draft and to the model's candidates, in Chromium."""

from __future__ import annotations

import os
import shutil
import statistics

from summarizer.errors import MissingDependency

# The clock runs in the page itself, so that the test tool's own polling is not counted.
WATCH = """() => {
  const bench = document.querySelector('.bench');
  const at = {};
  const look = () => {
    if (!at.draft && bench.querySelector('.card')) at.draft = performance.now();
    if (at.draft && !at.model && bench.querySelector('.notice.done')) at.model = performance.now();
  };
  new MutationObserver(look).observe(bench, {subtree: true, childList: true, attributes: true});
  bench.querySelector('.do-write').addEventListener('click', () => { at.click = performance.now(); }, true);
  window.deskWaits = at;
}"""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def waits(url: str, clicks: int, text: str) -> dict:
    """Medians over ``clicks`` fresh pages, in seconds. Raises MissingDependency without Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise MissingDependency("playwright", "test") from None
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        found = [_one(browser, url, f"{text}\n编号{number}。") for number in range(clicks)]
        browser.close()
    drafts, models = zip(*found, strict=True)
    return {
        "clicks": clicks,
        "chars": len(text),
        "draft_median_s": round(statistics.median(drafts), 3),
        "model_median_s": round(statistics.median(models), 3),
        "draft_max_s": round(max(drafts), 3),
        "model_max_s": round(max(models), 3),
    }


def _one(browser, url: str, text: str) -> tuple[float, float]:
    page = browser.new_page(locale="zh-CN")
    try:
        page.set_default_timeout(120_000)
        page.goto(url)
        page.wait_for_selector(".bench .source textarea")
        page.locator(".source textarea").first.fill(text)
        page.wait_for_timeout(500)
        page.evaluate(WATCH)
        page.locator(".do-write").first.click()
        page.wait_for_function("window.deskWaits.model")
        at = page.evaluate("window.deskWaits")
        return (at["draft"] - at["click"]) / 1000, (at["model"] - at["click"]) / 1000
    finally:
        page.close()
