"""Records in, names that several of them share out, and words for a place that fit into no sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.site import Site
from generator.model.space import Space
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
    named = Counter(reading.of_each(_named))
    groups: dict[tuple[str, str, str], list[RecordSource]] = defaultdict(list)
    for folder in dict.fromkeys(name[0] for name, count in named.items() if count > 1):
        for source in reading.of(folder):
            for name in _named(source):
                if named[name] > 1:
                    groups[name].append(source)
    for (folder, *_), sources in groups.items():
        other, more = sources[0].file, len(sources) - 2
        if more:
            other = f"{other} und {more} weitere"
        code = "doppelter-gebietsname" if folder == "spaces" else "doppelter-name"
        for source in sources[1:]:
            name_written = getattr(source.record, "name", "")
            yield diagnostic(code, source.position("name"), value=name_written, other=other)


def _named(source: RecordSource) -> Iterator[tuple[str, str, str]]:
    """Yield the kind of a record, its name and, of an area, its level."""
    level = source.record.level if isinstance(source.record, Space) else ""
    yield source.folder, getattr(source.record, "name", "").casefold(), level


CHECKS = (check_names, check_where)
