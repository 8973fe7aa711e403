"""An edition and its figures in, the file that keeps them for good out: `resources/editions/<report>/<edition>.json`."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from generator.model.edition import Edition, Frozen
from generator.model.frozen import digest, to_json


def frozen_path(root: Path, edition: Edition) -> Path:
    """Return where an edition's figures are kept."""
    return root / "resources" / "editions" / edition.report / f"{edition.name}.json"


def write_frozen(
    root: Path, edition: Edition, frozen: Frozen, corrections: list[dict[str, str]] | None = None
) -> Path:
    """Write the figures with the digests of the text and of the file itself; return the file."""
    content: dict[str, Any] = {
        "edition": edition.key,
        "published": edition.head.date.isoformat(),
        "text": edition.digest,
        "corrections": corrections or [],
        "data": to_json(frozen),
    }
    content["digest"] = digest(content)
    path = frozen_path(root, edition)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path


def correct(root: Path, edition: Edition, content: dict[str, Any], day: dt.date, note: str) -> Path:
    """Note a correction of an edition's words; `content` is what its file holds, and its figures stay as they are."""
    content = {
        **content,
        "text": edition.digest,
        "corrections": [*content["corrections"], {"date": day.isoformat(), "note": note}],
    }
    content["digest"] = digest(content)
    path = frozen_path(root, edition)
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path


def mark_published(path: Path) -> None:
    """Set `state: published` in the head of an edition's file; everything else stays as it is written."""
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text[4:].partition("\n---")
    if re.search(r"^state:.*$", head, re.MULTILINE):
        head = re.sub(r"^state:[^\n#]*", "state: published", head, count=1, flags=re.MULTILINE)
    else:
        head += "\nstate: published"
    path.write_text(text[:4] + head + mark + rest, encoding="utf-8")
