"""Smart Environment: air of the latest days, waste by kecamatan, the waste balance of a year, peers of the province."""

from __future__ import annotations

from gettext import gettext as _

from reports import air, rivers, waste, waste_areas, weather
from reports.content import Missing, PageContent, Section
from reports.desk import Desk
from reports.dimension_catalogue import CATALOGUE_TITLE, catalogue_section
from reports.facets import Facet, Option
from reports.figure_words import value_words
from reports.parts import guarded, source_lines
from reports.reach import reach_words
from reports.stored_figures import figure_of_year
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.indicators.smart_environment import river, sampah_per_orang

TITLE = "Smart Environment"
MANAGED = "smart_environment.sampah_terkelola"


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    years = [str(year) for year in waste.waste_years(desk)]
    if not years:
        return ()
    return (Facet("tahun", _("Tahun data sampah"), tuple(Option(year, year) for year in years), years[0]),)


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for a year without a delivered balance."""
    year = _year(waste.waste_years(desk), filters)
    return PageContent(
        page="smart_environment",
        title=TITLE,
        message=_message(desk, year),
        period=_("Sampah tahun {year}").format(year=year) if year else "",
        filter_words="",
        sections=(
            *_air(desk),
            *_outside(desk),
            guarded(waste_areas.TITLE, waste_areas.areas_section, desk),
            *_waste(desk, year),
            guarded(CATALOGUE_TITLE, catalogue_section, desk, TITLE),
        ),
        sources=source_lines(
            desk,
            air.SOURCE,
            weather.WARNINGS,
            river.SOURCE,
            river.LIMIT_SOURCE,
            sampah_per_orang.SOURCE,
            *waste.SOURCES,
        ),
        address=tuple(write_filters(keep(filters, "tahun", "rilis")).items()),
        reach_words=reach_words(desk),
    )


def _year(years: tuple[int, ...], filters: Filters) -> int | None:
    if filters.tahun and int(filters.tahun) not in years:
        raise FilterError(
            _("tahun={year} tidak ada data sampah. Pilih: {years}.").format(
                year=filters.tahun, years=", ".join(map(str, years))
            )
        )
    return int(filters.tahun) if filters.tahun else next(iter(years), None)


def _message(desk: Desk, year: int | None) -> str:
    """Air, rivers and waste in one sentence; it names no cause."""
    words = "; ".join(filter(None, (air.air_message(desk), rivers.river_message(desk))))
    if year is None:
        return words[:1].upper() + words[1:] or _("Data udara dan sampah belum disampaikan")
    managed = figure_of_year(desk, MANAGED, year)
    if managed.value is None:
        waste_words = _("sampah {year}: {region} belum ada data").format(year=year, region=desk.region.region_name)
    else:
        waste_words = _("sampah terkelola {year} {value}").format(year=year, value=value_words(managed, desk.locale))
    sentence = f"{words}; {waste_words}" if words else waste_words
    return sentence[:1].upper() + sentence[1:]


def _air(desk: Desk) -> tuple[Section, ...]:
    latest = guarded(air.TITLE, air.air_section, desk)
    if not air.has_air(desk):
        return (latest,)
    return (
        latest,
        guarded(air.DAYS_TITLE, air.air_days_section, desk),
        guarded(air.DIFFERENCES_TITLE, air.differences_section, desk),
    )


def _outside(desk: Desk) -> tuple[Section, ...]:
    """Warnings once any came: nobody owes them. Rivers where an agency owes them."""
    warned = (guarded(weather.WARNINGS_TITLE, weather.warnings_section, desk),) if weather.has_delivered(desk) else ()
    if not desk.clocks_of(river.SOURCE):
        return warned
    levels = guarded(rivers.TITLE, rivers.posts_section, desk)
    is_owed = any(isinstance(block, Missing) for block in levels.blocks)
    return *warned, levels, *(() if is_owed else (guarded(rivers.HOURS_TITLE, rivers.hours_section, desk),))


def _waste(desk: Desk, year: int | None) -> tuple[Section, ...]:
    if year is None:
        return (waste.missing_waste(desk, _("Sampah"), waste.BALANCE_SOURCE),)
    return (
        guarded(waste.figures_title(year), waste.waste_figures, desk, year),
        guarded(waste.balance_title(year), waste.waste_balance_section, desk, year),
        guarded(waste.composition_title(year), waste.composition_section, desk, year),
        guarded(waste.peers_title(desk, year), waste.peers_section, desk, year),
    )
