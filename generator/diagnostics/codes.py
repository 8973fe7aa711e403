"""Every diagnostic that can be reported: severity, message, help and explanation, in German, by its stable code.

`diagnostic(code, position, **values)` fills the message and help; `nahraum explain CODE` prints the explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from generator.diagnostics import Diagnostic, Position, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem; `message` and `help` are templates for `str.format`.

    `many` is the message when one cause shows in several places, which are then reported as one problem; `{{count}}` stays open.
    """

    severity: Severity
    message: str
    help: str
    explain: str
    many: str = ""


_ERROR: Severity = "error"
_WARNING: Severity = "warning"
_NOTE: Severity = "note"

_FILES = {
    "datei-zu-gross": Code(
        _ERROR,
        "Die Datei ist mit {size} Bytes zu groß",
        "eine Datei darf höchstens {limit} Bytes haben; ein Eintrag ist meist kleiner als 5.000",
        "Ein Eintrag ist eine kleine Karteikarte. Große Dateien sind fast immer Versehen, zum Beispiel eine eingefügte Tabelle oder ein Bild. Geometrien stehen in eigenen .geojson-Dateien, Zahlenreihen in .csv-Dateien.",
    ),
    "kein-utf8": Code(
        _ERROR,
        "Die Datei ist nicht in UTF-8 geschrieben",
        "die Datei im Editor mit der Kodierung UTF-8 speichern",
        "Umlaute sehen in anderen Kodierungen (etwa Latin-1 oder Windows-1252) falsch aus. Fast jeder Editor kann eine Datei „mit Kodierung speichern“.",
    ),
    "datei-leer": Code(
        _ERROR,
        "Die Datei ist leer",
        "die Felder ausfüllen oder die Datei löschen; „nahraum new“ schreibt eine Vorlage",
        "Eine leere Datei ist kein Eintrag.",
    ),
    "datei-unlesbar": Code(
        _ERROR,
        "Die Datei lässt sich nicht lesen: {reason}",
        "den Namen und die Rechte der Datei prüfen",
        "Zum Beispiel heißt ein Ordner so wie eine Datei, oder es fehlt das Recht zum Lesen.",
    ),
    "fremdes-html": Code(
        _ERROR,
        "{what} darf in einem Text der Seite nicht stehen",
        "{better}",
        "Texte in content/ sind Markdown. HTML darf gliedern und Bilder, Ton und Film der eigenen Seite zeigen. Was ein Skript ausführt, wie ein Formular aussieht, weiterleitet, das Aussehen ändert oder bei fremden Servern anfragt, gehört nicht auf eine Seite, der Menschen in Not vertrauen.",
    ),
    "rahmen-fremd": Code(
        _WARNING,
        "Eigene Texte dürfen Rahmen von {host} zeigen",
        "prüfen, ob ein Verweis genügt, und den Anbieter in der Datenschutzerklärung nennen",
        "Jeder Aufruf einer Seite mit einem fremden Rahmen verrät dem anderen Anbieter die Adresse des Geräts und die Uhrzeit, und was im Rahmen läuft, prüft hier niemand.",
    ),
    "rahmen-adresse": Code(
        _ERROR,
        "„{value}“ taugt nicht als Anfang von Adressen",
        "https://, den Namen des Servers und einen Pfad schreiben, der auf / endet, zum Beispiel https://video.stadt.example/einbetten/",
        "Ohne den Schrägstrich hinter dem Namen passte der Anfang auch zu fremden Servern mit ähnlichem Namen.",
    ),
    "ziel-abgelehnt": Code(
        _ERROR,
        "{reason}",
        "{better}",
        "Ein Bau tauscht den ganzen Zielordner aus. Darum schreibt er nur in einen leeren Ordner oder in einen, den Nahraum selbst geschrieben hat (darin liegt die Datei .nahraum-site), nie in das Projekt, einen Ordner darüber oder ein Repository. Zwei Läufe schreiben nie zugleich an dieselbe Stelle.",
    ),
    "website-nicht-geschrieben": Code(
        _ERROR,
        "Die Website ließ sich nicht schreiben: {reason}",
        "prüfen, ob auf dem Datenträger Platz ist und ob hier geschrieben werden darf; die alte Seite ist unverändert",
        "Gebaut wird neben dem Ziel. Erst wenn alles geschrieben ist, werden die Ordner getauscht; bis dahin bleibt die alte Seite, wie sie ist.",
    ),
    "verweis-fuehrt-hinaus": Code(
        _ERROR,
        "{what} ist ein Verweis {target}",
        "was gemeint ist, selbst hierher legen; gelesen wird nur, was im Projekt liegt oder in einem Ordner, den site_config.yml oder der Aufruf nennt",
        "Ein Verweis (symbolischer Link), der aus dem Projekt hinausführt, könnte etwas veröffentlichen, das niemand veröffentlichen wollte. Verweise innerhalb des Projekts sind erlaubt.",
    ),
    "verweis-im-verweis": Code(
        _ERROR,
        "Der Ordner ist ein Verweis und liegt in einem Ordner, der selbst ein Verweis ist",
        "die Dateien selbst hierher legen oder den Verweis löschen",
        "Ein Verweis (symbolischer Link) darf auf einen Ordner des Projekts zeigen. Liegen darin weitere Verweise auf Ordner, kann der Weg im Kreis führen oder sich ohne Ende verzweigen.",
    ),
    "verweis-untersagt": Code(
        _ERROR,
        "{what} ist ein Verweis oder liegt hinter einem; mit --untrusted wird keinem gefolgt",
        "was gemeint ist, selbst hierher legen",
        "Mit --untrusted wird gebaut, was Fremde vorschlagen. Ein Verweis (symbolischer Link) könnte dann auf etwas zeigen, das nur auf dem bauenden Rechner liegt.",
    ),
    "einstellung-uebergangen": Code(
        _WARNING,
        "Mit --untrusted gilt „{name}“ nicht",
        "ohne --untrusted bauen, sobald jemand den Vorschlag geprüft hat",
        "Mit --untrusted wird gebaut, was Fremde vorschlagen. Was Seiten bei anderen Servern anfragen lässt (embedded, basemap), gilt dann nicht.",
    ),
    "mkdocs-uebergangen": Code(
        _NOTE,
        "Mit --untrusted wird mkdocs.yml nicht gelesen",
        "ohne --untrusted bauen, sobald jemand den Vorschlag geprüft hat",
        "mkdocs.yml kann Programme ausführen: hooks, Erweiterungen und Marken wie !!python/…. Mit --untrusted gelten stattdessen die üblichen Erweiterungen für Markdown.",
    ),
    "mkdocs-erbt": Code(
        _ERROR,
        "INHERIT in mkdocs.yml wird nicht gelesen",
        "die Einstellungen selbst in mkdocs.yml schreiben und INHERIT löschen",
        "Von mkdocs.yml gelten nur die Erweiterungen für Markdown und hooks. Gelesen wird nur diese eine Datei.",
    ),
    "name-nicht-darstellbar": Code(
        _ERROR,
        "Der Name „{name}“ enthält Zeichen, die sich nicht zeigen lassen",
        "die Datei oder den Ordner umbenennen: Buchstaben, Ziffern, Punkte und Bindestriche",
        "Zeilenumbrüche, Steuerzeichen, unsichtbare Zeichen und Bytes, die kein UTF-8 sind, machen aus einem Namen etwas anderes, als man sieht. In der Meldung stehen sie ausgeschrieben, etwa \\x0a für einen Zeilenumbruch.",
    ),
    "ordner-unlesbar": Code(
        _ERROR,
        "Der Ordner lässt sich nicht lesen: {reason}",
        "den Namen und die Rechte des Ordners prüfen",
        "Zum Beispiel heißt eine Datei so wie ein Ordner, oder es fehlt das Recht zum Lesen.",
    ),
    "hintergrundkarte-pmtiles": Code(
        _WARNING,
        "Die Hintergrundkarte „{file}“ wird nicht gezeigt",
        "basemap weglassen oder einen Kachelserver nennen: basemap: {{tiles: https://…/{{z}}/{{x}}/{{y}}.png, attribution: …}}",
        "PMTiles-Dateien brauchen ein Programm im Browser, das noch nicht mitgeliefert wird. Die Karten zeigen solange nur die eigenen Gebiete und was in resources/context/ liegt.",
    ),
    "hintergrundkarte-adresse": Code(
        _ERROR,
        "„{address}“ ist keine Adresse eines Kachelservers",
        "eine Adresse mit https:// angeben oder einen Pfad der eigenen Seite",
        "Nur was hier steht, dürfen die Seiten laden, und nur verschlüsselt. Die Adresse enthält die Platzhalter z, x und y in geschweiften Klammern.",
    ),
    "ordner-statt-datei": Code(
        _ERROR,
        "„{name}“ ist ein Ordner und keine Datei",
        "den Ordner umbenennen oder seinen Inhalt eine Ebene höher legen",
        "Jeder Eintrag ist eine Datei, deren Name auf .yml endet.",
    ),
    "fremde-datei": Code(
        _WARNING,
        "„{name}“ gehört nicht hierher",
        "{better}",
        "In den Ordnern der Einträge stehen nur Dateien mit der Endung .yml. Anderes wird nicht gelesen.",
    ),
    "unbekannter-ordner": Code(
        _WARNING,
        "„{name}“ ist keine Art von Einträgen",
        "bekannt sind: {known}",
        "Unter resources/ gibt es für jede Art von Einträgen einen Ordner mit festem Namen. Andere Ordner werden nicht gelesen.",
    ),
    "dateiname": Code(
        _ERROR,
        "„{name}“ taugt nicht als Kürzel",
        "kleine Buchstaben a–z, Ziffern und Bindestriche verwenden, zum Beispiel {better}",
        "Der Name der Datei ist das Kürzel des Eintrags und ein Teil seiner Adresse im Netz. Er soll sich nie ändern müssen. Er hat höchstens 100 Zeichen, und Namen wie con oder aux gibt Windows keiner Datei.",
    ),
    "steuerzeichen": Code(
        _ERROR,
        "Ein unsichtbares Steuerzeichen ({character}) steht in der Datei",
        "das Zeichen löschen; es kommt meist durch Einfügen aus einem anderen Programm hinein",
        "YAML erlaubt keine Steuerzeichen.",
    ),
    "ordner-fehlt": Code(
        _ERROR,
        "Der Ordner „{name}“ fehlt",
        "den Befehl im Ordner des Projekts aufrufen; in einem neuen Projekt den Ordner „{name}“ anlegen",
        "Ein Projekt hat site_config.yml und den Ordner resources/.",
    ),
    "ablage-fehlt": Code(
        _ERROR,
        "Die interne Ablage „{name}“ ist nicht da",
        "den Ordner in site_config.yml unter overlay nennen und neben das Projekt legen",
        "Für die interne Seite werden die Einträge der internen Ablage über die öffentlichen gelegt.",
    ),
    "einstellungen-fehlen": Code(
        _ERROR,
        "site_config.yml fehlt",
        "den Befehl im Ordner des Projekts aufrufen oder ihn mit --project nennen",
        "In site_config.yml steht, wer die Seite herausgibt, welche Sprachen und welche Ebenen von Gebieten es gibt.",
    ),
}

_OURS = {
    "fehler-von-nahraum": Code(
        _ERROR,
        "Nahraum ist hier an einem eigenen Fehler gescheitert{page} ({kind} in {line})",
        "Das ist ein Fehler von Nahraum, nicht von Ihnen.{kept} Bitte melden: diese Meldung, „nahraum --version“ und, was „{variable}=1“ vor demselben Befehl zeigt. Die genannte Datei anzusehen hilft vielleicht weiter",
        "Was in den Einträgen nicht stimmt, sagt Nahraum sonst mit Datei, Zeile und Hilfe. Hier kam etwas, womit niemand gerechnet hat. Die Datei ist die, die gerade an der Reihe war; sie muss nicht falsch sein. Mit der Umgebungsvariable NAHRAUM_TRACEBACK=1 (oder „nahraum --traceback …“) steht darunter der Weg durch das Programm. Er kann Namen und Zahlen aus den Einträgen enthalten: vor dem Weitergeben ansehen.",
    ),
    "datei-vom-system-verweigert": Code(
        _ERROR,
        "Die Datei lässt sich nicht lesen oder schreiben: {reason}",
        "Platz, Rechte und Namen prüfen, dann denselben Befehl noch einmal aufrufen.{kept}",
        "Das Betriebssystem hat einen Zugriff abgelehnt. An den Einträgen liegt es nicht.",
    ),
}

