"""Define the messages about forecasts: how grave, what is wrong, what helps and why."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "vorausberechnung-unentschieden": Code(
        WARNING,
        "„{indicator}“ rechnet für dieselben Kinder anders, und niemand hat entschieden, womit geplant wird",
        "mit lead sagen, welche Vorausberechnung führt, wer das wann entschieden hat und warum die andere abweicht",
        "Zwei Zahlen für ein Jahr helfen niemandem. Beide bleiben sichtbar, eine führt.",
    ),
    "vorausberechnung-kennzahl": Code(
        ERROR,
        "„{indicator}“ zählt nicht jedes Jahr Kinder nach einzelnen Altersjahren",
        "eine Kennzahl ohne Nenner nennen, deren Zeiträume Jahre sind und deren Aufgliederung alter heißt, mit dem Alter in Jahren als Kürzel (0, 1, 2)",
        "Ein Jahrgang wird jedes Jahr ein Jahr älter. Wer wann wie alt wird, zeigen nur einzelne Jahrgänge.",
    ),
    "vorausberechnung-alter-offen": Code(
        ERROR,
        "„{ages}“ hat kein Ende, oder es beginnt vor der Geburt",
        "das Alter von wann bis wann schreiben, zum Beispiel 6-9",
        "Vorausberechnet werden ganze Jahrgänge von Kindern, die es schon gibt.",
    ),
    "vorausberechnung-ende": Code(
        ERROR,
        "Bis {year} lässt sich nicht rechnen: Das ist schon gezählt, oder die Kinder sind noch nicht geboren",
        "ein Jahr von {first} bis {last} schreiben",
        "Was gezählt ist, muss niemand vorausberechnen, und Geburten werden nicht geschätzt.",
    ),
    "vorausberechnung-alter-fehlt": Code(
        ERROR,
        "In „{indicator}“ fehlen Altersjahre: {ages}",
        "die Jahrgänge von {first} bis {last} zählen und in der Aufgliederung nennen, oder until früher setzen",
        "Für jedes Jahr voraus braucht es die Kinder, die heute ein Jahr jünger sind.",
    ),
    "vorausberechnung-ohne-zahl": Code(
        WARNING,
        "Für {period} ist keine Zahl nach Altersjahren veröffentlicht",
        "die Kennzahl nach Altersjahren schützen und veröffentlichen (nahraum protect); bis dahin gibt es die Seite nicht",
        "Gerechnet wird nur mit veröffentlichten Zahlen.",
    ),
    "vorausberechnung-anspruch": Code(
        ERROR,
        "Diese Stufe des Anspruchs beginnt nicht nach der davor, oder ihr Alter liegt nicht in „{known}“",
        "die Stufen nach Jahren ordnen, jedes Jahr einmal, mit einem Alter, das hier gezählt wird",
        "Es gilt die letzte Stufe, die erreicht ist; wer einen Anspruch hat, ist ein Teil der Kinder, um die es geht.",
    ),
}
