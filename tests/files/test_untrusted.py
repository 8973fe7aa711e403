"""What strangers propose is built without running any of it: each attack is shown to work first, where the project is trusted."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.files.writing import STAGING
from tests.chance import whole
from tests.edit.towns import write_town
from tests.golden.sites import FOLDER as GOLDEN
from tests.world import snapshot

pytestmark = whole


CANARY = "Kanarienvogel-4711"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    root = write_town(tmp_path / "vorschlag")
    (root / "content").mkdir()
    (root / "content" / "neues.md").write_text("# Neues\n\nEin Satz.\n", "utf-8")
    return root


def run(*words: object) -> Result:
    return CliRunner().invoke(
        main, [str(word) for word in words], env={"NAHRAUM_TODAY": "2026-11-20"}, catch_exceptions=False
    )


def build(root: Path, *more: str) -> Result:
    return run("build", "-p", root, "-o", root.parent / "site", "-f", "concise", *more)


def told(result: Result) -> list[str]:
    """Return the lines about errors and warnings."""
    return [line for line in result.output.splitlines() if "hinweis[" not in line]


def site_of(root: Path) -> dict[str, bytes | str]:
    return snapshot(root.parent / "site")


# --- programs --------------------------------------------------------------------------------------------------------


def a_hook(root: Path, victim: Path) -> None:
    (root / "hook.py").write_text(f"import os\nos.mkdir({str(victim)!r})\n", "utf-8")
    (root / "mkdocs.yml").write_text("hooks: [hook.py]\n", "utf-8")


def a_tag(root: Path, victim: Path) -> None:
    (root / "mkdocs.yml").write_text(f"extra: !!python/object/apply:os.mkdir ['{victim}']\n", "utf-8")


def an_extension(root: Path, victim: Path) -> None:
    (root / "boese_erweiterung.py").write_text(
        f"import os\nos.mkdir({str(victim)!r})\ndef makeExtension(**_more): raise SystemExit\n", "utf-8"
    )
    (root / "mkdocs.yml").write_text("markdown_extensions: [boese_erweiterung]\n", "utf-8")


PROGRAMS = (a_hook, a_tag, an_extension)


@pytest.mark.parametrize("plant", PROGRAMS)
def test_no_program_of_a_proposal_runs(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Callable[[Path, Path], None]
) -> None:
    victim = tmp_path / "opfer"
    # As with `python -m`, which looks in the folder that it is called from.
    monkeypatch.syspath_prepend(str(town))
    plant(town, victim)
    for words in (["check"], ["build", "-o", tmp_path / "site"]):
        result = run(*words, "-p", town, "--untrusted", "-f", "concise")
        assert result.exit_code == 0, result.output
        assert "mkdocs.yml:1:1: hinweis[mkdocs-uebergangen]" in result.output
    assert not victim.exists()
    run("check", "-p", town)
    assert not victim.exists(), "a check runs nothing, trusted or not"
    try:
        build(town)
    finally:
        sys.modules.pop("boese_erweiterung", None)
    assert victim.exists(), "the attack itself is sound"


def test_no_plugin_of_a_proposal_is_loaded(town: Path) -> None:
    (town / "mkdocs.yml").write_text("plugins: [search, gibt-es-nicht]\n", "utf-8")
    assert build(town, "--untrusted").exit_code == 0
    assert build(town).exit_code == 1, "the attack itself is sound"


# --- files that lie elsewhere ----------------------------------------------------------------------------------------


def test_an_extension_that_reads_files_reads_none(town: Path, tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text(CANARY, "utf-8")
    (town / "content" / "neues.md").write_text(f'--8<-- "{tmp_path}/geheim.txt"\n', "utf-8")
    (town / "mkdocs.yml").write_text(
        f"markdown_extensions: [{{pymdownx.snippets: {{base_path: ['{tmp_path}'], restrict_base_path: no}}}}]\n",
        "utf-8",
    )
    assert build(town).exit_code == 0
    assert CANARY.encode() in site_of(town)["neues/index.html"]
    assert build(town, "--untrusted").exit_code == 0
    assert CANARY.encode() not in site_of(town)["neues/index.html"]


def test_settings_are_inherited_from_nobody(town: Path, tmp_path: Path) -> None:
    """Not of a proposal, and not otherwise: what stands there would be read past `Disk`."""
    (tmp_path / "fremd.yml").write_text("markdown_extensions: [gibt_es_nicht]\n", "utf-8")
    (town / "mkdocs.yml").write_text("site_name: x\nINHERIT: ../fremd.yml\n", "utf-8")
    result = build(town)
    assert told(result) == ["mkdocs.yml:2:1: fehler[mkdocs-erbt] INHERIT in mkdocs.yml wird nicht gelesen"]
    assert build(town, "--untrusted").exit_code == 0


@pytest.mark.parametrize(
    "name", ["content/neues.md", "resources/offers/krabbelgruppe.yml", "resources/geometry"]
)
def test_no_link_is_followed_not_even_inside(town: Path, name: str) -> None:
    (town / "lager").mkdir()
    (town / name).rename(town / "lager" / "es")
    (town / name).symlink_to(os.path.relpath(town / "lager" / "es", (town / name).parent))
    assert build(town).exit_code == 0
    result = build(town, "--untrusted")
    assert result.exit_code == 1
    assert "fehler[verweis-untersagt]" in result.output
    assert name in result.output


def test_the_settings_open_no_folder(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An overlay anywhere on the disk is neither listed nor opened, and nothing internal can be asked for."""
    overlay = tmp_path / "ablage"
    (overlay / "providers").mkdir(parents=True)
    (overlay / "providers" / "verein.yml").write_text(f"name: {CANARY}\n", "utf-8")
    config = town / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "overlay: ../ablage\n", "utf-8")
    touched: list[str] = []

    def watched(name: str) -> None:
        original = getattr(os, name)

        def watch(path: object = ".", *given: object, **more: object) -> object:
            if isinstance(path, str | Path) and "ablage" in str(path):
                touched.append(str(path))
            return original(path, *given, **more)

        monkeypatch.setattr(os, name, watch)

    for name in ("open", "listdir", "scandir"):
        watched(name)
    assert build(town, "--untrusted").exit_code == 0
    assert touched == []
    for command in ("build", "check", "serve"):
        for words in (["--untrusted", "--internal"], ["--internal", "--untrusted"]):
            refused = run(command, "-p", town, *words)
            assert refused.exit_code == 2
            assert "gehen nicht zusammen" in refused.output
    assert run("build", "-p", town, "-o", tmp_path / "intern", "--internal").exit_code == 0
    assert touched != [], "the watch itself is sound"


