"""Small faults are put into the code, one at a time: how many of them do the tests notice?

`python -m bench.mutation` draws a sample of such mutants in each of four rooms and tries them in a copy of the project.
`last.json` holds what came of each, `survivors.yml` those that no test noticed at first, and why.
"""
