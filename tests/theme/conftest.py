"""The pages of the gallery, served to the tests of the look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gallery.pages import serve, write_gallery


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the gallery's pages."""
    folder = tmp_path_factory.mktemp("gallery")
    write_gallery(folder)
    with serve(folder) as address:
        yield address