_WRITING = {
    "kein-yaml": Code(
        _ERROR,
        "Das ist kein gültiges YAML: {problem}",
        "Einrückung, Doppelpunkte und Klammern in dieser und der vorigen Zeile prüfen",
        "YAML ordnet Felder durch Einrückung mit Leerzeichen. Listen stehen mit „- “ untereinander oder in eckigen Klammern.",
    ),
    "tabulator": Code(
        _ERROR,
        "Ein Tabulator steht in der Einrückung",
        "Leerzeichen statt Tabulatoren verwenden, zwei je Stufe",
        "YAML erlaubt zum Einrücken nur Leerzeichen.",
    ),
    "doppelpunkt-im-text": Code(
        _ERROR,
        "Ein Doppelpunkt mit Leerzeichen steht mitten in einem Text",
        'den Text in Anführungszeichen setzen, zum Beispiel "Treff: jeden Montag"',
        "Doppelpunkt und Leerzeichen trennen in YAML ein Feld von seinem Wert. Mitten in einem Text müssen Anführungszeichen ihn schützen.",
    ),
    "klammer-offen": Code(
        _ERROR,
        "Eine Klammer wird nicht richtig geschlossen",
        "zu jeder öffnenden Klammer die schließende setzen und Einträge mit Komma trennen",
        "Listen in eckigen Klammern und Felder in geschweiften Klammern müssen geschlossen werden, bevor das nächste Feld beginnt.",
    ),
    "anfuehrung-offen": Code(
        _ERROR,
        "Ein Anführungszeichen wird nicht geschlossen",
        "am Ende des Textes dasselbe Anführungszeichen setzen",
        "Ein Text, der mit \" oder ' beginnt, endet auch damit.",
    ),
    "sonderzeichen-am-anfang": Code(
        _ERROR,
        "Ein Text darf nicht mit „{character}“ beginnen",
        "den Text in Anführungszeichen setzen",
        "Einige Zeichen haben in YAML eine eigene Bedeutung: @ ` % & * ! |",
    ),
    "zu-tief": Code(
        _ERROR,
        "Hier ist zu tief verschachtelt",
        "höchstens {limit} Stufen sind erlaubt; ein Eintrag braucht selten mehr als vier",
        "So tiefe Verschachtelung ist immer ein Versehen.",
    ),
    "zweites-dokument": Code(
        _ERROR,
        "Hier beginnt ein zweites Dokument",
        "jeden Eintrag in eine eigene Datei schreiben",
        "Eine Zeile „---“ beginnt ein neues YAML-Dokument. Eine Datei ist genau ein Eintrag.",
    ),
    "verweis-in-yaml": Code(
        _ERROR,
        "„{name}“ ist ein Verweis innerhalb von YAML",
        "den Wert ausschreiben; beginnt ein Text mit * oder &, gehört er in Anführungszeichen",
        "Anker (&), Verweise (*) und << machen Dateien schwer lesbar und sind hier nicht erlaubt.",
    ),
    "typ-marke": Code(
        _ERROR,
        "„{tag}“ ist eine Typ-Marke von YAML",
        "die Marke löschen; beginnt ein Text mit !, gehört er in Anführungszeichen",
        "Welche Art von Wert ein Feld hat, ist festgelegt und muss nicht dazugeschrieben werden.",
    ),
    "doppelter-schluessel": Code(
        _ERROR,
        "Das Feld „{name}“ steht zweimal da",
        "nur eines behalten; das erste steht in Zeile {first}",
        "Steht ein Feld doppelt, ist unklar, welcher Wert gilt.",
    ),
    "schluessel-kein-text": Code(
        _ERROR,
        "Der Name eines Feldes muss ein einfacher Text sein",
        "ein Wort, dann Doppelpunkt und Leerzeichen schreiben",
        "Listen oder Gruppen können kein Feldname sein. Oft fehlt ein Anführungszeichen um {…} oder […].",
    ),
    "komma-trennt": Code(
        _ERROR,
        "Ein Komma trennt hier den Text: „{name}“ steht ohne Wert da",
        "den ganzen Text in Anführungszeichen setzen oder die Gruppe auf mehrere Zeilen schreiben",
        'In {…} und […] beendet ein Komma den Wert. Aus {when: Mi,Sa 07:00} würde „Mi“ und ein Feld „Sa 07:00“. Mit Anführungszeichen bleibt der Text ganz: {when: "Mi,Sa 07:00"}.',
    ),
    "raute-schneidet-ab": Code(
        _WARNING,
        "Nach „ #“ ist der Text abgeschnitten: „{cut}“",
        "den ganzen Text in Anführungszeichen setzen oder vor dem # kein Leerzeichen lassen",
        "Leerzeichen und # beginnen in YAML eine Bemerkung. Gehört der Rest zum Text, schützen ihn Anführungszeichen.",
    ),
}

_FIELDS = {
    "unbekanntes-feld": Code(
        _ERROR,
        "Das Feld „{name}“ gibt es hier nicht",
        "{better}",
        "Felder haben feste englische Namen. Die Liste steht in der Referenz.",
    ),
    "feld-fehlt": Code(
        _ERROR,
        "Das Feld „{name}“ fehlt",
        "es wird gebraucht: {title}",
        "Ohne dieses Feld lässt sich der Eintrag nicht verwenden.",
    ),
    "falsche-form": Code(
        _ERROR,
        "Hier gehört {expected} hin, aber da steht {found}",
        "eine Liste steht in eckigen Klammern, etwa [eins, zwei]; eine Vorlage für alle Felder schreibt „nahraum new“",
        "Jedes Feld hat eine feste Form: ein Text, eine Liste oder eine Gruppe von Feldern.",
    ),
    "falscher-wert": Code(
        _ERROR, "„{value}“ ist hier nicht möglich", "{better}", "Dieses Feld kennt nur bestimmte Werte."
    ),
    "text-leer": Code(
        _ERROR,
        "Der Text ist leer",
        "etwas hineinschreiben oder das Feld weglassen",
        "Ein leerer Text in Anführungszeichen hilft niemandem.",
    ),
    "sprache-unbekannt": Code(
        _ERROR,
        "Die Sprache „{value}“ ist unbekannt",
        "das Kürzel der Sprache nach ISO 639 schreiben, zum Beispiel de, en, tr, ar oder uk",
        "Aus dem Kürzel folgen Schreibrichtung, Daten und Zahlen der Seiten in dieser Sprache.",
    ),
    "text-zu-lang": Code(
        _ERROR,
        "Der Text ist mit {length} Zeichen zu lang",
        "höchstens {limit} Zeichen schreiben; Längeres gehört in description oder auf eine eigene Seite in content/",
        "Ein Eintrag ist eine Karteikarte. Überlange Werte sind fast immer Versehen, etwa eine eingefügte Tabelle.",
    ),
    "text-unsichtbar": Code(
        _ERROR,
        "Der Text besteht nur aus unsichtbaren Zeichen",
        "etwas Lesbares hineinschreiben oder das Feld weglassen",
        "Zeichen ohne Breite und Zeichen für die Schreibrichtung sind nicht zu sehen; ein Name aus ihnen wäre eine leere Zeile.",
    ),
    "zahl-negativ": Code(
        _ERROR,
        "„{value}“ ist kleiner als null",
        "einen Betrag ohne Minus schreiben",
        "Beträge, Stunden und Anzahlen von Menschen sind null oder mehr.",
    ),
    "datum-unglaubhaft": Code(
        _ERROR,
        "„{value}“ kann nicht gemeint sein",
        "ein Datum zwischen {first} und {last} schreiben; ohne Ende das Feld weglassen",
        "Daten wie 9999-12-31 stehen in anderen Programmen für „unbegrenzt“. Hier bleibt ein Feld, das nicht gilt, einfach weg.",
    ),
    "dauer-unglaubhaft": Code(
        _ERROR,
        "Die Dauer „{value}“ ist länger als 100 Jahre",
        "eine kürzere Dauer schreiben oder das Feld weglassen",
        "Mit so langen Dauern lässt sich nicht rechnen, und niemand meint sie.",
    ),
    "alter-unglaubhaft": Code(
        _ERROR,
        "Das Alter „{value}“ liegt über 120 Jahren",
        "das Alter in Jahren schreiben, zum Beispiel 6-10, oder mit months in Monaten; ohne Grenze nach oben 16+",
        "Ein Alter wie 999 steht in anderen Programmen für „ohne Grenze“.",
    ),
    "liste-leer": Code(
        _ERROR,
        "Die Liste „{name}“ ist leer",
        "mindestens einen Eintrag nennen",
        "Dieses Feld braucht mindestens einen Eintrag.",
    ),
    "kein-kuerzel": Code(
        _ERROR,
        "„{value}“ ist kein Kürzel",
        "kleine Buchstaben a–z, Ziffern und Bindestriche verwenden",
        "Verweise nennen das Kürzel eines Eintrags, also den Namen seiner Datei ohne Endung.",
    ),
    "kein-ja-nein": Code(
        _ERROR,
        "„{value}“ ist weder yes noch no",
        "yes oder no schreiben",
        "Damit alle Dateien gleich aussehen, gibt es nur diese beiden Wörter.",
    ),
    "keine-zahl": Code(
        _ERROR,
        "„{value}“ ist keine Zahl",
        "Ziffern und höchstens einen Punkt schreiben, zum Beispiel 3.50",
        "Zahlen stehen mit Dezimalpunkt und ohne Trennzeichen für Tausender.",
    ),
    "keine-ganze-zahl": Code(
        _ERROR,
        "„{value}“ ist keine ganze Zahl",
        "nur Ziffern schreiben",
        "Hier wird gezählt; Nachkommastellen, Vorzeichen und Trennzeichen passen nicht.",
    ),
    "kein-datum": Code(
        _ERROR,
        "„{value}“ ist kein Datum",
        "Jahr-Monat-Tag schreiben, zum Beispiel 2026-10-01",
        "Daten stehen immer als Jahr-Monat-Tag, damit sie eindeutig sind und sich sortieren lassen.",
    ),
    "deutsches-datum": Code(
        _ERROR,
        "„{value}“ steht in deutscher Schreibweise",
        "{better} schreiben",
        "Daten stehen immer als Jahr-Monat-Tag, damit sie eindeutig sind und sich sortieren lassen.",
    ),
    "keine-uhrzeit": Code(
        _ERROR,
        "„{value}“ ist keine Uhrzeit",
        "Stunden und Minuten schreiben, zum Beispiel 15:00",
        "Uhrzeiten stehen von 0:00 bis 23:59.",
    ),
    "keine-dauer": Code(
        _ERROR,
        "„{value}“ ist keine Dauer",
        "eine Zahl und days, weeks, months oder years schreiben, zum Beispiel 6 months",
        "Dauern stehen als Zahl und englische Einheit.",
    ),
    "kein-halbjahr": Code(
        _ERROR,
        "„{value}“ ist kein Halbjahr",
        "Jahr und 1 oder 2 schreiben, zum Beispiel 2026-1",
        "2026-1 ist Januar bis Juni 2026.",
    ),
    "kein-alter": Code(
        _ERROR,
        "„{value}“ ist keine Altersangabe",
        "zum Beispiel 0-3, 6-12 months, 16+, pregnancy oder all schreiben",
        "Alter steht in vollen Jahren; 9-11 schließt elfjährige Kinder ein.",
    ),
    "alter-verkehrt": Code(
        _ERROR,
        "Das Alter „{value}“ läuft rückwärts",
        "{better} schreiben",
        "Zuerst steht das kleinere Alter.",
    ),
    "zeit-verkehrt": Code(
        _ERROR,
        "Das Ende ({second}) liegt nicht nach dem Anfang ({first})",
        "die beiden Angaben prüfen",
        "Anfang und Ende sind wahrscheinlich vertauscht.",
    ),
    "kein-punkt": Code(
        _ERROR,
        "„{value}“ ist kein Punkt",
        "Länge und Breite in Grad schreiben, zum Beispiel 10.0101 53.7033",
        "Ein Punkt besteht aus zwei Zahlen mit Dezimalpunkt: zuerst die Länge (Ost), dann die Breite (Nord).",
    ),
    "punkt-vertauscht": Code(
        _ERROR,
        "Länge und Breite sind vertauscht",
        "{better} schreiben",
        "Zuerst steht die Länge (in Deutschland etwa 6 bis 15), dann die Breite (etwa 47 bis 55).",
    ),
    "punkt-projiziert": Code(
        _ERROR,
        "„{value}“ sind keine Grad, sondern Koordinaten eines anderen Systems",
        "Länge und Breite in Grad (WGS 84) schreiben, zum Beispiel 10.0101 53.7033",
        "Vermessungsämter liefern oft UTM- oder Gauß-Krüger-Werte mit sechs oder mehr Ziffern. Hier werden Grad gebraucht.",
    ),
    "kein-geometrieverweis": Code(
        _ERROR,
        "„{value}“ ist kein Verweis auf eine Geometrie",
        "Datei und Kennung schreiben, zum Beispiel geometry/sozialraeume.geojson#suederaue",
        "Geometrien stehen in GeoJSON-Dateien; hinter # steht die Kennung (id) des Gebiets.",
    ),
    "keine-telefonnummer": Code(
        _ERROR,
        "„{value}“ ist keine Telefonnummer",
        "Ziffern, Leerzeichen und Bindestriche schreiben, zum Beispiel 040 66969-100",
        "Die Nummer wird zum Anrufen verlinkt. Hinweise gehören in das Feld note.",
    ),
    "keine-mail": Code(
        _ERROR,
        "„{value}“ ist keine E-Mail-Adresse",
        "die Adresse prüfen; sie hat genau ein @ und keine Leerzeichen",
        "Die Adresse wird verlinkt und muss stimmen.",
    ),
    "keine-webadresse": Code(
        _ERROR,
        "„{value}“ ist keine Internetadresse",
        "mit https:// beginnen, zum Beispiel https://www.beispiel.example/",
        "Nur http- und https-Adressen werden verlinkt.",
    ),
    "kein-sprachkuerzel": Code(
        _ERROR,
        "„{value}“ ist kein Sprachkürzel",
        "zwei oder drei kleine Buchstaben schreiben, zum Beispiel de, tr, ar",
        "Sprachen stehen als Kürzel nach BCP 47.",
    ),
    "keine-farbe": Code(
        _ERROR,
        "„{value}“ ist keine Farbe",
        'sechs Stellen nach # in Anführungszeichen schreiben, zum Beispiel "#0d6b66"',
        "Farben stehen in hexadezimaler Form.",
    ),
    "beispielhaft-unbekannt": Code(
        _ERROR,
        "„{value}“ lässt sich nicht einzeln als erfunden bezeichnen",
        "möglich sind: {known}; sonst den ganzen Eintrag mit illustrative: yes bezeichnen",
        "Was erfunden ist, muss überall so heißen: auf Seiten, in Listen und in Dateien. Für die genannten Angaben ist das eingerichtet.",
    ),
    "keine-postleitzahl": Code(
        _ERROR,
        "„{value}“ ist keine Postleitzahl",
        "fünf Ziffern schreiben, eine führende Null bleibt stehen",
        "Deutsche Postleitzahlen haben fünf Ziffern.",
    ),
}

