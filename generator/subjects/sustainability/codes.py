"""Define the messages about sustainability checks: how grave, what is wrong, what helps and why."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "bereich-doppelt": Code(
        ERROR,
        "Den Bereich „{value}“ gibt es hier zweimal",
        "einen der beiden streichen oder ihm ein anderes Kürzel geben",
        "Sonst ist nicht klar, zu welchem eine Auswirkung gehört.",
    ),
    "bereich-unbekannt": Code(
        ERROR,
        "Den Bereich „{value}“ gibt es in dieser Prüfung nicht",
        "einen dieser Bereiche nennen: {known}",
        "Jede Auswirkung steht in einem Bereich, der unter dimensions genannt ist.",
    ),
    "pruefung-ohne-tag": Code(
        ERROR,
        "Hier stehen Auswirkungen, aber nicht, wann geprüft wurde",
        "made mit Tag, Monat oder Jahr ergänzen",
        "Ein Ergebnis gilt für den Tag, an dem es gefunden wurde.",
    ),
    "pruefung-in-zukunft": Code(
        ERROR,
        "Geprüft am {value}: Das liegt in der Zukunft",
        "made berichtigen; eine geplante Prüfung bekommt due",
        "Was noch nicht geprüft ist, hat kein Ergebnis.",
    ),
    "pruefung-ueberfaellig": Code(
        WARNING,
        "„{name}“ sollte bis {value} gemacht sein",
        "made und effects ergänzen oder due neu setzen",
        "Eine Prüfung, die niemand wiederholt, sagt nichts über heute.",
    ),
}
