"""Makes the pictures in docs/images from the sample case: `python docs/screenshots.py`. Needs Chromium (or its program in CHROMIUM)."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graph import pipeline  # noqa: E402

NAMED = "casegraph.data.nodes.reduce((best, node, n, all) => node.lines.length > all[best].lines.length ? n : best, 0)"
CONTESTED = """casegraph.data.claims.findIndex((claim) => claim.o !== undefined && new Set(claim.statements.map((row) => casegraph.data.statements[row].stance === 2)).size === 2)"""
LARGE, WIDE, PHONE = (1440, 900), (1200, 750), (390, 844)
PICTURES = {  # name: size, dark, hash, what is clicked
    "view": (LARGE, False, "", ""),
    "view-dark": (WIDE, True, "", f"casegraph.select({NAMED}); casegraph.change({{ focus: 1 }})"),
    "view-claim": (WIDE, False, "", f"casegraph.selectClaim({CONTESTED}, {{ move: true }})"),
    "view-table": (WIDE, False, "v=table", "document.querySelectorAll('#table thead button')[6].click()"),
    "view-phone": (PHONE, False, "", ""),
}


def main() -> None:
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pipeline.build(ROOT / "seeds", Path(folder), formats=["html"])
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for name, ((width, height), dark, hash_, script) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", device_scale_factor=2 if width < 500 else 1)
            page.goto((Path(folder) / "graph.html").as_uri() + (f"#{hash_}" if hash_ else ""))
            page.wait_for_function("window.casegraph !== undefined")
            page.evaluate(f"(() => {{ {script} }})()")
            page.wait_for_timeout(500)
            page.screenshot(path=str(ROOT / "docs" / "images" / f"{name}.png"))
            page.close()
            sys.stdout.write(f"docs/images/{name}.png\n")
        browser.close()


if __name__ == "__main__":
    main()
