"""Tables of statistical offices in; values of indicators out."""
