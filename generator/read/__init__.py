"""Read files into nodes with positions, records and tables."""