_LINKS = {
    "unbekannter-verweis": Code(
        _ERROR,
        "„{value}“ ist {what}",
        "{better}",
        "Verweise nennen das Kürzel eines vorhandenen Eintrags. Nennen mehrere Stellen dasselbe Kürzel, ist das eine Meldung mit allen Stellen.",
        "{{count}} Stellen nennen „{value}“, und das ist {what}",
    ),
    "unbekanntes-thema": Code(
        _ERROR,
        "„{value}“ ist kein Thema",
        "{better}",
        "Themen stehen in topics.yml. „nahraum“ bringt eine Liste mit; eine Stadt kann sie in resources/topics.yml ergänzen.",
        "{{count}} Stellen nennen „{value}“, und das ist kein Thema",
    ),
    "doppeltes-kuerzel": Code(
        _ERROR,
        "Das Kürzel „{value}“ gibt es schon",
        "eines umbenennen; das andere steht in {other}",
        "Kürzel sind innerhalb einer Art eindeutig.",
    ),
    "doppelter-name": Code(
        _WARNING,
        "Den Namen „{value}“ tragen mehrere Einträge",
        "den Namen genauer fassen, wenn Verschiedenes gemeint ist; auch in: {other}",
        "Gleiche Namen verwirren in Listen. Manchmal ist ein Eintrag doppelt erfasst.",
    ),
    "doppelter-gebietsname": Code(
        _WARNING,
        "Zwei Gebiete derselben Ebene heißen „{value}“",
        "den Namen ergänzen, wenn das die Suche erleichtert; auch in: {other}",
        "Zwei Gebiete dürfen gleich heißen. Die Seite nennt dann das übergeordnete Gebiet dazu.",
    ),
    "unbekannte-ebene": Code(
        _ERROR,
        "„{value}“ ist keine Ebene",
        "{better}",
        "Die Ebenen einer Stadt stehen in site_config.yml unter geographies.",
    ),
}

_SHAPES = {
    "kein-geojson": Code(
        _ERROR,
        "Die Datei ist kein GeoJSON: {reason}",
        "eine FeatureCollection aus dem Geoinformationssystem neu ausgeben",
        "Geometrien stehen als GeoJSON (RFC 7946) in Grad.",
    ),
    "koordinatensystem-unbekannt": Code(
        _ERROR,
        "Das Koordinatensystem „{name}“ ist unbekannt",
        "die Datei in WGS 84 (EPSG:4326) ausgeben",
        "Steht in der Datei ein bekanntes System (etwa EPSG:25832), rechnet Nahraum um.",
    ),
    "geometrie-projiziert": Code(
        _ERROR,
        "Die Koordinaten von „{name}“ ({value} …) sind keine Grad, und die Datei sagt nicht, welches System es ist",
        "die Datei in WGS 84 (EPSG:4326) ausgeben oder das System im Feld crs nennen",
        "Ohne Angabe des Systems lässt sich nicht sicher umrechnen; eine falsche Annahme läge leicht hunderte Meter daneben.",
    ),
    "geometrie-vertauscht": Code(
        _ERROR,
        "In der Geometrie von „{name}“ sind Länge und Breite vertauscht ({value} …)",
        "die Datei mit der Länge zuerst ausgeben, hier also {better} …",
        "GeoJSON schreibt zuerst die Länge (in Deutschland etwa 6 bis 15), dann die Breite (etwa 47 bis 55). Manche Programme geben es umgekehrt aus.",
    ),
    "geometrie-keine-flaeche": Code(
        _ERROR,
        "Die Geometrie von „{name}“ ist keine Fläche, sondern {what}",
        "das Gebiet im Geoinformationssystem als Fläche (Polygon oder MultiPolygon) ausgeben",
        "Ein Gebiet braucht eine Fläche: Nur dann lässt sich sagen, was darin liegt, woran es grenzt und wie groß es ist.",
    ),
    "geometrie-fehlt": Code(
        _ERROR,
        "„{name}“ hat keine Geometrie",
        "das Gebiet in der GeoJSON-Datei ergänzen",
        "Das Gebiet kommt in der Datei vor, aber ohne Fläche.",
    ),
    "geometrie-unlesbar": Code(
        _ERROR,
        "Die Geometrie von „{name}“ lässt sich nicht lesen: {reason}",
        "das Gebiet im Geoinformationssystem prüfen und neu ausgeben",
        "Ein Ring braucht mindestens vier Punkte, der letzte gleicht dem ersten.",
    ),
    "geometrie-verworren": Code(
        _ERROR,
        "Die Grenze von „{name}“ ist zu verworren: {reason}",
        "das Gebiet im Geoinformationssystem ansehen, vereinfachen oder neu zeichnen",
        "Kleine Fehler einer Grenze repariert Nahraum. Ein Knäuel von Linien ist meist ein Versehen: die Punkte stehen in falscher Reihenfolge, oder eine Messspur wurde als Fläche gespeichert. Daran zu rechnen würde Minuten dauern und nichts Richtiges ergeben.",
    ),
    "gebiete-verworren": Code(
        _ERROR,
        "Die Grenzen der Gebiete durchkreuzen einander überall; die von „{name}“ am meisten",
        "prüfen, ob dieses Gebiet und seine Nachbarn die richtige Grenze haben",
        "Gebiete verschiedener Ebenen und Einteilungen dürfen sich überschneiden. Hier kommen sich ihre Grenzen aber so oft nahe, wie es keine wirklichen Grenzen tun; Überschneidungen und Lücken lassen sich dann nicht mehr ausrechnen.",
    ),
    "geometrie-unbekannt": Code(
        _ERROR,
        "„{value}“ steht nicht in {file}",
        "{better}",
        "Hinter # steht die Kennung (id) eines Gebiets in der Datei.",
    ),
    "geometrie-repariert": Code(
        _WARNING,
        "Die Grenze von „{name}“ war ungültig und wurde repariert: {reason}",
        "die Grenze im Geoinformationssystem berichtigen",
        "Oft berührt oder kreuzt ein Ring sich selbst. Nahraum zeichnet die reparierte Fläche; das Original bleibt, wie es ist.",
    ),
    "spalte-fehlt": Code(
        _ERROR,
        "Die Spalte „{name}“ fehlt",
        "vorhanden sind: {known}",
        "Die erste Zeile einer Tabelle nennt ihre Spalten.",
    ),
    "strasse-ohne-namen": Code(
        _ERROR,
        "In dieser Zeile fehlt der Name der Straße",
        "den Namen ergänzen oder die Zeile löschen",
        "Jede Zeile des Straßenverzeichnisses nennt eine Straße und ein Gebiet.",
    ),
    "keine-hausnummer": Code(
        _ERROR,
        "„{value}“ ist keine Hausnummer",
        "eine Zahl mit höchstens einem Buchstaben schreiben, zum Beispiel 12a",
        "Hausnummern werden nach Zahl und Buchstabe verglichen.",
    ),
    "hausnummern-verkehrt": Code(
        _ERROR,
        "Die Hausnummern laufen rückwärts: von {first} bis {last}",
        "die kleinere Nummer in die Spalte from schreiben",
        "Ein Abschnitt einer Straße beginnt bei der kleinsten Hausnummer.",
    ),
    "hausnummern-doppelt": Code(
        _WARNING,
        "Hausnummern von „{street}“ stehen schon in Zeile {line}, in einem anderen Gebiet ({spaces})",
        "die Bereiche so fassen, dass jede Hausnummer in einem Gebiet liegt",
        "Wer hier wohnt, wird auf der Seite gefragt, welches Gebiet stimmt.",
    ),
    "strasse-ohne-nummern": Code(
        _WARNING,
        "„{street}“ steht ohne Hausnummern in mehreren Gebieten ({spaces}, zuerst in Zeile {line})",
        "from und to ergänzen; fehlen sie überall, ging beim Einlesen eine Spalte verloren",
        "Eine Zeile ohne Hausnummern gilt für die ganze Straße. Wer dort wohnt, wird auf der Seite gefragt, welches Gebiet stimmt.",
        "{{count}} Zeilen nennen keine Hausnummern, obwohl ihre Straße in mehreren Gebieten liegt",
    ),
}

_SPACES = {
    "kreis-in-gebieten": Code(
        _ERROR,
        "Die Gebiete hängen im Kreis zusammen: {chain}",
        "bei einem der Gebiete parent berichtigen",
        "Jedes Gebiet gehört zu einem größeren. Im Kreis gäbe es kein oberstes.",
    ),
    "kein-obergebiet": Code(
        _ERROR,
        "„{name}“ gehört zu keinem größeren Gebiet",
        "das Feld parent ergänzen; nur die Ebene „{top}“ hat keines",
        "Nur das oberste Gebiet einer Geographie steht für sich.",
    ),
    "zwei-staedte": Code(
        _ERROR,
        "Es gibt mehrere oberste Gebiete: {names}",
        "nur ein Gebiet der obersten Ebene behalten; die anderen darunter einordnen",
        "Eine Seite handelt von einer Stadt oder einem Kreis. Summen und Vergleiche brauchen ein gemeinsames oberstes Gebiet.",
    ),
    "ebene-verkehrt": Code(
        _ERROR,
        "„{name}“ ({level}) kann nicht zu „{parent}“ ({parent_level}) gehören",
        "ein Gebiet einer weiteren Ebene derselben Geographie als parent nennen",
        "Die Ebenen stehen in site_config.yml von der weitesten zur engsten.",
    ),
    "kind-ausserhalb": Code(
        _WARNING,
        "„{name}“ liegt zu {share} % außerhalb von „{parent}“",
        "parent oder die Grenze prüfen",
        "Ein Gebiet sollte in dem liegen, zu dem es gehört. Abweichungen bis 1 % der Fläche gelten als Ungenauigkeit der Grenzen.",
    ),
    "gebiete-ueberschneiden": Code(
        _WARNING,
        "„{name}“ überschneidet sich mit „{other}“ ({share} % der kleineren Fläche)",
        "die Grenzen berichtigen oder bei unscharfen Gebieten boundary_kind: fuzzy setzen",
        "Gebiete derselben Ebene teilen die Stadt auf. Nur unscharfe Gebiete dürfen sich überschneiden.",
    ),
    "luecke-im-gebiet": Code(
        _WARNING,
        "{share} % von „{name}“ gehören zu keinem der Gebiete darunter",
        "das fehlende Gebiet ergänzen oder die Grenzen berichtigen",
        "Wer in der Lücke wohnt, fände kein Gebiet.",
    ),
    "punkt-ausserhalb": Code(
        _WARNING,
        "Der Punkt liegt {metres} m außerhalb von „{space}“",
        "den Punkt oder die Angabe des Gebiets prüfen",
        "Ein Ort sollte in dem Gebiet liegen, das für ihn angegeben ist. Wenige Meter sind meist eine Ungenauigkeit.",
    ),
    "punkt-fern": Code(
        _WARNING,
        "Der Punkt liegt {kilometres} km vom nächsten Gebiet entfernt",
        "prüfen, ob Länge und Breite stimmen",
        "Oft ist eine Ziffer verrutscht.",
    ),
    "wo-ohne-verhaeltniswort": Code(
        _WARNING,
        "„{value}“ sagt nicht, wo etwas ist",
        "where beginnt mit einem Verhältniswort, wie es mitten im Satz steht: im Marktviertel, auf der Kirchkoppel, in {name}",
        "Die Seite setzt where in Sätze ein: „Im Marktviertel sind es 31,2 %“, „höher als auf der Kirchkoppel“. Wer nichts angibt, bekommt „im Quartier Marktviertel“.",
    ),
    "ohne-geometrie": Code(
        _NOTE,
        "„{name}“ hat keine Grenze",
        "geometry ergänzen, damit das Gebiet auf der Karte steht",
        "Ohne Geometrie steht das Gebiet nur in Listen.",
    ),
}

