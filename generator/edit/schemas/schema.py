"""The models in, a JSON Schema for each kind, each vocabulary and `site_config.yml` out: what editors complete from.

A schema describes what a YAML 1.2 editor sees: `22999` is a number there, `yes` a text, and a field without a value is null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from generator.edit.schemas.model_schema import DIALECT, schema_of
from generator.edit.schemas.words import named_records, named_words, overlay_of
from generator.files.door import Door
from generator.files.writing import write_files
from generator.model.config import SiteConfig
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.vocabulary import VOCABULARIES


def schemas(project: Path | None = None, *, internal: bool = False) -> dict[str, str]:
    """Return the text of every schema by its file name; the same models, words and records give the same bytes.

    Without a project they know the words that come with the package, and of records nothing but what an id looks like. With `internal`
    they name what lies in the overlay, so they must not be put where the public records are.
    """
    names = named_words(project)
    if project is not None:
        names |= named_records(project, internal=internal)
    else:
        del names["levels"]
    files = {
        f"{kind.folder}.json": schema_of(
            kind.model, kind.singular, f"Ein Eintrag in resources/{kind.folder}/.", names
        )
        for kind in KINDS
    }
    files["indicators.json"] = schema_of(
        Indicator, "Kennzahl", "Die Datei indicator.yml in resources/indicators/<Kürzel>/.", names
    )
    files["site_config.json"] = schema_of(SiteConfig, "Einstellungen", "Die Datei site_config.yml.", names)
    for name, model in VOCABULARIES.items():
        item = schema_of(model, name, "Ein Eintrag der Liste.", names)
        inner = {key: value for key, value in item.items() if key not in ("$schema", "$defs")}
        outer = {
            "$schema": DIALECT,
            "title": name,
            "description": f"Die Liste resources/{name}.yml.",
            "type": "array",
            "items": inner,
        }
        files[f"{name}.json"] = {**outer, "$defs": item["$defs"]}
    return {
        name: json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        for name, content in sorted(files.items())
    }


class Foreign(Exception):
    """Where a schema would be put lies something that is none; the text is its path."""


def stale_schemas(folder: Path, fresh: Mapping[str, str]) -> list[str]:
    """Return the names of schemas in a folder that are missing, differ or are left over; of other files nothing is said."""
    written = _written(folder)
    ours = {name for name, text in written.items() if name in fresh or _is_ours(name, text)}
    return sorted(name for name in {*fresh, *ours} if fresh.get(name) != written.get(name, ""))


def write_schemas(folder: Path, fresh: Mapping[str, str]) -> list[str]:
    """Bring a folder of schemas up to date; return the names of those that changed.

    What isn't a schema of ours stays as it is; raises `Foreign`, before anything is written, where one of them stands in the way.
    """
    changed = stale_schemas(folder, fresh)
    written = _written(folder)
    for name in changed:
        if name in written and not _is_ours(name, written[name]):
            raise Foreign(str(folder / name))
    write_files(folder, {name: fresh.get(name) for name in changed})
    return changed


def schema_folder(project: Path, *, internal: bool = False) -> Path | None:
    """Return where a project's schemas lie: in its `schemas/`, those that name the overlay beside the overlay; None where there is none."""
    if not internal:
        return project / "schemas"
    overlay = overlay_of(project)
    if overlay is not None:
        return overlay.parent / "schemas"
    return None


def refresh_schemas(project: Path) -> None:
    """Bring a project's schemas up to date where it has some; foreign files in their place stay, and so do the schemas then."""
    folder = project / "schemas"
    if not any(_is_ours(name, text) for name, text in _written(folder).items()):
        return
    try:
        write_schemas(folder, schemas(project))
    except Foreign:
        return


def _written(folder: Path) -> dict[str, str | None]:
    """Return the texts of the JSON files in a folder; None for what can't be read."""
    door = Door(folder)
    return {path.name: door.text(path)[0] for path in door.files(folder, ".json")[0]}


def _is_ours(name: str, text: str | None) -> bool:
    """Tell a schema of ours, of an older version too, by the two lines that each begins with and its own name; an empty file is nobody's."""
    if text is None:
        return False
    return not text.strip() or bool(DIALECT in text[:200] and about(name.removesuffix(".json")).search(text))


def about(stem: str) -> re.Pattern[str]:
    """Return what finds the sentence by which a schema says which files it is about."""
    name = re.escape(stem)
    files = rf"resources/{name}(?:/\.|\.yml\.)|resources/{name}/<Kürzel>/\.|Die Datei {name}\.yml\."
    return re.compile(rf'"description": "[^"\n]*(?:{files})"')
