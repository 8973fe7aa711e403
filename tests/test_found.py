"""What the rig found, each as the smallest case that showed it."""

from pathlib import Path

import pytest

from tests.chance import every
from tests.world import TODAY, call, write, write_world


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAHRAUM_TODAY", TODAY)
    return write_world(tmp_path)


def built(root: Path) -> Path:
    """Build the project and return its site."""
    site = root.parent / "site"
    assert call(["build", "-p", str(root), "-o", str(site)]) == 0
    return site


@pytest.mark.parametrize("icon", every(["icon: gibt-es-nicht, ", "icon: Wir treffen uns., ", ""], {""}))
def test_words_without_an_icon_that_exists_have_none(root: Path, icon: str) -> None:
    """Was a KeyError for topics, a TypeError for tiles; places had been thought of."""
    topic = f"- {{id: eigenes, {icon}name: Eigenes, phrase: Wir brauchen Eigenes., summary: Es gibt es.}}\n"
    kind = f"- {{id: turnhalle, {icon}name: Turnhalle}}\n"
    write(
        root,
        {
            "resources/topics.yml": topic,
            "resources/place_kinds.yml": kind,
            "content/lagen.md": "# Lagen\n\n{{ situations() }}\n",
            "resources/places/halle.yml": "name: Halle\nkind: turnhalle\nsummary: Eine Halle.\nproviders: [verein]\npoint: 10.004 53.704\n",
        },
    )
    site = built(root)
    assert "Wir brauchen Eigenes." in (site / "lagen" / "index.html").read_text("utf-8")
    assert "Turnhalle" in (site / "orte" / "halle" / "index.html").read_text("utf-8")


def test_a_period_that_is_none_is_told_whatever_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Was a ValueError where the year before was asked for."""
    table = root / "resources/indicators/hilfen/values.csv"
    table.write_text(table.read_text("utf-8").replace("2024", "heute", 1), "utf-8")
    assert call(["check", "-p", str(root)]) == 1
    said = capsys.readouterr().out
    assert "kein-zeitraum" in said
    assert "fehler-von-nahraum" not in said
