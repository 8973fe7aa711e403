"""A world in, a project of MkDocs with Material out that shows each record as a plain page."""

from __future__ import annotations

from pathlib import Path

import yaml


def prepare_material_site(world: Path, folder: Path) -> None:
    """Write a page a record: its name, its text, and a list of everything else as it is written."""
    for path in sorted((world / "resources").glob("*/*.yml")):
        record = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        rest = "\n".join(f"- {key}: {value}" for key, value in record.items())
        page = folder / "docs" / path.parent.name / f"{path.stem}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {record['name']}\n\n{record.get('description', '')}\n\n{rest}\n", "utf-8")
    (folder / "docs" / "index.md").write_text("# Angebote\n", "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Angebote\ntheme: {name: material, font: false}\n", "utf-8")
