"""What a check has no use for is not loaded: it makes no pages, sees no picture, degrees need no conversion, and nobody looks on."""

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import TODAY
from tests.edit.towns import write_town

CHECK = """
import json, sys
from generator.cli import main
try:
    main(["check", "--project", sys.argv[1], "--today", sys.argv[2]])
finally:
    print(json.dumps([*sys.modules]))
"""
OF_NO_USE = {"PIL", "branca", "folium", "icalendar", "mkdocs", "pandas", "pyproj", "rich", "scipy", "segno"}


def test_a_check_loads_only_what_it_needs(tmp_path: Path) -> None:
    town = write_town(tmp_path / "town")
    assert list((town / "resources" / "geometry").glob("*.geojson"))
    command = [sys.executable, "-c", CHECK, str(town), str(TODAY)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "generator.check.areas" in loaded
    assert loaded & OF_NO_USE == set()
