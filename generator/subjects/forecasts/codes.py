"""What is told of forecasts: why one can't be computed."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "vorausberechnung-unentschieden": Code(
        WARNING,
        "„{indicator}“ rechnet für dieselben Kinder anders, und niemand hat entschieden, womit geplant wird",
        "mit lead sagen, welche Vorausberechnung führt, wer das wann entschieden hat und warum die andere abweicht",
        "Zwei Zahlen für ein Jahr helfen niemandem. Beide bleiben sichtbar, eine führt.",
    ),
    "vorausberechnung-keine-anzahl": Code(
        ERROR,
        "„{indicator}“ zählt keine Kinder, sondern ist ein Anteil oder eine Rate",
        "eine Kennzahl ohne Nenner nennen, die Kinder zählt",
        "Ein Jahrgang rückt auf; eine Rate hat keinen Jahrgang.",
    ),
    "vorausberechnung-zeitraum": Code(
        ERROR,
        "„{indicator}“ wird nicht nach Jahren gezählt",
        "eine Kennzahl nennen, deren Zeiträume Jahre sind, zum Beispiel 2025",
        "Ein Jahrgang wird jedes Jahr ein Jahr älter.",
    ),
    "vorausberechnung-alter-offen": Code(
        ERROR,
        "„{ages}“ hat kein Ende, oder es beginnt vor der Geburt",
        "das Alter von wann bis wann schreiben, zum Beispiel 6-9",
        "Vorausberechnet werden ganze Jahrgänge von Kindern, die es schon gibt.",
    ),
    "vorausberechnung-aufgliederung": Code(
        ERROR,
        "„{indicator}“ ist nicht nach Altersjahren aufgegliedert",
        "eine Kennzahl nennen, deren Aufgliederung alter heißt und deren Kürzel darin das Alter in Jahren sind (0, 1, 2)",
        "Wer wann wie alt wird, zeigen nur einzelne Jahrgänge.",
    ),
    "vorausberechnung-vorbei": Code(
        ERROR,
        "Bis dahin ist schon gezählt: Die neuesten Zahlen sind von {year}",
        "ein späteres Jahr schreiben",
        "Was gezählt ist, muss niemand vorausberechnen.",
    ),
    "vorausberechnung-ungeboren": Code(
        ERROR,
        "Wer {year} {age} Jahre alt ist, war noch nicht geboren, als zuletzt gezählt wurde",
        "höchstens bis {last} rechnen",
        "Geburten werden nicht geschätzt. So steht auf der Seite nur, was aus Kindern folgt, die es gibt.",
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
    "vorausberechnung-anspruch-folge": Code(
        ERROR,
        "{year} steht nicht nach dem Jahr davor",
        "die Stufen nach Jahren ordnen, jedes Jahr einmal",
        "Es gilt immer die letzte Stufe, die erreicht ist.",
    ),
    "vorausberechnung-anspruch-alter": Code(
        ERROR,
        "„{ages}“ liegt nicht in „{known}“",
        "ein Alter nennen, das hier gezählt wird",
        "Wer einen Anspruch hat, ist ein Teil der Kinder, um die es geht.",
    ),
}
