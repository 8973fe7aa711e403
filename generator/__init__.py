"""Nahraum: YAML about social spaces in, a public static site out."""

import os

# openpyxl writes other bytes where lxml happens to be installed, and asks this when it is first imported.
os.environ["OPENPYXL_LXML"] = "False"
