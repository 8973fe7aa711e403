"""Opening hours and notices as people write them in German, read without guessing.

A writing becomes tokens (`tokens`, with `numerals`). `reader` goes through them on a `Draft`; what reads a piece stands in `weekdays`, `spans`
(times of a day), `limits` (months, dates, rhythms), `closed` and `asides`. `day_names`, `times` and `date_ranges` know the tokens alone.
The clauses that come of it are settled by `meaning` and written by `written_rules`. `notices` reads short notices of closed days.
"""
