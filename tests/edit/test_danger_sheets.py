"""Sheets on which native speakers read, correct and sign the words of danger."""

from html import unescape
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main
from generator.files.disk import Disk
from generator.files.packaged import PACKAGE
from generator.model.vocabulary import Vocabularies
from generator.read.vocabularies import read_words
from tests.refuges import write


def test_each_language_has_a_sheet_with_all_its_words_their_numbers_and_lines_to_sign(tmp_path: Path) -> None:
    """What a town added stands on it, too."""
    write(
        tmp_path,
        {
            "resources/danger_words.yml": "- {id: en, language: en, reviewed: no, phrases: {fire: [my shed glows]}}\n"
        },
    )
    done = CliRunner().invoke(main, ["due", "-p", str(tmp_path), "--sheets", str(tmp_path / "boegen")])
    assert done.exit_code == 0, done.output
    words = Vocabularies(**read_words(Disk(PACKAGE), [])[0])
    assert len(words.danger_words) == len(list((tmp_path / "boegen").iterdir()))
    for key, spoken in words.danger_words.items():
        page = unescape((tmp_path / f"boegen/gefahr-{key}.html").read_text("utf-8"))
        assert page.count("Unterschrift") == 1
        assert all(page.count(f"{number} ") for number in ("110", "112", "116 016", "116 111", "116 123"))
        if key != "en":
            said = (*spoken.names.values(), *spoken.says.values(), *(one for rows in spoken.phrases.values() for one in rows))  # fmt: skip
            assert [one for one in said if one not in page] == []
        else:
            assert "my shed glows" in page
