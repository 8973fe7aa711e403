"""Define the messages about evaluations: how grave, what is wrong, what helps and why."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "veraenderung-neben-geheimer-zahl": Code(
        ERROR,
        "Diese Veränderung in Prozent steht neben einer geheimen Zahl („{title}“, {period})",
        "statt change die Kennzahl nennen (indicator, before, after): Dann wird nur aus veröffentlichten Zahlen gerechnet; zählt sie etwas, das keine Kennzahl zählt, dieses unter no_indicator nennen; sonst weglassen",
        "Wer die Zahl des einen Jahres kennt, errechnet aus der Veränderung die des anderen: 14, dann −78,6 Prozent, sind 3. Was von Hand eingetragen ist, kennt die Prüfung der Tabellen nicht.",
    ),
    "auswertung-verkehrt": Code(
        ERROR,
        "Das Danach liegt nicht nach dem Davor",
        "die beiden Zeitpunkte berichtigen",
        "Verglichen wird ein früherer mit einem späteren Stand.",
    ),
    "auswertung-unklar": Code(
        ERROR,
        "Es steht nicht genau einmal da, wie groß die Veränderung ist",
        "entweder change schreiben (in Prozent, wie die Quelle es nennt) oder indicator mit before und after, dann beim Eintrag auch space",
        "Eine Zahl der Quelle und eine gerechnete können sich widersprechen; gerechnet wird mit den Zahlen eines Gebiets aus zwei Zeiträumen.",
    ),
    "vergleich-womit": Code(
        ERROR,
        "Hier steht eine Veränderung im Vergleich, aber nicht, womit verglichen wird",
        "compared_with mit einem Namen ergänzen",
        "Wer die Zahl liest, muss wissen, wofür sie gilt.",
    ),
    "veraenderung-unmoeglich": Code(
        ERROR,
        "Um {value} % kann nichts sinken",
        "eine Veränderung von mindestens -100 schreiben; Prozentpunkte sind keine Prozent",
        "Weniger als nichts gibt es nicht.",
    ),
    "betrag-ohne-rechnung": Code(
        ERROR,
        "Dieser Betrag passt nicht zu den Veränderungen oder zum anderen Betrag",
        "bei effect auch comparison nennen, bei after_costs auch effect, und after_costs nicht größer als effect",
        "effect folgt aus dem Unterschied der Veränderungen; die Kosten sind, was zwischen effect und after_costs liegt.",
    ),
    "bruch-im-vergleich": Code(
        ERROR,
        "Zwischen den beiden Zeiträumen liegt ein Bruch: {indicator}, ab {period}",
        "zwei Zeiträume auf derselben Seite des Bruchs nehmen oder die Zeile streichen",
        "Vor und nach einem Bruch wird Verschiedenes gezählt. Was sich dabei ändert, ist keine Wirkung.",
    ),
    "vergleich-ohne-zahl": Code(
        WARNING,
        "Für diesen Vergleich fehlt eine veröffentlichte Zahl: {indicator}, {space}, {period}",
        "einen anderen Zeitraum oder ein größeres Gebiet wählen; bis dahin steht in der Zeile keine Zahl",
        "Gerechnet wird nur mit veröffentlichten Zahlen. Eine, die fehlt, könnte sonst aus den anderen folgen.",
    ),
}
