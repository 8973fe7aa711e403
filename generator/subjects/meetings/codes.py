"""Define the messages about minutes: how grave, what is wrong, what helps and why."""

from __future__ import annotations

from generator.diagnostics.diagnostic import ERROR, WARNING, Code

CODES = {
    "sitzung-in-zukunft": Code(
        ERROR,
        "Das Protokoll ist von einer Sitzung am {date}: Das liegt in der Zukunft",
        "date berichtigen; das nächste Treffen steht beim Netzwerk unter meets",
        "Ein Protokoll sagt, was verabredet wurde. Ab seinem Tag zählt die Unterlage zur Sitzung, was sich geändert hat.",
    ),
    "verabredung-ueberfaellig": Code(
        WARNING,
        "Das sollte bis {value} erledigt sein",
        "status: done mit result ergänzen oder due neu setzen",
        "Offene Verabredungen stehen in der Unterlage zur nächsten Sitzung, überfällige zuerst.",
    ),
}
