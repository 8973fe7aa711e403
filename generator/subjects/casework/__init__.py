"""Support the work with a family: prepare a case, print sheets, plan resources."""

PATHS = {
    "case": "fachkraefte/fall/",
    "sheets": "fachkraefte/blaetter/",
    "sheet": "fachkraefte/blaetter/{id}/",
    "resource-plan": "fachkraefte/ressourcenplan/",
    "finding": "fachkraefte/fund/",
    "duty": "fachkraefte/diensttelefon/",
}
