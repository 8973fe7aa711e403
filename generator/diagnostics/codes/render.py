"""What hand-written pages are told about their HTML and their components (`render/`)."""

from __future__ import annotations

from generator.diagnostics.codes.code import ERROR, NOTE, Code

CODES = {
    "fremdes-html": Code(
        ERROR,
        "{what} darf in einem Text der Seite nicht stehen",
        "{better}",
        "Texte in content/ sind Markdown. HTML darf gliedern und Bilder, Ton und Film der eigenen Seite zeigen. Was ein Skript ausführt, wie ein Formular aussieht, weiterleitet, das Aussehen ändert oder bei fremden Servern anfragt, gehört nicht auf eine Seite, der Menschen in Not vertrauen.",
    ),
    "text-zu-viel": Code(
        ERROR,
        "Der Text hat zu viel davon: {what}",
        "höchstens {limit} sind vorgesehen; den Text auf mehrere Seiten verteilen",
        "Das Umwandeln eines Textes dauert sonst sehr lange. Kein Text, den jemand liest, kommt an diese Grenzen; meist fehlt eine schließende Klammer, oder ein Programm hat den Text geschrieben.",
    ),
    "text-zu-tief": Code(
        ERROR,
        "Der Text ist zu tief verschachtelt",
        "Listen in Listen auflösen; mehr als vier Stufen liest niemand",
        "Jede Liste in einer Liste ist eine Stufe, ebenso jede Erklärung zu einem Begriff.",
    ),
    "baustein-schreibweise": Code(
        ERROR,
        "„{value}“ ist kein Baustein",
        "einen Namen mit Angaben in Klammern schreiben, zum Beispiel {{{{ offers(topic='schulden', limit=5) }}}}",
        "Bausteine stehen in doppelten geschweiften Klammern. Angaben sind Texte in Anführungszeichen, Zahlen oder True und False.",
    ),
    "baustein-unbekannt": Code(
        ERROR,
        "Den Baustein „{name}“ gibt es nicht",
        "{better}",
        "Alle Bausteine stehen mit Beispielen in der Referenz.",
    ),
    "baustein-angabe": Code(
        ERROR,
        "Der Baustein „{name}“ kennt die Angabe „{argument}“ nicht",
        "{better}",
        "Alle Bausteine stehen mit ihren Angaben in der Referenz.",
    ),
    "baustein-aufruf": Code(
        ERROR,
        "Die Angaben zum Baustein „{name}“ passen nicht: eine fehlt, ist zu viel oder von der falschen Art",
        "die Form ist {form}",
        "Alle Bausteine stehen mit ihren Angaben in der Referenz.",
    ),
    "baustein-verweis": Code(
        ERROR,
        "Der Baustein „{name}“ nennt mit {argument} „{value}“ etwas, das es nicht gibt",
        "{better}",
        "Angaben wie topic oder space nennen das Kürzel eines vorhandenen Eintrags.",
    ),
    "baustein-in-angabe": Code(
        ERROR,
        "Der Baustein „{name}“ steht in einer Angabe, in der nur Text stehen kann: im Titel eines Verweises, in der Beschreibung eines Bildes oder in einer Adresse",
        "den Baustein in den Text setzen und in der Angabe Worte schreiben",
        "Ein Baustein wird zu einem Stück der Seite mit Absätzen, Listen und Verweisen. In den Anführungszeichen einer Angabe hat das keinen Platz.",
    ),
    "wort-ohne-beleg": Code(
        NOTE,
        "„{word}“ steht neben einer Zahl, die sich von keiner anderen sicher unterscheidet",
        "ist das sicher? Sonst schreiben, dass kein sicherer Unterschied zu sehen ist, oder das Wort weglassen",
        "Der Baustein „figure“ nennt eine Zahl; ob sie höher, niedriger oder gestiegen ist, sagt die Rechnung. Hier ist weder der Unterschied zum Vergleichswert noch die Veränderung statistisch auffällig, beides kann Zufall sein.",
    ),
}
