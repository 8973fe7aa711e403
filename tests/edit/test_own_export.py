"""What a site gives away is no source for its own records: read back it is refused whole. Another town's is a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.export.offer_files import offers_csv, offers_geojson
from generator.pipeline.build import prepare
from generator.render.data_files.open_data import source_of
from tests.edit.test_import import snapshot
from tests.edit.towns import write_town

MAPPING = "offers:\n  id: <id>\n  name: <name>\n  summary: <summary>\n  kind: treff\n  provider: verein\n  topics: [begegnung]\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with what its site gives away beside it."""
    root = write_town(tmp_path / "stadt")
    source = source_of(prepare(root, dt.date(2026, 11, 20)).contexts[0])
    (tmp_path / "angebote.csv").write_bytes(offers_csv(source))
    (tmp_path / "angebote.geojson").write_bytes(offers_geojson(source))
    (tmp_path / "zuordnung.yml").write_text(MAPPING, "utf-8")
    return root


def told(town: Path, name: str, *more: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        main, ["import", "offers", str(town.parent / name), "--into", str(town), *more]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize("name", ["angebote.csv", "angebote.geojson"])
def test_a_site_does_not_read_what_it_gave_away(town: Path, name: str) -> None:
    before = snapshot(town)
    mapped = ("--map", str(town.parent / "zuordnung.yml"), "--update")
    for more in ((), mapped):
        code, said = told(town, name, *more)
        assert code == 1
        assert "[eigene-tabelle]" in said
        assert snapshot(town) == before


def test_the_table_of_another_town_is_one_like_any_other(town: Path) -> None:
    path = town.parent / "angebote.csv"
    path.write_text(path.read_text("utf-8-sig").replace("//kleinstadt.", "//nachbarstadt."), "utf-8")
    code, said = told(town, "angebote.csv", "--dry-run")
    assert code == 0, said
    assert "eigene-tabelle" not in said
