"""How a poster is laid out: the largest print, the fewest sheets, days together, and what is left out counted to the line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from markupsafe import Markup

from generator.render.pages.poster import A3, A4, Paper, Poster, PosterHead, PosterLine, PosterPart, fitted

HEAD = PosterHead("Diese Woche: Marktviertel", "Montag bis Sonntag", ("nahraum.example/ marktviertel/",))


def line(number: int, place: str = "Familienzentrum") -> PosterLine:
    where = Markup(f"{place}, Uferweg 12a")
    return PosterLine(
        Markup("9:30 bis 11 Uhr · kostenlos"), Markup(f"Krabbelgruppe {number}"), where, Markup(place)
    )


def parts(*counts: int) -> list[PosterPart]:
    """Days with so many lines each."""
    numbers = iter(range(100_000))
    return [
        PosterPart(f"Tag {day}", tuple(line(next(numbers)) for _ in range(count)))
        for day, count in enumerate(counts)
    ]


def names(poster: Poster) -> list[str]:
    return [str(item.name) for sheet in poster.sheets for part in sheet for item in part.lines]


@pytest.mark.parametrize("paper", [A4, A3])
def test_print_becomes_smaller_before_a_second_sheet_begins_and_nothing_is_missing(paper: Paper) -> None:
    before = 1000.0, 0
    for count in (1, 3, 6, 10, 16, 22):
        poster = fitted(paper, HEAD, parts(count))
        now = float(poster.size), -len(poster.sheets)
        assert len(poster.sheets) > 1 or now <= before
        assert len(poster.sheets) == 1 or count > 12
        assert len(names(poster)) == count
        assert poster.left == ()
        before = now
    assert fitted(paper, HEAD, parts(1)).size == max(paper.sizes)


def test_two_sheets_are_cut_between_days_and_are_about_as_full() -> None:
    poster = fitted(A4, HEAD, parts(8, 7, 9, 8))
    assert [[part.title for part in sheet] for sheet in poster.sheets] == [
        ["Tag 0", "Tag 1"],
        ["Tag 2", "Tag 3"],
    ]


def test_a_day_that_is_longer_than_a_sheet_repeats_its_heading() -> None:
    poster = fitted(A4, HEAD, parts(34))
    assert [[part.title for part in sheet] for sheet in poster.sheets] == [["Tag 0"], ["Tag 0"]]
    assert names(poster) == [f"Krabbelgruppe {number}" for number in range(34)]


@pytest.mark.parametrize("paper", [A4, A3])
@pytest.mark.parametrize("counts", [(20, 20, 20, 12), (10, 40, 4), (90, 1, 1), (3000, 2000, 0, 1)])
def test_what_has_no_room_is_left_out_of_the_fullest_days_and_counted(
    paper: Paper, counts: tuple[int, ...]
) -> None:
    given = parts(*counts)
    poster = fitted(paper, HEAD, given)
    assert poster.size == min(paper.sizes)
    assert len(poster.sheets) == paper.sheets
    shown = set(names(poster))
    assert len(names(poster)) == len(shown) == sum(counts) - sum(count for _, count in poster.left)
    kept = [[str(item.name) in shown for item in part.lines] for part in given]
    numbers = [sum(day) for day in kept]
    assert [day[:number] for day, number in zip(kept, numbers, strict=True)] == [[True] * n for n in numbers]
    fullest = max(numbers)
    # A day that goes on in a further column has its heading there again, so a line of one may find room where one of another doesn't.
    assert all(
        number == count or number >= fullest - 2 for number, count in zip(numbers, counts, strict=True)
    )
    # As many lines of these days alone fit with nothing left.
    assert fitted(paper, HEAD, parts(*numbers)).left == ()


def test_what_is_left_out_is_told_by_its_day() -> None:
    given = parts(50, 3, 60)
    poster = fitted(A4, HEAD, given)
    shown = set(names(poster))
    missing = {part.title: sum(str(item.name) not in shown for item in part.lines) for part in given}
    assert dict(poster.left) == {title: count for title, count in missing.items() if count}
    assert set(dict(poster.left)) == {"Tag 0", "Tag 2"}


def test_a_line_that_has_no_room_leaves_it_to_the_lines_of_other_days() -> None:
    endless = PosterLine(Markup("9 Uhr"), Markup("Ein Name " * 2000), Markup("Rathaus"), Markup("Rathaus"))
    short, few = parts(60, 2)
    poster = fitted(A4, HEAD, [short, PosterPart(few.title, (*few.lines, endless))])
    alone = fitted(A4, HEAD, [short])
    assert dict(poster.left)["Tag 1"] == 1
    assert dict(poster.left)["Tag 0"] <= dict(alone.left)["Tag 0"] + 4


def test_a_street_is_told_once_on_each_sheet() -> None:
    def streets(sheet: Sequence[object]) -> list[str]:
        return [str(item.where) for part in sheet for item in part.lines]  # type: ignore[attr-defined]

    poster = fitted(A4, HEAD, parts(16, 16))
    assert len(poster.sheets) == 2
    for sheet in poster.sheets:
        first, *others = streets(sheet)
        assert first == "Familienzentrum, Uferweg 12a"
        assert set(others) == {"Familienzentrum"}


def test_no_word_is_wider_than_its_column_where_smaller_print_is_left() -> None:
    long = PosterLine(
        Markup("9 Uhr"), Markup("Nachbarschaftsfrühstücksvorbereitungstreffen"), Markup("Rathaus"), Markup()
    )
    poster = fitted(A4, HEAD, [PosterPart("Montag", (long,))])
    assert poster.size < max(A4.sizes)
