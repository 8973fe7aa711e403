"""Evaluations: what changed from before to after, beside what it is compared with."""

PATHS = {"evaluation": "berichte/auswertungen/{id}/"}
