"""List pages, data files and PDFs of figures, coverage and written reports."""

from __future__ import annotations

from collections.abc import Sequence

from generator.render.base.page_type import PageType, one
from generator.render.data_files.figure_downloads import edition_files, picture_files
from generator.render.figures.picture_files import pictures_of
from generator.render.figures.tables import comparison_files
from generator.render.pages import (
    coverage_pages,
    edition_pages,
    figure_pages,
    need_pages,
    reports_home,
)

PAGES: Sequence[PageType] = (
    # Gives way to a hand-written page at its address.
    PageType(
        "reports", one, reports_home.render, gives_way=True, pictures=pictures_of(reports_home.drawings)
    ),
    PageType("report", figure_pages.indicator_keys, figure_pages.render_indicator),
    PageType(
        "compare",
        figure_pages.compare_keys,
        figure_pages.render_compare,
        pictures=pictures_of(figure_pages.compare_drawings),
    ),
    PageType(
        "coverages",
        coverage_pages.index_keys,
        coverage_pages.render_index,
        pictures=pictures_of(coverage_pages.recorded_drawings),
    ),
    PageType(
        "coverage",
        coverage_pages.keys,
        coverage_pages.render,
        pictures=pictures_of(coverage_pages.area_drawings),
    ),
    PageType("report-archive", edition_pages.archive_keys, edition_pages.render_archive),
    PageType("report-edition", edition_pages.edition_keys, edition_pages.render_edition),
    PageType("report-changes", edition_pages.edition_changes_keys, edition_pages.render_edition_changes),
    PageType("needs", one, need_pages.render_needs, internal=True),
)
PRODUCERS = (edition_files, picture_files, comparison_files)
