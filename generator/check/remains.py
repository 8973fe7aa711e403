"""Tell whether a file that nobody means to publish holds what is left of a record: what editors leave behind, what imports remember."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.check.protected import Protected
from generator.derive.untold import WITHHELD
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic

_LEFT = re.compile(r"^(?:\.#|#|~\$|\.~lock\.)|(?:~|#|\.(?:sw[a-p]|un~|kate-swp|bak|orig|rej|old|tmp|save))$")
"""How editors and programs name what they put beside a file: vim, Emacs, Kate, nano, LibreOffice, Excel, patch."""
_INNER = re.compile(r"(?<![a-z0-9-])[a-z0-9][a-z0-9-]*(?=\.yml)")
_MEMORY = re.compile(r"(?:^|[./])last-import\.json$")
_WHEREABOUTS = (*WITHHELD, "transport")


def is_left(name: str) -> bool:
    """Tell whether an editor or another program left a file of this name behind.

    >>> is_left("resources/places/.haus.yml.swp"), is_left("resources/places/haus.yml")
    (True, False)
    """
    return _LEFT.search(PurePosixPath(name).name) is not None


def left_of(name: str, known: Protected) -> str:
    """Return the name of the protected record of which a file is left, or nothing."""
    path = PurePosixPath(name)
    inner = _INNER.search(path.name)
    if inner is None or not is_left(name):
        return ""
    return known.own.get((path.parent.name, inner[0]), ("", "full"))[0]


def remembered(text: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Report where an import remembers whereabouts of a record that is protected by now."""
    if not _MEMORY.search(name):
        return
    for source, item in _records(text).items():
        own = known.own.get((source.partition("/")[0], str(item.get("id"))))
        values = item.get("values")
        if own is None or not isinstance(values, dict):
            continue
        for field in _WHEREABOUTS:
            if values.get(field):
                line = text.count("\n", 0, max(text.find(json.dumps(source)), 0)) + 1
                yield diagnostic("import-merkt-ort", Position(name, line), name=own[0], field=field)


def _records(text: str) -> Mapping[str, dict[str, Any]]:
    """Return what is remembered, by what the source calls it; one that can't be read tells nothing that could be found by id."""
    try:
        records = json.loads(text)["records"]
        return {source: item for source, item in records.items() if isinstance(item, dict)}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
