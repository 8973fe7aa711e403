"""The options of `import figures`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import click

from generator.edit.imports.figure_cells import (
    MEANINGS,
    BreakdownColumns,
    FigureForm,
    FigureMapping,
    Meaning,
)

_OPTIONS = (
    click.option("--indicator", required=True, metavar="KÜRZEL", help="Die Kennzahl; gibt es sie noch nicht, entsteht zuerst ihre Beschreibung."),
    click.option("--level", metavar="EBENE", help="Die Ebene aus site_config.yml; ohne Angabe die feinste, deren Gebiete dastehen."),
    click.option("--area", metavar="SPALTE", help="Spalte (oder Zeile) mit den Gebieten: Kürzel, Schlüssel oder Name; ohne Angabe die erste."),
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
    click.option("--areas-in", "areas", type=click.Choice(("rows", "columns")), default=None, help="Ob Gebiete untereinander (rows, ohne Angabe) oder nebeneinander (columns) stehen."),
    click.option("--sheet", metavar="NAME", help="Welches Blatt einer Arbeitsmappe."),
    click.option("--separator", type=click.Choice((",", ";", "tab")), default=None, help="Was die Spalten trennt."),
    click.option("--decimal", type=click.Choice((",", ".")), default=None, help="Das Dezimalzeichen; das andere trennt dann Tausender."),
    click.option("--encoding", type=click.Choice(("utf-8", "windows-1252")), default=None, help="Wie die Datei geschrieben ist, wenn Umlaute falsch aussehen."),
    click.option("--leave-out-unknown", "leave_out", is_flag=True, help="Zeilen von Gebieten auslassen, die es hier nicht gibt."),
    click.option("--tell-totals", is_flag=True, help="Summen, die nicht aufgehen, nur nennen."),
)  # fmt: skip
_PLAIN = (
    "indicator",
    "level",
    "area",
    "period",
    "years",
    "numerator",
    "denominator",
    "rate",
    "leave_out",
    "tell_totals",
)
_FORM = ("header", "areas", "sheet", "separator", "decimal", "encoding")


def figure_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command every option that says how a table of figures is laid out."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def said(options: Mapping[str, Any]) -> FigureMapping:
    """Return what the options say; what they don't say stays open. Raises UsageError where an option can't be read."""
    form = FigureForm(**{name: options[name] for name in _FORM if options[name]})
    if form.header and form.header_lines is None:
        raise click.UsageError(f"--header: „{form.header}“ sind keine Zeilen; richtig ist 4 oder 4-6.")
    breakdown = _breakdown(options)
    _refuse_contradiction(options)
    plain = {name: options[name] for name in _PLAIN}
    where, signs = _pairs("--where", options["where"]), _signs(options["signs"])
    return FigureMapping(**plain, where=where, breakdown=breakdown, signs=signs, table=form)


def _refuse_contradiction(options: Mapping[str, Any]) -> None:
    """Raise UsageError where a rate stands beside what it would be counted from."""
    if options["rate"] and (options["numerator"] or options["denominator"]):
        raise click.UsageError(
            "--rate gibt es nur ohne --numerator und --denominator: Aus ihnen ergibt sich die Quote."
        )
    if options["rate"] and options["breakdown"]:
        raise click.UsageError(
            "Fertige Quoten werden ohne Aufgliederung übernommen: Aus ihren Teilen wird kein Ganzes."
        )


def _breakdown(options: Mapping[str, Any]) -> BreakdownColumns | None:
    """Return the breakdown that the options name; None where they name none."""
    if options["breakdown"]:
        key, _, column = options["breakdown"].partition("=")
        return BreakdownColumns(key, column, _pairs("--value", options["values"]))
    if options["values"]:
        raise click.UsageError("--value gibt es nur zusammen mit --breakdown.")
    return None


def _signs(texts: Iterable[str]) -> dict[str, Meaning]:
    """Read what signs of a table mean. Raises UsageError where there is no such meaning."""
    signs = _pairs("--sign", texts)
    for meaning in signs.values():
        if meaning not in MEANINGS:
            raise click.UsageError(
                f"--sign: „{meaning}“ ist keine Bedeutung. Es gibt: {', '.join(MEANINGS)}."
            )
    return cast("dict[str, Meaning]", signs)


def _pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        # A sign may be the equals sign's neighbour, a column may hold one: what is meant stands behind the last.
        name, sign, value = text.rpartition("=")
        if not sign:
            raise click.UsageError(f"{option}: In „{text}“ fehlt das Gleichheitszeichen.")
        pairs[name] = value
    return pairs
