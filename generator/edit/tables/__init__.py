"""Read tables, workbooks and points as rows of cells that know their place."""
