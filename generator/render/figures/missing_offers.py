"""Count the offers to a topic, decide what a gap is, and say it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from generator.model.facts import SpaceFacts
from generator.model.known import Known
from generator.model.planning_records import Naming
from generator.model.vocabulary import Topic
from generator.render.base.context import Context, Ids, shared
from generator.render.base.view import NOTHING, TableCell, TableColumn, TableContent
from generator.render.directory.offer_order import offers_in
from generator.render.figures.figure_texts import period_text
from generator.render.figures.tables import area_cell

CHECKED_DAYS = 365  # for so long a check counts as recent
MOST_AGES = 3
"""So many bands of ages are named; of more only how many there are."""


class Gap(Struct, frozen=True):
    """A life situation without offers for some ages in some areas.

    `every`: for all its ages. `elsewhere` of `others` areas record something. `needs` of the register (on the
    internal site) miss it.
    """

    situation: str  # its id
    bands: Sequence[str]  # of ages: „3-5“
    every: bool
    areas: Ids  # that lack it
    elsewhere: int
    others: int
    known: Known  # what there is for the whole town, or nobody says for which area
    needs: Ids


def gaps_in(context: Context, areas: Ids) -> list[Gap]:
    """Return areas' gaps: missed ones first, then what most others have."""
    found = chain.from_iterable(
        _find_gaps_of_situation(context, topic.id, areas) for topic in quarters_topics(context)
    )

    def rank(gap: Gap) -> tuple[bool, bool, int, int, bool]:
        return not gap.needs, bool(gap.known.unsaid), -gap.elsewhere, -len(gap.areas), bool(gap.known.town)

    return sorted(found, key=rank)


def shown_topics(context: Context) -> list[Topic]:
    """Return life situations with offers anywhere, in order."""
    cells = context.facts.coverage.cells
    return [topic for topic in context.words.situations() if (topic.id, "") in cells]


def quarters_topics(context: Context) -> list[Topic]:
    """Return life situations expected of a quarter, without protection."""
    return [topic for topic in shown_topics(context) if not context.words.is_grave(topic.id)]


def known_text(context: Context, known: Known) -> str:
    """Say what is known beside an area's own offers: unknown is never none."""
    _, number_of = context.gettext, context.texts.number_of
    parts = []
    if known.unsaid:
        parts.append(
            number_of(
                "unklar: {n} sagt nicht, für wen", "unklar: {n} sagen nicht, für wen", len(known.unsaid)
            )
        )
    if known.town:
        town = number_of(
            "für die ganze Stadt: {n} Angebot", "für die ganze Stadt: {n} Angebote", len(known.town)
        )
        alone = not parts and not known.counted
        parts.append(_("nur {what}").format(what=town) if alone else town)
    return "; ".join(parts) or ("" if known.counted else _("keins verzeichnet"))


def _find_gaps_of_situation(context: Context, situation: str, areas: Ids) -> Iterator[Gap]:
    """Yield a life situation's gaps, joining ages that the same areas lack."""
    coverage = context.facts.coverage
    missed = missed_in(context, areas, situation)
    others = _outside(context, areas)
    by_areas: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for band in _sought(context, situation, missed):
        lacking = {
            area: known for area in areas if not (known := coverage.about((area,), situation, band)).counted
        }
        for unsaid in (False, True):  # where offers don't say for whom they are, the gap is another
            alike = tuple(area for area, known in lacking.items() if bool(known.unsaid) == unsaid)
            by_areas.setdefault((unsaid, alike), []).append(band)
    for (_unsaid, lacking_areas), bands in by_areas.items():
        if not lacking_areas:
            continue
        needs = tuple(dict.fromkeys(chain.from_iterable(missed.get(band, ()) for band in (*bands, ""))))
        yield Gap(
            situation=situation,
            bands=bands,
            every={*bands} >= {*coverage.sought[situation]},
            areas=lacking_areas,
            elsewhere=max(_count_areas_having(context, situation, band, others) for band in bands),
            others=len(others),
            known=_together(coverage.about(lacking_areas, situation, band) for band in bands),
            needs=needs,
        )


