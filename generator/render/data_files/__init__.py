"""Files that scripts and other programs load: search, downloads, open data, the offline copy."""
