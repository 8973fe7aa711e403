"""Files in; nodes with positions, records, tables and diagnostics out."""