_MEANING = {
    "zeiten-unlesbar": Code(
        _WARNING,
        "Die Zeiten „{value}“ lassen sich nicht auswerten: {reason}",
        "zum Beispiel „Mo,Di,Do 12:30-16:30; PH off“ schreiben; bis dahin stehen sie so auf der Seite",
        "Nur was sich auswerten lässt, kann „jetzt offen“ sagen. Unlesbare Zeiten werden gezeigt, wie sie geschrieben sind, nie als geschlossen.",
    ),
    "zeiten-ungewiss": Code(
        _WARNING,
        "„{piece}“ macht die Zeiten unsicher: {reason} Verstanden wird: {understood}",
        "den Satz nach hours_note: schreiben, wenn die Zeiten auch so stimmen; sonst genauer schreiben",
        "Eine Bemerkung, die niemand kennt, kann „entfällt“ heißen. Darum sagt die Seite zu dieser Zeit nie „offen“, sondern zeigt sie, wie sie geschrieben ist. Bekannt sind zum Beispiel „ohne Anmeldung“, „nach Vereinbarung“, „Eingang Hof“, „auf Türkisch“, „außer in den Ferien“, „April bis Oktober“ und „14-tägig ab 6.1.2026“.",
    ),
    "zeiten-angepasst": Code(
        _NOTE,
        "Die Zeiten sind deutsch geschrieben und werden als „{expression}“ verstanden",
        "nichts zu tun, wenn das stimmt; „nahraum fmt“ schreibt sie um",
        "Deutsche Wochentage, Punkte und Gedankenstriche werden erkannt.",
    ),
    "ende-fehlt": Code(
        _ERROR,
        "Das Angebot ist beendet, aber das Ende fehlt",
        "until: mit dem letzten Tag ergänzen",
        "Die Seite sagt, seit wann ein Angebot beendet ist, und führt weiter.",
    ),
    "ende-vor-beginn": Code(
        _ERROR,
        "Das Ende ({until}) liegt vor dem Beginn ({start})",
        "die beiden Daten prüfen",
        "Beginn und Ende sind wahrscheinlich vertauscht.",
    ),
    "ende-vorbei": Code(
        _WARNING,
        "Der letzte Tag ({until}) ist vorbei, aber das Angebot gilt noch als laufend",
        "status: ended setzen oder until berichtigen",
        "Vergangene Angebote führen Familien in die Irre.",
    ),
    "nachfolge-ohne-ende": Code(
        _WARNING,
        "Es gibt eine Nachfolge, aber das Angebot läuft noch",
        "status: ended und until ergänzen oder successor weglassen",
        "Eine Nachfolge tritt an die Stelle eines beendeten Angebots.",
    ),
    "nachfolge-im-kreis": Code(
        _ERROR,
        "Das Angebot ist seine eigene Nachfolge",
        "ein anderes Angebot nennen oder das Feld weglassen",
        "Die Seite führt von einem beendeten Angebot zum nächsten.",
    ),
    "finanzierung-endet": Code(
        _WARNING,
        "Die Finanzierung endet am {date}",
        "klären, wie es weitergeht, und das Datum berichtigen oder das Ende eintragen",
        "Drei Monate vorher erinnert Nahraum daran.",
    ),
    "plaetze-veraltet": Code(
        _WARNING,
        "Die Angabe zu freien Plätzen ist vom {date}",
        "neu erfragen oder das Feld entfernen; nach {days} Tagen wird sie nicht mehr gezeigt",
        "Veraltete Angaben zu freien Plätzen wecken falsche Hoffnung.",
    ),
    "plaetze-zu-viele": Code(
        _ERROR,
        "Es sind mehr Plätze frei ({free}), als es gibt ({places})",
        "die beiden Zahlen prüfen",
        "Frei sein kann höchstens, was es gibt.",
    ),
    "lange-ungeprueft": Code(
        _WARNING,
        "Zuletzt geprüft am {date}, das ist länger her als {every}",
        "nachfragen, ob alles stimmt, und checked auf heute setzen",
        "Angaben veralten still. checked sagt, wann jemand nachgefragt hat; das ist etwas anderes als die letzte Änderung.",
    ),
    "nie-geprueft": Code(
        _NOTE,
        "Es steht nicht da, wann die Angaben geprüft wurden",
        "nachfragen und checked: mit dem Datum ergänzen",
        "Familien sehen, wie frisch eine Angabe ist.",
    ),
    "ohne-telefon": Code(
        _WARNING,
        "Für „{name}“ gibt es keine Telefonnummer",
        "contact: mit phone ergänzen, beim Angebot, beim Ort oder beim Träger",
        "Viele Familien rufen zuerst an.",
    ),
    "ohne-kontakt": Code(
        _WARNING,
        "Für „{name}“ gibt es keinen Kontakt",
        "contact: beim Angebot, beim Ort oder beim Träger ergänzen",
        "Ohne Telefon, E-Mail oder Internetseite kann sich niemand melden.",
    ),
    "ohne-ort": Code(
        _WARNING,
        "„{name}“ sagt nicht, wo es stattfindet",
        "place, address, remote oder visits ergänzen",
        "Familien müssen wissen, wohin sie gehen oder wen sie anrufen.",
    ),
    "summe-falsch": Code(
        _ERROR,
        "Die Summe stimmt nicht: {parts} ergibt {sum}, da steht {total}",
        "die Stunden oder die Summe berichtigen",
        "Summen werden nachgerechnet, damit ein Tippfehler auffällt.",
    ),
    "anteil-ohne-ganzes": Code(
        _ERROR,
        "„{of}“ ist keine Zahl dieses Gebiets",
        "den Namen genau so schreiben wie bei der Zahl, von der dies ein Teil ist",
        "Anteile werden aus zwei Zahlen desselben Gebiets gerechnet.",
    ),
    "anteil-zu-gross": Code(
        _ERROR,
        "„{name}“ ({value}) ist größer als „{of}“ ({whole})",
        "die beiden Zahlen prüfen",
        "Ein Teil kann nicht größer sein als das Ganze.",
    ),
    "platzhalter": Code(
        _WARNING,
        "Der Text sieht nach einem Platzhalter aus: „{value}“",
        "den richtigen Text schreiben oder das Feld weglassen",
        "Platzhalter wie TODO, xxx oder „Text folgt“ sollen nicht veröffentlicht werden.",
    ),
    "satz-lang": Code(
        _NOTE,
        "Ein Satz hat {words} Wörter",
        "kürzer schreiben; gut sind höchstens {limit}",
        "Kurze Sätze verstehen mehr Menschen, auch wer unter Druck steht oder Deutsch lernt.",
    ),
    "rohes-html": Code(
        _WARNING,
        "HTML im Text wird nicht übernommen: „{value}“",
        "Markdown verwenden: **fett**, Listen mit „- “, [Text](https://…)",
        "Aus Sicherheitsgründen wird HTML aus Texten als Text gezeigt.",
    ),
    "ort-verraten": Code(
        _ERROR,
        "Das ist geschützt ({visibility}: {why}), aber hier steht „{field}“",
        "{field} hier löschen und in die interne Ablage schreiben; aus git entfernt es erst ein Umschreiben der Geschichte. Darf es zu sehen sein, bestätigt das ein Amt mit shown",
        "Wer Schutz sucht, darf nicht gefunden werden. Was in der öffentlichen Ablage steht, ist öffentlich, auch wenn die Seite es nicht zeigt. Ein Angebot zeigt nie mehr als seine Art, sein Ort und sein Träger. hidden: nur ein Telefon, kein Gebiet. area: nur das Gebiet. Soll mehr zu sehen sein, etwa die Anschrift einer öffentlichen Beratungsstelle, steht im Eintrag, wer das wann bestätigt hat: shown: {visibility: full, confirmed: 2026-10-01, by: Leitung des Jugendamts}.",
    ),
    "sichtbarkeit-unbestaetigt": Code(
        _ERROR,
        "Ein Ort der Art „{kind}“ zeigt höchstens „{ceiling}“, hier steht „{visibility}“",
        "visibility weglassen, oder ein Amt bestätigt es: shown: {{visibility: {visibility}, confirmed: 2026-10-01, by: Leitung des Jugendamts}}",
        "Arten wie Schutzhaus, Schutzwohnung, Inobhutnahmestelle, Wohngruppe und Unterkunft sind von sich aus geschützt. Mehr zeigt ein solcher Ort nur, wenn im Eintrag steht, welche Stelle das wann entschieden hat.",
    ),
    "bestaetigung-in-zukunft": Code(
        _ERROR,
        "Die Bestätigung ist vom {date}, und der Tag liegt in der Zukunft",
        "den Tag eintragen, an dem die Stelle entschieden hat",
        "Mehr als die Art erlaubt zeigt ein Ort erst, wenn eine Stelle das entschieden hat.",
    ),
    "bestaetigung-alt": Code(
        _WARNING,
        "Die Bestätigung ist vom {date} und damit älter als zwei Jahre",
        "die Stelle fragen, ob der Ort noch zu sehen sein darf, und confirmed auf den Tag der Antwort setzen",
        "Aus einer öffentlichen Beratungsstelle kann ein Haus werden, in dem Menschen Schutz suchen.",
    ),
    "bestaetigung-ohne-stelle": Code(
        _ERROR,
        "„{value}“ ist keine Stelle",
        "das Kürzel eines Amtes oder Trägers nennen oder eine Funktion, zum Beispiel „Leitung des Jugendamts“; keine Person",
        "Wer entscheidet, dass ein geschützter Ort zu sehen ist, tut das für eine Stelle. Namen von Personen gehören nicht in die öffentliche Ablage.",
    ),
    "schutz-gelockert": Code(
        _ERROR,
        "„{field}“ lockert den Schutz von „{name}“",
        "die Zeile löschen, dann gilt der mitgelieferte Schutz; ein einzelner Eintrag zeigt mehr, wenn ein Amt es mit shown bestätigt",
        "Mitgelieferte Arten und Themen schützen Menschen, auch wenn im Eintrag nichts steht. Eine eigene Fassung darf strenger sein, nie lockerer: Sonst stünde mit einer Zeile jedes Schutzhaus der Stadt im Netz.",
    ),
    "zuflucht-ohne-schutz": Code(
        _ERROR,
        "„{value}“ klingt nach einem geschützten Haus, aber Adresse oder Punkt sind öffentlich",
        "die passende Art wählen (schutzhaus, schutzwohnung, inobhutnahme) und die Adresse in die interne Ablage schreiben; ist es eine öffentliche Stelle, bestätigt das ein Amt mit shown",
        "Frauenhäuser, Schutzwohnungen, Mädchenzufluchten und Stellen der Inobhutnahme dürfen nicht zu finden sein, auch wenn im Eintrag eine andere Art steht.",
    ),
    "haus-neben-schutz": Code(
        _WARNING,
        "„{name}“ zeigt seine Adresse, und sein Träger hat ein geschütztes Haus",
        "ist es die öffentliche Stelle, kind: beratungsstelle wählen oder mit shown bestätigen lassen; sonst die passende geschützte Art",
        "Ein zweites Schutzhaus, das als „Haus“ eingetragen ist, stünde mit Adresse im Netz.",
    ),
    "nummer-neben-adresse": Code(
        _WARNING,
        "{value} ist auch die Nummer von „{name}“, und hier steht eine Adresse",
        "dem geschützten Ort eine eigene Nummer geben, oder die Nummer mit Grund unter cleared nennen",
        "Wer die Nummer eines geschützten Ortes sucht, findet so die Adresse daneben. Teilen sich Haus und öffentliche Beratungsstelle eine Nummer, ist das kein Fehler, aber jemand soll es wissen.",
    ),
    "name-eines-geschuetzten-ortes": Code(
        _ERROR,
        "„{name}“ ist geschützt, steht hier aber mit einem Ort auf der Karte",
        "den Namen hier löschen",
        "Ein geschützter Ort hat keinen Punkt und kein Gebiet. Das gilt auch für Treffpunkte, Kartenschichten, Straßenverzeichnisse und Porträts von Gebieten, die seinen Namen nennen.",
    ),
    "ort-im-text": Code(
        _ERROR,
        "Der Text verrät, wo „{name}“ ist: „{value}“",
        "die Angabe löschen; aus git entfernt sie erst ein Umschreiben der Geschichte. Darf sie öffentlich sein, steht sie mit Grund unter cleared: {{text: {value}, reason: …}}",
        "In Texten über einen geschützten Ort stehen keine Straßen, Hausnummern, Haltestellen, Gebiete, Koordinaten, Plus Codes oder Links zu Karten. Auch Notizen und Bemerkungen liegen in git. Eine Stelle, die öffentlich sein darf, etwa die Anschrift der Beratungsstelle, steht mit Grund unter cleared, auf Seiten in content/ im Kopf der Datei.",
    ),
    "ort-im-text-moeglich": Code(
        _WARNING,
        "Verrät der Text, wo „{name}“ ist? „{value}“",
        "prüfen und die Angabe löschen oder unter cleared mit Grund nennen",
        "In Texten über einen geschützten Ort kann auch „neben dem …“ oder eine Buslinie zu viel sein.",
    ),
    "ort-im-namen": Code(
        _ERROR,
        "Der Name der Datei verrät, wo „{name}“ ist: „{value}“",
        "die Datei umbenennen; aus git entfernt den alten Namen erst ein Umschreiben der Geschichte",
        "Der Name einer Datei ist öffentlich: in git, und bei Einträgen auch als Adresse der Seite.",
    ),
    "bild-mit-ort": Code(
        _ERROR,
        "In diesem Bild steht, wo es aufgenommen wurde (GPS)",
        "die Ortsangabe entfernen, zum Beispiel mit „exiftool -gps:all= {name}“, und das Bild neu ablegen",
        "Telefone schreiben den Ort der Aufnahme in jedes Foto. Auf die Website kommt das Bild nicht, aber wer die Ablage sieht, sieht auch das Bild. Aus git entfernt das alte Bild erst ein Umschreiben der Geschichte.",
    ),
    "datei-ungelesen": Code(
        _WARNING,
        "Diese Datei wird nicht durchsucht; auf die Website kommt sie nicht, aber mit der Ablage ist sie öffentlich",
        "selbst prüfen, ob darin steht, wo ein geschützter Ort ist, oder die Datei an anderer Stelle aufheben; Texte als Seite in Markdown schreiben",
        "In content/ gehören Seiten in Markdown; nur sie werden veröffentlicht. Was sonst dort liegt, steht trotzdem im öffentlichen Repository; „nahraum check“ liest davon nur Text und die Ortsangaben von Fotos.",
    ),
    "freigabe-ohne-stelle": Code(
        _WARNING,
        "„{value}“ steht in diesem Eintrag nicht",
        "die Zeile unter cleared löschen oder die Stelle so schreiben, wie sie im Text steht",
        "Unter cleared stehen Stellen des Eintrags, die jemand geprüft hat. Was dort übrig bleibt, würde später etwas anderes freigeben.",
    ),
    "mail-einer-person": Code(
        _WARNING,
        "„{value}“ sieht nach der Adresse einer Person aus",
        "die Adresse einer Stelle nennen, zum Beispiel beratung@…; darf sie öffentlich sein, steht sie mit Grund unter cleared",
        "Personen wechseln, Stellen bleiben. Adressen von Personen gehören zu deren Daten; sie stehen hier und in git für immer. Eine geprüfte Adresse nennt der Eintrag unter cleared: {text: …, reason: …}.",
    ),
    "mobilnummer": Code(
        _WARNING,
        "{value} ist eine Mobilnummer",
        "gehört sie einer Stelle, unter contact als mobile eintragen; gehört sie einer Person, löschen",
        "Wer hier mit einer privaten Nummer steht, wird Jahre später noch angerufen. Im Feld mobile steht ein Diensttelefon.",
    ),
    "geburtsdatum": Code(
        _WARNING,
        "„{value}“ sieht nach einem Geburtsdatum aus",
        "das Datum löschen; aus git entfernt es erst ein Umschreiben der Geschichte",
        "Einträge handeln von Angeboten, nie von Menschen, die sie brauchen.",
    ),
    "fallgeschichte": Code(
        _WARNING,
        "„{value}“ klingt nach der Geschichte eines bestimmten Menschen",
        "allgemein schreiben („Kinder ab 9 Jahren“); ist es erfunden, steht die Stelle mit Grund unter cleared",
        "Alter, Straße und ein Anlass genügen oft, um ein Kind zu erkennen. Beispiele sind erfunden, und im Text steht, dass sie es sind.",
    ),
    "person-statt-stelle": Code(
        _WARNING,
        "„{value}“ sieht nach einer Person aus",
        "die Stelle oder Funktion nennen, zum Beispiel „Sekretariat“; darf der Name öffentlich sein, steht er mit Grund unter cleared",
        "Ansprechpersonen wechseln, und ihre Namen sind ihre Daten. Familien brauchen zu wissen, wo sie anrufen, nicht, wer Dienst hat.",
    ),
    "ablage-oeffentlich": Code(
        _ERROR,
        "Die interne Ablage liegt in „{folder}“, und das wird veröffentlicht",
        "die interne Ablage in einen eigenen, geschützten Ordner außerhalb legen und unter overlay nennen",
        "Die interne Ablage enthält, was nur Fachkräfte wissen dürfen, auch Adressen von Schutzhäusern. Sie darf nirgends liegen, wo der öffentliche Bau liest oder schreibt; Verweise (Links) dorthin gelten ebenso.",
    ),
    "ablage-im-repository": Code(
        _WARNING,
        "Die interne Ablage „{name}“ liegt im selben Repository wie die öffentlichen Einträge",
        "sie in ein eigenes, geschütztes Repository legen; ist alles darin erfunden, sagt das overlay_in_repository: invented",
        "Wer das Repository lesen darf, liest dann auch die interne Ablage, und git vergisst nichts.",
    ),
    "verschwiegen": Code(
        _WARNING,
        "Dieses Angebot zeigt weder Zeit noch Gebiet noch freie Plätze, aber hier steht „{field}“",
        "{field} löschen oder in die interne Ablage schreiben; auf der öffentlichen Seite fehlt es auf jeden Fall",
        "Wer einer Frau oder einem Kind nachstellt, darf nicht wissen, wann und wo eine Gruppe nach Gewalt zusammenkommt oder in welchem Stadtteil ein Frauenhaus liegt. „Wie Sie uns erreichen“ ist dort eine Telefonnummer. „24/7“ am Telefon darf stehen bleiben.",
    ),
    "verschwiegen-text": Code(
        _WARNING,
        "Im Text steht „{value}“, obwohl das Angebot weder Zeit noch Ort verrät",
        "den Text ohne Wochentag, Uhrzeit, Gebiet und freie Plätze schreiben",
        "Die Seite lässt die Felder weg, aber einen Satz kann sie nicht umschreiben. Wann und wo man sich trifft, sagt man nur denen, die kommen.",
    ),
    "gemeinsam-bei-gewalt": Code(
        _WARNING,
        "Bei Gewalt wird kein Angebot vorgeschlagen, bei dem beide Seiten an einem Tisch sitzen",
        "das Thema {topic} streichen; auf seiner Seite und in der Suche fehlt das Angebot ohnehin",
        "Paarberatung, Mediation und Familienrat setzen voraus, dass beide frei sprechen können. Wo jemand Angst hat, ist das nicht so.",
    ),
    "hilfenummer-ungeprueft": Code(
        _WARNING,
        "Die Nummer {number} ({name}) hat {since} niemand geprüft",
        "Nummer und Zeiten beim Träger nachsehen und in resources/help.yml mit verified eintragen; zuständig ist, wer die Seite herausgibt, am besten mit einer Beratungsstelle",
        "Nummern und Zeiten von Hilfetelefonen ändern sich. Wer in Not ist, muss sich darauf verlassen können. Gefragt wird erst, wenn die Stadt veröffentlicht (publish: yes).",
    ),
    "intern-oeffentlich": Code(
        _WARNING,
        "„{name}“ gehört nach site_config.yml in die interne Ablage",
        "in die interne Ablage verschieben",
        "resources/ enthält nur, was öffentlich sein darf, denn git vergisst nichts.",
    ),
    "notiz-persoenlich": Code(
        _WARNING,
        "Die Notiz sieht nach Angaben zu einer Person aus: „{value}“",
        "die Angabe löschen; Notizen handeln von Angeboten, nie von Fällen",
        "Auch Notizen liegen in git und sind dauerhaft lesbar.",
    ),
    "uebersetzung-fremd": Code(
        _NOTE,
        "Die Übersetzung „{language}“ erscheint nicht: die Seite hat diese Sprache nicht",
        "die Sprache in site_config.yml ergänzen oder die Übersetzung weglassen",
        "Gezeigt werden nur die Sprachen aus site_config.yml.",
    ),
    "zeichen-unbekannt": Code(
        _WARNING,
        "Das Zeichen „{value}“ gibt es nicht",
        "ein Zeichen aus Materials Sammlung nennen, zum Beispiel material/cash",
        "Ohne Zeichen steht die Lebenslage nur mit Worten da.",
    ),
    "fachnummer-fuer-familien": Code(
        _ERROR,
        "Die Nummer {value} ist nur für Fachkräfte",
        "die Nummer hier entfernen; sie steht auf den Seiten für Fachkräfte",
        "Die Medizinische Kinderschutzhotline berät Fachkräfte. Für Familien gibt es andere Nummern.",
    ),
}

