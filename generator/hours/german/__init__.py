"""Opening hours and notices as people write them in German, read without guessing.

A writing becomes tokens (`tokens`). `written_hours` goes through them on a `Draft` (`clauses`); what reads a piece stands in `dates` and
`days_and_seasons` (days, dates, rhythms, school terms), `times`, and `remarks_and_closures`. The clauses that come of it are settled in
`clauses` and written by `written_rules`. `notices` reads short notices of closed days.
"""
