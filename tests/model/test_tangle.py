"""What bounds the number of strokes that come near each other: never less than there are, and close for real boundaries."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from generator.model.tangle import Boxes, boxes, crowd, near_pairs, pieces, strokes


def touching(of: Boxes) -> int:
    """Count the pairs of rectangles that touch, each with each."""
    return sum(
        bool(
            of.west[one] <= of.east[other]
            and of.west[other] <= of.east[one]
            and of.south[one] <= of.north[other]
            and of.south[other] <= of.north[one]
        )
        for one in range(len(of))
        for other in range(one)
    )


@given(
    st.lists(
        st.tuples(*[st.integers(-30, 30)] * 2, *[st.integers(0, 12)] * 2),
        min_size=1,
        max_size=40,
    ),
    st.integers(0, 200),
)
def test_the_bound_is_never_less_than_what_touches(found: list[tuple[int, ...]], limit: int) -> None:
    west, south, wide, high = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    of = Boxes(west, south, west + wide, south + high)
    pairs = touching(of)
    bound = crowd(of, limit)
    assert bound >= pairs or bound > limit
    assert (near_pairs(of, limit) > limit) >= (pairs > limit)


@pytest.mark.parametrize("corners", [200, 2000])
def test_the_bound_is_close_for_a_boundary_and_its_neighbours(corners: int) -> None:
    """Round areas beside each other: every stroke meets the two beside it and few of the next area."""
    shapes = [shapely.Point(2 * number, 0).buffer(1, quad_segs=corners // 4) for number in range(20)]
    found, _ = pieces(shapes)
    begin, end, _ = strokes(found)
    of = boxes(begin, end)
    assert crowd(of, 30 * len(of)) <= 10 * len(of)
