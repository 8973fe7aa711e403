"""From commits to `history.csv`, and from there to what people read: what came, what changed, and what must not be told."""

import csv
import datetime as dt
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.derive.facts import derive
from generator.pipeline.build import prepare
from generator.read.project import read_project
from generator.render.directory.news_lines import news_line
from tests.edit.towns import FILES, write_town

TODAY = dt.date(2026, 11, 20)
OFFER = "resources/offers/krabbelgruppe.yml"


class Kept:
    """A town that git keeps; every commit has a day."""

    def __init__(self, root: Path, write: Callable[[Path], object] = write_town) -> None:
        self.root = root
        write(root)
        self._git("init", "-q", "-b", "main")
        self.commit("2026-09-01")

    def _git(self, *arguments: str, day: str = "2026-09-01") -> None:
        moment = f"{day}T12:00:00+00:00"
        names = {"GIT_AUTHOR_NAME": "Redaktion", "GIT_AUTHOR_EMAIL": "redaktion@kleinstadt.example"}
        names |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in names.items()}
        dates = {"GIT_AUTHOR_DATE": "2020-01-01T12:00:00+00:00", "GIT_COMMITTER_DATE": moment}
        subprocess.run(["git", "-C", self.root, *arguments], check=True, env={**os.environ, **names, **dates})

    def commit(self, day: str) -> None:
        self._git("add", "-A", day=day)
        self._git("commit", "-q", "--allow-empty", "-m", "Stand", day=day)

    def change(self, day: str, *pairs: tuple[str, str], name: str = OFFER) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        self.commit(day)

    def history(self) -> list[tuple[str, ...]]:
        result = CliRunner().invoke(main, ["changes", "--keep", "--project", str(self.root)])
        assert result.exit_code == 0, result.output
        with (self.root / "resources" / "history.csv").open(encoding="utf-8") as file:
            return [tuple(row) for row in csv.reader(file)][1:]

    def told(self) -> list[str]:
        project = prepare(self.root, TODAY)
        assert project.site is not None, project.found
        context = project.contexts[0]
        return [f"{line.word} {line.text}" for line in (news_line(context, "", item) for item in context.facts.news) if line.kind in ("added", "changed")]  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    (tmp_path / "town").mkdir()
    return Kept(tmp_path / "town")


def test_the_offer_of_the_town_has_the_hours_that_are_changed_here() -> None:
    assert "hours: Mo 09:00-10:30; PH off" in FILES[OFFER]


def test_what_came_with_the_first_commit_is_no_news(kept: Kept) -> None:
    assert kept.history() == []
    assert kept.told() == []


