"""Where the pages of sustainability checks stand, from the root of a language's tree."""

PATHS = {"check": "berichte/pruefungen/{id}/"}
