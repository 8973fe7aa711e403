"""Reports that people read: figures as tables, charts, maps and sentences; page modules put them together."""
