"""Make records of tables, boundaries and streets of others."""
