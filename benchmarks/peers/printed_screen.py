"""A page of a running Streamlit opened in Chromium and printed, as a reader does who prints what he sees.

python -m benchmarks.peers.printed_screen http://127.0.0.1:8501/masterplan RESULT.pdf
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.driver import FLAGS, chromium_path

DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
LAST = "Unduh CSV"  # the last thing a page shows
VIEW = {"width": 1366, "height": 768}
TIMEOUT_MS = 60_000


def main() -> int:
    url, result = sys.argv[1], Path(sys.argv[2])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(viewport=VIEW)
        page.goto(url)
        page.get_by_text(LAST).wait_for(timeout=TIMEOUT_MS)
        page.wait_for_selector(DONE, timeout=TIMEOUT_MS)
        started = time.perf_counter()
        page.pdf(path=result, format="A4", landscape=True, print_background=True)
        print(json.dumps({"layout_s": time.perf_counter() - started}))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
