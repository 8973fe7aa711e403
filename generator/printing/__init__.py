"""Editions of reports on paper: a document of its own in HTML, its colours, and the PDF that WeasyPrint makes of it."""
