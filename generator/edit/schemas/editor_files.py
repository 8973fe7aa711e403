"""A project folder in; what editors' programs and git need to know of it out: schemas by folder, line ends, checks before a commit."""

from __future__ import annotations

import json
import os
from pathlib import Path

from generator.files.writing import write_files
from generator.model.kinds import KINDS
from generator.model.vocabulary import VOCABULARIES


def editor_files() -> dict[str, str]:
    """Return the texts of the files by their names, for a project whose schemas lie in `schemas/`."""
    patterns = {f"./schemas/{kind.folder}.json": f"resources/{kind.folder}/*.yml" for kind in KINDS}
    patterns |= {f"./schemas/{name}.json": f"resources/{name}.yml" for name in VOCABULARIES}
    patterns["./schemas/indicators.json"] = "resources/indicators/*/indicator.yml"
    patterns["./schemas/site_config.json"] = "site_config.yml"
    settings = {
        "yaml.schemas": patterns,
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[yaml]": {
            "editor.tabSize": 2,
            "editor.insertSpaces": True,
            "editor.quickSuggestions": {"strings": True},
        },
    }
    return {
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".editorconfig": _EDITORCONFIG,
        ".pre-commit-config.yaml": _PRE_COMMIT,
    }


def write_editor_files(folder: Path) -> list[str]:
    """Write those of the files that a project doesn't have; return their names. What is there is never changed."""
    missing = {name: text for name, text in editor_files().items() if not os.path.lexists(folder / name)}
    write_files(folder, dict(missing))
    return list(missing)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


_EDITORCONFIG = """\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
trim_trailing_whitespace = true

[*.{yml,yaml}]
indent_style = space
indent_size = 2

[*.{csv,geojson}]
trim_trailing_whitespace = false
"""
_PRE_COMMIT = """\
# Einmal „pre-commit install“; danach laufen vor jedem Commit dieselben Prüfungen wie auf dem Server.
repos:
  - repo: local
    hooks:
      - id: nahraum-fmt
        name: Übliche Schreibweise (nahraum fmt)
        entry: nahraum fmt
        language: system
        files: ^resources/(?!indicators/|editions/)(?:osm/)?[^/]+/[^/]+\\.yml$
      - id: nahraum-schema
        name: Schemas für Editoren (nahraum schema)
        entry: nahraum schema
        language: system
        files: ^(resources/.*\\.yml|site_config\\.yml)$
        pass_filenames: false
      - id: nahraum-check
        name: Einträge prüfen (nahraum check)
        entry: nahraum check --changed
        language: system
        files: ^(resources/|content/|site_config\\.yml)
        pass_filenames: false
"""
