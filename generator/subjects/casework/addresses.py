"""Where the pages for the work with a family stand, from the root of a language's tree."""

PATHS = {
    "case": "fachkraefte/fall/",
    "sheets": "fachkraefte/blaetter/",
    "sheet": "fachkraefte/blaetter/{id}/",
    "resource-plan": "fachkraefte/ressourcenplan/",
    "finding": "fachkraefte/fund/",
}
