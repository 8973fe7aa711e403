"""`nahraum protect`: raw tables in, protected tables and a summary of what was withheld out."""
