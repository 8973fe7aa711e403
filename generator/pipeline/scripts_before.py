"""Put the scripts of the site before beside those of the new one, for pages that are still open in a browser.

Who has a page open since before the exchange loads what it needs from the folder that the page names. It stays for one build.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from generator.render.frame.page_frame import ASSETS

_NAMED = re.compile(rf"{ASSETS}(skripte-[0-9a-f]{{16}})/")
_TELLING = "404.html"
"""A page that every site has, at an address of its own."""


def keep_scripts(folder: Path, before: Path) -> None:
    """Copy the scripts that the pages of the site before load into the new one; what that site had kept itself is gone then.

    Links are left out: the folder may come with a stranger's repository, and a link would publish what it points at.
    """
    page = before / _TELLING
    named = _NAMED.search(page.read_text("utf-8", errors="replace")) if page.is_file() else None
    if named is None:
        return
    old, new = (site / ASSETS / named[1] for site in (before, folder))
    if old.is_dir() and old.resolve() == before.resolve() / ASSETS / named[1] and not new.exists():
        shutil.copytree(old, new, ignore=_links)


def _links(folder: str, names: Sequence[str]) -> list[str]:
    """Return which names of a folder are neither files nor folders of its own."""
    paths = {name: os.path.join(folder, name) for name in names}
    return [
        name
        for name, path in paths.items()
        if os.path.islink(path) or not (os.path.isfile(path) or os.path.isdir(path))
    ]
