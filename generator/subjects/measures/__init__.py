"""What a town plans, decides and agrees on: measures from need to review, and contracts with providers."""

PATHS = {"measures": "berichte/massnahmen/", "agreements": "berichte/vereinbarungen/"}
