"""What is found while facts are derived (`derive/`): why a budget has no number, what an evaluation can't say, and what can't be forecast."""

from __future__ import annotations

from generator.diagnostics.codes.code import ERROR, Code

CODES = {
    "anteil-ausserhalb": Code(
        ERROR,
        "{value} % ist hier kein Anteil",
        "einen Anteil bis 100 % schreiben; Gewichte sind größer als null, Sprünge mindestens 1",
        "Ein Anteil unter null oder über dem Ganzen gäbe Beträge, die es nicht gibt.",
    ),
}
