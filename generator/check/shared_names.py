"""Records in, names that several of them share out, and words for a place that fit into no sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.kinds import KINDS
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource

_WHERE = re.compile(
    r"(?:in|im|am|an|auf|aufm|bei|beim|vor|vorm|hinter|hinterm|unter|unterm|über|überm|ob|zu|zum|zur|zwischen|neben)\s\S",
)


def check_where(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what an area says about where it is and no sentence could take: „Marktviertel“, „Das Marktviertel.“"""
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        if space.where and (not _WHERE.match(space.where) or space.where.endswith((".", ":", ","))):
            yield diagnostic(
                "wo-ohne-verhaeltniswort", source.position("where"), value=space.where, name=space.name
            )


def check_names(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report equal names within a kind; spaces are compared level by level, offers within one place or provider."""
    for kind in KINDS:
        groups: dict[tuple[str, ...], list[RecordSource]] = defaultdict(list)
        for source in reading.of(kind.folder):
            record = site.records(kind.folder)[source.id]
            groups[record.name.casefold(), record.level if kind.folder == "spaces" else ""].append(source)
        for sources in groups.values():
            for source in sources[1:]:
                first, more = sources[0].file, len(sources) - 2
                other = f"{first} und {more} weitere" if more else first
                code = "doppelter-gebietsname" if kind.folder == "spaces" else "doppelter-name"
                yield diagnostic(
                    code,
                    source.position("name"),
                    value=site.records(kind.folder)[source.id].name,
                    other=other,
                )
