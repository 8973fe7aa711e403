"""How a table of figures is laid out in; the definition of its indicator as a draft, with questions for what only people know, out."""

from __future__ import annotations

from generator.edit.imports.figures.figure_mapping import FigureMapping
from generator.edit.imports.figures.office_tables import FigureLayout
from generator.edit.records.new import INDICATOR, Words, template
from generator.edit.records.yaml_writer import Value
from generator.model.samples import OPEN

QUESTIONS = {
    "title": "Wie heißt die Kennzahl auf der Seite?",
    "says": "Was sagt die Zahl in einem Satz, den alle verstehen?",
    "numerator": "Was genau wird gezählt, wer gehört dazu und wer nicht?",
    "source": "Wer hat die Zahlen herausgegeben, unter welcher Lizenz, und von welchem Tag sind sie? Nur mit Quelle und Lizenz (licence) nimmt „import figures --published“ sie als schon veröffentlicht.",
    "counts": "Ist es ein Bestand an einem Stichtag (stock), oder was in einem Zeitraum begann (begun), endete (ended) oder lief (year)? Was niemand weiß, bleibt weg.",
    "disclosure": "Betreffen die Zahlen Menschen? Dann gilt die Schwelle aus site_config.yml oder eine höhere; über sie entscheidet, wer für den Datenschutz zuständig ist.",
}
_RATE = "Zähler und Nenner fehlen. Gibt die Quelle sie her, ist das besser: Dann lassen sich Summen bilden und prüfen. Bleibt es bei der Quote, hat die Quelle geprüft, dass hinter keiner wenige Menschen stehen?"


def draft(mapping: FigureMapping, layout: FigureLayout, words: Words) -> str:
    """Return the text of `indicator.yml` as far as the table says what belongs there."""
    name = mapping.rate or mapping.numerator or (layout.counted.label if layout.counted else "")
    given: dict[str, Value] = {
        "numerator": f"{name} ({OPEN})" if name else OPEN,
        "source": {"name": OPEN, "licence": OPEN},
        "disclosure": {"method": "suppress"},
        "interval": "none",
    }
    questions = dict(QUESTIONS)
    if mapping.rate is not None:
        given |= {"adds_up": "no", "unit": "%", "disclosure": {"method": "none"}}
        questions["disclosure"] = f"{_RATE} „none“ heißt: Nahraum prüft diese Zahlen nicht auf Geheimes."
    elif mapping.denominator is not None:
        given |= {"denominator": f"{mapping.denominator} ({OPEN})", "interval": "wilson"}
        questions["denominator"] = "Wovon ist es ein Teil?"
    else:
        given |= {"unit": OPEN, "decimals": "0"}
        questions["unit"] = "Wie heißt die Einheit: Menschen, Haushalte, Plätze?"
    if mapping.breakdown is not None:
        said = mapping.breakdown
        values: list[Value] = [{"id": key, "name": text} for text, key in said.values.items() if key]
        given["breakdowns"] = [{"id": said.id, "name": said.column or said.id, "values": values}]
        questions["breakdowns"] = "Heißen die Aufgliederung und ihre Werte auf der Seite so?"
    return template(INDICATOR, words, given, questions)
