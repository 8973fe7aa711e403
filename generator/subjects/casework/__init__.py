"""The work with a family: prepare a case, sheets to fill in together, what is around, reporting what one found."""
