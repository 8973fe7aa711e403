"""A licence as editors write it in, its full name and its addresses out."""

from __future__ import annotations

from dataclasses import dataclass

_DCAT_DE = "http://dcat-ap.de/def/licenses/"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its name, the address of its text, its entry in the list of DCAT-AP.de, whether the source must be named."""

    name: str
    url: str
    uri: str
    attribution: bool


NONE = Licence("keine Angabe", "", f"{_DCAT_DE}other-closed", True)
"""Where no licence is stated, nobody may reuse the data without asking."""

LICENCES: dict[str, Licence] = {
    "dl-de/by-2.0": Licence(
        "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        f"{_DCAT_DE}dl-by-de/2.0",
        True,
    ),
    "dl-de/zero-2.0": Licence(
        "Datenlizenz Deutschland – Zero – Version 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        f"{_DCAT_DE}dl-zero-de/2.0",
        False,
    ),
    "cc-by-4.0": Licence(
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
        f"{_DCAT_DE}cc-by/4.0",
        True,
    ),
    "cc-by-sa-4.0": Licence(
        "Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 4.0 International",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        f"{_DCAT_DE}cc-by-sa/4.0",
        True,
    ),
    "cc0-1.0": Licence(
        "Creative Commons CC Zero 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        f"{_DCAT_DE}cc-zero",
        False,
    ),
    "odbl-1.0": Licence(
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        f"{_DCAT_DE}odbl",
        True,
    ),
}


def licence(written: str | None) -> Licence:
    """Return what a written licence stands for; an unknown one keeps its name and counts as another, open one only by hand."""
    if not written:
        return NONE
    key = written.strip().lower().replace("dl-de-", "dl-de/").replace("cc by", "cc-by").replace(" ", "-")
    found = LICENCES.get(key)
    return found or Licence(written, "", f"{_DCAT_DE}other-closed", True)
