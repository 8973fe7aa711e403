"""Plan measures from need to review, and list agreements with providers."""

PATHS = {"measures": "berichte/massnahmen/", "agreements": "berichte/vereinbarungen/"}
