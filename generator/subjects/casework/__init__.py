"""The work with a family: prepare a case, sheets to fill in together, what is around, reporting what one found."""

PATHS = {
    "case": "fachkraefte/fall/",
    "sheets": "fachkraefte/blaetter/",
    "sheet": "fachkraefte/blaetter/{id}/",
    "resource-plan": "fachkraefte/ressourcenplan/",
    "finding": "fachkraefte/fund/",
}
