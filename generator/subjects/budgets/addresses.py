"""Where the pages of budgets stand, from the root of a language's tree."""

PATHS = {"budgets": "berichte/budgets/", "budget": "berichte/budgets/{id}/"}
