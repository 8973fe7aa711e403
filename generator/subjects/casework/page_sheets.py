"""Blank sheets for talking with a family, one A4 each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.view import View
from generator.render.directory.child_protection import (
    ON_CALL,
    ProtectionLine,
    custody_lines,
    emergency_lines,
    office_line,
    on_call_lines,
)
from generator.render.directory.record_lines import SheetLink

Form = Literal["lines", "fields", "table", "scale", "faces", "sectors", "network", "genogram"]
"""How a part of a sheet is drawn."""


class Field(Struct, frozen=True):
    """A named part of a form: a box to write into, a table's column, an end of a scale, a sector, a sign."""

    title: str
    hint: str = ""  # a helping question


def _fields(*titles: str) -> tuple[Field, ...]:
    """Return fields without hints."""
    return tuple(map(Field, titles))


class Part(Struct, frozen=True):
    """A sheet's part."""

    form: Form
    title: str = ""
    hint: str = ""
    fields: Sequence[Field] = ()
    room: int = 0  # how many lines or rows to write on
    wide: bool = False  # whether it takes what room is left on the page

    @property
    def rows(self) -> range:
        """As many lines or rows as there are to write on."""
        return range(self.room)


class BlankSheet(Struct, frozen=True):
    """A blank sheet."""

    id: str
    title: str
    lead: str  # stands below the title
    says: str  # what it is for
    parts: Sequence[Part]
    young: bool = False  # whether it is for children


class SheetView(View, frozen=True):
    """One sheet."""

    template = "sheet.html"

    sheet: BlankSheet
    address: str  # the site's, for the foot


class SheetsView(View, frozen=True):
    """All sheets."""

    template = "sheets.html"

    sheets: Sequence[SheetLink]


IDS = (
    "willensblatt",
    "willensblatt-kinder",
    "ressourcenkarte",
    "vip-karte",
    "netzwerkkarte",
    "genogramm",
    "zielblatt",
    "hilfeplan",
)
"""The sheets in the order in which one uses them."""


def keys(site: Site, facts: Facts) -> Iterable[str]:
    """Return the sheets, which every town has."""
    del site, facts
    return IDS


