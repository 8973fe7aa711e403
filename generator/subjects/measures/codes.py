"""Define the messages about measures and agreements: how grave, what is wrong, what helps and why."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "massnahme-stand": Code(
        ERROR,
        "Der Stand „{status}“ passt nicht zum letzten Beschluss",
        "status berichtigen (beschlossen: decided oder running, abgelehnt: dropped) oder unter decisions den Beschluss mit by, date und result ergänzen",
        "Was beschlossen heißt, muss sich nachlesen lassen: wer, wann, mit welchem Ergebnis. Stand und Beschluss stehen nebeneinander.",
    ),
    "beschluss-vorbehalt": Code(
        ERROR,
        "Ein Beschluss unter Vorbehalt nennt den Vorbehalt, ein befristeter die Frist, ein anderer keins von beiden",
        "result: conditional und condition gehören zusammen, result: limited und until auch",
        "Wer „beschlossen“ liest, rechnet damit. Unter Vorbehalt oder befristet beschlossen ist ein anderer Stand.",
    ),
    "ergebnis-in-zukunft": Code(
        ERROR,
        "Hier steht schon ein Ergebnis, aber {date} liegt in der Zukunft",
        "den Tag berichtigen; vor einer Sitzung bleibt result weg, eine geplante Überprüfung hat nur due",
        "Was noch nicht beraten oder geprüft ist, hat kein Ergebnis.",
    ),
    "beschluss-ohne-ergebnis": Code(
        WARNING,
        "Die Sitzung war am {date}, das Ergebnis fehlt",
        "result ergänzen: recommended, approved, changed, postponed oder rejected",
        "Auf der Seite steht sonst, dass die Beratung noch aussteht.",
    ),
    "ueberpruefung-ueberfaellig": Code(
        WARNING,
        "Die Überprüfung sollte bis {value} gemacht sein",
        "made und result ergänzen oder due neu setzen",
        "Überfällige Überprüfungen stehen auch auf der Seite der Vorhaben.",
    ),
    "ueberpruefung-ohne-tag": Code(
        ERROR,
        "Hier steht ein Ergebnis, aber nicht, wann geprüft wurde",
        "made mit Tag, Monat oder Jahr ergänzen",
        "Ein Ergebnis gilt für den Tag, an dem es gefunden wurde.",
    ),
    "massnahme-luecke": Code(
        WARNING,
        "Es steht nicht da, {what}",
        "{field} ergänzen, auch wenn noch etwas fehlt",
        "Wünsche junger Menschen und ihrer Eltern gehören zur Planung (§ 80 Abs. 1 SGB VIII), sie ist inklusiv (Abs. 2), und was niemand überprüft, läuft weiter, ob es hilft oder nicht.",
    ),
    "anteil-nicht-gezeigt": Code(
        WARNING,
        "dieser Anteil steht nicht auf der Website",
        "staff (mindestens {n}) und staff_council: yes ergänzen, oder actual weglassen",
        "Der Anteil der Arbeitszeit eines kleinen Teams sagt zu viel über jede einzelne Person; auch bei größeren muss der Personalrat zustimmen.",
    ),
}
