"""Register figures, coverage and written reports, which other packages make."""

PATHS = {
    "needs": "intern/bedarfe/",
    "report": "berichte/{id}/",
    "compare": "berichte/vergleich/",
    "coverages": "berichte/abdeckung/",
    "coverage": "berichte/abdeckung/{id}/",
    "report-archive": "berichte/{id}/",
    "report-edition": "berichte/{id}/",
    "report-changes": "berichte/{id}/",
}