def render_index(context: Context, key: str = "") -> Page:
    """Make the page that lists the sheets."""
    _ = context.gettext
    path = context.path("sheets", key)
    return context.page(
        SheetsView(sheet_links(context, path)),
        path,
        family="front",
        title=_("Blätter zum Ausfüllen"),
        description=_("Acht Blätter für das Gespräch mit der Familie, jedes eine Seite A4."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def render(context: Context, key: str) -> Page:
    """Make the page of one sheet."""
    _ = context.gettext
    path = context.path("sheet", key)
    sheet = next(item for item in sheets(context) if item.id == key)
    address = context.site.config.url.removeprefix("https://").rstrip("/")
    return Page(
        path=path,
        lang=context.lang,
        family="sheet",
        title=sheet.title,
        description=sheet.says,
        body=context.render(SheetView(sheet, address), path),
        crumbs=(
            context.crumb(_("Für Fachkräfte"), "professionals"),
            context.crumb(_("Blätter zum Ausfüllen"), "sheets"),
        ),
    )


def sheet_links(context: Context, path: str) -> list[SheetLink]:
    """Return all sheets as links from the page at `path`."""
    return [
        SheetLink(sheet.id, sheet.title, sheet.says, context.href(path, "sheet", sheet.id))
        for sheet in sheets(context)
    ]


def sheets(context: Context) -> list[BlankSheet]:
    """Return the sheets with their texts, in the order of `IDS`."""
    makers = (
        _make_will_sheet,
        _will_young,
        _make_resource_sheet,
        _make_people_sheet,
        _make_network_sheet,
        _make_genogram_sheet,
        _make_goal_sheet,
        _make_plan_sheet,
    )
    return [make(context) for make in makers]


def _make_will_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "willensblatt",
        _("Willensblatt"),
        _("In Ihren Worten. Es gibt kein Richtig und kein Falsch. Dieses Blatt gehört Ihnen."),
        _("Wunsch, Wille und erster Schritt, vor allen Zielen und Hilfen."),
        (
            Part("lines", _("Das wünsche ich mir"), _("Wie sieht es aus, wenn es gut ist?"), room=4, wide=True),
            Part("lines", _("Das will ich"), _("Was will ich wirklich ändern, auch wenn es Mühe macht?"), room=4, wide=True),
            Part("scale", _("Wie wichtig ist mir das?"), fields=_fields(_("gar nicht"), _("sehr"))),
            Part("scale", _("Wie sehr glaube ich, dass ich es schaffe?"), fields=_fields(_("gar nicht"), _("sehr"))),
            Part(
                "fields",
                fields=(
                    Field(_("Was ist schon gut?"), _("Was soll so bleiben?")),
                    Field(_("Wer hilft mir?"), _("Wem vertraue ich?")),
                ),
                wide=True,
            ),
            Part("lines", _("Mein erster Schritt"), _("Klein, in den nächsten Tagen, von mir selbst."), room=3, wide=True),
        ),
    )  # fmt: skip


def _will_young(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "willensblatt-kinder",
        _("Mein Blatt"),
        _(
            "Du kannst schreiben oder malen. Das Blatt gehört dir. Wir reden mit dir, bevor wir es jemandem zeigen, auch wenn wir uns Sorgen machen."
        ),
        _("Das Willensblatt für Kinder, zum Schreiben und Malen."),
        (
            Part("faces", _("So geht es mir gerade"), _("Male ein Gesicht an.")),
            Part(
                "fields",
                fields=_fields(
                    _("Das mag ich"),
                    _("Das kann ich gut"),
                    _("Das wünsche ich mir"),
                    _("Das soll so bleiben"),
                    _("Bei wem fühle ich mich wohl?"),
                    _("Das probiere ich selbst aus"),
                ),
                wide=True,
            ),
            Part("lines", _("Das sollen die Großen wissen"), room=2),
        ),
        young=True,
    )


def _make_resource_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "ressourcenkarte",
        _("Ressourcenkarte"),
        _("Was haben Sie schon? Oft ist es mehr, als man denkt."),
        _("Vier Felder: die Person, ihre Menschen, was da ist, der Stadtteil."),
        (
            Part(
                "fields",
                fields=(
                    Field(_("Ich selbst"), _("Was kann ich, was mag ich, was habe ich schon geschafft?")),
                    Field(_("Meine Menschen"), _("Familie, Freunde, Nachbarn, Kolleginnen: Wer tut was?")),
                    Field(_("Was ich habe"), _("Geld, Wohnung, Zeit, Fahrrad, Garten, Papiere, Wissen")),
                    Field(_("Mein Stadtteil"), _("Verein, Treff, Spielplatz, Kita, Schule, Glaube, Arbeit")),
                ),
                wide=True,
            ),
            Part("lines", _("Davon nutze ich in dieser Woche"), room=2),
        ),
    )  # fmt: skip


def _make_people_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "vip-karte",
        _("VIP-Karte"),
        _("Wer ist wichtig für mich? Schreiben Sie die Menschen auf: je näher an der Mitte, desto wichtiger."),
        _("Wichtige Menschen in vier Feldern, nah oder fern."),
        (
            Part(
                "sectors",
                _("Ich"),
                fields=_fields(
                    _("Familie"),
                    _("Freunde, Nachbarn"),
                    _("Schule, Arbeit, Verein"),
                    _("Fachleute"),
                ),
                wide=True,
            ),
            Part("lines", _("Wen frage ich als Erstes, und wonach?"), room=3),
        ),
    )  # fmt: skip


def _make_network_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "netzwerkkarte",
        _("Netzwerkkarte"),
        _("Wer kennt wen, wer gibt, wer bekommt? Zeichnen Sie Menschen als Kreise und verbinden Sie sie."),
        _("Beziehungen zwischen den Menschen: wo es trägt, wo es klemmt, wo etwas fehlt."),
        (
            Part(
                "network",
                _("Wir"),
                fields=_fields(
                    _("trägt gut"),
                    _("lose"),
                    _("Streit"),
                    _("gibt etwas"),
                    _("könnte wieder werden"),
                ),
                wide=True,
            ),
            Part("lines", _("Welche Linie soll stärker werden? Was ist der erste Schritt?"), room=3),
        ),
    )  # fmt: skip


def _make_genogram_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "genogramm",
        _("Genogramm"),
        _("Wer gehört zur Familie? Zeichnen Sie drei Generationen. Sie entscheiden, wer hier steht."),
        _("Die Familie über drei Generationen. Nur auf Papier, nie am Rechner."),
        (
            Part(
                "genogram",
                _("Zeichen"),
                fields=_fields(
                    _("Mann, Junge"),
                    _("Frau, Mädchen"),
                    _("divers"),
                    _("Schwangerschaft"),
                    _("verstorben"),
                    _("Paar"),
                    _("getrennt"),
                    _("wohnen zusammen"),
                ),
                wide=True,
            ),
            Part("lines", _("Auf wen ist Verlass? Worauf sind wir stolz?"), room=2),
        ),
    )  # fmt: skip