def test_an_unfinished_change_in_a_proposal_is_left_alone(town: Path) -> None:
    (town / STAGING).mkdir()
    (town / STAGING / "plan.json").write_text('{"folder": 1, "steps": []}', "utf-8")
    before = snapshot(town)
    assert build(town, "--untrusted").exit_code == 0
    assert snapshot(town) == before
    result = run("check", "-p", town)
    assert result.exit_code == 1
    assert "stammt nicht von hier" in result.output
    assert snapshot(town) == before


# --- other hosts -----------------------------------------------------------------------------------------------------


def test_no_setting_lets_another_host_in(town: Path) -> None:
    config = town / "site_config.yml"
    config.write_text(
        config.read_text("utf-8")
        + "embedded: [{address: 'https://rahmen.example/', reason: Weil.}]\n"
        + "basemap: {tiles: 'https://kacheln.example/{z}/{x}/{y}.png', attribution: Niemand}\n",
        "utf-8",
    )
    assert build(town).exit_code == 0
    headers = str(site_of(town)["_headers"])
    assert "rahmen.example" in headers
    assert "kacheln.example" in headers
    result = build(town, "--untrusted")
    assert result.exit_code == 0
    assert [line.split(": ", 1)[1] for line in told(result)] == [
        "warnung[einstellung-uebergangen] Mit --untrusted gilt „embedded“ nicht",
        "warnung[einstellung-uebergangen] Mit --untrusted gilt „basemap“ nicht",
    ]
    everything = b"".join(content for content in site_of(town).values() if isinstance(content, bytes))
    assert b"rahmen.example" not in everything
    assert b"kacheln.example" not in everything
    (town / "content" / "neues.md").write_text('<iframe src="https://rahmen.example/"></iframe>\n', "utf-8")
    assert "fehler[fremdes-html]" in build(town, "--untrusted").output


# --- and otherwise nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["village", "two-languages"])
def test_a_sound_proposal_gives_the_same_site(name: str, tmp_path: Path) -> None:
    sites = []
    for more in ([], ["--untrusted"]):
        target = tmp_path / "-".join(["site", *more])
        result = run("build", "-p", GOLDEN / name / "project", "-o", target, *more)
        assert result.exit_code == 0, result.output
        sites.append(snapshot(target))
    assert sites[0] == sites[1]