def _together(found: Iterable[Known]) -> Known:
    """Join what is known for several ages, each offer once."""
    every = list(found)
    town = dict.fromkeys(chain.from_iterable(known.town for known in every))
    unsaid = dict.fromkeys(chain.from_iterable(known.unsaid for known in every))
    return Known(town=tuple(town), unsaid=tuple(key for key in unsaid if key not in town))


def most_have_it(context: Context, areas: Ids) -> str:
    """Say, of areas without gaps, that they have what most have; empty where they have none of it."""
    coverage = context.facts.coverage
    usual = (
        (topic.id, band) for topic in quarters_topics(context) for band in _sought(context, topic.id, {})
    )
    if not any(coverage.about(areas, *cell).counted for cell in usual):
        return ""
    return context.gettext("Was es in den meisten Gebieten gibt, ist auch hier verzeichnet.")


def quarters_in(context: Context, spaces: Ids) -> Sequence[str]:
    """Return compared areas within some areas, else these themselves."""
    of = context.facts.spaces
    return [key for key in context.facts.compared if _lies_in(of, key, spaces)] or spaces


def _outside(context: Context, areas: Ids) -> list[str]:
    """Return compared areas outside of these, for the whole town all."""
    spaces, compared = context.facts.spaces, context.facts.compared
    outside = [key for key in compared if not _lies_in(spaces, key, areas)]
    return outside or list(compared)


def _lies_in(spaces: Mapping[str, SpaceFacts], area: str, others: Collection[str]) -> bool:
    """Tell whether an area is or lies in one of others."""
    return area in others or (area in spaces and not {*others}.isdisjoint(spaces[area].ancestors))


def _sought(context: Context, situation: str, missed: Mapping[str, object]) -> tuple[str, ...]:
    """Return the ages to ask about: half of the compared areas have something, or somebody misses it.

    `missed` is by band, "" where no age was named.
    """
    compared = context.facts.compared
    ages = dict.fromkeys((*context.facts.coverage.sought[situation], *missed))
    ages.pop("", None)
    return tuple(
        band
        for band in ages
        if missed.keys() & {band, ""}
        or 2 * _count_areas_having(context, situation, band, compared) >= max(1, len(compared))
    )


def _count_areas_having(context: Context, situation: str, band: str, areas: Iterable[str]) -> int:
    return len(_areas_having(context)[situation, band].intersection(areas))


@shared
def _areas_having(context: Context) -> dict[tuple[str, str], set[str]]:
    """Return compared areas with offers, by (life situation, age band)."""
    found = defaultdict[tuple[str, str], set[str]](set)
    for area in context.facts.compared:
        for cell in context.facts.coverage.cells:
            if context.facts.coverage.about((area,), *cell).counted:
                found[cell].add(area)
    return found


def missed_in(context: Context, areas: Ids, situation: str) -> dict[str, list[str]]:
    """Return open needs by age band (internal site only). Only ages expected of the situation count, all where a need has none of them."""
    facts, needs = context.facts, context.site.needs
    usual = {*facts.coverage.sought[situation], ""}
    found: dict[str, list[str]] = {}
    for key in _needs_of(context, areas):
        if needs[key].status not in ("open", "planned"):
            continue
        bands = [band for topic, band in facts.needs[key] if topic == situation]
        within = [band for band in bands if band in usual]
        for band in within or bands:
            found.setdefault(band, []).append(key)
    return found


def _needs_of(context: Context, areas: Iterable[str]) -> dict[str, None]:
    """Return the needs of areas, each once, in their order."""
    by_space = context.facts.relations.needs_by_space
    return dict.fromkeys(chain.from_iterable(by_space.get(area, ()) for area in areas))


