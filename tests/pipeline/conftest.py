"""A town of one page, which is built in a moment."""

from pathlib import Path

import pytest

TOWN = """\
name: Kleinstadt im Netz
url: https://kleinstadt.de/
publisher: {name: Stadt Kleinstadt}
land: SH
geographies:
  - {id: stadt, name: Stadt, levels: [{id: stadt, name: Stadt, plural: Stadt}]}
"""


@pytest.fixture
def small_town(tmp_path: Path) -> Path:
    (tmp_path / "site_config.yml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "resources").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "seite.md").write_text("# Eine Seite\n\nText.\n", encoding="utf-8")
    return tmp_path
