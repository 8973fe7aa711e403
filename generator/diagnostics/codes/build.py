"""The messages of making a site, by code: severity, message, help, explanation, perhaps the message for several places."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, NOTE, WARNING, Code

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
    "fremdes-html": Code(
        ERROR,
        "{what} darf in einem Text der Seite nicht stehen",
        "{better}",
        "Texte in content/ sind Markdown. HTML darf gliedern und Bilder, Ton und Film der eigenen Seite zeigen. Was ein Skript ausführt, wie ein Formular aussieht, weiterleitet, das Aussehen ändert oder bei fremden Servern anfragt, gehört nicht auf eine Seite, der Menschen in Not vertrauen.",
    ),
    "html-weggelassen": Code(
        WARNING,
        "{what} kommt aus einem Plugin, hook oder einer Erweiterung und ist weggelassen",
        "{better}",
        "Was in mkdocs.yml steht, darf Texten etwas hinzufügen. Es gilt dasselbe wie für den Text: kein Skript, kein fremder Server, kein eigenes Aussehen.",
    ),
    "plugin-uebergangen": Code(
        WARNING,
        "Von „{name}“ läuft nicht: {what}",
        "{better}",
        "Plugins und hooks arbeiten an den Texten in content/, nicht an Seiten für Notlagen. Die fertigen Seiten, ihr Rahmen und alles, was Nahraum selbst baut, sind ihnen verschlossen.",
    ),
    "plugin-gescheitert": Code(
        ERROR,
        "{reason}",
        "mkdocs.yml ändern oder das Plugin installieren",
        "MkDocs oder eines seiner Plugins kommt mit mkdocs.yml nicht zurecht. Die alte Seite steht unverändert.",
    ),
    "text-zu-viel": Code(
        ERROR,
        "Der Text hat zu viel davon: {what}",
        "höchstens {limit} sind vorgesehen; den Text auf mehrere Seiten verteilen",
        "Das Umwandeln eines Textes dauert sonst sehr lange. Kein Text, den jemand liest, kommt an diese Grenzen; meist fehlt eine schließende Klammer, oder ein Programm hat den Text geschrieben.",
    ),
    "zeichen-als-text": Code(
        ERROR,
        "„{mark}“ bliebe auf der Seite als Text stehen",
        "{better}",
        "Was Markdown nicht als Anfang eines Kastens, einer Liste oder von Code erkennt, steht als Zeichen im Satz, und was darunter gehört, läuft in eine Zeile zusammen.",
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
        "ist das sicher? Sonst schreiben, dass kein Unterschied belegt ist, oder das Wort weglassen",
        "Der Baustein „figure“ nennt eine Zahl; ob sie höher, niedriger oder gestiegen ist, sagt die Rechnung. Hier ist weder der Unterschied zum Vergleichswert noch die Veränderung statistisch auffällig, beides kann Zufall sein.",
    ),
    "ziel-abgelehnt": Code(
        ERROR,
        "{reason}",
        "{better}",
        "Ein Bau tauscht den ganzen Zielordner aus. Darum schreibt er nur in einen leeren Ordner oder in einen, den Nahraum selbst geschrieben hat (darin liegt die Datei .nahraum-site), nie in das Projekt, einen Ordner darüber oder ein Repository. Zwei Läufe schreiben nie zugleich an dieselbe Stelle.",
    ),
    "website-nicht-geschrieben": Code(
        ERROR,
        "Die Website ließ sich nicht schreiben: {reason}",
        "prüfen, ob auf dem Datenträger Platz ist und ob hier geschrieben werden darf; die alte Seite ist unverändert",
        "Gebaut wird neben dem Ziel. Erst wenn alles geschrieben ist, werden die Ordner getauscht; bis dahin bleibt die alte Seite, wie sie ist.",
    ),
    "fehler-von-nahraum": Code(
        ERROR,
        "Nahraum ist hier an einem eigenen Fehler gescheitert{page} ({kind} in {line})",
        "Das ist ein Fehler von Nahraum, nicht von Ihnen.{kept} Bitte melden: diese Meldung, „nahraum --version“ und, was „{variable}=1“ vor demselben Befehl zeigt. Die genannte Datei anzusehen hilft vielleicht weiter",
        "Was in den Einträgen nicht stimmt, sagt Nahraum sonst mit Datei, Zeile und Hilfe. Hier kam etwas, womit niemand gerechnet hat. Die Datei ist die, die gerade an der Reihe war; sie muss nicht falsch sein. Mit der Umgebungsvariable NAHRAUM_TRACEBACK=1 (oder „nahraum --traceback …“) steht darunter der Weg durch das Programm. Er kann Namen und Zahlen aus den Einträgen enthalten: vor dem Weitergeben ansehen.",
    ),
    "prozess-beendet": Code(
        ERROR,
        "Ein Teil des Baus ist beendet worden ({how})",
        "Meist war der Arbeitsspeicher voll: andere Programme schließen oder dem Bau mehr Speicher geben, dann noch einmal bauen.{kept}",
        "Große Seiten bauen mehrere Prozesse zugleich. Einer davon hat nicht zu Ende gearbeitet, meist, weil das System oder ein Container ihn beendet hat. An den Einträgen liegt es nicht.",
    ),
    "datei-vom-system-verweigert": Code(
        ERROR,
        "Die Datei lässt sich nicht lesen oder schreiben: {reason}",
        "Platz, Rechte und Namen prüfen, dann denselben Befehl noch einmal aufrufen.{kept}",
        "Das Betriebssystem hat einen Zugriff abgelehnt. An den Einträgen liegt es nicht.",
    ),
    "seite-verdeckt": Code(
        WARNING,
        "Diese Seite erscheint nicht: Unter ihrer Adresse „{path}“ steht schon {what}",
        "der Datei einen anderen Namen geben",
        "Jede Adresse gehört einer Seite. Wo Nahraum selbst eine baut (Listen, Einträge, Kennzahlen), gilt diese; bei zwei Dateien für dieselbe Adresse (wir.md und wir/index.md) gilt die eine, die in der Meldung steht.",
    ),
    "pdf-fehlt": Code(
        ERROR,
        "PDF lassen sich hier nicht schreiben: {reason}",
        "das Extra installieren (im Ordner des Programms pip install '.[pdf]') und die Systempakete libpango-1.0-0, libpangoft2-1.0-0 und libharfbuzz-subset0, oder in site_config.yml pdf: no",
        "PDF schreibt WeasyPrint. Es braucht die Schrift- und Satzbibliothek Pango vom Betriebssystem.",
    ),
}
