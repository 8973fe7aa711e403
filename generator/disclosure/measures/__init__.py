"""Say which cells and sums measures have, and what is published of them."""