def gap_ages(context: Context, gap: Gap) -> str:
    """Say for which ages nothing is recorded."""
    _ = context.gettext
    labels = [_age_text(context, band) for band in gap.bands]
    if len(labels) <= MOST_AGES:
        return context.texts.join(labels)
    if gap.every:
        return _("alle Altersgruppen")
    words = _("{n} Altersgruppen, zum Beispiel {ages}")
    return words.format(n=context.texts.number(len(labels)), ages=labels[0])


def _age_text(context: Context, band: str) -> str:
    """Return the words for a band of ages."""
    _ = context.gettext
    if band == "schwangerschaft":
        return _("Schwangerschaft")
    low, _dash, high = band.partition("-")
    if not high:
        return _("ab {years} Jahren").format(years=low)
    if low == "0":
        return _("unter {years} Jahren").format(years=int(high) + 1)
    return context.texts.number_of("{low} bis {n} Jahr", "{low} bis {n} Jahre", int(high), low=low)


def completeness_of(context: Context, areas: Iterable[str]) -> str:
    """Say how complete areas' records are, and why more is listed than counted."""
    _, texts, facts = context.gettext, context.texts, context.facts
    counted = {*chain.from_iterable(facts.coverage.areas[area] for area in areas)}
    listed = {*chain.from_iterable(offers_in(context, area) for area in areas)}
    aids = facts.coverage.aids
    why = Counter(
        "aid" if key in aids else facts.offers[key].reach if key in facts.running else "later"
        for key in listed - counted
    )
    words = {
        "town": _("{n} für die ganze Stadt"),
        "unsaid": _("{n} ohne Angabe des Gebiets"),
        "said": _("{n} für andere Gebiete"),
        "aid": _("{n} nach Bewilligung des Amtes"),
        "later": _("{n} geplant, pausiert oder erfunden"),
    }
    checked = checked_text(context, counted)
    if not why:
        return checked
    parts = texts.join(text.format(n=texts.number(why[key])) for key, text in words.items() if why[key])
    more = _("Im Verzeichnis stehen dort {n}: dazu {parts}.")
    return f"{checked} {more.format(n=texts.number(len(listed | counted)), parts=parts)}"


def recently_checked(context: Context, offers: Iterable[str]) -> int:
    """Count offers checked within a year."""
    days = (context.site.offers[key].checked for key in offers)
    return sum(day is not None and (context.facts.today - day).days <= CHECKED_DAYS for day in days)


def counted_text(context: Context) -> str:
    """Say how many offers the matrix counts, and how many were checked within a year."""
    return checked_text(context, context.facts.running - context.facts.coverage.aids)


def checked_text(context: Context, offers: Collection[str]) -> str:
    """Say how many offers count and were checked within a year; old documents' don't."""
    if offers and all(context.site.offers[key].origin is not None for key in offers):
        return context.texts.number_of(
            "Gezählt ist {n} Angebot, wie die Quelle es beschreibt.",
            "Gezählt sind {n} Angebote, wie die Quelle sie beschreibt.",
            len(offers),
        )
    return context.texts.number_of(
        "Gezählt ist {n} laufendes Angebot, {checked} davon im letzten Jahr geprüft.",
        "Gezählt sind {n} laufende Angebote, {checked} davon im letzten Jahr geprüft.",
        len(offers),
        checked=context.texts.number(recently_checked(context, offers)),
    )


def namings(context: Context, areas: Ids, situation: str = "") -> Iterator[Naming]:
    """Yield how often needs were named in areas."""
    spaces = context.facts.spaces
    above: set[str] = set()
    for area in areas:
        above |= {*spaces[area].ancestors}
    for key in _needs_of(context, areas):
        if situation and situation not in {topic for topic, _band in context.facts.needs[key]}:
            continue
        for naming in context.site.needs[key].named:
            if naming.space is None or naming.space in above or _lies_in(spaces, naming.space, areas):
                yield naming


