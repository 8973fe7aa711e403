"""What is promised of figures about people: sentences for the docs, the report of `protect`, the page on data."""

from __future__ import annotations

PROMISE = (
    "Kleine Zahlen werden verdeckt oder gerundet, bevor sie veröffentlicht werden. Von welcher Anzahl an, ist für jede Kennzahl festgelegt.",
    "Bleibt für eine gesperrte Zahl zu wenig Spielraum, sperren wir weitere, bis sich aus dem Veröffentlichten keine gesperrte Zahl errechnen lässt.",
    "Verbunden ist, was in einer Tabelle steht oder als Teil, Zähler oder Nenner eingetragen ist.",
    "Sieht Nahraum eine Verbindung, die niemand eintrug, fragt es vor der Veröffentlichung; die Antwort steht mit Datum und Stelle im Bericht.",
    "Wer in einer Zelle selbst gezählt ist, kann aus gesperrten Tabellen keine andere gesperrte Zahl genau errechnen, aus gerundeten vielleicht.",
    "Frühere Veröffentlichungen zählen mit.",
    "Was Nahraum selbst schreibt, kommt nur aus den geschützten Tabellen; Texte von Menschen liest ein Mensch.",
    "Rohzahlen liegen nie in den veröffentlichten Dateien; lagen sie dort, ist das eine Panne (Art. 33 DSGVO). Nicht geschützt ist, wenn mehrere ihr Wissen zusammenlegen, wer die Fälle beruflich kennt, und gegen andere Quellen.",
    "Der Bericht ist die Grundlage; unterschreiben muss ein Mensch, mit Stelle, Funktion und Tag.",
)
"""The first, fifth and sixth say what is true as long as figures are withheld in some tables and rounded in others."""
