"""What is left of a town when everything is taken out that a mistake stands in, or that leans on it."""

from pathlib import Path

import pytest

from generator.check import check_reading
from generator.check.sound import SoundPart, sound_part
from generator.read.project import read_project
from tests.conftest import TODAY
from tests.edit.towns import FILES, write_town

INDICATOR = "title: {0}\nsays: So viele.\nnumerator: Menschen\ninterval: none\ndisclosure: {{method: none}}\nsource: {{name: Amt, regime: delivered}}\n"
VALUES = "space,period,numerator\nkleinstadt,2024,300\nost,2024,100\nwest,2024,200\n"
TOPICS = "- {id: neues, name: Neues, parent: geld}\n"


def left(root: Path, changes: dict[str, tuple[str, str]]) -> SoundPart:
    """Return the sound part of a town in which a text of each file is another."""
    write_town(root)
    files = {"resources/topics.yml": TOPICS, "resources/indicators/viele/values.csv": VALUES, "resources/indicators/wenige/values.csv": VALUES}  # fmt: skip
    files |= {
        f"resources/indicators/{key}/indicator.yml": INDICATOR.format(key.title())
        for key in ("viele", "wenige")
    }
    for name, text in {**FILES, **files}.items():
        old, new = changes.get(name, ("", ""))
        assert old in text
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new) if old else text, "utf-8")
    reading = read_project(root)
    assert reading.site is not None
    found = [*reading.found, *check_reading(reading, TODAY)]
    assert bool([item for item in found if item.severity == "error"]) == bool(changes)
    sound = sound_part(reading, found)
    assert sound is not None
    return sound


OFFER = "resources/offers/krabbelgruppe.yml"
WEST = "resources/spaces/west.yml"


@pytest.mark.parametrize(
    ("changes", "absent", "unsure", "gone"),
    [
        ({}, set(), False, {}),
        ({OFFER: ("ages: 0-3", "ages: klein")}, {"krabbelgruppe"}, False, {}),
        ({OFFER: ("access: {way: registration}", "from: 2025-08-01\nuntil: 2025-07-01")}, {"krabbelgruppe"}, False, {"offers": {"krabbelgruppe"}}),
        # Who refers to what is taken out, goes too, and whoever refers to that.
        ({"resources/providers/verein.yml": ("name: Nachbarn am Fluss", "nam: A")}, {"verein", "treff", "krabbelgruppe"}, False, {"places": {"treff"}, "offers": {"krabbelgruppe"}}),
        ({WEST: ("name: West", "nam: West")}, {"west"}, True, {"spaces": {"west"}, "shapes": {"west"}}),
        ({"resources/indicators/viele/indicator.yml": ("title", "titel")}, {"viele"}, True, {"indicators": {"viele"}}),
        ({"resources/indicators/viele/values.csv": ("ost,2024,100", "ots,2024,100")}, {"viele"}, True, {"indicators": {"viele"}}),
        ({"resources/topics.yml": ("parent: geld", "parent: gold")}, {"neues"}, False, {}),
    ],
)  # fmt: skip
def test_what_is_left_and_what_is_absent(
    tmp_path: Path,
    changes: dict[str, tuple[str, str]],
    absent: set[str],
    unsure: bool,
    gone: dict[str, set[str]],
) -> None:
    sound = left(tmp_path, changes)
    assert (sound.absent, sound.unsure) == (absent, unsure)
    all_of = {"spaces": {"kleinstadt", "ost", "west"}, "shapes": {"kleinstadt", "ost", "west"}, "places": {"treff"}, "indicators": {"viele", "wenige"}}  # fmt: skip
    for name, ids in all_of.items():
        assert set(getattr(sound.site, name)) == ids - gone.get(name, set())
    assert set(sound.indicators) == {"viele", "wenige"} - gone.get("indicators", set())
    assert ("krabbelgruppe" in sound.site.offers) == ("krabbelgruppe" not in absent)
    for folder in sound.indicators.values():
        assert folder.table is not None
        assert {row.space for row in folder.table.rows} == set(sound.site.spaces)


def test_a_vocabulary_that_cannot_be_read_might_hold_anything(tmp_path: Path) -> None:
    sound = left(tmp_path, {"resources/topics.yml": ("name: Neues", "nam: Neues")})
    assert (sound.absent, sound.unsure) == (None, True)
