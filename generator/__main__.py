"""`python -m generator` is the same as `nahraum`."""

from generator.cli import main

main(prog_name="nahraum")