_PAGES = {
    "rechtsseite-unfertig": Code(
        _WARNING,
        "Auf dieser Seite steht noch ein Platzhalter: „{value}“",
        "die Angabe ergänzen; vor dem Veröffentlichen (publish: yes) muss sie dastehen",
        "Impressum, Datenschutz und Erklärung zur Barrierefreiheit sind Pflicht. Was noch fehlt, steht in doppelten eckigen Klammern.",
    ),
    "rechtsseite-platzhalter": Code(
        _ERROR,
        "Die Seite soll veröffentlicht werden (publish: yes), aber hier steht noch ein Platzhalter: „{value}“",
        "die Angabe ergänzen oder publish: no setzen",
        "Impressum, Datenschutz und Erklärung zur Barrierefreiheit sind Pflicht. Was noch fehlt, steht in doppelten eckigen Klammern.",
    ),
    "rechtsseite-fehlt": Code(
        _ERROR,
        "Die Seite soll veröffentlicht werden (publish: yes), aber „{name}“ fehlt",
        "die Seite unter content/ schreiben; Vorlagen stehen in der Beispielstadt",
        "Impressum (§ 5 DDG), Datenschutz (Art. 13 DSGVO) und die Erklärung zur Barrierefreiheit müssen von jeder Seite aus zu erreichen sein.",
    ),
    "rechtsseite-veraltet": Code(
        _WARNING,
        "Diese Seite ist vom {date} und damit älter als zwölf Monate",
        "den Text prüfen und date: im Kopf der Seite auf den Tag der Prüfung setzen",
        "Die Erklärung zur Barrierefreiheit wird jedes Jahr überprüft; Impressum und Datenschutz veralten ebenso.",
    ),
    "rest-der-vorlage": Code(
        _WARNING,
        "„{value}“ stammt aus der Beispielstadt oder einer Vorlage",
        "durch eigene Angaben ersetzen oder löschen; vor dem Veröffentlichen (publish: yes) muss es weg sein",
        "Telefonnummern aus Bereichen für Filme und Bücher, Adressen auf .example, der Name Auenstedt und Sätze, nach denen etwas erfunden ist, gehören nicht auf die Seite einer Stadt, die es gibt. Wer zum Ausprobieren eine Stadt erfindet, schreibt in site_config.yml invented: yes.",
        "{{count}} Stellen nennen {what}: Reste der Beispielstadt oder einer Vorlage",
    ),
    "rest-der-beispielstadt": Code(
        _ERROR,
        "Die Seite soll veröffentlicht werden (publish: yes), aber „{value}“ stammt aus der Beispielstadt oder einer Vorlage",
        "durch eigene Angaben ersetzen oder löschen, oder publish: no setzen",
        "Telefonnummern aus Bereichen für Filme und Bücher, Adressen auf .example, der Name Auenstedt und Sätze, nach denen etwas erfunden ist, gehören nicht auf die Seite einer Stadt, die es gibt. Wer zum Ausprobieren eine Stadt erfindet, schreibt in site_config.yml invented: yes.",
        "Die Seite soll veröffentlicht werden (publish: yes), aber {{count}} Stellen nennen {what}: Reste der Beispielstadt oder einer Vorlage",
    ),
    "baustein-schreibweise": Code(
        _ERROR,
        "„{value}“ ist kein Baustein",
        "einen Namen mit Angaben in Klammern schreiben, zum Beispiel {{{{ offers(topic='schulden', limit=5) }}}}",
        "Bausteine stehen in doppelten geschweiften Klammern. Angaben sind Texte in Anführungszeichen, Zahlen oder True und False.",
    ),
    "baustein-unbekannt": Code(
        _ERROR,
        "Den Baustein „{name}“ gibt es nicht",
        "{better}",
        "Alle Bausteine stehen mit Beispielen in der Referenz.",
    ),
    "baustein-angabe": Code(
        _ERROR,
        "Der Baustein „{name}“ kennt die Angabe „{argument}“ nicht",
        "{better}",
        "Alle Bausteine stehen mit ihren Angaben in der Referenz.",
    ),
    "baustein-aufruf": Code(
        _ERROR,
        "Die Angaben zum Baustein „{name}“ passen nicht: eine fehlt, ist zu viel oder von der falschen Art",
        "die Form ist {form}",
        "Alle Bausteine stehen mit ihren Angaben in der Referenz.",
    ),
    "baustein-verweis": Code(
        _ERROR,
        "Der Baustein „{name}“ nennt mit {argument} „{value}“ etwas, das es nicht gibt",
        "{better}",
        "Angaben wie topic oder space nennen das Kürzel eines vorhandenen Eintrags.",
    ),
    "baustein-in-angabe": Code(
        _ERROR,
        "Der Baustein „{name}“ steht in einer Angabe, in der nur Text stehen kann: im Titel eines Verweises, in der Beschreibung eines Bildes oder in einer Adresse",
        "den Baustein in den Text setzen und in der Angabe Worte schreiben",
        "Ein Baustein wird zu einem Stück der Seite mit Absätzen, Listen und Verweisen. In den Anführungszeichen einer Angabe hat das keinen Platz.",
    ),
    "baustein-zwischen": Code(
        _WARNING,
        "Nach „zwischen“ schreibt der Baustein „figure“ mit show='interval' ein „bis“",
        "show='between' schreibt „27,9 und 34,7 %“; show='interval' steht besser nach „im Bereich“ oder „von“",
        "„Zwischen 27,9 bis 34,7 %“ ist kein Deutsch. Der Baustein kennt beide Formen.",
    ),
    "verweis-ins-leere": Code(
        _WARNING,
        "Der Verweis „{link}“ führt nirgendwohin{more}",
        "die Adresse berichtigen",
        "Jeder Verweis innerhalb der Seite wird nach dem Bau geprüft.",
    ),
    "sprungmarke-fehlt": Code(
        _WARNING,
        "Der Verweis „{link}“ nennt eine Stelle, die es auf der Seite nicht gibt{more}",
        "die Stelle hinter # berichtigen",
        "Hinter # steht die Kennung einer Überschrift auf der Zielseite.",
    ),
}

