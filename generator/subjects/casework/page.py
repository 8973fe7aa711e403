"""The pages for the work with a family, and the file that the workspace reads."""

from __future__ import annotations

from generator.render.base.page_type import PageType, one
from generator.subjects.casework import page_case, page_finding, page_resource_plan, page_sheets
from generator.subjects.casework.page_files import case_files

PAGES = (
    PageType("case", one, page_case.render),
    PageType("sheets", one, page_sheets.render_index),
    PageType("sheet", page_sheets.keys, page_sheets.render),
    PageType("resource-plan", one, page_resource_plan.render),
    PageType("finding", one, page_finding.render),
)
PRODUCERS = (case_files,)
