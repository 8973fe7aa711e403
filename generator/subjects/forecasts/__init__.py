"""Forecast how many children of some ages there will be, and have a claim."""

PATHS = {"forecast": "berichte/vorausberechnungen/{id}/"}
