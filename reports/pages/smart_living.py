"""Smart Living: 112 calls, from call to closed ticket, fire response, arrivals by kecamatan, open tickets, dengue."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from reports import living_calls as calls
from reports import living_dengue as dengue
from reports import living_incidents as incidents
from reports.captions import Spans, describe, period_words, span_words
from reports.content import PageContent, Section
from reports.desk import Desk
from reports.dimension_catalogue import CATALOGUE_TITLE, catalogue_section
from reports.facets import Facet, Option
from reports.parts import guarded, source_lines
from reports.reach import is_narrow, offered_opds, reach_words
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.nearest import nearest_hint

TITLE = "Smart Living"
HONOURED = ("periode", "per", "kecamatan", "opd", "rilis")


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    periods = tuple(Option(code, period_words(code, desk.locale)) for code in calls.PERIODS)
    areas = {(area.name, area.region_code) for area in incidents.home_areas(desk)}
    areas |= {(area.name, area.region_code) for area in dengue.areas_of(desk)}
    return (
        Facet("periode", _("Rentang alur panggilan"), periods, calls.PERIOD),
        Facet("kecamatan", _("Kecamatan"), tuple(Option(code, name) for name, code in sorted(areas)), "",
              True),
        Facet("opd", _("OPD"), tuple(Option(code, code) for code in _agencies(desk)), "", True),
    )  # fmt: skip


def _agencies(desk: Desk) -> list[str]:
    """Who reports incidents, and who holds a ticket."""
    senders = {clock.opd_code for clock in desk.clocks_of(calls.INCIDENTS_SOURCE)}
    known = sorted(senders | {ticket.opd_code for ticket in desk.view.open_tickets})
    return list(offered_opds(desk, tuple(known)))


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for a kecamatan or agency there is none of."""
    offered = facets(desk, filters)
    _refuse_unknown(desk, filters, offered)
    span = calls.calls_span(desk, filters)
    spans = Spans(span, until_hour=calls.until_hour(desk, span))
    return PageContent(
        page="smart_living",
        title=TITLE,
        message=_message(desk, filters),
        period=span_words(span, desk.locale, spans.until_hour),
        filter_words=describe(desk, filters, offered, spans),
        sections=_sections(desk, filters),
        sources=source_lines(desk, calls.CALLS_SOURCE, calls.INCIDENTS_SOURCE, dengue.SOURCE),
        address=tuple(write_filters(keep(filters, *HONOURED)).items()),
        reach_words=reach_words(desk),
    )


def _refuse_unknown(desk: Desk, filters: Filters, offered: tuple[Facet, ...]) -> None:
    for facet in offered[1:]:
        known = [option.value for option in facet.options]
        for value in getattr(filters, facet.name):
            if value not in known and is_narrow(desk):
                raise FilterError(_("{name}={value} di luar cakupan Anda.").format(name=facet.name, value=value))
            if value not in known:
                raise FilterError(
                    _("{name}={value} tidak ada di halaman ini{hint} Pilihan: {options}.").format(
                        name=facet.name,
                        value=value,
                        hint=nearest_hint(value, known) or ".",
                        options=", ".join(known) or _("belum ada"),
                    )
                )


def _message(desk: Desk, filters: Filters) -> str:
    """Calls so far against the usual, and tickets that wait; it names no cause."""
    called = calls.calls_message(desk) or _("Panggilan 112: data belum disampaikan")
    parts = (called, incidents.tickets_message(desk, filters), dengue.dengue_message(desk))
    return "; ".join(part for part in parts if part)


def _sections(desk: Desk, filters: Filters) -> tuple[Section, ...]:
    """A section says when the choice of kecamatan or agency does not cut it."""
    span = calls.calls_span(desk, filters)
    whole, areas = filters.kecamatan or filters.opd, filters.opd
    return (
        _uncut(guarded(calls.CALLS_TITLE, calls.calls_section, desk), whole),
        _uncut(guarded(incidents.FIGURES_TITLE, incidents.figures_section, desk), whole),
        _uncut(guarded(calls.FUNNEL_TITLE, calls.funnel_section, desk, span), whole),
        _uncut(guarded(incidents.FIRE_TITLE, incidents.fire_section, desk), whole),
        _uncut(guarded(incidents.ARRIVALS_TITLE, incidents.arrivals_section, desk, filters), areas, _("Semua OPD.")),
        guarded(incidents.TICKETS_TITLE, incidents.tickets_section, desk, filters),
        _uncut(guarded(dengue.TITLE, dengue.dengue_section, desk), whole),
        *_dengue_parts(desk, filters),
        guarded(CATALOGUE_TITLE, catalogue_section, desk, TITLE),
    )


def _dengue_parts(desk: Desk, filters: Filters) -> tuple[Section, ...]:
    """Only once a week was reported: what is owed is said once."""
    if not dengue.has_dengue(desk):
        return ()
    whole, areas = filters.kecamatan or filters.opd, filters.opd
    return (
        _uncut(guarded(dengue.STAY_TITLE, dengue.stay_section, desk), whole),
        _uncut(guarded(dengue.AREAS_TITLE, dengue.areas_section, desk, filters), areas, _("Semua OPD.")),
    )


def _uncut(section: Section, asked: tuple[str, ...], words: str = _("Seluruh daerah, semua OPD.")) -> Section:
    return replace(section, note=f"{words} {section.note}".strip()) if asked else section
