"""Meetings of working groups: the pack for the next one, and the minutes of the last ones."""

PATHS = {"meeting": "netzwerke/{id}/sitzung/"}