def _make_goal_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "zielblatt",
        _("Zielblatt"),
        _("Ein Ziel, ein Blatt. Ein Ziel ist ein Zustand, den man sehen kann: „Um 20 Uhr liegen alle im Bett.“"),
        _("Ein Ziel mit Zeichen, Schritten und Skala von 0 bis 10."),
        (
            Part("lines", _("Unser Ziel"), _("So ist es, wenn wir es geschafft haben."), room=3, wide=True),
            Part("lines", _("Woran merken wir es?"), _("Was ist zu sehen oder zu hören? Wer merkt es zuerst?"), room=2, wide=True),
            Part("scale", _("Heute stehen wir bei"), fields=_fields(_("noch gar nicht"), _("erreicht"))),
            Part(
                "table",
                _("Schritte"),
                fields=_fields(_("Was?"), _("Wer?"), _("Bis wann?"), _("Erledigt")),
                room=6,
                wide=True,
            ),
            Part("lines", _("Was könnte dazwischenkommen, und was tun wir dann?"), room=2, wide=True),
            Part("scale", _("Beim nächsten Treffen am ……………… stehen wir bei"), fields=_fields(_("noch gar nicht"), _("erreicht"))),
        ),
    )  # fmt: skip


def _make_plan_sheet(context: Context) -> BlankSheet:
    _ = context.gettext
    return BlankSheet(
        "hilfeplan",
        _("Übergabe an den Hilfeplan"),
        _("Was die Familie will und was schon trägt, vor der Entscheidung über eine Hilfe (§ 36 SGB VIII)."),
        _("Wille, Ziele und das Paket der Ideen für das Hilfeplangespräch."),
        (
            Part("lines", _("Wille der Familie, in ihren Worten"), room=3, wide=True),
            Part(
                "table",
                _("Ziele und was dafür schon da ist"),
                fields=_fields(
                    _("Ziel"),
                    _("Das tun wir selbst"),
                    _("Das tun unsere Menschen"),
                    _("Das gibt es im Sozialraum"),
                ),
                room=3,
                wide=True,
            ),
            Part(
                "fields",
                fields=(
                    Field(_("Welche Hilfe dazu, wie zugeschnitten?"), _("Was genau, wie oft, wie lange, von wem?")),
                    Field(_("Was die Familie wünscht"), _("Wunsch- und Wahlrecht, § 5 SGB VIII")),
                    Field(_("Was das Kind sagt"), _("Beteiligung, § 8 SGB VIII")),
                    Field(_("Wo wir verschieden denken"), _("Auch das gehört in den Plan.")),
                ),
                wide=True,
            ),
            Part("lines", _("Nächstes Gespräch am, mit wem?"), room=1),
        ),
    )  # fmt: skip


class DutyView(View, frozen=True):
    """A duty sheet: whom who is on duty calls."""

    template = "duty.html"

    emergency: Sequence[ProtectionLine]
    rows: Sequence[tuple[str, Sequence[ProtectionLine]]]  # for what, whom
    as_of: str  # today, in words


def render_duty(context: Context, key: str) -> Page:
    """Make the sheet; the vocabulary says which groups of offices stand on it (`duty`)."""
    _ = context.gettext
    groups = context.words.office_groups.items()
    rows = [
        (context.texts.name(word), list(_of_group(context, group))) for group, word in groups if word.duty
    ]
    rows.append((_("Platz für ein Kind (§ 42 SGB VIII)"), list(custody_lines(context))))
    return context.page(
        DutyView(emergency_lines(context), rows, context.texts.date(context.facts.today)),
        context.path("duty", key),
        family="front",
        title=_("Blatt fürs Diensttelefon"),
        description=_("Wen die Rufbereitschaft anruft, mit Stand jeder Nummer."),
        crumbs=(context.crumb(_("Für Fachkräfte"), "professionals"),),
    )


def _of_group(context: Context, group: str) -> Iterator[ProtectionLine]:
    """Yield a group's offices, and for the group on call its services at night."""
    if group == ON_CALL:
        # Deputies have a row of their own.
        yield from (replace(line, deputy="") for line in on_call_lines(context))
    for office in context.site.offices.values():
        if group in office.all_groups:
            yield replace(
                office_line(context, office), for_whom=context.translated(office, "summary"), also=""
            )
