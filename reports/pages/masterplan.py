"""Masterplan: plan against realisation of its programmes, by dimension and year; one programme with its agencies."""

from __future__ import annotations

from gettext import gettext as _

from charts.formats import format_deviation, format_percent
from reports import masterplan_money as money
from reports import masterplan_overview as overview
from reports import masterplan_programme as single
from reports.captions import describe
from reports.content import PageContent, Section
from reports.desk import Desk
from reports.dimension_catalogue import CATALOGUE_TITLE, catalogue_section
from reports.facets import Facet, Option
from reports.masterplan_cut import REPORTED, UNREPORTED, Cut, plan_years, read_cut, read_lines, shown_year
from reports.parts import guarded, owed_section, source_lines
from reports.reach import hides_rows_of, is_narrow, of_reach, reach_words
from warehouse.figures import ProgrammeLine
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.nearest import nearest_hint

TITLE = _("Masterplan")
SOURCES = (*overview.PLAN_SOURCES, money.LRA, "bpkad_pagu", "opd_kontrak", money.PHYSICAL, money.PROJECTS)
ALONE = ("tahun", "program", "rilis")
HONOURED = ("tahun", "dimensi", "opd", "data", "program", "rilis")


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    years = plan_years(desk)
    shown = shown_year(desk, keep(filters, "tahun")) if not filters.tahun or int(filters.tahun) in years else None
    shown = shown or shown_year(desk, Filters())
    if shown is None:
        return ()
    lines = read_lines(desk, shown)
    default = str(shown_year(desk, Filters()))
    dimensions = dict(sorted({line.dimension_code: line.dimension_name for line in lines}.items()))
    leads = sorted({line.lead_opd_code for line in lines})
    states = (
        Option("nyata", _("data nyata")),
        Option("contoh", _("DATA CONTOH")),
        Option(REPORTED, _("sudah melapor")),
        Option(UNREPORTED, _("belum melapor")),
    )
    names = (Option("", _("semua program")), *(_programme_option(line) for line in lines))
    return (
        Facet("tahun", _("Tahun"), tuple(Option(str(year), str(year)) for year in years), default),
        Facet("dimensi", _("Dimensi"), tuple(Option(*item) for item in dimensions.items()), is_multiple=True),
        Facet("opd", _("OPD penanggung jawab"), tuple(Option(code, code) for code in leads), is_multiple=True),
        Facet("data", _("Keadaan data"), states, is_multiple=True),
        Facet("program", _("Satu program"), names),
    )


def _programme_option(line: ProgrammeLine) -> Option:
    return Option(line.programme_code, f"{line.programme_code} {line.programme_name}")


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for a year, dimension, agency or programme that is not in the plan."""
    year = shown_year(desk, filters)
    own = keep(filters, *HONOURED)
    if year is None:
        section = owed_section(desk, TITLE, overview.PLAN_SOURCES[0])
        hidden = hides_rows_of(desk, overview.PLAN_SOURCES[0])
        words = _("Tidak ada program masterplan") if hidden else _("Program masterplan belum pernah disampaikan")
        every = guarded(CATALOGUE_TITLE, catalogue_section, desk, TITLE, _("Anggaran"))
        return _content(desk, own, of_reach(desk, words) if hidden else words, "", (section, every))
    if filters.program:
        line = _find(desk, filters.program, read_lines(desk, year))
        sections = _programme_sections(desk, read_cut(desk, Filters(), year), line)
        alone = keep(filters, *ALONE)  # one programme is shown whole: no cut of the list applies to it
        return _content(desk, alone, single.programme_message(line, desk), str(year), sections)
    cut = read_cut(desk, filters, year)
    period = _("Tahun {year}").format(year=year)
    if cut.month:
        period += _(", progres s.d. {month}").format(month=overview.month_words(cut, desk))
    return _content(desk, own, of_reach(desk, _message(desk, cut)), period, _sections(desk, cut, filters))


def _content(desk: Desk, filters: Filters, message: str, period: str, sections: tuple[Section, ...]) -> PageContent:
    return PageContent(
        page="masterplan",
        title=TITLE,
        message=message,
        period=period,
        filter_words=describe(desk, filters, facets(desk, filters)),
        sections=sections,
        sources=source_lines(desk, *SOURCES),
        address=tuple(write_filters(filters).items()),
        reach_words=reach_words(desk),
    )


def _find(desk: Desk, code: str, lines: tuple[ProgrammeLine, ...]) -> ProgrammeLine:
    for line in lines:
        if line.programme_code == code:
            return line
    if is_narrow(desk):
        raise FilterError(_("program={code} di luar cakupan Anda.").format(code=code))
    hint = nearest_hint(code, [line.programme_code for line in lines])
    raise FilterError(_("program={code} tidak ada pada tahun ini{hint}.").format(code=code, hint=hint))


def _message(desk: Desk, cut: Cut) -> str:
    """How far, against which plan, and how many have not reported; it names no cause."""
    plan, actual = cut.shares("fisik")
    if actual is None or plan is None:
        words = _("{count} program masterplan, belum ada realisasi yang dilaporkan").format(count=len(cut.lines))
    else:
        words = _("Realisasi fisik masterplan {actual}, {deviation}").format(
            actual=format_percent(actual, 1, desk.locale), deviation=format_deviation(actual - plan, 1, desk.locale)
        )
    if cut.due and cut.unreported:
        words += _("; {count} dari {all} program belum melapor").format(count=len(cut.unreported), all=len(cut.lines))
    return words


def _sections(desk: Desk, cut: Cut, filters: Filters) -> tuple[Section, ...]:
    return (
        guarded(overview.FIGURES_TITLE, overview.figures_section, desk, cut),
        guarded(overview.CURVE_TITLE, overview.curve_section, desk, cut),
        guarded(overview.DIMENSIONS_TITLE, overview.dimensions_section, desk, cut),
        guarded(overview.LIST_TITLE, overview.list_section, desk, cut),
        guarded(overview.UNREPORTED_TITLE, overview.unreported_section, desk, cut),
        guarded(money.ABSORPTION_TITLE, money.absorption_section, desk, cut.year, filters),
        guarded(money.CONTRACTS_TITLE, money.contracts_section, desk, filters),
        guarded(money.PLACES_TITLE, money.places_section, desk, filters),
        guarded(CATALOGUE_TITLE, catalogue_section, desk, TITLE, _("Anggaran")),
    )


def _programme_sections(desk: Desk, cut: Cut, line: ProgrammeLine) -> tuple[Section, ...]:
    return (
        guarded(single.ABOUT_TITLE, single.about_section, desk, line),
        guarded(single.CURVE_TITLE, single.curve_section, desk, cut, line),
        guarded(single.AGENCIES_TITLE, single.agencies_section, desk, line),
        guarded(single.TARGETS_TITLE, single.targets_section, desk, line),
        guarded(single.REPORTS_TITLE, single.reports_section, desk, line),
    )