_EDITING = {
    "eintrag-vorhanden": Code(
        _ERROR,
        "„{name}“ gibt es schon",
        "{help}",
        "Was schon da ist, hat vielleicht jemand von Hand gepflegt. Nahraum überschreibt es nur, wenn --update dabeisteht; dann bleiben Felder, die die Tabelle nicht kennt, stehen.",
    ),
    "tabelle-unlesbar": Code(
        _ERROR,
        "Die Tabelle lässt sich nicht lesen: {reason}",
        "die Tabelle als CSV in UTF-8 neu ausgeben",
        "Eine Tabelle ist eine Textdatei: in der ersten Zeile die Überschriften, dann eine Zeile je Eintrag.",
    ),
    "trennzeichen": Code(
        _ERROR,
        "Die Spalten sind mit {found} getrennt, nicht mit {expected}",
        "in der Zuordnung unter table „separator: {sign}“ ergänzen oder die Tabelle anders ausgeben",
        "Deutsche Tabellenprogramme trennen oft mit Semikolon. Die Zuordnung sagt, was gilt; geraten wird nicht, weil ein Komma auch im Text stehen kann.",
    ),
    "dezimalkomma": Code(
        _ERROR,
        "„{value}“ hat ein Komma statt eines Punktes",
        'in der Zuordnung unter table „decimal: ","“ ergänzen oder die Tabelle mit Dezimalpunkt ausgeben',
        "Deutsche Tabellenprogramme schreiben Zahlen mit Komma. Die Zuordnung sagt, dass es so ist.",
    ),
    "ueberschrift-leer": Code(
        _ERROR,
        "Spalte {number} hat keine Überschrift, aber Werte",
        "in der ersten Zeile einen Namen für die Spalte ergänzen oder die Spalte löschen",
        "Jede Spalte mit Werten braucht einen Namen, damit die Zuordnung sie nennen kann. Ganz leere Spalten am Rand stören nicht.",
    ),
    "ueberschrift-doppelt": Code(
        _ERROR,
        "Die Überschrift „{name}“ steht zweimal da, in Spalte {first} und {second}",
        "eine der beiden Spalten umbenennen oder löschen",
        "Heißen zwei Spalten gleich, ist unklar, welche gemeint ist.",
    ),
    "zeile-zu-lang": Code(
        _ERROR,
        "Die Zeile hat {count} Zellen, die Überschrift nur {expected}",
        "Texte mit Trennzeichen in Anführungszeichen setzen oder die überzähligen Zellen löschen",
        "Meist steht ein Komma mitten in einem Text, der keine Anführungszeichen hat. Alles danach wäre um eine Spalte verrutscht.",
    ),
    "zeile-zu-kurz": Code(
        _ERROR,
        "Die Zeile hat nur {count} Zellen, die Überschrift {expected}",
        "die fehlenden Zellen ergänzen, auch wenn sie leer sind",
        "Meist ist eine Zeile beim Bearbeiten abgeschnitten worden.",
    ),
    "zelle-leer": Code(
        _ERROR,
        "In der Spalte „{name}“ steht nichts, aber „{field}“ wird gebraucht",
        "die Zelle ausfüllen oder die Zeile löschen",
        "Ohne diese Angabe lässt sich der Eintrag nicht verwenden.",
    ),
    "kennung-doppelt": Code(
        _ERROR,
        "Die Kennung „{value}“ steht schon in {first}",
        "jede Kennung nur einmal verwenden",
        "Die Kennung wird zum Namen der Datei. Zwei Einträge mit derselben Kennung überschrieben einander.",
    ),
    "angaben-verschieden": Code(
        _ERROR,
        "Zu „{value}“ steht hier bei {field} etwas anderes als in Zeile {first}",
        "die Angaben angleichen oder verschiedene Kennungen verwenden",
        "Träger und Orte kommen in mehreren Zeilen vor. Dann müssen ihre Angaben überall gleich sein, sonst wäre unklar, welche gilt.",
    ),
    "wert-ohne-zuordnung": Code(
        _ERROR,
        "Was „{value}“ in der Spalte „{name}“ bedeutet, sagt die Zuordnung nicht",
        "in der Zuordnung unter values bei „{name}“ eine Zeile dafür ergänzen",
        "Mit |value schlägt Nahraum jeden Wert einer Spalte in der Liste unter values nach.",
    ),
    "unbekannte-umformung": Code(
        _ERROR,
        "„{name}“ ist keine Umformung",
        "{better}",
        "Hinter dem Namen einer Spalte kann nach einem senkrechten Strich stehen, wie der Wert umgeformt wird, zum Beispiel <Straße|street>.",
    ),
    "wert-ausgelassen": Code(
        _WARNING,
        "„{value}“ passt nicht in das Feld „{field}“ und wurde ausgelassen",
        "den Wert in der Tabelle berichtigen oder im Eintrag nachtragen",
        "In der Zuordnung steht unreadable: leave-out. Dann hält ein unlesbarer Wert in einem Feld, das nicht gebraucht wird, den Rest der Tabelle nicht auf; jede Auslassung wird genannt.",
    ),
    "spalte-verloren": Code(
        _ERROR,
        "„{field}“ bliebe in {lost} von {given} Zeilen leer, obwohl {columns} dort etwas nennen: „{empty}“ ist leer",
        "was leer sein darf, bekommt in der Zuordnung ein Fragezeichen: <{empty}?>",
        "Ein Feld aus mehreren Spalten entfällt, wenn eine davon leer ist. Geht so das meiste verloren, oder würde aus einer Hausnummer eine ganze Straße, wird nichts geschrieben.",
    ),
    "spalte-lueckenhaft": Code(
        _WARNING,
        "„{field}“ bleibt in {lost} von {given} Zeilen leer, obwohl {columns} dort etwas nennen: „{empty}“ ist leer",
        "was leer sein darf, bekommt in der Zuordnung ein Fragezeichen: <{empty}?>",
        "Ein Feld aus mehreren Spalten entfällt, wenn eine davon leer ist.",
    ),
    "spalte-kommt-nicht-an": Code(
        _WARNING,
        "„{field}“ bekommt keinen Wert: Aus {columns} bleibt in allen {given} Zeilen nichts übrig",
        "den Ausschnitt und die Umformung in der Zuordnung prüfen",
        "Zum Beispiel schneidet <Nr[6:]> von kürzeren Texten alles ab, oder kein Wert passt in das Feld.",
    ),
    "spalte-ohne-werte": Code(
        _WARNING,
        "„{field}“ bekommt keinen Wert: {columns} ist in allen {rows} Zeilen leer",
        "prüfen, ob eine andere Spalte gemeint ist, oder die Zeile aus der Zuordnung nehmen",
        "Eine leere Spalte ist oft ein Rest in der Tabelle; die Angaben stehen dann anderswo.",
    ),
    "eigenschaft-fehlt": Code(
        _ERROR,
        "Gebiet Nr. {number} hat keine Eigenschaft „{name}“",
        "{better}",
        "GeoJSON-Dateien geben jedem Gebiet Eigenschaften mit (properties). Die Namen unterscheiden Groß- und Kleinschreibung.",
    ),
    "eigenschaft-leer": Code(
        _ERROR,
        "Bei Gebiet Nr. {number} ist „{name}“ leer",
        "die Eigenschaft in der GeoJSON-Datei ausfüllen",
        "Jedes Gebiet braucht eine Kennung und einen Namen.",
    ),
    "weitere-faelle": Code(
        _NOTE,
        "Dieselbe Meldung ({same}) gibt es in {count} weiteren Zeilen",
        "zuerst die gezeigten Zeilen ansehen; meist ist die Ursache überall dieselbe",
        "Damit die Ausgabe lesbar bleibt, stehen von jeder Meldung höchstens zwanzig da.",
    ),
    "schreibweise": Code(
        _WARNING,
        "Die Datei steht nicht in der üblichen Schreibweise",
        "„nahraum fmt“ schreibt sie um",
        "„nahraum fmt“ vereinheitlicht Zeiten, Daten, Leerzeichen am Ende von Zeilen und Zeilenenden. Einrückung und Bemerkungen bleiben, wie sie sind.",
    ),
}

