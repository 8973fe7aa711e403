"""The work with a family: prepare a case, sheets, what is around."""

PATHS = {
    "case": "fachkraefte/fall/",
    "sheets": "fachkraefte/blaetter/",
    "sheet": "fachkraefte/blaetter/{id}/",
    "resource-plan": "fachkraefte/ressourcenplan/",
    "finding": "fachkraefte/fund/",
    "duty": "fachkraefte/diensttelefon/",
}
