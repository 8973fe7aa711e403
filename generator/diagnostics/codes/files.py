"""What reading and writing files reports (`files/`)."""

from __future__ import annotations

from generator.diagnostics.codes.code import ERROR, Code

CODES = {
    "datei-zu-gross": Code(
        ERROR,
        "Die Datei ist mit {size} Bytes zu groß",
        "eine Datei darf höchstens {limit} Bytes haben; ein Eintrag ist meist kleiner als 5.000",
        "Ein Eintrag ist eine kleine Karteikarte. Große Dateien sind fast immer Versehen, zum Beispiel eine eingefügte Tabelle oder ein Bild. Geometrien stehen in eigenen .geojson-Dateien, Zahlenreihen in .csv-Dateien.",
    ),
    "kein-utf8": Code(
        ERROR,
        "Die Datei ist nicht in UTF-8 geschrieben",
        "die Datei im Editor mit der Kodierung UTF-8 speichern",
        "Umlaute sehen in anderen Kodierungen (etwa Latin-1 oder Windows-1252) falsch aus. Fast jeder Editor kann eine Datei „mit Kodierung speichern“.",
    ),
    "datei-unlesbar": Code(
        ERROR,
        "Die Datei lässt sich nicht lesen: {reason}",
        "den Namen und die Rechte der Datei prüfen",
        "Zum Beispiel heißt ein Ordner so wie eine Datei, oder es fehlt das Recht zum Lesen.",
    ),
    "verweis-fuehrt-hinaus": Code(
        ERROR,
        "{what} ist ein Verweis {target}",
        "was gemeint ist, selbst hierher legen; gelesen wird nur, was im Projekt liegt oder in einem Ordner, den site_config.yml oder der Aufruf nennt",
        "Ein Verweis (symbolischer Link), der aus dem Projekt hinausführt, könnte etwas veröffentlichen, das niemand veröffentlichen wollte. Verweise innerhalb des Projekts sind erlaubt.",
    ),
    "verweis-im-verweis": Code(
        ERROR,
        "Der Ordner ist ein Verweis und liegt in einem Ordner, der selbst ein Verweis ist",
        "die Dateien selbst hierher legen oder den Verweis löschen",
        "Ein Verweis (symbolischer Link) darf auf einen Ordner des Projekts zeigen. Liegen darin weitere Verweise auf Ordner, kann der Weg im Kreis führen oder sich ohne Ende verzweigen.",
    ),
    "verweis-untersagt": Code(
        ERROR,
        "{what} ist ein Verweis oder liegt hinter einem; mit --untrusted wird keinem gefolgt",
        "was gemeint ist, selbst hierher legen",
        "Mit --untrusted wird gebaut, was Fremde vorschlagen. Ein Verweis (symbolischer Link) könnte dann auf etwas zeigen, das nur auf dem bauenden Rechner liegt.",
    ),
    "name-nicht-darstellbar": Code(
        ERROR,
        "Der Name „{name}“ enthält Zeichen, die sich nicht zeigen lassen",
        "die Datei oder den Ordner umbenennen: Buchstaben, Ziffern, Punkte und Bindestriche",
        "Zeilenumbrüche, Steuerzeichen, unsichtbare Zeichen und Bytes, die kein UTF-8 sind, machen aus einem Namen etwas anderes, als man sieht. In der Meldung stehen sie ausgeschrieben, etwa \\x0a für einen Zeilenumbruch.",
    ),
    "ordner-unlesbar": Code(
        ERROR,
        "Der Ordner lässt sich nicht lesen: {reason}",
        "den Namen und die Rechte des Ordners prüfen",
        "Zum Beispiel heißt eine Datei so wie ein Ordner, oder es fehlt das Recht zum Lesen.",
    ),
}
