"""A rounded count gets no decimals, wherever it is read."""

import re
from pathlib import Path

from tests.chance import whole
from tests.disclosure.test_over_editions import counts, tell, town_of
from tests.disclosure.test_project_system import protect, run
from tests.hunting import haystack


@whole
def test_a_rounded_count_has_no_decimals_on_any_page_or_file(tmp_path: Path) -> None:
    """In two years, so that there are changes and lines; nobody said how many decimals there are."""
    town, raw = town_of(tmp_path)
    told = counts(1234, 1567, 2345, 1789, 3456)
    tell(town, raw, "hilfen", told)
    table = (raw / "hilfen.csv").read_text("utf-8")
    earlier = "".join(f"{area},2024,{count - 103}\n" for area, count in told.items())
    (raw / "hilfen.csv").write_text(table + earlier, "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    site = tmp_path / "site"
    assert run("build", "--project", town, "--output", site).exit_code == 0
    hay = haystack(site)
    assert re.search(r"\b1\.235\b", hay)
    assert re.findall(r".{30}\b(?:1\.?235|1\.?565|2\.?345|1\.?790|3\.?455|10\.?390)[.,]0\b", hay) == []
