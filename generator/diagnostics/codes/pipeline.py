"""What a build reports of itself (`pipeline/`), mistakes of ours among it."""

from __future__ import annotations

from generator.diagnostics.codes.code import ERROR, WARNING, Code

CODES = {
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
        "das Extra installieren (pip install 'nahraum[pdf]') und die Systempakete libpango-1.0-0, libpangoft2-1.0-0 und libharfbuzz-subset0, oder in site_config.yml pdf: no",
        "PDF schreibt WeasyPrint. Es braucht die Schrift- und Satzbibliothek Pango vom Betriebssystem.",
    ),
}
