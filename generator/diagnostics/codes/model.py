"""What a single value is refused for (`model/`): its scalar types raise these as the type of a pydantic error."""

from __future__ import annotations

from generator.diagnostics.codes.code import ERROR, Code

CODES = {
    "rahmen-adresse": Code(
        ERROR,
        "„{value}“ taugt nicht als Anfang von Adressen",
        "https://, den Namen des Servers und einen Pfad schreiben, der auf / endet, zum Beispiel https://video.stadt.example/einbetten/",
        "Ohne den Schrägstrich hinter dem Namen passte der Anfang auch zu fremden Servern mit ähnlichem Namen.",
    ),
    "falsche-form": Code(
        ERROR,
        "Hier gehört {expected} hin, aber da steht {found}",
        "eine Liste steht in eckigen Klammern, etwa [eins, zwei]; eine Vorlage für alle Felder schreibt „nahraum new“",
        "Jedes Feld hat eine feste Form: ein Text, eine Liste oder eine Gruppe von Feldern.",
    ),
    "text-leer": Code(
        ERROR,
        "Der Text ist leer",
        "etwas hineinschreiben oder das Feld weglassen",
        "Ein leerer Text in Anführungszeichen hilft niemandem.",
    ),
    "sprache-unbekannt": Code(
        ERROR,
        "Die Sprache „{value}“ ist unbekannt",
        "das Kürzel der Sprache nach ISO 639 schreiben, zum Beispiel de, en, tr, ar oder uk",
        "Aus dem Kürzel folgen Schreibrichtung, Daten und Zahlen der Seiten in dieser Sprache.",
    ),
    "text-zu-lang": Code(
        ERROR,
        "Der Text ist mit {length} Zeichen zu lang",
        "höchstens {limit} Zeichen schreiben; Längeres gehört in description oder auf eine eigene Seite in content/",
        "Ein Eintrag ist eine Karteikarte. Überlange Werte sind fast immer Versehen, etwa eine eingefügte Tabelle.",
    ),
    "text-unsichtbar": Code(
        ERROR,
        "Der Text besteht nur aus unsichtbaren Zeichen",
        "etwas Lesbares hineinschreiben oder das Feld weglassen",
        "Zeichen ohne Breite und Zeichen für die Schreibrichtung sind nicht zu sehen; ein Name aus ihnen wäre eine leere Zeile.",
    ),
    "zahl-negativ": Code(
        ERROR,
        "„{value}“ ist kleiner als null",
        "einen Betrag ohne Minus schreiben",
        "Beträge, Stunden und Anzahlen von Menschen sind null oder mehr.",
    ),
    "betrag-geteilt": Code(
        ERROR,
        "„{value}“ hat mehr als zwei Stellen hinter dem Punkt",
        "auf ganze Cent runden: 1234.56",
        "Beträge eines Budgets werden auf den Cent genau verteilt. Kleinere Teile gibt es nicht.",
    ),
    "kein-jahr": Code(
        ERROR,
        "„{value}“ ist kein Jahr",
        "vier Ziffern schreiben, von {first} bis {last}: 2026",
        "Haushalte gelten für Jahre. Ein Doppelhaushalt sind zwei: [2026, 2027].",
    ),
    "datum-unglaubhaft": Code(
        ERROR,
        "„{value}“ kann nicht gemeint sein",
        "ein Datum zwischen {first} und {last} schreiben; ohne Ende das Feld weglassen",
        "Daten wie 9999-12-31 stehen in anderen Programmen für „unbegrenzt“. Hier bleibt ein Feld, das nicht gilt, einfach weg.",
    ),
    "dauer-unglaubhaft": Code(
        ERROR,
        "Die Dauer „{value}“ ist länger als 100 Jahre",
        "eine kürzere Dauer schreiben oder das Feld weglassen",
        "Mit so langen Dauern lässt sich nicht rechnen, und niemand meint sie.",
    ),
    "alter-unglaubhaft": Code(
        ERROR,
        "Das Alter „{value}“ liegt über 120 Jahren",
        "das Alter in Jahren schreiben, zum Beispiel 6-10, oder mit months in Monaten; ohne Grenze nach oben 16+",
        "Ein Alter wie 999 steht in anderen Programmen für „ohne Grenze“.",
    ),
    "kein-kuerzel": Code(
        ERROR,
        "„{value}“ ist kein Kürzel",
        "kleine Buchstaben a–z, Ziffern und Bindestriche verwenden",
        "Verweise nennen das Kürzel eines Eintrags, also den Namen seiner Datei ohne Endung.",
    ),
    "kein-ja-nein": Code(
        ERROR,
        "„{value}“ ist weder yes noch no",
        "yes oder no schreiben",
        "Damit alle Dateien gleich aussehen, gibt es nur diese beiden Wörter.",
    ),
    "keine-zahl": Code(
        ERROR,
        "„{value}“ ist keine Zahl",
        "Ziffern und höchstens einen Punkt schreiben, zum Beispiel 3.50",
        "Zahlen stehen mit Dezimalpunkt und ohne Trennzeichen für Tausender.",
    ),
    "keine-ganze-zahl": Code(
        ERROR,
        "„{value}“ ist keine ganze Zahl",
        "nur Ziffern schreiben",
        "Hier wird gezählt; Nachkommastellen, Vorzeichen und Trennzeichen passen nicht.",
    ),
    "kein-datum": Code(
        ERROR,
        "„{value}“ ist kein Datum",
        "Jahr-Monat-Tag schreiben, zum Beispiel 2026-10-01",
        "Daten stehen immer als Jahr-Monat-Tag, damit sie eindeutig sind und sich sortieren lassen.",
    ),
    "deutsches-datum": Code(
        ERROR,
        "„{value}“ steht in deutscher Schreibweise",
        "{better} schreiben",
        "Daten stehen immer als Jahr-Monat-Tag, damit sie eindeutig sind und sich sortieren lassen.",
    ),
    "keine-uhrzeit": Code(
        ERROR,
        "„{value}“ ist keine Uhrzeit",
        "Stunden und Minuten schreiben, zum Beispiel 15:00",
        "Uhrzeiten stehen von 0:00 bis 23:59.",
    ),
    "keine-dauer": Code(
        ERROR,
        "„{value}“ ist keine Dauer",
        "eine Zahl und days, weeks, months oder years schreiben, zum Beispiel 6 months",
        "Dauern stehen als Zahl und englische Einheit.",
    ),
    "kein-halbjahr": Code(
        ERROR,
        "„{value}“ ist kein Halbjahr",
        "Jahr und 1 oder 2 schreiben, zum Beispiel 2026-1",
        "2026-1 ist Januar bis Juni 2026.",
    ),
    "kein-alter": Code(
        ERROR,
        "„{value}“ ist keine Altersangabe",
        "zum Beispiel 0-3, 6-12 months, 16+, pregnancy oder all schreiben",
        "Alter steht in vollen Jahren; 9-11 schließt elfjährige Kinder ein.",
    ),
    "keine-entfernung": Code(
        ERROR,
        "„{value}“ ist keine Entfernung",
        "zum Beispiel 800 m oder 1.5 km schreiben, höchstens 100 km",
        "Aus der Entfernung wird gerechnet, von wo aus ein Angebot zu Fuß zu erreichen ist.",
    ),
    "alter-verkehrt": Code(
        ERROR,
        "Das Alter „{value}“ läuft rückwärts",
        "{better} schreiben",
        "Zuerst steht das kleinere Alter.",
    ),
    "zeit-verkehrt": Code(
        ERROR,
        "Das Ende ({second}) liegt nicht nach dem Anfang ({first})",
        "die beiden Angaben prüfen",
        "Anfang und Ende sind wahrscheinlich vertauscht.",
    ),
    "kein-punkt": Code(
        ERROR,
        "„{value}“ ist kein Punkt",
        "Länge und Breite in Grad schreiben, zum Beispiel 10.0101 53.7033",
        "Ein Punkt besteht aus zwei Zahlen mit Dezimalpunkt: zuerst die Länge (Ost), dann die Breite (Nord).",
    ),
    "punkt-vertauscht": Code(
        ERROR,
        "Länge und Breite sind vertauscht",
        "{better} schreiben",
        "Zuerst steht die Länge (in Deutschland etwa 6 bis 15), dann die Breite (etwa 47 bis 55).",
    ),
    "punkt-projiziert": Code(
        ERROR,
        "„{value}“ sind keine Grad, sondern Koordinaten eines anderen Systems",
        "Länge und Breite in Grad (WGS 84) schreiben, zum Beispiel 10.0101 53.7033",
        "Vermessungsämter liefern oft UTM- oder Gauß-Krüger-Werte mit sechs oder mehr Ziffern. Hier werden Grad gebraucht.",
    ),
    "kein-geometrieverweis": Code(
        ERROR,
        "„{value}“ ist kein Verweis auf eine Geometrie",
        "Datei und Kennung schreiben, zum Beispiel geometry/sozialraeume.geojson#suederaue",
        "Geometrien stehen in GeoJSON-Dateien; hinter # steht die Kennung (id) des Gebiets.",
    ),
    "keine-telefonnummer": Code(
        ERROR,
        "„{value}“ ist keine Telefonnummer",
        "Ziffern, Leerzeichen und Bindestriche schreiben, zum Beispiel 040 66969-100",
        "Die Nummer wird zum Anrufen verlinkt. Hinweise gehören in das Feld note.",
    ),
    "keine-mail": Code(
        ERROR,
        "„{value}“ ist keine E-Mail-Adresse",
        "die Adresse prüfen; sie hat genau ein @ und keine Leerzeichen",
        "Die Adresse wird verlinkt und muss stimmen.",
    ),
    "keine-webadresse": Code(
        ERROR,
        "„{value}“ ist keine Internetadresse",
        "mit https:// beginnen, zum Beispiel https://www.beispiel.example/",
        "Nur http- und https-Adressen werden verlinkt.",
    ),
    "kein-sprachkuerzel": Code(
        ERROR,
        "„{value}“ ist kein Sprachkürzel",
        "zwei oder drei kleine Buchstaben schreiben, zum Beispiel de, tr, ar",
        "Sprachen stehen als Kürzel nach BCP 47.",
    ),
    "keine-farbe": Code(
        ERROR,
        "„{value}“ ist keine Farbe",
        'sechs Stellen nach # in Anführungszeichen schreiben, zum Beispiel "#0d6b66"',
        "Farben stehen in hexadezimaler Form.",
    ),
    "beispielhaft-unbekannt": Code(
        ERROR,
        "„{value}“ lässt sich nicht einzeln als erfunden bezeichnen",
        "möglich sind: {known}; sonst den ganzen Eintrag mit illustrative: yes bezeichnen",
        "Was erfunden ist, muss überall so heißen: auf Seiten, in Listen und in Dateien. Für die genannten Angaben ist das eingerichtet.",
    ),
    "keine-postleitzahl": Code(
        ERROR,
        "„{value}“ ist keine Postleitzahl",
        "fünf Ziffern schreiben, eine führende Null bleibt stehen",
        "Deutsche Postleitzahlen haben fünf Ziffern.",
    ),
}