def test_a_new_offer_and_a_changed_one_are_told_as_a_person_would(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00-10:30; PH off", "Mo,Tu 09:00-10:30; PH off"))
    (kept.root / "resources/offers/neu.yml").write_text(
        FILES[OFFER].replace("name: ", "name: Neue "), "utf-8"
    )
    kept.commit("2026-10-06")
    assert kept.history() == [
        ("2026-10-05", "krabbelgruppe", "hours", "Mo 09:00-10:30; PH off", "Mo,Tu 09:00-10:30; PH off"),
        ("2026-10-06", "neu", "new", "", ""),
    ]
    assert kept.told() == [
        "Neu im Verzeichnis seit 6. Oktober 2026",
        "Geändert neue Zeiten: Mo und Di 9 bis 10:30 Uhr, an Feiertagen geschlossen",
    ]


def test_the_same_commits_give_the_same_table(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    once = kept.history()
    # The table itself is committed, too, and is no change of an offer.
    kept.commit("2026-10-07")
    assert kept.history() == once != []


def test_another_way_to_write_the_same_is_no_change(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00-10:30; PH off", "Montag 9 bis 10.30 Uhr, nicht an Feiertagen"))
    assert kept.history() == []


def test_what_was_changed_and_taken_back_on_one_day_is_no_change(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    kept.change("2026-10-05", ("Tu 09:00", "Mo 09:00"))
    kept.change("2026-10-06", ("Mo 09:00", "We 09:00"))
    kept.change("2026-10-06", ("We 09:00", "Fr 09:00"))
    assert [row[0] + row[4] for row in kept.history()] == ["2026-10-06Fr 09:00-10:30; PH off"]


def test_a_record_that_nobody_could_read_for_a_day_has_a_past(kept: Kept) -> None:
    kept.change("2026-10-01", ("name: ", 'name: "offen'))
    kept.change("2026-10-02", ('name: "offen', "name: "))
    kept.change("2026-10-03", ("Mo ", "Tu "))
    assert {row[0] for row in kept.history()} == {"2026-10-03"}


def test_a_record_under_another_id_keeps_its_past(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    result = CliRunner().invoke(
        main, ["rename", "offer", "krabbelgruppe", "krabbeln", "--project", str(kept.root)]
    )
    assert result.exit_code == 0, result.output
    kept.commit("2026-10-08")
    assert [(row[0], row[1], row[2]) for row in kept.history()] == [("2026-10-05", "krabbeln", "hours")]


def test_free_texts_and_remarks_are_not_kept(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00-10:30; PH off", 'Mo 09:00-10:30 "bei Frau Muster"; PH off'))
    kept.change("2026-10-06", ('Mo 09:00-10:30 "bei Frau Muster"; PH off', "Mo 09:00-10:30; PH off"), ("summary: ", "summary: Frau Muster freut sich. "))  # fmt: skip
    kept.change("2026-10-07", ("summary: Frau Muster freut sich. ", "summary: "), ("Mo 09:00", "Tu 09:00"))
    kept.history()
    text = (kept.root / "resources/history.csv").read_text("utf-8")
    assert "2026-10-07" in text
    assert "Muster" not in text


def test_nothing_of_a_sensitive_offer_is_kept_or_told(kept: Kept) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    assert kept.history() != []
    kept.change("2026-10-06", ("topics: [", "topics: [gewalt, "), ("kind: gruppe", "kind: beratung"))
    reading = read_project(kept.root)
    assert reading.site is not None, reading.found
    assert derive(reading.site, TODAY).offers["krabbelgruppe"].sensitive
    # What was kept before is passed over as well.
    assert kept.told() == []
    assert kept.history() == []


def test_a_shallow_clone_is_refused_and_nothing_is_written(kept: Kept, tmp_path: Path) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    subprocess.run(["git", "clone", "-q", "--depth", "1", kept.root.as_uri(), tmp_path / "klon"], check=True)
    result = CliRunner().invoke(main, ["changes", "--keep", "--project", str(tmp_path / "klon")])
    assert result.exit_code == 1
    assert "git fetch --unshallow" in result.output
    assert not (tmp_path / "klon/resources/history.csv").exists()


def test_without_git_it_says_so(tmp_path: Path) -> None:
    write_town(tmp_path)
    result = CliRunner().invoke(main, ["changes", "--keep", "--project", str(tmp_path)])
    assert result.exit_code == 1
    assert "liegt in keinem Projekt von git" in result.output


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("gestern,krabbelgruppe,new,,", "falscher-wert", "gestern"),
        ("2026-10-05,krabbelgruppe,name,Alt,Neu", "falscher-wert", "möglich sind: new, status, hours"),
        ("2026-10-05,krabbelgruppe,ages,klein,groß", "falscher-wert", "einen Wert des Felds ages"),
        ("2026-10-05,krabbelgruppe,new", "zeile-zu-kurz", "3"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, row: str, code: str, said: str) -> None:
    write_town(tmp_path)
    (tmp_path / "resources/history.csv").write_text(f"date,offer,field,before,after\n2026-10-01,krabbelgruppe,new,,\n{row}\n", "utf-8")  # fmt: skip
    reading = read_project(tmp_path)
    found = [item for item in reading.found if item.position.file == "resources/history.csv"]
    assert {(item.code, item.position.line) for item in found} == {(code, 3)}
    assert any(said in item.message + item.help for item in found)
    assert reading.site is not None
    assert [entry.date.isoformat() for entry in reading.site.history] == ["2026-10-01"]


def test_what_a_note_of_a_price_said_is_not_kept(kept: Kept) -> None:
    kept.change(
        "2026-10-05",
        (
            "contact: {name",
            "cost: {amount: 5.00, per: Abend mit Frau Muster, note: bei Frau Muster zahlen}\ncontact: {name",
        ),
    )
    kept.change("2026-10-06", ("note: bei Frau Muster zahlen", "note: an der Tür"))
    kept.change("2026-10-07", ("amount: 5.00, per: Abend mit Frau Muster", "amount: 4.00, per: Abend"))
    assert [row for row in kept.history() if row[2] == "cost"] == [
        ("2026-10-05", "krabbelgruppe", "cost", "", "{amount: '5.00'}"),
        ("2026-10-07", "krabbelgruppe", "cost", "{amount: '5.00'}", "{amount: '4.00', per: Abend}"),
    ]


def test_settings_of_a_repository_change_nothing_and_start_nothing(kept: Kept, tmp_path: Path) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    once = kept.history()
    assert once != []
    program = tmp_path / "gpg"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/begonnen\nexit 1\n", "utf-8")
    program.chmod(0o755)
    raw = subprocess.run(
        ["git", "-C", kept.root, "cat-file", "commit", "HEAD"], check=True, capture_output=True
    ).stdout
    head, _, message = raw.partition(b"\n\n")
    signed = (
        head + b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\n" + message
    )
    told = subprocess.run(["git", "-C", kept.root, "hash-object", "-t", "commit", "-w", "--stdin"], input=signed, check=True, capture_output=True)  # fmt: skip
    subprocess.run(
        ["git", "-C", kept.root, "reset", "-q", "--soft", told.stdout.decode().strip()], check=True
    )
    for setting in (
        "log.showSignature=true",
        f"gpg.program={program}",
        "log.showRoot=false",
        "log.follow=true",
        "diff.renames=false",
    ):
        subprocess.run(["git", "-C", kept.root, "config", *setting.split("=", 1)], check=True)
    assert kept.history() == once
    assert not (tmp_path / "begonnen").exists()


def test_a_clone_without_its_past_is_refused_and_fetches_nothing(kept: Kept, tmp_path: Path) -> None:
    kept.change("2026-10-05", ("Mo 09:00", "Tu 09:00"))
    subprocess.run(["git", "-C", kept.root, "config", "uploadpack.allowFilter", "true"], check=True)
    clone = tmp_path / "klon"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", kept.root.as_uri(), clone], check=True)
    # Who asks the server would get an answer.
    result = CliRunner().invoke(main, ["changes", "--keep", "--project", str(clone)])
    assert result.exit_code == 1, result.output
    assert "nicht alles geholt" in result.output
    assert not (clone / "resources/history.csv").exists()
