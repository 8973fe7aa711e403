"""Nahraum builds a public static site from YAML about social spaces."""

import os

# openpyxl writes other bytes where lxml happens to be installed, and asks this when it is first imported.
os.environ["OPENPYXL_LXML"] = "False"
