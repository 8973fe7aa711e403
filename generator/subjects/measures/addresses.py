"""Where the page of measures stands, from the root of a language's tree."""

PATHS = {"measures": "berichte/massnahmen/"}