_FIGURES = {
    "spalte-unbekannt": Code(
        _ERROR,
        "Die Spalte „{name}“ ist nicht vorgesehen",
        "{better}",
        "Vorgesehen sind space, period, numerator, denominator, status, note und die Aufgliederungen der Kennzahl.",
    ),
    "zahl-unlesbar": Code(
        _ERROR,
        "„{value}“ ist keine Zahl (Spalte {column})",
        "Ziffern schreiben; als Zeichen sind – . … / x r möglich",
        "Dezimalkomma oder Dezimalpunkt, aber in einer Tabelle nur eines von beiden.",
    ),
    "zahl-zu-gross": Code(
        _ERROR,
        "„{value}“ ist größer als alles, was ein Ort zählt (Spalte {column})",
        "die Ziffern nachzählen; Beträge in ganzen Euro schreiben",
        "Zahlen ab einer Billion werden nicht gerechnet.",
    ),
    "tabelle-ohne-zeilen": Code(
        _ERROR,
        "Unter der Kopfzeile steht keine Zeile",
        "die Werte eintragen, oder die Datei löschen, solange es keine gibt",
        "Eine Tabelle ohne Zeilen veröffentlichte nichts und nähme weg, was vorher da war.",
    ),
    "nenner-ueberall-gleich": Code(
        _ERROR,
        "Der Nenner ist in allen {count} Gebieten {value}: Das sind wohl Quoten, keine Anzahlen",
        "Zähler und Nenner liefern, wie sie gezählt wurden; gibt es nur die Quote, die Spalte denominator weglassen, die Einheit nennen und adds_up: no schreiben",
        "Aus 43 von 100 hier und 2 von 100 dort wird für die Stadt ein Mittelwert, in dem ein Gebiet mit 300 Menschen so viel zählt wie eines mit 9.000.",
    ),
    "zahl-mehrdeutig": Code(
        _ERROR,
        "„{value}“ kann zweierlei heißen: Tausender oder drei Nachkommastellen (Spalte {column})",
        "ohne Punkt schreiben, oder mit Dezimalkomma und Tausenderpunkt in der ganzen Tabelle",
        "Aus 1.585 Kindern dürfen nicht 1,585 werden. Nahraum rät nicht.",
    ),
    "zeichen-falsch": Code(
        _ERROR,
        "„{value}“ ist kein Zeichen der Statistik",
        "möglich sind: – (nichts), . (geheim oder unbekannt), … (später), / (unsicher), x (gesperrt), r (berichtigt)",
        "Die Zeichen folgen der amtlichen Statistik.",
    ),
    "kennzahl-ohne-beschreibung": Code(
        _ERROR,
        "Der Kennzahl „{name}“ fehlt indicator.yml",
        "die Beschreibung anlegen: was gezählt wird, wovon, woher",
        "Ohne Beschreibung ist eine Zahl nichts wert: Jede Kennzahl hat einen Ordner mit indicator.yml und values.csv.",
    ),
    "kennzahl-ohne-werte": Code(
        _WARNING,
        "Für „{name}“ gibt es noch keine Werte",
        "die geschützten Werte mit „nahraum protect“ als values.csv schreiben",
        "Eine Kennzahl ohne Werte hat keine Seite.",
    ),
    "verzeichnis-unlesbar": Code(
        _ERROR,
        "Diese Zeile des Verzeichnisses der Ausgaben lässt sich nicht lesen",
        "die Datei aus git wiederherstellen; sie wird nur von „nahraum protect“ geschrieben",
        "Im Verzeichnis steht, wann welche Tabelle veröffentlicht wurde, mit ihrer Prüfsumme.",
    ),
    "ausgabe-geaendert": Code(
        _ERROR,
        "Die Ausgabe vom {date} wurde nachträglich geändert oder fehlt",
        "die Datei aus git wiederherstellen; Berichtigungen sind eine neue Ausgabe",
        "Was veröffentlicht ist, bleibt. Sonst ließe sich nicht prüfen, ob zwei Ausgaben zusammen etwas verraten.",
    ),
    "wert-fehlt": Code(
        _ERROR,
        "In dieser Zeile fehlt der Wert",
        "eine Zahl oder eines der Zeichen – . … / x eintragen",
        "Ein leeres Feld sagt nicht, warum nichts dasteht.",
    ),
    "zeile-ohne-gebiet": Code(
        _ERROR,
        "In dieser Zeile fehlt das Gebiet oder der Zeitraum",
        "space und period ausfüllen",
        "Jede Zeile gehört zu einem Gebiet und einem Zeitraum.",
    ),
    "ablage-im-projekt": Code(
        _ERROR,
        "Die private Ablage „{name}“ liegt im Projekt",
        "die Rohtabellen in einen Ordner außerhalb des Projekts legen, den nur die Planung lesen kann",
        "Was einmal in git steht, bleibt dort. Rohe Fallzahlen dürfen nie in die öffentliche Ablage, auch nicht kurz.",
    ),
    "rohtabellen-fehlen": Code(
        _ERROR,
        "In „{name}“ liegt keine Rohtabelle",
        "je Kennzahl eine Datei <kennzahl>.csv hineinlegen, mit den Zahlen der kleinsten Gebiete",
        "„nahraum protect“ liest aus der privaten Ablage eine CSV-Datei je Kennzahl.",
    ),
    "kennzahl-unbekannt": Code(
        _ERROR,
        "„{name}“ ist keine Kennzahl des Projekts",
        "{better}",
        "Die Rohtabelle heißt wie der Ordner der Kennzahl unter resources/indicators/.",
    ),
    "rohtabelle": Code(
        _ERROR,
        "Das sieht nach einer Rohtabelle aus: {why}",
        "die Datei in die private Ablage legen, aus git entfernen und die Zahlen mit „nahraum protect“ schützen",
        "Im Projekt stehen nur geschützte Tabellen: resources/indicators/<kennzahl>/values.csv und die Ausgaben daneben. Ist eine Rohtabelle schon eingecheckt, muss sie auch aus der Geschichte von git.",
    ),
    "kleine-zahl": Code(
        _ERROR,
        "Die Zahl {value} liegt unter der Schwelle von {threshold}",
        "die Rohtabelle in die private Ablage legen und „nahraum protect“ laufen lassen; von Hand gesperrt wird nicht",
        "Kleine Zahlen können Menschen erkennbar machen. Eine einzelne Zelle zu sperren genügt nicht: Aus Summen ließe sie sich errechnen.",
    ),
    "nicht-gerundet": Code(
        _ERROR,
        "{value} ist kein Vielfaches von 5, die Kennzahl wird aber gerundet veröffentlicht",
        "die Tabelle mit „nahraum protect“ neu schreiben",
        "Mit dem Verfahren round-5 steht jede Zahl als Vielfaches von 5 da.",
    ),
    "nenner-zu-klein": Code(
        _ERROR,
        "Der Nenner {value} liegt unter der kleinsten Größe von {least}",
        "die Tabelle mit „nahraum protect“ schreiben; die Zelle wird dann gesperrt",
        "Quoten auf wenige Menschen sagen wenig und verraten viel. Üblich ist ein Nenner von mindestens 100.",
    ),
    "gebiet-zu-klein": Code(
        _ERROR,
        "„{space}“ hat {value} Einwohner/innen, weniger als {least}",
        "die Tabelle mit „nahraum protect“ schreiben; das Gebiet bleibt dann ohne Angabe",
        "Gebiete unter einer kleinsten Bevölkerung werden gar nicht berichtet. Üblich sind 300.",
    ),
    "zaehler-ueber-nenner": Code(
        _ERROR,
        "Der Zähler {numerator} ist größer als der Nenner {denominator}",
        "beide Zahlen prüfen; wenn ein Mensch mehrfach zählen darf, in indicator.yml „interval: byar“ schreiben",
        "Bei einem Anteil ist jeder Gezählte auch im Nenner.",
    ),
    "summe-der-teile": Code(
        _ERROR,
        "{name}: die Teile ergeben {sum}, da steht {total} ({what}, {period})",
        "die Tabellen der Teile und des Ganzen vergleichen; für nicht Zuordenbares ein eigenes Gebiet anlegen",
        "Teile müssen ihr Ganzes ergeben. Sonst ist eine der Zahlen falsch, oder ein Gebiet fehlt.",
    ),
    "gebiet-ohne-wert": Code(
        _ERROR,
        "Für {missing} fehlt eine Zeile ({period}), für andere Teile von „{parent}“ gibt es eine",
        "die Zeile ergänzen; gibt es keine Zahl, sagt ein Zeichen warum: – . … / x",
        "Fehlt ein Quartier, ist auch die Summe darüber falsch, und niemand weiß, warum dort nichts steht.",
    ),
    "kein-gebiet": Code(
        _ERROR,
        "„{value}“ ist kein Gebiet",
        "{better}",
        "Die Spalte space nennt das Kürzel eines Gebiets aus resources/spaces/.",
        "{{count}} Stellen nennen „{value}“, und das ist kein Gebiet",
    ),
    "gebietsstand": Code(
        _ERROR,
        "Die Werte gehören zum Gebietsstand {found}, die Kennzahl zum Stand {expected} ({count} Gebiete passen nicht, zuerst „{value}“)",
        "die Tabelle auf den Gebietsstand {expected} umrechnen oder die Gebiete des Standes {found} verwenden",
        "Wenn Grenzen neu gezogen werden, ändern sich die Schlüssel. Werte eines anderen Standes darf man nicht zuordnen, auch wenn einzelne Schlüssel gleich heißen.",
    ),
    "zeitraum-doppelt": Code(
        _ERROR,
        "„{space}“ steht für {period} zweimal da, zuerst in Zeile {first}",
        "eine der beiden Zeilen löschen",
        "Für ein Gebiet, einen Zeitraum und eine Aufgliederung gibt es eine Zahl.",
    ),
    "aufgliederung-unbekannt": Code(
        _ERROR,
        "„{value}“ ist kein Wert der Aufgliederung „{name}“",
        "möglich sind: {known}; leer bedeutet insgesamt",
        "Die Werte einer Aufgliederung stehen in indicator.yml unter breakdowns.",
    ),
    "schwelle-zu-klein": Code(
        _ERROR,
        "Eine Schwelle von {value} schützt niemanden",
        "mindestens {least} eintragen, für eigene Fallzahlen einer Stadt eher 10; bei Zahlen ohne Menschen „method: none“",
        "Geheim sind Zahlen von 1 bis unter der Schwelle. Die Bundesagentur für Arbeit sperrt alles unter 3; über die Schwelle entscheidet, wer für den Datenschutz zuständig ist.",
    ),
    "keine-anzahl": Code(
        _ERROR,
        "{value} ist keine Anzahl",
        "ganze Zahlen ohne Komma und Punkt schreiben; 1.585 ist hier vielleicht 1585",
        "Menschen, Familien und Fälle zählt man in ganzen Zahlen. Eine Zahl mit Nachkommastellen ist hier meist ein Tausenderpunkt, der falsch gelesen wurde.",
    ),
    "wert-unplausibel": Code(
        _ERROR,
        "{value} für „{space}“, {period}, passt nicht: {why}",
        'die Zahl mit der Quelle vergleichen; stimmt sie, in indicator.yml unter plausible: eintragen: {{space: {id}, period: "{period}", reason: …}}',
        "Verglichen wird mit anderen Jahren, mit anderen Gebieten derselben Ebene und mit deren Anteilen am Nenner, bevor irgendetwas gesperrt wird. Was zehnmal so groß oder klein ist, ist fast immer ein Lesefehler: ein Tausenderpunkt als Komma gelesen, eine Ziffer zu viel. Sonst würde aus 1585 eine geheime 2.",
    ),
    "negative-anzahl": Code(
        _ERROR,
        "{value} kann keine Anzahl sein",
        "die Zahl mit der Quelle vergleichen; wo nichts gezählt wurde, 0 schreiben, wo nichts bekannt ist, einen Punkt",
        "Gezählte Menschen, Fälle und Haushalte sind nie weniger als 0. Nur Salden ohne Nenner, die niemanden betreffen (method: none), dürfen negativ sein.",
    ),
    "kein-zeitraum": Code(
        _ERROR,
        "„{value}“ ist kein Zeitraum",
        "{better}",
        "Ein Zeitraum ist ein Jahr (2025), ein Schuljahr (2025/26), ein Halbjahr (2026-1), ein Quartal (2026-Q3), ein Monat (2026-03) oder ein Tag (2026-03-31). Tabellenkalkulationen speichern Daten als Zahl von Tagen; 45657 ist der 31.12.2024.",
    ),
    "zeitraum-zukunft": Code(
        _ERROR,
        "{value} hat noch nicht begonnen; gezählt sein kann dort nichts",
        'das Jahr berichtigen; sind die Zahlen vorausberechnet, in indicator.yml forecast_from: "{value}" eintragen',
        "Ein Tippfehler im Jahr (2099 statt 2029) stünde sonst als neuester Stand auf jeder Seite. Vorausberechnetes ist als solches zu sehen und beginnt bei forecast_from.",
    ),
    "strich-mehrdeutig": Code(
        _ERROR,
        "„-“ kann „nichts vorhanden“ oder „unbekannt“ heißen (Spalte {column})",
        "0 schreiben, wenn gezählt und nichts gefunden wurde; – (langer Strich), wenn es hier nichts zu zählen gibt; einen Punkt, wenn die Zahl unbekannt oder geheim ist",
        "In der amtlichen Statistik heißt der Strich „nichts vorhanden“, also genau null. Von Hand geschrieben heißt er oft „weiß ich nicht“. Geraten wird hier nicht.",
    ),
    "anmerkung-verraet": Code(
        _ERROR,
        "{cell} ist geheim, die Anmerkung daneben nennt eine Zahl: „{note}“",
        "die Anmerkung ohne Zahlen schreiben oder löschen",
        "Anmerkungen stehen auf der Seite und in den Downloads neben dem Zeichen für „geheim“. Eine Zahl darin („nur 3 Familien“) verrät, was gesperrt ist. Jahreszahlen sind erlaubt.",
    ),
    "zeichen-und-zahl": Code(
        _ERROR,
        "Neben dem Zeichen „{sign}“ steht noch die Zahl {value}",
        "die Zahl löschen, wenn sie nicht gezeigt werden darf, oder das Zeichen",
        "Das Zeichen sagt, dass es keinen Wert gibt. Stünde die Zahl trotzdem in der Datei, könnte jeder sie dort lesen.",
    ),
    "quote-ohne-nenner": Code(
        _ERROR,
        "„{title}“ sieht nach einer Quote aus ({why}), hat aber keinen Nenner und würde über Gebiete addiert",
        "den Nenner nennen und Zähler und Nenner liefern; gibt es nur die Quote, adds_up: no schreiben",
        "Aus 100 % hier und 150 % dort werden keine 250 %. Quoten größerer Gebiete entstehen aus summierten Zählern und Nennern. Ist es doch eine Anzahl, steht adds_up: yes.",
    ),
    "regeln-verschieden": Code(
        _ERROR,
        "{name} ist hier {value}, in „{other}“ aber {there}; beide zählen dasselbe",
        "in beiden Kennzahlen dasselbe unter disclosure schreiben",
        "Was mehrere Kennzahlen gemeinsam zählen (numerator_from), hat eine einzige Regel. Sonst zeigt die eine, was die andere verbirgt. Offen (method: none) ist eine Zahl nur, wenn alle sie offen nennen.",
    ),
    "zaehler-verschieden": Code(
        _ERROR,
        "Die Zahl ist {value}, in „{other}“ steht dafür {there}",
        "beide Tabellen aus derselben Quelle und mit demselben Stand ausgeben; zählen sie Verschiedenes, numerator_from weglassen",
        "Die Kennzahl sagt, dass sie dasselbe zählt wie eine andere (numerator_from). Dann müssen beide dieselbe Zahl nennen.",
    ),
    "zahl-unter-anderem-namen": Code(
        _ERROR,
        "{cell} ist geheim, steht aber in anderer Form in {others} ({how})",
        "mit numerator_from oder denominator_from sagen, dass es dieselben Fälle sind, und alle gemeinsam neu schützen",
        "Überall sonst ergeben die Tabellen dieselben Zahlen: gleich, als Summe oder Unterschied zweier anderer, als Anteil eines Betrags. Wer das sieht, liest die geheime Zahl dort ab.",
    ),
    "nenner-fehlt": Code(
        _ERROR,
        "In dieser Zeile fehlt der Nenner",
        "den Nenner eintragen ({denominator})",
        "Ein Anteil hat immer einen Nenner.",
    ),
    "nenner-verschieden": Code(
        _ERROR,
        "Der Nenner ist {value}, in „{other}“ steht dafür {there}",
        "beide Tabellen aus derselben Quelle und mit demselben Stand ausgeben",
        "Die Kennzahl nennt eine andere als ihren Nenner (denominator_from). Dann müssen beide dieselbe Zahl zeigen.",
    ),
    "gebiete-treffen-sich-nicht": Code(
        _ERROR,
        "„{first}“ und „{second}“ haben keine gemeinsame Fläche",
        "die Zuordnung der Zeile prüfen; die Grenzen stehen in resources/geometry/",
        "Wo zwei Einteilungen der Stadt sich kreuzen, wird geprüft, was sich aus beiden zusammen errechnen lässt. Dafür muss die Karte stimmen.",
    ),
    "nicht-schuetzbar": Code(
        _ERROR,
        "{count} geheime Zahlen errechnet, {whom}, auch wenn alles Übrige gesperrt wird (zuerst {cell})",
        "mehr Gebiete, Zeiträume oder Werte einer Aufgliederung zusammenfassen; Näheres steht im Bericht",
        "Manchmal verrät schon eine frühere Ausgabe zusammen mit den neuen Zahlen zu viel, oder die Tabelle ist so fein, dass nichts zum Verstecken bleibt. Dann wird nichts geschrieben.",
    ),
    "zahl-fuer-beteiligte": Code(
        _ERROR,
        "Die geheime Zahl von {cell} errechnet, wer selbst in {own} gezählt ist und diese Zahl deshalb kennt",
        "die Tabellen mit „nahraum protect“ neu schreiben; es sperrt so viel mehr, dass niemand aus dem eigenen Fall auf andere schließen kann",
        "Wer der einzige Fall in einer Zelle ist, kennt ihre Zahl, auch wenn sie gesperrt ist. Mit ihr darf keine andere errechenbar sein. Wie viele Fälle als eigene gelten, sagt own_cases unter disclosure.",
    ),
    "zahl-zu-erraten": Code(
        _ERROR,
        "Die geheime Zahl von {cell} errechnet, wer richtig rät, welche gesperrten Zahlen klein sind",
        "die Tabellen mit „nahraum protect“ neu schreiben; bleibt es dabei, Gebiete oder Werte einer Aufgliederung zusammenfassen",
        "Kleine Zahlen liegen zwischen 1 und der Schwelle, mitgesperrte erreichen sie. Auch wer das weiß und die Rollen errät, muss für jede kleine Zahl noch zwei Werte für möglich halten.",
    ),
    "frueher-verraten": Code(
        _WARNING,
        "{count} geheime Zahlen errechnet, {whom}, aber nur mit früheren Ausgaben (zuerst {cell})",
        "mit der Stelle für Datenschutz besprechen; was veröffentlicht ist, lässt sich nicht zurückholen",
        "Die neuen Tabellen allein verraten nichts. Frühere Ausgaben zeigen aber Zahlen, die heute gesperrt würden.",
    ),
    "ausgabe-vorhanden": Code(
        _ERROR,
        "Eine Ausgabe vom {date} gibt es schon, mit anderem Inhalt",
        "mit --date einen späteren Tag nennen; was veröffentlicht ist, bleibt",
        "Jeder Tag hat höchstens eine Ausgabe. Berichtigungen sind eine neue Ausgabe.",
    ),
    "werte-ohne-ausgabe": Code(
        _ERROR,
        "values.csv ist nicht die letzte Ausgabe (vom {date})",
        "values.csv aus git wiederherstellen oder mit „nahraum protect“ eine neue Ausgabe schreiben",
        "Wird values.csv von Hand geändert, passt sie nicht mehr zu dem, was geprüft und verzeichnet wurde.",
    ),
    "zahl-verraten": Code(
        _ERROR,
        "Die geheime Zahl von {cell} lässt sich errechnen: {what}",
        "die Tabellen mit „nahraum protect“ neu schreiben; verraten wird sie durch {by}",
        "Nahraum rechnet wie jemand, der alles Veröffentlichte kennt: Summen, andere Gebiete, Quoten, frühere Ausgaben und die Regel selbst.",
    ),
    "zahl-schon-veroeffentlicht": Code(
        _WARNING,
        "{cell} ist jetzt geheim, stand aber schon in der {by}",
        "mit der Stelle für Datenschutz besprechen; was veröffentlicht ist, lässt sich nicht zurückholen",
        "Wird eine Regel strenger, bleiben frühere Ausgaben, wie sie sind.",
    ),
    "tabellen-widersprechen": Code(
        _ERROR,
        "Die veröffentlichten Zahlen passen nicht zusammen ({by})",
        "die Tabellen mit „nahraum protect“ neu schreiben",
        "Wenn sich Tabellen widersprechen, lässt sich nicht prüfen, ob sie etwas verraten.",
    ),
    "zahl-auf-der-seite": Code(
        _ERROR,
        "Zur geheimen Zelle {cell} steht hier eine Zahl: {value}",
        "die Stelle ändern und neu bauen; wo die Kennzahl geheim ist, darf auch keine Quote und kein Text sie nennen",
        "„nahraum audit SITE/“ liest die gebaute Seite wie ein fremder Besucher: Tabellen, Downloads, Texte von Bildern.",
    ),
}

