"""What says whether too many strokes come near each other never says less than there are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.model.geometry import Boxes, near_pairs


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
    assert (near_pairs(of, limit) > limit) >= (pairs > limit)
