"""An edition and its figures in, the two files that publish it out: its text, and what it keeps for good.

Nothing is written here: the commands first try what these texts give, then put them in place together.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from generator.model.edition import Edition, Frozen
from generator.model.frozen import digest, to_json
from generator.model.frozen_format import FORMAT

_HEAD = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?$)", re.MULTILINE | re.DOTALL)
_STATE = re.compile(r"^state[ \t]*+:(?:[ \t]*+[^\s#]++)*", re.MULTILINE)


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


def marked_published(text: str) -> str:
    """Return the text of an edition's file with `state: published` in its head; everything else, line ends too, as it is written."""
    match = _HEAD.match(text)
    if match is None:
        return text
    head, count = _STATE.subn("state: published", match[2], count=1)
    if not count:
        end = "\r\n" if match[1].endswith("\r\n") else "\n"
        head += f"state: published{end}"
    return match[1] + head + match[3] + text[match.end() :]


def _signed(content: dict[str, Any]) -> dict[str, Any]:
    unsigned = {key: value for key, value in content.items() if key != "digest"}
    return {**unsigned, "digest": digest(unsigned)}
