"""Lay the options of `import figures` over the mapping file of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from generator.edit.imports.figures.figure_mapping import MEANINGS, BreakdownColumns, FigureMapping

_OPTIONS = (
    click.option("--indicator", metavar="KÜRZEL", help="Die Kennzahl; gibt es sie noch nicht, entsteht zuerst ihre Beschreibung."),
    click.option("--map", "file_of_mapping", type=click.Path(dir_okay=False, path_type=Path), help="Eine Zuordnung mit denselben Angaben (docs/import.md)."),
    click.option("--level", metavar="EBENE", help="Die Ebene aus site_config.yml; ohne Angabe die, deren Gebiete passen."),
    click.option("--area", metavar="SPALTE", help="Spalte (oder Zeile) mit den Gebieten: Kürzel, Schlüssel oder Name."),
    click.option("--period", metavar="SPALTE|ZEIT", help="Spalte mit dem Zeitraum, oder der Zeitraum selbst: 2024."),
    click.option("--years", is_flag=True, help="Aus dem Stichtag 31.12.2024 wird das Jahr 2024."),
    click.option("--numerator", metavar="SPALTE", help="Spalte mit der Anzahl."),
    click.option("--denominator", metavar="SPALTE", help="Spalte mit dem, wovon es ein Teil ist."),
    click.option("--rate", metavar="SPALTE", help="Spalte mit einer fertigen Quote, wenn es keine Anzahlen gibt."),
    click.option("--where", multiple=True, metavar="SPALTE=TEXT", help="Nur Zeilen, in denen das steht; mehrfach möglich."),
    click.option("--breakdown", metavar="KÜRZEL=SPALTE", help="Aufgliederung und die Spalte mit ihren Werten; was die Werte heißen, sagt --value."),
    click.option("--value", "values", multiple=True, metavar="TEXT=KÜRZEL", help="Welcher Text (oder welche Überschrift) welcher Wert der Aufgliederung ist; ohne Kürzel: insgesamt."),
    click.option("--sign", "signs", multiple=True, metavar="ZEICHEN=BEDEUTUNG", help=f"Wo die Zeichenerklärung der Tabelle von der amtlichen abweicht: {', '.join(MEANINGS)}."),
    click.option("--header", metavar="ZEILEN", help="Zeilen der Überschriften in der Datei: 4 oder 4-6."),
    click.option("--areas-in", "areas", type=click.Choice(("rows", "columns")), default=None, help="Ob Gebiete untereinander oder nebeneinander stehen."),
    click.option("--sheet", metavar="NAME", help="Welches Blatt einer Arbeitsmappe."),
    click.option("--separator", type=click.Choice((",", ";", "tab")), default=None, help="Was die Spalten trennt."),
    click.option("--decimal", type=click.Choice((",", ".")), default=None, help="Das Dezimalzeichen; das andere trennt dann Tausender."),
    click.option("--encoding", type=click.Choice(("utf-8", "windows-1252")), default=None, help="Wie die Datei geschrieben ist, wenn Umlaute falsch aussehen."),
    click.option("--leave-out-unknown", is_flag=True, help="Zeilen von Gebieten auslassen, die es hier nicht gibt."),
    click.option("--tell-totals", is_flag=True, help="Summen, die nicht aufgehen, nur nennen."),
)  # fmt: skip
_PLAIN = ("indicator", "level", "area", "period", "numerator", "denominator", "rate")
_FORM = ("header", "areas", "sheet", "separator", "decimal", "encoding")
_FLAGS = (
    ("years", "years", "yes"),
    ("leave_out_unknown", "unknown", "leave-out"),
    ("tell_totals", "totals", "tell"),
)
"""Options without a value: each with the field of the mapping and what stands there then."""


def figure_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command every option that says how a table of figures is laid out."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def said(options: Mapping[str, Any], mapping: FigureMapping) -> FigureMapping:
    """Lay what the options say over a mapping; what neither says stays open. Raises UsageError where an option can't be read."""
    more: dict[str, Any] = {name: options[name] for name in _PLAIN if options[name]}
    more |= _said_of_form(options, mapping)
    more |= {field: given for name, field, given in _FLAGS if options[name]}
    if options["where"]:
        more["where"] = {**mapping.where, **_pairs("--where", options["where"])}
    if options["signs"]:
        more["signs"] = {**mapping.signs, **_signs(options["signs"])}
    if options["breakdown"]:
        key, _, column = options["breakdown"].partition("=")
        values = _pairs("--value", options["values"])
        more["breakdown"] = BreakdownColumns(id=key, column=column or None, values=values)
    elif options["values"]:
        raise click.UsageError("--value gibt es nur zusammen mit --breakdown.")
    whole = mapping.model_copy(update=more)
    _refuse_contradiction(whole)
    return whole


def _said_of_form(options: Mapping[str, Any], mapping: FigureMapping) -> dict[str, Any]:
    """Return the part of a mapping that says how the table is written, empty where no option says anything of it."""
    form = {name: options[name] for name in _FORM if options[name]}
    if not form:
        return {}
    table = mapping.table.model_copy(update=form)
    if form.get("header") and table.header_lines is None:
        raise click.UsageError(f"--header: „{form['header']}“ sind keine Zeilen; richtig ist 4 oder 4-6.")
    return {"table": table}


def _signs(texts: Iterable[str]) -> dict[str, str]:
    """Read what signs of a table mean. Raises UsageError where there is no such meaning."""
    signs = _pairs("--sign", texts)
    for meaning in signs.values():
        if meaning not in MEANINGS:
            raise click.UsageError(
                f"--sign: „{meaning}“ ist keine Bedeutung. Es gibt: {', '.join(MEANINGS)}."
            )
    return signs


def _refuse_contradiction(mapping: FigureMapping) -> None:
    """Raise UsageError where a rate stands beside what it would be counted from, or no indicator is named."""
    if mapping.rate and (mapping.numerator or mapping.denominator):
        raise click.UsageError(
            "--rate gibt es nur ohne --numerator und --denominator: Aus ihnen ergibt sich die Quote."
        )
    if mapping.rate and mapping.breakdown:
        raise click.UsageError(
            "Fertige Quoten werden ohne Aufgliederung übernommen: Aus ihren Teilen wird kein Ganzes."
        )
    if not mapping.indicator:
        raise click.UsageError(
            "Welche Kennzahl es ist, sagt --indicator KÜRZEL (oder „indicator“ in der Zuordnung)."
        )


def _pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        # A sign may be the equals sign's neighbour, a column may hold one: what is meant stands behind the last.
        name, sign, value = text.rpartition("=")
        if not sign:
            raise click.UsageError(f"{option}: In „{text}“ fehlt das Gleichheitszeichen.")
        pairs[name] = value
    return pairs
