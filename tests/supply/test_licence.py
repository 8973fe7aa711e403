"""The licence is there in full, word for word, and every description of the project names it by its SPDX identifier."""

from __future__ import annotations

import hashlib
import re
import runpy
import tomllib
from importlib.metadata import metadata

import pytest
import yaml

from tests.conftest import ROOT

# The words of the English text as SPDX publishes it; only line breaks and spaces may differ.
OFFICIAL = "b265314fe0920ed66121307961dabb70eb3c26c508d2362783e821bbb4a0e16c"
ARTICLES = (
    "Definitions", "Scope of the rights granted by the Licence", "Communication of the Source Code", "Limitations on copyright",
    "Obligations of the Licensee", "Chain of Authorship", "Disclaimer of Warranty", "Disclaimer of Liability", "Additional agreements",
    "Acceptance of the Licence", "Information to the public", "Termination of the Licence", "Miscellaneous", "Jurisdiction", "Applicable Law",
)  # fmt: skip


@pytest.mark.guards("Examples and the rest: the licence is there in full, and named")
def test_the_licence_has_every_article_and_its_appendix() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    found = re.findall(r"^(\d+)\.\s*(\S.*)$", text, re.MULTILINE)
    assert found == [(str(number), title) for number, title in enumerate(ARTICLES, 1)]
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text.split("\n")[0]
    assert "Appendix" in text[text.index("Applicable Law") :]
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_not_a_word_of_the_licence_is_ours() -> None:
    words = " ".join((ROOT / "LICENSE").read_text("utf-8").split())
    assert hashlib.sha256(words.encode()).hexdigest() == OFFICIAL


def test_all_descriptions_of_the_project_name_the_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["license"], project["license-files"]) == ("EUPL-1.2", ["LICENSE"])
    assert yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))["legal"]["license"] == "EUPL-1.2"
    assert metadata("nahraum")["License-Expression"] == "EUPL-1.2"
    assert "EUPL-1.2" in (ROOT / "README.md").read_text("utf-8")


def test_who_publishes_the_program_is_said_once_and_told_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    addressed = runpy.run_path(str(ROOT / "docs" / "generate.py"))["addressed"]
    filled = {
        "urls": {"Source": "https://git.stadt.example/nahraum"},
        "authors": [{"name": "Stadt Musterstadt", "email": "nahraum@stadt.example"}],
    }
    for name, text in addressed(filled).items():
        assert "nahraum@stadt.example" in text, name
        assert "noch nicht eingetragen" not in text
        assert name == "SECURITY.md" or "https://git.stadt.example/nahraum" in text
    empty = addressed({})
    assert all("noch nicht eingetragen" in empty[name] for name in ("README.md", "SECURITY.md"))
    code = yaml.safe_load(addressed(filled)["publiccode.yml"])
    # What version 0.4 of the standard asks for.
    assert {
        *(
            "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        ),
        *("description", "legal", "maintenance", "localisation"),
    } <= code.keys()  # fmt: skip
    assert code["maintenance"] == {"type": "community", "contacts": [filled["authors"][0]]}
    assert yaml.safe_load(empty["publiccode.yml"])["maintenance"] == {"type": "none"}
