"""Where the pages of forecasts stand, from the root of a language's tree."""

PATHS = {"forecast": "berichte/vorausberechnungen/{id}/"}
