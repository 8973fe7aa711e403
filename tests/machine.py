"""What some tests need beside what README names; whether this machine has it is asked here alone."""

import os
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from generator.printing import why_no_pdf

PACKAGES = Path(__file__).parents[1] / ".ci"


def _find_program(*names: str) -> str | None:
    """Return where the first of some programs is; servers stand where a person's PATH doesn't look."""
    paths = (None, "/usr/sbin:/sbin")
    return next((found for path in paths for name in names if (found := shutil.which(name, path=path))), None)


def _find_package(path: str) -> str | None:
    """Return where something is that `npm ci` installs below `.ci/`."""
    place = PACKAGES / path
    return str(place) if place.exists() else None


FINDERS: Mapping[str, Callable[[], str | None]] = {
    # The shell is the same engine without the windows around a page, which take most of the time to open.
    "Chromium": lambda: os.environ.get("CHROMIUM") or _find_program("chromium-headless-shell", "chromium"),
    "ganzes Chromium": partial(_find_program, "chromium"),
    "Node.js": partial(_find_program, "node"),
    "Java": partial(_find_program, "java"),
    "nginx": partial(_find_program, "nginx"),
    "pdftotext": partial(_find_program, "pdftotext"),
    "LibreOffice": partial(_find_program, "soffice", "libreoffice"),
    "Pango": lambda: None if why_no_pdf() else "",
    "acorn": partial(_find_package, "browsers/node_modules/acorn"),
    "esbuild": partial(_find_package, "esbuild/node_modules/esbuild"),
    "lean-qr": partial(_find_package, "esbuild/node_modules/lean-qr"),
    "Sveltia CMS": partial(_find_package, "cms/node_modules/@sveltia/cms"),
    "js-yaml": partial(_find_package, "cms/node_modules/js-yaml"),
    "vnu-jar": partial(_find_package, "vnu/node_modules/vnu-jar/build/dist/vnu.jar"),
}  # fmt: skip
NEVER_REQUIRED = {"LibreOffice"}
"""What `.ci/run` doesn't install."""


def needed(name: str) -> str:
    """Return where something is; without it the test is skipped, or fails where REQUIRE_BROWSER=1 says that nothing may be missing."""
    place = FINDERS[name]()
    if place is None:
        missing = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" and name not in NEVER_REQUIRED else pytest.skip  # fmt: skip
        missing(f"kein {name}")
    return place
