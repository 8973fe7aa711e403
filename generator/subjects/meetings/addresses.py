"""Where the packs for meetings stand, from the root of a language's tree."""

PATHS = {"meeting": "netzwerke/{id}/sitzung/"}
