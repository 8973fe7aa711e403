"""What others hand over in; rows of cells, each with where it stood, out: spreadsheets, workbooks, points."""
