"""Where the pages of evaluations stand, from the root of a language's tree."""

PATHS = {"evaluation": "berichte/auswertungen/{id}/"}
