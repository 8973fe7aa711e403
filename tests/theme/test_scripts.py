"""What browsers load of the scripts is made of those in the repository, and so that a page loads few files of one version."""

from __future__ import annotations

import re

import pytest

from bench.bundle import DIGEST, TARGET, bundled, digest
from generator.render.frame.families import (
    BUNDLES,
    FAMILIES,
    MADE,
    made_files,
    script_file,
    scripts_folder,
    with_imports,
)
from tests.chance import whole

WITH_SCRIPTS = [name for name, family in FAMILIES.items() if family.scripts]
_TAKEN = re.compile(r'import\{([^}]*)\}from"\./([\w-]+\.js)"')
_GIVEN = re.compile(r"export\{([^}]*)\}")


def first_load(family: str) -> set[str]:
    """Return what a page of a family loads before anybody touches it; every page has `site.js`."""
    return {"site.js", *with_imports(script_file(family), later=False, folder=MADE)}


def test_what_was_made_is_of_todays_sources() -> None:
    """So a stale file is found where there is no esbuild too."""
    assert (TARGET / DIGEST).read_text("utf-8").strip() == digest(), "run make scripts"


@whole
@pytest.mark.needs("Node.js", "esbuild", "lean-qr")
def test_made_anew_it_is_the_same_to_the_byte() -> None:
    anew = bundled()
    assert anew == {name: content.decode() for name, content in made_files().items()}
    assert bundled() == anew


@pytest.mark.parametrize("family", WITH_SCRIPTS)
def test_every_page_has_its_scripts(family: str) -> None:
    """A page finds whatever its files take from each other."""
    made = made_files()
    assert script_file(family) in made
    for name in with_imports(script_file(family), folder=MADE):
        for taken, there in _TAKEN.findall(made[name].decode()):
            given = {one.rpartition(" as ")[2] for one in _names(_GIVEN, made[there].decode())}
            assert {one.partition(" as ")[0] for one in taken.split(",")} <= given


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    return [name for names in pattern.findall(text) for name in names.split(",")]


def test_the_home_page_and_the_directory_ask_for_few_files() -> None:
    assert len(first_load("home")) <= 3
    assert len(first_load("directory")) <= 4


@pytest.mark.parametrize("family", WITH_SCRIPTS)
def test_the_way_out_comes_first(family: str) -> None:
    """Scripts of a page stand in one file: what fails before the way out would take it along."""
    scripts = FAMILIES[family].scripts
    assert "exit.js" not in scripts[1:]


def test_each_family_of_a_bundle_has_scripts() -> None:
    named = [family for families in BUNDLES.values() for family in families]
    assert [family for family in named if family not in WITH_SCRIPTS] == []
    assert len(named) == len(set(named))


def test_nothing_else_lies_there() -> None:
    needed = {"site.js"}
    for family in FAMILIES:
        needed.update(with_imports(script_file(family), folder=MADE))
    assert {path.name for path in scripts_folder(MADE).iterdir()} == {DIGEST, *needed}
