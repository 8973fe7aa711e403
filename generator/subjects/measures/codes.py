"""What is told of measures: what contradicts itself, what is due, and what planning law asks for."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "massnahme-beschluss-fehlt": Code(
        ERROR,
        "Die Maßnahme gilt als beschlossen, aber unter decisions steht kein Beschluss dazu",
        "den Beschluss mit by, date und result: approved ergänzen oder status: proposed setzen",
        "Was beschlossen heißt, muss sich nachlesen lassen: wer, wann, mit welchem Ergebnis.",
    ),
    "massnahme-abgelehnt": Code(
        ERROR,
        "Der letzte Beschluss vom {date} lehnt die Maßnahme ab, der Stand ist aber „{status}“",
        "status: dropped setzen oder den späteren Beschluss ergänzen",
        "Stand und Beschluss stehen auf der Seite nebeneinander und müssen zusammenpassen.",
    ),
    "massnahme-stand-alt": Code(
        WARNING,
        "Am {date} ist die Maßnahme beschlossen worden, der Stand ist noch „proposed“",
        "status: decided setzen, oder running, wenn sie läuft",
        "Sonst steht eine beschlossene Maßnahme weiter unter den Vorschlägen.",
    ),
    "beschluss-vorbehalt": Code(
        ERROR,
        "Ein Beschluss unter Vorbehalt nennt den Vorbehalt, ein anderer hat keinen",
        "result: conditional und condition gehören zusammen, zum Beispiel condition: vorbehaltlich des Haushalts 2027",
        "Wer „beschlossen“ liest, rechnet damit. Ein Vorbehalt ist ein anderer Stand und steht mit seinen Worten dabei.",
    ),
    "beschluss-frist": Code(
        ERROR,
        "Ein befristeter Beschluss nennt, bis wann er gilt, ein anderer hat keine Frist",
        "result: limited und until gehören zusammen",
        "Befristet beschlossen ist ein anderer Stand als beschlossen; danach entscheidet das Gremium neu.",
    ),
    "beschluss-in-zukunft": Code(
        ERROR,
        "Der Beschluss vom {date} hat schon ein Ergebnis, die Sitzung war aber noch nicht",
        "date berichtigen; vor der Sitzung bleibt result weg",
        "Was noch nicht beraten ist, ist nicht beschlossen.",
    ),
    "beschluss-ohne-ergebnis": Code(
        WARNING,
        "Die Sitzung war am {date}, das Ergebnis fehlt",
        "result ergänzen: recommended, approved, changed, postponed oder rejected",
        "Auf der Seite steht sonst, dass die Beratung noch aussteht.",
    ),
    "massnahme-ohne-ueberpruefung": Code(
        WARNING,
        "Es steht nicht da, bis wann jemand prüft, ob die Maßnahme wirkt",
        "unter reviews eine Überprüfung mit due ergänzen",
        "Eine Maßnahme, die niemand überprüft, läuft weiter, ob sie hilft oder nicht.",
    ),
    "ueberpruefung-ueberfaellig": Code(
        WARNING,
        "Die Überprüfung sollte bis {value} gemacht sein",
        "made und result ergänzen oder due neu setzen",
        "Überfällige Überprüfungen stehen auch auf der Seite der Maßnahmen.",
    ),
    "ueberpruefung-in-zukunft": Code(
        ERROR,
        "Geprüft am {value}: Das liegt in der Zukunft",
        "made berichtigen; eine geplante Überprüfung hat nur due",
        "Was noch nicht geprüft ist, hat kein Ergebnis.",
    ),
    "ueberpruefung-ohne-tag": Code(
        ERROR,
        "Hier steht ein Ergebnis, aber nicht, wann geprüft wurde",
        "made mit Tag, Monat oder Jahr ergänzen",
        "Ein Ergebnis gilt für den Tag, an dem es gefunden wurde.",
    ),
    "massnahme-ohne-stimmen": Code(
        WARNING,
        "Es steht nicht da, was junge Menschen oder Eltern zu dieser Maßnahme sagen",
        "unter voices ergänzen, wer gefragt wurde und was sie sagen",
        "Wünsche, Bedürfnisse und Interessen junger Menschen und ihrer Eltern gehören zur Planung (§ 80 Abs. 1 SGB VIII).",
    ),
    "massnahme-ohne-inklusion": Code(
        WARNING,
        "Es steht nicht da, was die Maßnahme für junge Menschen mit Behinderungen bedeutet",
        "inclusion ergänzen, auch wenn noch etwas fehlt",
        "Die Planung ist inklusiv (§ 80 Abs. 2 SGB VIII). Was fehlt, soll man sehen können.",
    ),
}
