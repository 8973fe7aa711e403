"""Write for each language the sheet on which somebody who speaks it corrects and signs the words of danger."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment

from generator.files.disk import Disk
from generator.files.packaged import packaged_text
from generator.files.writing import write_files
from generator.model.vocabulary import Vocabularies
from generator.read.vocabularies import read_words


def write_sheets(project: Path, into: Path) -> list[Path]:
    """Write all sheets into a folder, with the town's own phrases; return them."""
    words = Vocabularies(**read_words(Disk(project), [project / "resources"])[0])
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        packaged_text("generator.edit", "danger_sheet.html")
    )
    german = words.danger_words["de"]
    sheets = {
        f"gefahr-{key}.html": page.render(words=words, spoken=spoken, german=german).encode()
        for key, spoken in words.danger_words.items()
    }
    write_files(into, sheets)
    return [into / name for name in sheets]
