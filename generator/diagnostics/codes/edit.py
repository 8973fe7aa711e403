"""What imports, new records and the usual writing report (`edit/`)."""

from __future__ import annotations

from generator.diagnostics.codes.code import ERROR, NOTE, WARNING, Code

CODES = {
    "eintrag-vorhanden": Code(
        ERROR,
        "„{name}“ gibt es schon",
        "{help}",
        "Was schon da ist, hat vielleicht jemand von Hand gepflegt. Nahraum überschreibt es nur, wenn --update dabeisteht; dann bleiben Felder, die die Tabelle nicht kennt, stehen.",
    ),
    "eintrag-fehlt": Code(
        ERROR,
        "„{name}“ ist {what}",
        "{better}",
        "Geändert wird nur, was da ist. Das Kürzel eines Eintrags ist der Name seiner Datei ohne .yml.",
    ),
    "uebersetzung-doppelt": Code(
        ERROR,
        "Für „{name}“ steht schon in Zeile {first} eine Übersetzung",
        "eine der beiden Zeilen löschen oder ihre Übersetzung leeren",
        "Welche gelten soll, wissen nur Menschen. Darum wird nichts geschrieben.",
    ),
    "formel-in-zelle": Code(
        ERROR,
        "In der Zelle steht eine Formel",
        "den Text selbst in die Zelle schreiben; was mit = beginnt, mit einem Apostroph davor",
        "Eine Formel rechnet jedes Programm selbst aus. Übernommen wird nur Text.",
    ),
    "auszug-unlesbar": Code(
        ERROR,
        "Der Auszug lässt sich nicht lesen: {reason}",
        "einen Auszug aus OpenStreetMap als .osm.pbf herunterladen (docs/import.md) und dessen Namen angeben",
        "Gelesen werden Auszüge aus OpenStreetMap: .osm.pbf, .osm, .osm.bz2 oder .osm.gz. Abgebrochene Downloads sind unvollständig.",
    ),
    "osm-extra-fehlt": Code(
        ERROR,
        "Zum Lesen von Auszügen aus OpenStreetMap fehlt hier ein Paket",
        "pip install 'nahraum[osm]'",
        "Das Paket osmium wird nur für „nahraum import osm“ gebraucht, nicht zum Bauen.",
    ),
    "osm-grenze-fehlt": Code(
        ERROR,
        "Im Auszug ist keine Grenze, die „{name}“ heißt",
        "in site_config.yml unter town den Namen so schreiben wie in OpenStreetMap; ganz im Auszug liegen: {known}",
        "Was zur Stadt gehört, sagt ihre Grenze in OpenStreetMap. Gesucht wird sie mit dem Namen unter town, sonst mit dem des Herausgebers.",
    ),
    "osm-grenze-abgeschnitten": Code(
        ERROR,
        "Die Grenze von „{name}“ liegt nicht ganz im Auszug",
        "einen größeren Auszug nehmen, zum Beispiel den des Regierungsbezirks oder Landes",
        "Auszüge schneiden am Rand ab. Mit einer halben Grenze wüsste niemand, was zur Stadt gehört.",
    ),
    "osm-ebenen": Code(
        ERROR,
        "Welche Grenzen zu den Ebenen unter der Stadt gehören ({levels}), ist nicht sicher",
        "--admin-levels nennt für jede die Zahl aus OpenStreetMap, durch Komma getrennt; in der Stadt gibt es: {known}",
        "OpenStreetMap nummeriert die Ebenen der Verwaltung (admin_level): 6 Kreise, 8 Gemeinden, 9 Stadtbezirke, 10 Stadtteile. Gibt es keine passenden, hat die Stadt in site_config.yml nur eine Ebene, oder die Grenzen kommen aus einer anderen Datei („nahraum import areas“).",
    ),
    "vorschlag-fehlt": Code(
        ERROR,
        "Einen Vorschlag „{name}“ gibt es nicht",
        "{better}",
        "Vorschläge liegen in proposals/osm/places/, je Ort eine Datei. Übernommen werden alle, die genannt oder in der Liste angekreuzt sind, oder keiner.",
    ),
    "gedaechtnis-unlesbar": Code(
        ERROR,
        "Was der letzte Import geschrieben hat, lässt sich nicht lesen",
        "die Datei aus der Versionsgeschichte zurückholen; ist sie verloren, sie löschen, dann gilt alles Vorhandene als von Hand gepflegt",
        "Der Import merkt sich, was er geschrieben hat. Nur so kann er unterscheiden, was jemand von Hand geändert hat und was bloß alt ist.",
    ),
    "gebiet-mit-zahlen": Code(
        ERROR,
        "Von „{name}“ sind hier Zahlen festgehalten",
        "das Kürzel lassen, wie es ist; wie das Gebiet heißt, sagt sein Feld name",
        "Geschützte Tabellen und veröffentlichte Ausgaben nennen Gebiete beim Kürzel und tragen eine Prüfsumme. Ein anderes Kürzel wäre für sie ein anderes Gebiet.",
    ),
    "trennzeichen": Code(
        ERROR,
        "Die Spalten sind mit {found} getrennt, nicht mit {expected}",
        "in der Zuordnung unter table „separator: {sign}“ ergänzen oder die Tabelle anders ausgeben",
        "Deutsche Tabellenprogramme trennen oft mit Semikolon. Die Zuordnung sagt, was gilt; geraten wird nicht, weil ein Komma auch im Text stehen kann.",
    ),
    "dezimalkomma": Code(
        ERROR,
        "„{value}“ hat ein Komma statt eines Punktes",
        'in der Zuordnung unter table „decimal: ","“ ergänzen oder die Tabelle mit Dezimalpunkt ausgeben',
        "Deutsche Tabellenprogramme schreiben Zahlen mit Komma. Die Zuordnung sagt, dass es so ist.",
    ),
    "ueberschrift-leer": Code(
        ERROR,
        "Spalte {number} hat keine Überschrift, aber Werte",
        "in der ersten Zeile einen Namen für die Spalte ergänzen oder die Spalte löschen",
        "Jede Spalte mit Werten braucht einen Namen, damit die Zuordnung sie nennen kann. Ganz leere Spalten am Rand stören nicht.",
    ),
    "ueberschrift-doppelt": Code(
        ERROR,
        "Die Überschrift „{name}“ steht zweimal da, in Spalte {first} und {second}",
        "eine der beiden Spalten umbenennen oder löschen",
        "Heißen zwei Spalten gleich, ist unklar, welche gemeint ist.",
    ),
    "zelle-leer": Code(
        ERROR,
        "In der Spalte „{name}“ steht nichts, aber „{field}“ wird gebraucht",
        "die Zelle ausfüllen oder die Zeile löschen",
        "Ohne diese Angabe lässt sich der Eintrag nicht verwenden.",
    ),
    "kennung-doppelt": Code(
        ERROR,
        "Die Kennung „{value}“ steht schon in {first}",
        "jede Kennung nur einmal verwenden",
        "Die Kennung wird zum Namen der Datei. Zwei Einträge mit derselben Kennung überschrieben einander.",
    ),
    "angaben-verschieden": Code(
        ERROR,
        "Zu „{value}“ steht hier bei {field} etwas anderes als in Zeile {first}",
        "die Angaben angleichen oder verschiedene Kennungen verwenden",
        "Träger und Orte kommen in mehreren Zeilen vor. Dann müssen ihre Angaben überall gleich sein, sonst wäre unklar, welche gilt.",
    ),
    "wert-ohne-zuordnung": Code(
        ERROR,
        "Was „{value}“ in der Spalte „{name}“ bedeutet, sagt die Zuordnung nicht",
        "in der Zuordnung unter values bei „{name}“ eine Zeile dafür ergänzen",
        "Mit |value schlägt Nahraum jeden Wert einer Spalte in der Liste unter values nach.",
    ),
    "unbekannte-umformung": Code(
        ERROR,
        "„{name}“ ist keine Umformung",
        "{better}",
        "Hinter dem Namen einer Spalte kann nach einem senkrechten Strich stehen, wie der Wert umgeformt wird, zum Beispiel <Straße|street>.",
    ),
    "wert-ausgelassen": Code(
        WARNING,
        "„{value}“ passt nicht in das Feld „{field}“ und wurde ausgelassen",
        "den Wert in der Tabelle berichtigen oder im Eintrag nachtragen",
        "In der Zuordnung steht unreadable: leave-out. Dann hält ein unlesbarer Wert in einem Feld, das nicht gebraucht wird, den Rest der Tabelle nicht auf; jede Auslassung wird genannt.",
    ),
    "spalte-verloren": Code(
        ERROR,
        "„{field}“ bliebe in {lost} von {given} Zeilen leer, obwohl {columns} dort etwas nennen: „{empty}“ ist leer",
        "was leer sein darf, bekommt in der Zuordnung ein Fragezeichen: <{empty}?>",
        "Ein Feld aus mehreren Spalten entfällt, wenn eine davon leer ist. Geht so das meiste verloren, oder würde aus einer Hausnummer eine ganze Straße, wird nichts geschrieben.",
    ),
    "spalte-lueckenhaft": Code(
        WARNING,
        "„{field}“ bleibt in {lost} von {given} Zeilen leer, obwohl {columns} dort etwas nennen: „{empty}“ ist leer",
        "was leer sein darf, bekommt in der Zuordnung ein Fragezeichen: <{empty}?>",
        "Ein Feld aus mehreren Spalten entfällt, wenn eine davon leer ist.",
    ),
    "spalte-kommt-nicht-an": Code(
        WARNING,
        "„{field}“ bekommt keinen Wert: Aus {columns} bleibt in allen {given} Zeilen nichts übrig",
        "den Ausschnitt und die Umformung in der Zuordnung prüfen",
        "Zum Beispiel schneidet <Nr[6:]> von kürzeren Texten alles ab, oder kein Wert passt in das Feld.",
    ),
    "spalte-ohne-werte": Code(
        WARNING,
        "„{field}“ bekommt keinen Wert: {columns} ist in allen {rows} Zeilen leer",
        "prüfen, ob eine andere Spalte gemeint ist, oder die Zeile aus der Zuordnung nehmen",
        "Eine leere Spalte ist oft ein Rest in der Tabelle; die Angaben stehen dann anderswo.",
    ),
    "eigenschaft-fehlt": Code(
        ERROR,
        "Gebiet Nr. {number} hat keine Eigenschaft „{name}“",
        "{better}",
        "GeoJSON-Dateien geben jedem Gebiet Eigenschaften mit (properties). Die Namen unterscheiden Groß- und Kleinschreibung.",
    ),
    "eigenschaft-leer": Code(
        ERROR,
        "Bei Gebiet Nr. {number} ist „{name}“ leer",
        "die Eigenschaft in der GeoJSON-Datei ausfüllen",
        "Jedes Gebiet braucht eine Kennung und einen Namen.",
    ),
    "weitere-faelle": Code(
        NOTE,
        "Dieselbe Meldung ({same}) gibt es in {count} weiteren Zeilen",
        "zuerst die gezeigten Zeilen ansehen; meist ist die Ursache überall dieselbe",
        "Damit die Ausgabe lesbar bleibt, stehen von jeder Meldung höchstens zwanzig da.",
    ),
    "nicht-von-selbst": Code(
        ERROR,
        "„{field}“ lässt sich hier nicht von selbst ändern",
        "den Wert von Hand ändern; die Datei ist, wie sie war",
        "In einer Datei wird nur die Stelle neu geschrieben, an der ein Wert steht. Danach wird nachgelesen, ob sonst alles gleich geblieben ist: jeder andere Wert, jede Bemerkung. Wo das bei einer ungewöhnlichen Schreibweise nicht gelingt, bleibt die Datei, wie sie ist.",
    ),
    "schreibweise": Code(
        WARNING,
        "Die Datei steht nicht in der üblichen Schreibweise",
        "„nahraum fmt“ schreibt sie um",
        "„nahraum fmt“ vereinheitlicht Zeiten, Daten, Leerzeichen am Ende von Zeilen und Zeilenenden. Einrückung und Bemerkungen bleiben, wie sie sind.",
    ),
}
