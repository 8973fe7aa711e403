"""Draws the pictures that messengers show for a link, one a section, and writes them to `generator/assets/img/`.

They are drawn once and kept in the repository, so that a build needs no drawing program. Run from the repository's root
after a change of name, colour or sections:

    python docs/pictures.py [path to Chromium]
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZE = {"width": 640, "height": 336}
"""Large enough for a large preview, and below 20 kB without a program that packs PNG files."""
TARGET = Path("generator/assets/img")
WORDS = {
    "og-hilfe": ("Hilfe finden", "in Ihrer Nähe"),
    "og-stadtteil": ("Mein Stadtteil", "Wer da ist und was es gibt"),
    "og-fachkraefte": ("Für Fachkräfte", "Der Sozialraum auf einen Blick"),
    "og-berichte": ("Berichte", "Zahlen aus den Sozialräumen"),
    "og-nahraum": ("Nahraum", "Angebote für Familien"),
}
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="640" height="336" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="#faf8f4"/>
<circle cx="980" cy="230" r="190" fill="#0d6b66"/><circle cx="1090" cy="400" r="190" fill="#f3c64e" fill-opacity=".86"/>
<text x="90" y="300" font-family="Noto Sans, DejaVu Sans, sans-serif" font-weight="700" font-size="86" fill="#1c2326">{title}</text>
<text x="90" y="380" font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="44" fill="#4f5a62">{text}</text>
</svg>"""


def main() -> None:
    """Draw every picture."""
    browser_path = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE)
        for name, (title, text) in WORDS.items():
            page.set_content(
                f"<style>body{{margin:0}}svg{{display:block}}</style>{PICTURE.format(title=title, text=text)}"
            )
            page.screenshot(path=TARGET / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
