"""The feed between two commits of the demo: an afternoon of an editor in, what a person would say of it out, and not a word more."""

import shutil
from pathlib import Path

from lxml import etree

from generator.pipeline.build import prepare
from generator.render.directory.news_lines import feed_files
from tests.chance import whole
from tests.conftest import TODAY
from tests.edit.test_history_log import Kept

ROOT = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"
OFFERS = "resources/offers"
SAID = [
    ("2026-11-18", "Neu im Verzeichnis: Schachabend (Mühlenviertel)", "seit 18. November 2026"),
    ("2026-11-18", "Geändert: Boxen für alle (Bahnhofsviertel)", "Kosten: jetzt 6 € je Monat, für manche kostenlos, bisher 5 € je Monat, für manche kostenlos"),
    ("2026-11-18", "Geändert: Elterncafé Birkenkoppel (Birkenkoppel)", "Alter: jetzt bis 8 Jahre, bisher bis 6 Jahre; neue Zeiten: Mo, Di und Do 9 bis 11:30 Uhr, an Feiertagen geschlossen; jetzt auch auf Türkisch"),
]  # fmt: skip
"""Written by hand; the wording is the product's, and whoever changes it reads these three lines aloud."""


def demo(root: Path) -> None:
    shutil.copytree(ROOT / "resources", root / "resources")
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copy(ROOT / "site_config.yml", root / "site_config.yml")
    (root / "resources" / "history.csv").unlink()  # the demo's own past is invented


@whole
def test_the_feed_says_what_a_person_would_say(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    town = Kept(tmp_path / "town", demo)
    town.change(
        "2026-11-18",
        ("hours: Mo,Th 09:00-11:30; PH off", "hours: Mo,Tu,Th 09:00-11:30; PH off"),
        ("ages: 0-6", "ages: 0-8"),
        ("languages: [de, ru, uk, ar]", "languages: [de, ru, uk, ar, tr]"),
        ("checked: 2026-10-12", "checked: 2026-11-18"),
        name=f"{OFFERS}/elterncafe-birkenkoppel.yml",
    )
    town.change("2026-11-18", ("amount: 5.00", "amount: 6.00"), name=f"{OFFERS}/boxen-fuer-alle.yml")
    # A comment, and an offer that may not be talked about: nothing.
    town.change("2026-11-18", ("checked:", "# von Frau Beispiel\nchecked:"), name=f"{OFFERS}/familienchor-st-ansgar.yml")  # fmt: skip
    refuge = town.root / OFFERS / "wegwarte-frauenberatung.yml"
    refuge.write_text(refuge.read_text("utf-8").replace("languages: [de", "languages: [fr, de"), "utf-8")
    (town.root / OFFERS / "schachabend.yml").write_text(
        "name: Schachabend\nsummary: Alt und Jung spielen Schach.\nkind: verein\nprovider: nachbarn-muehlenfeld\nplace: nachbarschaftshaus-muehlenfeld\n"
        "topics: [begegnung]\nages: all\nhours: Th 18:00-20:00\nchecked: 2026-11-18\n",
        "utf-8",
    )
    town.commit("2026-11-18")
    town.history()
    context = prepare(town.root, TODAY).contexts[0]
    (content,) = feed_files(context).values()
    entries = [
        (
            (entry.findtext(f"{ATOM}updated") or "")[:10],
            entry.findtext(f"{ATOM}title") or "",
            entry.findtext(f"{ATOM}summary") or entry.findtext(f"{ATOM}content") or "",
        )
        for entry in etree.fromstring(content).findall(f"{ATOM}entry")
    ]
    assert sorted(entry for entry in entries if entry[0] == "2026-11-18") == sorted(SAID)
    told = " ".join(" ".join(entry) for entry in entries)
    for silent in ("Frau Beispiel", "Beratung für Frauen", "Familienchor"):
        assert silent not in told
