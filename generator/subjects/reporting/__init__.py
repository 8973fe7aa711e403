"""Figures, coverage and written reports: registered here, made in other packages."""

PATHS = {
    "needs": "intern/bedarfe/",
    "report": "berichte/{id}/",
    "report-topic": "berichte/themen/{id}/",
    "compare": "berichte/vergleich/",
    "coverages": "berichte/abdeckung/",
    "coverage": "berichte/abdeckung/{id}/",
    "report-archive": "berichte/{id}/",
    "report-edition": "berichte/{id}/",
    "report-changes": "berichte/{id}/",
}