def others_duties(context: Context) -> tuple[str, ...]:
    """Return what others than the town must provide, with the law's date."""
    words = context.gettext("{text} (Stand {date})")
    return tuple(
        words.format(text=context.translated(topic, "duty"), date=context.texts.date(topic.duty_as_of))
        for topic in context.words.topics.values()
        if topic.duty is not None and topic.duty_as_of is not None
    )


def named_text(context: Context, space: str, situation: str) -> str:
    """Say how often needs were named last; empty on the public site."""
    found = list(namings(context, (space,), situation))
    if not found:
        return ""
    last = max(naming.half_year for naming in found)
    times = sum(naming.times for naming in found if naming.half_year == last)
    return context.texts.number_of(
        "{period}: {n} Nennung",
        "{period}: {n} Nennungen",
        times,
        period=period_text(context.texts, str(last)),
    )


def about_topics(context: Context, topics: Iterable[str]) -> frozenset[str]:
    """Return active offers of any topic, but no invented ones."""
    facts = context.facts
    found = chain.from_iterable(facts.relations.offers_by_topic.get(topic, ()) for topic in topics)
    return frozenset(
        key
        for key in found
        if key in facts.offers and facts.offers[key].active and not context.site.offers[key].fictional
    )


def _counted_by_area(context: Context, topics: Iterable[str]) -> list[str]:
    """Return topics counted by area: not protection, which is for everybody."""
    return [topic for topic in topics if not context.words.is_grave(topic)]


def offer_table(context: Context, path: str, topics: Iterable[str], spaces: Ids) -> TableContent | None:
    """Return offers by area and without referral; None if not counted by area."""
    _ = context.gettext
    counted = _counted_by_area(context, topics)
    if not counted or not spaces:
        return None
    wanted = about_topics(context, counted)
    columns = (
        TableColumn(_("Gebiet"), key="space"),
        TableColumn(_("Angebote dazu"), num=True, key="offers"),
        TableColumn(_("Angebote ohne Antrag oder Überweisung"), num=True, key="open"),
    )
    rows = []
    for key in spaces:
        known = _known_in(context, wanted, key)
        first = area_cell(context, path, key, "#angebote")
        low = low_cell(context, known.counted) if known.counted else NOTHING
        rows.append((first, _supply_cell(context, known), low))
    return TableContent(columns, rows)


def _known_in(context: Context, wanted: Iterable[str], space: str) -> Known:
    """Return what is known of `wanted` offers for an area."""
    return context.facts.coverage.known((space,), dict.fromkeys(sorted(wanted), "fits"))


def _supply_cell(context: Context, known: Known) -> TableCell:
    """Return the count of offers, or what else is known."""
    if known.counted:
        return TableCell(context.texts.number(len(known.counted)), sort=len(known.counted))
    return TableCell(known_text(context, known), sort=0, muted=True)


def low_cell(context: Context, offers: Ids) -> TableCell:
    """Return the offers without referral: at least so many where some don't say."""
    texts = context.texts
    facts = [context.facts.offers[offer] for offer in offers]
    low, unsaid = sum(one.low_threshold for one in facts), sum(one.access is None for one in facts)
    if not unsaid:
        return TableCell(texts.number(low), sort=low)
    if unsaid == len(offers):
        return NOTHING
    words = texts.gettext("{n}, bei {unsaid} nicht angegeben")
    return TableCell(words.format(n=texts.number(low), unsaid=texts.number(unsaid)), sort=low)


def beside_table(context: Context, topics: Iterable[str], table: TableContent | None) -> int:
    """Count the topics' offers that a table by area leaves out (town-wide ones); without a table all."""
    found = about_topics(context, topics)
    return len(found if table is None else found & context.facts.coverage.town)


def supply_text(context: Context, topics: Iterable[str], space: str) -> str:
    """Say an area's offers as the indicator's table does; empty if not counted."""
    counted = _counted_by_area(context, topics)
    wanted = about_topics(context, counted)
    return str(_supply_cell(context, _known_in(context, wanted, space)).text) if counted else ""