_EDITIONS = {
    "ausgabe-ohne-kopf": Code(
        _ERROR,
        "Der Ausgabe fehlt der Kopf",
        "die Datei mit einer Zeile --- beginnen, darunter title, edition, date, state und summary, dann wieder ---",
        "Jede Ausgabe eines Berichts beginnt mit ihrem Kopf. „nahraum new report“ schreibt ihn.",
    ),
    "ausgabe-nicht-eingefroren": Code(
        _ERROR,
        "Diese Ausgabe ist veröffentlicht, aber ihre Zahlen sind nicht festgehalten",
        "„nahraum publish {file}“ ausführen und die neue Datei unter resources/editions/ mit einchecken",
        "Eine veröffentlichte Ausgabe behält ihre Zahlen für immer. Darum werden sie mit ihren Definitionen in eine eigene Datei geschrieben; spätere Daten ändern die Ausgabe nicht.",
    ),
    "ausgabe-daten-geaendert": Code(
        _ERROR,
        "Die festgehaltenen Zahlen der Ausgabe „{name}“ wurden geändert oder sind unlesbar",
        "die Datei aus git wiederherstellen; neue Zahlen gehören in eine neue Ausgabe",
        "Was in einer veröffentlichten Ausgabe steht, bleibt. Die Datei trägt ihre eigene Prüfsumme.",
    ),
    "ausgabe-format-neuer": Code(
        _ERROR,
        "Die festgehaltenen Zahlen der Ausgabe „{name}“ hat eine neuere Version von Nahraum geschrieben",
        "Nahraum auf diesem Rechner aktualisieren",
        "Ältere Dateien werden immer gelesen. Eine neuere kann Angaben enthalten, die diese Version nicht kennt und darum falsch zeigen würde.",
    ),
    "ausgabe-text-geaendert": Code(
        _ERROR,
        "Der Text dieser Ausgabe wurde nach der Veröffentlichung geändert",
        "eine neue Ausgabe schreiben, oder einen Fehler berichtigen: nahraum freeze {file} --correction „Was berichtigt ist“",
        "Wer einen Bericht zitiert, muss ihn so wiederfinden. Eine Berichtigung ist möglich; sie steht dann sichtbar am Ende der Ausgabe.",
    ),
    "bericht-name-vergeben": Code(
        _ERROR,
        "„{name}“ ist schon der Name einer Kennzahl",
        "den Ordner des Berichts umbenennen, zum Beispiel in bericht-{name}",
        "Berichte und Kennzahlen liegen beide unter /berichte/. Jede Adresse gibt es nur einmal.",
    ),
    "ausgabe-uebrig": Code(
        _WARNING,
        "Zu diesen festgehaltenen Zahlen gibt es keine Ausgabe",
        "die Ausgabe unter content/berichte/ wiederherstellen; veröffentlichte Ausgaben bleiben im Archiv",
        "Das Archiv eines Berichts zeigt alle Ausgaben, die je veröffentlicht wurden.",
    ),
    "pdf-fehlt": Code(
        _ERROR,
        "PDF lassen sich hier nicht schreiben: {reason}",
        "das Extra installieren (pip install 'nahraum[pdf]') und die Systempakete libpango-1.0-0, libpangoft2-1.0-0 und libharfbuzz-subset0, oder in site_config.yml pdf: no",
        "PDF schreibt WeasyPrint. Es braucht die Schrift- und Satzbibliothek Pango vom Betriebssystem.",
    ),
}

CODES: MappingProxyType[str, Code] = MappingProxyType(
    {
        **_OURS,
        **_FILES,
        **_WRITING,
        **_FIELDS,
        **_LINKS,
        **_SHAPES,
        **_SPACES,
        **_MEANING,
        **_PAGES,
        **_EDITING,
        **_FIGURES,
        **_EDITIONS,
    }
)


def diagnostic(code: str, position: Position, **values: object) -> Diagnostic:
    """Fill the code's message and help with values and put them at a position; an unknown code is a bug (KeyError)."""
    entry = CODES[code]
    return Diagnostic(
        code,
        entry.severity,
        position,
        entry.message.format(**values),
        entry.help.format(**values),
        entry.many.format(**values),
    )
