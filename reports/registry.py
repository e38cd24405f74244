"""Which pages there are to show, download and print; it refuses a name that is none of them."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from reports.content import PageContent
from reports.desk import Desk
from reports.facets import Facet
from warehouse.filters import Filters
from warehouse.nearest import nearest_hint

PAGE_NAMES = (
    "ringkasan",
    "spbe",
    "smart_environment",
    "smart_living",
    "masterplan",
    "jelajah",
    "indikator",
    "disiplin_data",
    "peringatan",
)


class Page(Protocol):
    """A module of `reports.pages`."""

    TITLE: str

    def facets(self, desk: Desk, filters: Filters) -> tuple[Facet, ...]: ...

    def build(self, desk: Desk, filters: Filters) -> PageContent: ...


class UnknownPageError(Exception):
    """The name is no page; the message says which one is near."""


def find_page(name: str) -> Page:
    """Raises UnknownPageError."""
    if name not in PAGE_NAMES:
        hint = nearest_hint(name, PAGE_NAMES) or "."
        raise UnknownPageError(f"Halaman {name} tidak ada{hint} Pilihan: {', '.join(PAGE_NAMES)}.")
    return cast(Page, import_module(f"reports.pages.{name}"))
