"""Define the messages about budgets: how grave, what is wrong, what helps and why."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "gewicht-ohne-herkunft": Code(
        WARNING,
        "Bei diesem Gewicht steht nicht, woher es kommt und was dagegen spricht: {indicator}",
        "source und criticism ergänzen",
        "Geld nach Zahlen zu Migration zu verteilen ist umstritten. Wer die Seite liest, soll Herkunft und Kritik kennen.",
    ),
    "budget-ohne-gebiete": Code(
        ERROR,
        "Es steht nicht genau einmal da, auf welche Gebiete verteilt wird, oder es gibt keine",
        "entweder level mit einer Ebene, die Gebiete hat ({known}), oder spaces mit einer Liste von Gebieten schreiben",
        "Ein Budget gilt für alle Gebiete einer Ebene oder für genannte Gebiete.",
    ),
    "budget-gebiete-ineinander": Code(
        ERROR,
        "„{name}“ steht neben „{other}“, dem es gleicht, in dem es liegt oder das anders einteilt",
        "nur Gebiete nennen, die nebeneinanderliegen",
        "Sonst bekämen dieselben Menschen zweimal Geld.",
    ),
    "anteile-summe": Code(
        ERROR,
        "Die Anteile ergeben zusammen {sum} %",
        "die Anteile so ändern, dass sie zusammen 100 % ergeben",
        "Gewichte teilen das Geld, das nach Kennzahlen verteilt wird, Teilbudgets das eines Gebiets. Was fehlte, bekäme niemand.",
    ),
    "abzug-unklar": Code(
        ERROR,
        "Es steht nicht genau einmal da, wie viel vorab abgeht",
        "entweder amount (in Euro) oder share (Anteil am Rest) schreiben",
        "Ein Betrag und ein Anteil können sich widersprechen.",
    ),
    "nichts-zu-verteilen": Code(
        ERROR,
        "Nach dem, was vorab abgeht, bleibt nichts zu verteilen",
        "Betrag und Abzüge prüfen",
        "Zentrale Angebote und Reserve dürfen nicht so viel kosten wie das ganze Budget.",
    ),
    "abfluss-gebiete": Code(
        ERROR,
        "Der Mittelabfluss des Vorjahres nennt nicht genau die Gebiete dieses Budgets: {name}",
        "unter outflow: amounts: für jedes Gebiet des Budgets einen Betrag nennen, auch 0, und für kein anderes, oder by_indicators: 100 % schreiben",
        "Ein Teil des Geldes geht nach dem, was im Vorjahr ausgegeben wurde. Fehlt ein Gebiet oder ist eins zu viel, sind alle Anteile falsch.",
    ),
    "abfluss-nicht-vorher": Code(
        ERROR,
        "Der Mittelabfluss ist aus {year}, das Budget beginnt {first}",
        "ein Jahr vor dem Haushaltsjahr nennen",
        "Verteilt wird nach dem, was schon ausgegeben ist.",
    ),
    "abfluss-ohne-faelle": Code(
        WARNING,
        "Wofür {year} Geld floss, zählt vielleicht eine Kennzahl, in der etwas geheim ist",
        "unter outflow: cases_from: die Kennzahl nennen, die diese Fälle zählt; bis dahin zeigt die Seite keine Beträge",
        "Wer weiß, was ein Fall kostet, rechnet aus den Beträgen eines Budgets für Ansprüche (pays_for: claims) die Fälle aus.",
    ),
    "abfluss-verraet": Code(
        WARNING,
        "Der Mittelabfluss kann verraten, was geheim ist: {indicator}, {space}, {period}",
        "die Beträge aus resources/ nehmen oder größere Gebiete wählen; bis dahin zeigt die Seite keine Beträge",
        "Beträge für wenige Fälle sagen, was einzelne Menschen bekommen. Ist die Zahl der Fälle geheim, sind es auch die Beträge.",
    ),
    "anteil-an-nichts": Code(
        ERROR,
        "Zusammen ist es null: {what}",
        "eine andere Kennzahl oder einen anderen Zeitraum wählen",
        "Ein Anteil an nichts ist keine Zahl.",
    ),
    "kehrwert-von-null": Code(
        ERROR,
        "Ein Gebiet hat den Wert null: {what}",
        "inverse: complement wählen oder eine andere Kennzahl",
        "Von null gibt es keinen Kehrwert.",
    ),
    "kennzahl-ohne-anzahl": Code(
        ERROR,
        "„{indicator}“ nennt keine Anzahl, nur fertige Quoten",
        "eine Kennzahl wählen, die Menschen oder Dinge zählt",
        "Geteilt wird nach Anteilen an der Summe aller Gebiete. Quoten lassen sich nicht zusammenzählen.",
    ),
    "zeitraum-ohne-werte": Code(
        ERROR,
        "Für {period} gibt es keine Zahlen: {indicator}",
        "einen dieser Zeiträume nennen: {known}",
        "Verteilt wird nur nach veröffentlichten Zahlen.",
    ),
    "zeitraum-ueber-bruch": Code(
        ERROR,
        "Zwischen den Zahlen von {period} und dem Haushalt {year} liegt ein Bruch: {indicator}, ab {since}",
        "Zahlen ab {since} nehmen; Grund des Bruchs: {note}",
        "Vor und nach einem Bruch wird Verschiedenes gezählt. Geld für heute geht nach Zahlen, die heute noch gelten.",
    ),
    "budget-wert-fehlt": Code(
        WARNING,
        "Ohne diese Zahl wird das Budget nicht gerechnet: {indicator}, {space}, {period} ({why})",
        "größere Gebiete, einen anderen Zeitraum oder eine andere Kennzahl wählen; bis dahin zeigt die Seite keine Beträge",
        "Verteilt wird nur nach veröffentlichten Zahlen aller Gebiete. Fehlt eine, verrieten die Beträge der anderen, wie groß sie ist.",
    ),
    "weg-am-ziel": Code(
        ERROR,
        "Dieser Weg führt zu keinem größeren Anteil nach Kennzahlen",
        "by_indicators mit dem heutigen Anteil unter 100 % und einen Sprung über null schreiben, oder phase_in streichen",
        "Ein Weg zu 100 % beginnt darunter und kommt mit jedem Sprung näher.",
    ),
}
