"""State what is promised of figures about people, for docs and pages."""

from __future__ import annotations

PROMISE = (
    "Eigene Fallzahlen von 1 bis unter die Schwelle zeigen wir nicht; die verantwortliche Stelle legt die Schwelle je Quelle fest, nach Anhörung der oder des Datenschutzbeauftragten; wer Zahlen liefert, kann mehr verlangen.",
    "Alle übrigen eigenen Fallzahlen sind auf ein Vielfaches von 5 gerundet (höchstens 2 Abweichung; Summen können abweichen). Zahlen, die ihr Lieferant so veröffentlicht, zeigen wir, wie er sie veröffentlicht. Anteile rechnen wir aus den gezeigten Zahlen. Haben alle in einer Gruppe dasselbe Merkmal, fragt Nahraum.",
    "Bleibt für eine gesperrte Zahl zu wenig Spielraum, sperren wir weitere, bis sich aus dem Veröffentlichten keine gesperrte Zahl errechnen lässt.",
    "Verbunden ist, was in einer Tabelle steht oder als Teil, Zähler oder Nenner eingetragen ist.",
    "Sieht Nahraum eine Verbindung, die niemand eintrug, fragt es vor der Veröffentlichung; die Antwort steht mit Datum und Stelle im Bericht.",
    "Wer selbst gezählt ist, auch mit einem Geschwister, kann daraus keine andere gesperrte Zahl genau errechnen. Bei mehr als zwei Geschwistern: `own_cases` höher.",
    "Frühere Veröffentlichungen zählen mit und werden nicht still geändert; wird eine zurückgezogen, steht es da.",
    "Was Nahraum selbst schreibt, kommt nur aus den geschützten Tabellen; Texte von Menschen liest ein Mensch.",
    "Rohzahlen liegen nie in den veröffentlichten Dateien; lagen sie dort, ist das eine Panne (Art. 33 DSGVO). Nicht geschützt ist, wenn mehrere ihr Wissen zusammenlegen, wer die Fälle beruflich kennt, und gegen andere Quellen.",
    "Der Bericht ist die Grundlage; unterschreiben muss ein Mensch, mit Stelle, Funktion und Tag.",
)
