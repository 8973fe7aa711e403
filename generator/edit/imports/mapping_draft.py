"""A table in, a mapping for it out: what headings and values say, measured on the rows; what is uncertain is marked with a remark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, has_errors, ordered
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.column_roles import (
    DEGREES,
    METRES,
    UNFIT,
    Roles,
    columns_of,
    heading_words,
    lies_in,
    roles_of,
)
from generator.edit.imports.incoming import ImportTarget, Incoming, check_links, open_project, shortened
from generator.edit.imports.mapping import MappingFile, mapping_of
from generator.edit.imports.offer_import import gather_records
from generator.edit.imports.own_export import refuse_own
from generator.edit.records.founding import town_of
from generator.edit.records.yaml_writer import write_on_one_line, write_scalar
from generator.edit.tables.table_forms import KnownTable, recognised
from generator.edit.tables.table_rows import Sheet
from generator.files.writing import write_files
from generator.model.house_numbers import parted
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.samples import OPEN
from generator.model.scalars import lost_zero
from generator.model.slugs import slug

UNSURE = "# unsicher: "
FOLDER = "imports"
_EXAMPLES = 3
_ANSWER = OPEN.lower()
"""Stands for what people will answer while a mapping is tried out."""


@dataclass(slots=True)
class MappingDraft:
    """What came of a draft: its file and text, how many remarks it bears, how many columns it leaves; with errors in `found` nothing."""

    file: str = ""
    text: str = ""
    rows: int = 0
    uncertain: int = 0
    unused: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Field:
    """A line of the mapping: where it belongs, what stands there, from which columns, what is uncertain about it."""

    path: tuple[str, ...]
    text: str
    columns: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)


def draft_mapping(path: Path, root: Path, *, sheet: str = "", dry: bool = False) -> MappingDraft:
    """Write a mapping for a table into `imports/` of a project, or say why there can be none; nothing that is there is touched.

    Raises OSError where writing fails.
    """
    project, found = open_project(root, path)
    if project is None:
        return MappingDraft(found=ordered(found))
    name = f"{FOLDER}/{slug(f'{path.stem} {sheet}') or 'tabelle'}.yml"
    if project.door.holds(root / name) and not dry:
        help_ = (
            f"ihn ansehen und die Tabelle damit übernehmen (--map {name}), oder ihn löschen und neu entwerfen"
        )
        return MappingDraft(found=(diagnostic("eintrag-vorhanden", Position(name), name=name, help=help_),))
    known, found = recognised(project.door, path, sheet)
    found += refuse_own(project, known.table) if known is not None else []
    if known is None or has_errors(found):
        return MappingDraft(found=ordered(shortened(found)))
    draft = _Draft(project, path, known)
    text = draft.text(name)
    if not dry:
        write_files(root, {name: text})
    rows = len(known.table.rows)
    return MappingDraft(name, text, rows, text.count(UNSURE), tuple(draft.unused), ordered(found))


# --- the draft -------------------------------------------------------------------------------------------------------


class _Draft:
    def __init__(self, project: ImportTarget, path: Path, known: KnownTable) -> None:
        self.project, self.path, self.known = project, path, known
        self.table: Sheet = known.table
        self.form = known.form
        self.columns = columns_of(self.table)
        self.roles: Roles = roles_of(self.columns)
        self.sections: dict[str, list[_Field]] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.unused: dict[str, str] = {}
        self.open: list[str] = []
        self.leave_out = False
        self._fill()
        self._measure()

    # --- which records -----------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        roles, has = self.roles, self.roles.columns
        # A table of houses (data·inclusion) names nobody beside them: each is its own provider, and none is an offer.
        structure = "siret" in {heading_words(name) for name in self.table.header}
        key = self._key()
        provider = self._structure() if structure else self._provider()
        at_a_place = structure or not {"street", "longitude"}.isdisjoint(has)
        if at_a_place:
            self._place(key, provider)
        if not structure:
            self._offer(key, provider, at_a_place=at_a_place)
        self._contact("providers" if structure else "offers")
        last = "places" if structure else "offers"
        self._add(last, ("hours",), f"<{roles.name('hours')}>", "hours")
        self._add(last, ("description",), f"<{roles.name('description')}>", "description")
        self._add("places", ("transport",), f"<{roles.name('transport')}>", "transport")
        if at_a_place and not structure:
            self.open.append("Sind es nur Orte (Spielplätze, Schulen), den Abschnitt offers löschen.")
        self._rest()

    def _structure(self) -> str:
        """Add the provider that each row is; return how its id is made."""
        by = "id" if "id" in self.roles.columns else "name"
        provider = f"{'traeger-' if by == 'id' else ''}<{self.roles.name(by)}|id>"
        self._section("providers", provider, ["id"])
        self._add("providers", ("name",), f"<{self.roles.name('name')}>", "name")
        self._add("providers", ("kind",), "unknown")
        return provider

    def _provider(self) -> str:
        """Add the providers that columns name; return how their ids are made, nothing where no column names any."""
        roles, has = self.roles, self.roles.columns
        by = "provider_id" if "provider_id" in has else "provider"
        if by not in has:
            return ""
        provider = f"{'traeger-' if by == 'provider_id' else ''}<{roles.name(by)}|id>"
        if "provider" in has:
            self._section("providers", provider, [by])
            self._add("providers", ("name",), f"<{roles.name('provider')}>", "provider")
            self._add("providers", ("kind",), "unknown")
        return provider

    def _place(self, key: str, provider: str) -> None:
        name = self.roles.name("name")
        self._section("places", key, ["id"] if "id" in self.roles.columns else ["name"])
        self._add("places", ("name",), f"<{name}>", "name")
        self._kind("places", "place_kinds")
        self._address()
        self._point()
        self._district()
        if provider:
            self._add("places", ("providers",), f"[{provider}]", "provider")

    def _offer(self, key: str, provider: str, *, at_a_place: bool) -> None:
        roles, has = self.roles, self.roles.columns
        name = f"<{roles.name('name')}>"
        by = ""
        if "provider" in has:
            by = f" (<{roles.name('provider')}>)"
        says = "ein Satz für Eltern, was das Angebot ist; Spalten dürfen darin stehen"
        self._section("offers", key, ["id"] if "id" in has else ["name"])
        self._add("offers", ("name",), name, "name")
        self._add("offers", ("summary",), f"{name}{by}.", "name", remark=says)
        self._kind("offers", "kinds")
        nobody = "keine Spalte nennt den Träger; hat alles denselben, hier sein Kürzel (der Name seiner Datei in resources/providers/)"
        self._add("offers", ("provider",), provider or OPEN, "provider", remark="" if provider else nobody)
        if at_a_place:
            self._add("offers", ("place",), key, "id")
        topics = "welche Themen es sind; „nahraum words topics“ nennt alle"
        self._add("offers", ("topics",), f"[{OPEN}]", remark=topics)
        self._ages()
        self._languages()
        self.open.append(
            "Wie man hinkommt, ist noch nicht zugeordnet; gilt für alle dasselbe, unter offers etwa „access: {way: registration}“ (nahraum words access_ways). "
            "Sonst steht auf den Seiten „nicht angegeben“."
        )

    def _key(self) -> str:
        column = self.roles.columns.get("id")
        if column is not None:
            # A bare number says nothing in an address; what is long or has letters is told apart by itself.
            bare = any(text[:1].isdigit() and len(text) < 16 for text in column.values)
            prefix = ""
            if bare:
                prefix = f"{slug(self.path.stem) or 'tabelle'}-"
            return f"{prefix}<{column.name}|id>"
        name = self.roles.columns["name"]
        texts = [slug(row.cells[name.name].text) for row in self.table.rows]
        street = self.roles.name("street")
        if len(set(texts)) == len(texts) or not street:
            return f"<{name.name}|id>"
        return f"<{name.name}|id>-<{street}|id>"

    def _section(self, name: str, key: str, roles: Sequence[str]) -> None:
        self.sections[name] = []
        remark = ""
        if "id" not in self.roles.columns and name != "providers":
            remark = "keine Spalte ist eine Kennung, darum der Name; ändert er sich in der Quelle, entsteht ein neuer Eintrag"
        self._add(name, ("id",), key, *roles, remark=remark)

    def _add(self, section: str, path: tuple[str, ...], text: str, *roles: str, remark: str = "") -> None:
        if section not in self.sections or "<>" in text or "<|" in text:
            return
        columns = tuple(re.findall(r"<([^<>|\[\]?]+)", text))
        line = _Field(path, text, columns)
        line.remarks += [
            f"{self.roles.guessed[role]} („{self.roles.name(role)}“)"
            for role in roles
            if role in self.roles.guessed
        ]
        line.remarks += [remark] if remark else []
        self.sections[section].append(line)

    # --- single fields -----------------------------------------------------------------------------------------------

    def _kind(self, section: str, words: str) -> None:
        """Take kinds from a column whose values are called just like kinds; what isn't is asked, and nothing is guessed."""
        named = {slug(word.name): key for key, word in getattr(self.project.site.words, words).items()}
        column = self.roles.columns.get("kind")
        values = list(dict.fromkeys(column.values)) if column else []
        meant = {text: named.get(slug(text), OPEN) for text in values}
        asked = f"welche Art es ist; „nahraum words {words}“ nennt alle"
        if column is None or column.name in self.values or set(meant.values()) <= {OPEN}:
            self._add(section, ("kind",), OPEN, remark=asked)
            return
        self.values[column.name] = meant
        unknown = [text for text, item in meant.items() if item == OPEN]
        remark = ""
        if unknown:
            remark = f"{asked}; unter values fehlt sie für: {', '.join(unknown[:5])}"
        self._add(section, ("kind",), f"<{column.name}|value>", "kind", remark=remark)

    def _address(self) -> None:
        """Map street, number, postcode and town, as far as there are columns; without a postcode there is no address."""
        roles, has = self.roles, self.roles.columns
        if "street" not in has:
            return
        street = has["street"]
        if "number" not in has and street.share(parted) > 0.5:
            self._add("places", ("address", "street"), f"<{street.name}|street>", "street")
            self._add("places", ("address", "number"), f"<{street.name}|number>")
        else:
            self._add("places", ("address", "street"), f"<{street.name}>", "street")
            self._number()
        if not self._postcode():
            self.sections["places"] = [item for item in self.sections["places"] if item.path[0] != "address"]
            self.open.append(
                f"Ohne Postleitzahl gibt es keine Adresse; „{street.name}“ wird noch nicht übernommen."
            )
            return
        if "town" in has:
            self._add("places", ("address", "town"), f"<{roles.name('town')}>", "town")
        elif "postcode_town" not in has:
            self._add("places", ("address", "town"), town_of(self.project.config))
        if "extra" in has:
            self._add("places", ("address", "extra"), f"<{roles.name('extra')}>", "extra")

    def _postcode(self) -> bool:
        """Map the postcode: from its column, one with the town in it, else the one that all places have; False where there is none."""
        roles, has = self.roles, self.roles.columns
        path = ("address", "postcode")
        if "postcode" in has:
            short = has["postcode"].share(lambda text: len(text) == 4) > 0
            self._add("places", path, f"<{roles.name('postcode')}{'|postcode' if short else ''}>", "postcode")
            return True
        if "postcode_town" in has:
            column = roles.name("postcode_town")
            self._add("places", path, f"<{column}[:5]>", "postcode_town")
            self._add("places", ("address", "town"), f"<{column}[6:]>", "postcode_town")
            return True
        codes = {place.address.postcode for place in self.project.site.places.values() if place.address}
        if len(codes) != 1:
            return False
        remark = "steht nicht in der Tabelle; so lautet sie bei allen vorhandenen Orten"
        self._add("places", path, codes.pop(), remark=remark)
        return True

    def _point(self) -> None:
        has = self.roles.columns
        if "longitude" not in has or "latitude" not in has:
            return
        east, north = has["longitude"], has["latitude"]
        remark = ""
        if lies_in(east, METRES["longitude"]) and lies_in(north, METRES["latitude"]):
            self.form = self.form.model_copy(update={"crs": "EPSG:25832"})
            remark = "Koordinaten in Metern; im Westen Deutschlands ist es meist EPSG:25832, im Osten EPSG:25833 (oben unter table)"
        elif not lies_in(east, DEGREES["longitude"]):
            remark = "die Werte liegen nicht in Deutschland"
        long = any(_decimals(text) > 6 for text in (*east.values, *north.values))
        rounded = "|degrees" if long and not self.form.crs else ""
        text = f"<{east.name}{rounded}> <{north.name}{rounded}>"
        self._add("places", ("point",), text, "longitude", "latitude", remark=remark)

    def _number(self) -> None:
        """Map the house number with its suffix, where there is a column for it."""
        column = self.roles.columns.get("number")
        if column is None:
            return
        number = f"<{column.name}>"
        if column.share(lambda text: text.startswith("0")) > 0:
            number = f"<{column.name}|house>"
        if "suffix" in self.roles.columns:
            number += f"<{self.roles.name('suffix')}|lower?>"
        self._add("places", ("address", "number"), number, "number")

    def _district(self) -> None:
        column = self.roles.columns.get("district")
        if column is None:
            return
        spaces = self.project.site.spaces
        if column.share(lambda text: text in spaces) > 0.9:
            self._add("places", ("spaces",), f"[<{column.name}>]", "district")
            return
        if column.share(lambda text: slug(text) in spaces) > 0.9:
            self._add("places", ("spaces",), f"[<{column.name}|id>]", "district")
            return
        values = dict.fromkeys(row.cells[column.name].text for row in self.table.rows)
        meant = self._areas_by_name(filter(None, values))
        if meant:
            self.values[column.name] = meant
            self._add("places", ("spaces",), f"[<{column.name}|value>]", "district")
            return
        self.unused[column.name] = "keine Kennungen oder Namen von Gebieten dieses Projekts"

    def _areas_by_name(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the area whose name each text is; nothing at all where a text is the name of none or of several."""
        named: dict[str, list[str]] = {}
        for key, space in self.project.site.spaces.items():
            named.setdefault(space.name.casefold(), []).append(key)
        meant: dict[str, str] = {}
        for text in texts:
            keys = named.get(text.casefold(), [])
            if len(keys) != 1:
                return {}
            meant[text] = keys[0]
        return meant

    def _contact(self, section: str) -> None:
        shapes = {"phone": "|phone", "mobile": "|phone", "email": "", "website": ""}
        for role, shape in shapes.items():
            column = self.roles.columns.get(role)
            if column is None:
                continue
            if role == "website" and column.share(lambda text: not text.lower().startswith("http")) > 0:
                shape = "|web"
            remark = ""
            if role in ("phone", "mobile") and column.share(lost_zero) > 0:
                shape = f"|zero{shape}"
                remark = "bei manchen fehlt die Null am Anfang, die ein Tabellenprogramm weglässt; „zero“ setzt sie davor"
            self._add(section, ("contact", role), f"<{column.name}{shape}>", role, remark=remark)

    def _ages(self) -> None:
        has = self.roles.columns
        if "ages" in has:
            self._add("offers", ("ages",), f"<{self.roles.name('ages')}>", "ages")
        elif "ages_from" in has and "ages_to" in has:
            self._add(
                "offers",
                ("ages",),
                f"<{self.roles.name('ages_from')}>-<{self.roles.name('ages_to')}>",
                "ages_from",
            )

    def _languages(self) -> None:
        column = self.roles.columns.get("languages")
        known = self.project.site.words.languages
        if column is None:
            return
        parts = [re.split(r"[,;/|]", text) for text in column.values]
        fitting = [items for items in parts if known.keys() >= set(map(str.strip, items))]
        if len(fitting) > 0.9 * len(parts):
            self._add("offers", ("languages",), f"[<{column.name}|split>]", "languages")
        else:
            self.unused[column.name] = "Sprachen stehen in Einträgen als Kürzel (de, tr, ar)"

    def _rest(self) -> None:
        used: set[str] = set()
        for line in self._lines():
            used.update(line.columns)
        reasons = {
            "person": "Namen von Personen werden nicht übernommen",
            "point": "Länge und Breite brauchen je eine eigene Spalte",
        }
        for role, column in self.roles.columns.items():
            if column.name not in used:
                self.unused.setdefault(column.name, reasons.get(role, ""))
        for column in self.roles.unused:
            unfit = UNFIT.search(column.name)
            self.unused.setdefault(
                column.name,
                "die Überschrift enthält ein Zeichen, das die Zuordnung selbst braucht" if unfit else "",
            )

    # --- tried out ---------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Try the mapping on all rows, and mark what doesn't fit; then say what would still stop the import."""
        mapping, found = self._understood()
        if mapping is None:
            self.open += [item.message for item in found]
            return
        _, found = gather_records(self.table, mapping, self.path)
        misfits = [item for item in found if item.position.file != mapping.file]
        self._mark(misfits)
        self.leave_out = has_errors(found)
        mapping, _ = self._understood()
        if mapping is None:
            return
        records, found = gather_records(self.table, mapping, self.path)
        errors = [item for item in found if item.severity == "error"]
        self.leave_out = self.leave_out and len(errors) < len(misfits)
        if not errors:
            errors = self._broken_links(records)
        self._keep_open(errors)

    def _broken_links(self, records: Sequence[Incoming]) -> list[Diagnostic]:
        """Return what is wrong with references of records; a question that is still to be answered is no wrong one."""
        known = {name: {*ids, _ANSWER} for name, ids in self.project.known.items()}
        links = check_links(replace(self.project, known=known), records)
        return [item for item in links if item.severity == "error"]

    def _keep_open(self, errors: Iterable[Diagnostic]) -> None:
        """Note what would still stop the import, each message once, at most five."""
        told = Counter(item.message for item in errors)
        for message, count in told.most_common(5):
            if count > 1:
                message += f" ({count} Zeilen)"
            self.open.append(message)
        if len(told) > 5:
            self.open.append(f"… und {len(told) - 5} weitere Meldungen")

    def _mark(self, found: Iterable[Diagnostic]) -> None:
        """Remark at the line of a column in how many rows it doesn't fit, with the first reason; where no line has it, as an open question."""
        headings: dict[Position, str] = {}
        for row in self.table.rows:
            for name, cell in row.cells.items():
                headings.setdefault(cell.position, name)
        messages: dict[str, list[str]] = {}
        for item in found:
            messages.setdefault(headings.get(item.position, ""), []).append(item.message)
        lines = self._lines()
        for name, told in messages.items():
            line = next((line for line in reversed(lines) if name in line.columns), None)
            remarks = self.open if line is None else line.remarks
            remarks.append(f"in {len(told)} von {len(self.table.rows)} Zeilen passt es nicht: {told[0]}")

    def _lines(self) -> list[_Field]:
        """Return the lines of all sections."""
        return list(chain.from_iterable(self.sections.values()))

    def _understood(self) -> tuple[MappingFile | None, list[Diagnostic]]:
        """Return the mapping as it will be once its questions are answered."""
        answered = [re.sub(rf"\b{OPEN}(?=\]?$)", _ANSWER, line) for line in self._body()]
        return mapping_of("\n".join(answered), "Entwurf", tuple(KIND_BY_FOLDER))

    # --- written -----------------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return the whole file; `name` is where it will lie."""
        head = [
            f"# Zuordnung für {self.path.name}, entworfen nach Überschriften und Werten. Was „unsicher“ ist, bitte ansehen.",
            f"# Danach: nahraum import offers {self.path.name} --map {name} --dry-run",
            "# Wie eine Zuordnung geschrieben wird: docs/import.md",
        ]
        head += [f"{UNSURE}{remark}" for remark in self.known.remarks]
        head += [f"# Noch zu klären: {_one_line(words)}" for words in dict.fromkeys(self.open)]
        tail = [f"#   {_one_line(line)}" for line in self._unused_lines()]
        return "\n".join([*head, *self._body(), *(["", "# Nicht übernommen:", *tail] if tail else [])]) + "\n"

    def _unused_lines(self) -> Iterator[str]:
        columns = {column.name: column for column in self.columns}
        for name, why in sorted(self.unused.items(), key=lambda item: self.table.header.index(item[0])):
            examples = list(dict.fromkeys(columns[name].values))[:_EXAMPLES]
            shown = ", ".join(f"„{text[:30]}“" for text in examples) or "leer"
            yield f"{name}: {shown}" + (f" ({why})" if why else "")

    def _body(self) -> Iterator[str]:
        form = self.form.model_dump(exclude_defaults=True)
        if form:
            yield f"table: {write_on_one_line({key: _texts(value) for key, value in form.items()})}"
        if self.leave_out:
            yield f"{UNSURE}was nicht in sein Feld passt, bleibt weg und wird genannt; ohne diese Zeile hält es alles an"
            yield "unreadable: leave-out"
        for section, lines in self.sections.items():
            yield ""
            yield f"{section}:"
            yield from _section_lines(lines)
        if self.values:
            yield ""
            yield "values:"
            for column, meanings in self.values.items():
                yield f"  {write_scalar(column)}:"
                yield from (f"    {write_scalar(text)}: {meant}" for text, meant in meanings.items())


def _section_lines(lines: Iterable[_Field]) -> Iterator[str]:
    """Write the fields of a section; those of a group stand below its name."""
    group = ""
    for line in lines:
        if len(line.path) > 1 and line.path[0] != group:
            yield f"  {line.path[0]}:"
        group = ""
        if len(line.path) > 1:
            group = line.path[0]
        indent = "    " if group else "  "
        for remark in line.remarks:
            yield f"{indent}{UNSURE}{_one_line(remark)}"
        listed = None
        if line.path[-1] in _LISTS:
            listed = re.fullmatch(r"\[(.+)\]", line.text)
        value = f"[{write_scalar(listed[1], flow=True)}]" if listed else write_scalar(line.text)
        yield f"{indent}{line.path[-1]}: {value}"


def _decimals(number: str) -> int:
    """Return how many digits stand behind the point of a number, or behind its comma where it has no point."""
    return len(number.partition(".")[2] or number.partition(",")[2])


_LISTS = ("spaces", "providers", "topics", "languages")


def _texts(value: object) -> str | list[str]:
    """Return a setting of the table as texts."""
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
