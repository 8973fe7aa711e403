"""`site.lock` in; `docs/sbom.cdx.json` (CycloneDX 1.6) and `docs/licences.md` out: everything a build is made with and a site holds.

Made from the lock and nothing else, so the same lock gives the same bytes.

python docs/supply_chain.py            writes
python docs/supply_chain.py --check    ends with 1 when a file is stale
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.bom_ref import BomRef
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from generator.render.pages.about_the_site import SHIPPED

ROOT = Path(__file__).parents[1]
SBOM, PAGE = ROOT / "docs" / "sbom.cdx.json", ROOT / "docs" / "licences.md"
# What packages say in words, in SPDX's: read in the licence text of each.
READ = {
    "colorama": "BSD-3-Clause",
    "editables": "MIT",
    "ghp-import": "Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "mergedeep": "MIT",
    "pathspec": "MPL-2.0",
    "pystemmer": "MIT AND BSD-3-Clause",
    "python-dateutil": "Apache-2.0 AND BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "trove-classifiers": "Apache-2.0",
    "xstatic-leaflet": "BSD-2-Clause",
}


@dataclass(frozen=True, slots=True)
class Package:
    """A row of the lock: name, version, on which Pythons it is taken, and the digests of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def licence(self) -> str:
        """Its licence as an SPDX expression; raises LookupError where nobody has read it yet."""
        if self.name in READ:
            return READ[self.name]
        try:
            told = metadata(self.name)
        except PackageNotFoundError:
            raise LookupError(
                f"{self.name} is not installed, and READ in {__file__} doesn't name its licence"
            ) from None
        text = told.get("License-Expression") or told.get("License") or ""
        if (
            not re.fullmatch(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*", text)
            or text == "UNKNOWN"
        ):
            raise LookupError(
                f"{self.name} says {text[:60]!r} of its licence: read it and add it to READ in {__file__}"
            )
        return str(text)

    @property
    def url(self) -> PackageURL:
        """Its package URL."""
        return PackageURL("pypi", None, self.name, self.version)


def packages(lock: str) -> Iterator[Package]:
    """Read a lock in pip's form."""
    for block in re.split(r"\n(?=[a-zA-Z0-9])", lock.strip()):
        head = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\?\n", f"{block}\n")
        if head is None:
            raise ValueError(f"no package: {block[:80]!r}")
        hashes = tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)))
        yield Package(head[1].lower(), head[2], head[3] or "", hashes)


def sbom(found: list[Package]) -> str:
    """Return the bill of materials as CycloneDX JSON."""
    licences = LicenseFactory()
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, "\n".join(str(item.url) for item in found)))
    bom.metadata.timestamp = None  # type: ignore[assignment]
    bom.metadata.tools.tools.clear()
    bom.metadata.tools.components.clear()
    bom.metadata.component = Component(
        name="nahraum",
        type=ComponentType.APPLICATION,
        bom_ref=BomRef("nahraum"),
        licenses=[licences.make_from_string("EUPL-1.2")],
    )
    for item in found:
        bom.components.add(
            Component(
                name=item.name,
                version=item.version,
                type=ComponentType.LIBRARY,
                bom_ref=BomRef(str(item.url)),
                purl=item.url,
                licenses=[licences.make_from_string(item.licence)],
                # A wheel for each system has a digest of its own.
                properties=[Property(name="nahraum:sha256", value=digest) for digest in item.hashes]
                + ([Property(name="nahraum:marker", value=item.marker)] if item.marker else []),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in item.hashes]
                if len(item.hashes) == 1
                else [],
            )
        )
    for work in SHIPPED:
        bom.components.add(
            Component(
                name=work.name,
                type=ComponentType.LIBRARY,
                bom_ref=BomRef(f"site:{work.name}"),
                licenses=[licences.make_from_string(work.licence)],
                properties=[Property(name="nahraum:brought-by", value=work.package or work.name)],
            )
        )
    bom.register_dependency(bom.metadata.component, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def page(found: list[Package]) -> str:
    """Return the page of licences as Markdown: what is shipped, then for each licence the packages under it."""
    by_licence: dict[str, dict[str, None]] = {}
    for item in found:
        by_licence.setdefault(item.licence, {})[item.name] = None
    rows = [f"- **{licence}:** {', '.join(names)}" for licence, names in sorted(by_licence.items())]
    works = [f"- {item.name} ({item.licence}): {item.holder}, {item.source}" for item in SHIPPED]
    return "\n".join(
        [
            "<!-- Aus site.lock erzeugt: python docs/supply_chain.py. -->\n",
            "# Womit gebaut wird, und unter welchen Lizenzen\n",
            "Fassungen und Prüfsummen stehen in `site.lock` und, für Maschinen, in `docs/sbom.cdx.json` (CycloneDX 1.6).\n",
            "## Was auf der fertigen Seite liegt\n",
            *works,
            "\nDie Texte dieser Lizenzen stehen auf jeder gebauten Seite unter `/ueber/lizenzen/`.\n",
            "## Was beim Bauen gebraucht wird\n",
            *rows,
            "",
        ]
    )


def made() -> dict[Path, str]:
    """Return the text of each file."""
    found = sorted(
        packages((ROOT / "site.lock").read_text("utf-8")), key=lambda item: (item.name, item.version)
    )
    return {SBOM: sbom(found), PAGE: page(found)}


def stale() -> list[str]:
    """Return the names of files that are missing or differ."""
    return [
        path.name for path, text in made().items() if not path.is_file() or path.read_text("utf-8") != text
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        if names := stale():
            sys.exit("stale: " + ", ".join(names))
    else:
        for path, text in made().items():
            path.write_text(text, encoding="utf-8", newline="\n")
