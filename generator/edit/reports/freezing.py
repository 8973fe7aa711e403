"""An edition and its figures in, the two files that publish it out: its text, and what it keeps for good.

Nothing is written here: the commands first try what these texts give, then put them in place together.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from generator.diagnostics import Diagnostic
from generator.edit.records.record_text import RecordText
from generator.model.editions import Edition, Frozen, digest, to_json
from generator.model.frozen_format import FORMAT
from generator.read.editions import cut_head


def frozen_name(edition: Edition) -> str:
    """Return where an edition's figures are kept, from the project's folder."""
    return f"resources/editions/{edition.report}/{edition.name}.json"


def frozen_content(edition: Edition, frozen: Frozen) -> dict[str, Any]:
    """Return what an edition's file holds: the figures in the newest format, the digests of the text and of the file itself."""
    return _signed(
        {
            "format": FORMAT,
            "edition": edition.key,
            "published": edition.head.date.isoformat(),
            "text": edition.digest,
            "corrections": [],
            "data": to_json(frozen),
        }
    )


def corrected(edition: Edition, content: dict[str, Any], day: dt.date, note: str) -> dict[str, Any]:
    """Note a correction of an edition's words; `content` is what its file holds, and its figures and format stay."""
    more = {"date": day.isoformat(), "note": note}
    return _signed(
        {**content, "text": edition.digest, "corrections": [*content["corrections"], more]},
    )


def written(content: dict[str, Any]) -> str:
    """Return the text of a file of figures."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def marked_published(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """Return the text of an edition's file with `state: published` in its head; everything else, line ends too, as it is written."""
    head, rest = cut_head(text) or (text, "")
    record = RecordText(head, file)
    record.set(("state",), "published")
    return record.text + rest, record.found


def _signed(content: dict[str, Any]) -> dict[str, Any]:
    unsigned = {key: value for key, value in content.items() if key != "digest"}
    return {**unsigned, "digest": digest(unsigned)}
