"""SPBE: index and predikat, series over the change of scheme, domains and their gaps, levels of indicators, the way up,
peers, rules in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_number
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from reports.clock_words import STANDING_WORDS
from reports.content import Cell, Chart, Column, Figures, PageContent, Section, Table, Words
from reports.delivered_levels import Levels, level_years, read_levels
from reports.desk import Desk
from reports.dimension_catalogue import CATALOGUE_TITLE, catalogue_section
from reports.facets import Facet, Option
from reports.figure_words import next_band_words, value_words
from reports.parts import guarded, source_lines
from reports.reach import reach_words
from reports.spbe_level_series import SERIES_TITLE, level_series_section
from reports.spbe_levels import (
    BY_ASSESSOR,
    BY_SELF,
    MISSING_TITLE,
    indicators_section,
    indicators_title,
    missing_section,
    overview_section,
    overview_title,
    owners_section,
    owners_title,
    parts_section,
    parts_title,
)
from reports.spbe_path import PATH_TITLE, path_section
from reports.spbe_peers import Means, own_means, peers_section, peers_title
from reports.spbe_series import INDEX, SCHEME, SOURCE, delivered_years, series_section
from reports.stored_figures import exact, figure_of_year
from warehouse import queries
from warehouse.figures import Figure
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.indicators.spbe.gaps import DomainGap, domain_gaps
from warehouse.indicators.spbe.levels import ASSESSOR
from warehouse.indicators.spbe.levels import SOURCE as LEVELS_SOURCE
from warehouse.indicators.spbe.published import not_covered
from warehouse.rules import IndexPack
from warehouse.rules.packs import unread_marked

TITLE = "SPBE"
RULES_TITLE = _("Aturan yang menilai")
RECOMPUTED, DOMAIN = "spbe.indeks_dari_domain", "spbe.domain"


@dataclass(frozen=True)
class SpbeYear:
    """Everything one year of the page shows."""

    year: int
    pack: IndexPack
    index: Figure
    recomputed: Figure
    gaps: tuple[DomainGap, ...]
    earlier: Mapping[int, Decimal | None]  # domain values of the year before


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    years = _known_years(desk)
    if not years:
        return ()
    options = tuple(Option(str(year), str(year)) for year in years)
    return (Facet("tahun", _("Tahun penilaian"), options, str(_usual_year(desk))),)


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for a year without a delivered result."""
    year = _year(desk, filters)
    chosen = _read_year(desk, year) if year else None
    levels = chosen_levels(desk, filters)
    return PageContent(
        page="spbe",
        title=TITLE,
        message=_message(desk, year, chosen, levels),
        period=_("Penilaian tahun {year}").format(year=year) if year else "",
        filter_words="",
        sections=(
            *_sections(desk, year, chosen),
            *_level_sections(desk, filters, levels),
            guarded(RULES_TITLE, _rules, desk),
            guarded(CATALOGUE_TITLE, catalogue_section, desk, TITLE),
        ),
        sources=source_lines(desk, SOURCE, LEVELS_SOURCE),
        address=tuple(write_filters(keep(filters, "tahun", "rilis")).items()),
        reach_words=reach_words(desk),
    )


def _known_years(desk: Desk) -> tuple[int, ...]:
    """Years with a published result or with levels, newest first."""
    return tuple(sorted({*delivered_years(desk), *level_years(desk)}, reverse=True))


def _usual_year(desk: Desk) -> int | None:
    """The newest published result: a self-assessment never takes its place."""
    return next(iter((*delivered_years(desk), *level_years(desk))), None)


def _year(desk: Desk, filters: Filters) -> int | None:
    years = _known_years(desk)
    if filters.tahun and int(filters.tahun) not in years:
        raise FilterError(
            _("tahun={year} tidak ada hasil SPBE. Pilih: {years}.").format(
                year=filters.tahun, years=", ".join(map(str, years))
            )
        )
    return int(filters.tahun) if filters.tahun else _usual_year(desk)


def chosen_levels(desk: Desk, filters: Filters) -> Levels | None:
    """Levels of the year asked for, else of the newest year that has any."""
    return read_levels(desk, int(filters.tahun) if filters.tahun else next(iter(level_years(desk)), None))


def _message(desk: Desk, year: int | None, chosen: SpbeYear | None, levels: Levels | None) -> str:
    """Index, class, and what is missing to the next class; it names no cause."""
    if year is None:
        return _("Hasil SPBE belum pernah disampaikan")
    if chosen is None and levels is not None and levels.year == year:
        return _levels_message(desk, levels)
    if chosen is None or chosen.index.value is None:
        return _("Indeks SPBE {year}: tidak ada data").format(year=year)
    words = _("Indeks SPBE {year} {value}").format(year=year, value=value_words(chosen.index, desk.locale))
    words += f", {chosen.index.predikat}" if chosen.index.predikat else ""
    missing = next_band_words(chosen.index, desk.rules, desk.locale)
    return f"{words}: {missing}" if missing else words


def _levels_message(desk: Desk, levels: Levels) -> str:
    """Of a year that is not judged as SPBE: by whom its levels are."""
    figure = figure_of_year(desk, BY_ASSESSOR if levels.basis == ASSESSOR else BY_SELF, levels.year)
    words = _("Penilaian {basis} {name} {value}").format(
        basis=levels.basis, name=levels.name, value=value_words(figure, desk.locale)
    )
    return f"{words}, {figure.predikat}" if figure.predikat else words


def _sections(desk: Desk, year: int | None, chosen: SpbeYear | None) -> tuple[Section, ...]:
    series = guarded(_("Indeks dari tahun ke tahun"), series_section, desk)
    if year is None:
        return (series,)
    if chosen is None:
        return (series, Section(_("Indeks {year}").format(year=year), (Words(f"{not_covered(year, desk.rules)}."),)))
    return (
        series,
        guarded(_("Indeks {year}: terbitan dan hitung ulang").format(year=year), _headline, desk, chosen),
        guarded(_("Nilai, bobot, dan jarak tiap domain"), _domains, desk, chosen),
        guarded(_("Predikat"), _bands, desk, chosen),
        guarded(peers_title(desk), peers_section, desk, chosen.year, chosen.pack),
    )


def _level_sections(desk: Desk, filters: Filters, levels: Levels | None) -> tuple[Section, ...]:
    if levels is None:
        year = int(filters.tahun) if filters.tahun else None
        return (guarded(MISSING_TITLE, missing_section, desk, year),)
    return (
        guarded(overview_title(levels), overview_section, desk, levels),
        *((guarded(SERIES_TITLE, level_series_section, desk),) if len(level_years(desk)) > 1 else ()),
        guarded(parts_title(levels), parts_section, desk, levels),
        guarded(indicators_title(levels), indicators_section, desk, levels),
        guarded(owners_title(levels), owners_section, desk, levels),
        guarded(PATH_TITLE, path_section, desk, levels),
    )


def _read_year(desk: Desk, year: int) -> SpbeYear | None:
    """None when no rule pack of ours covers the year."""
    pack = desk.rules.index_pack(SCHEME, date(year, 12, 31))
    if pack is None:
        return None
    index, recomputed = (figure_of_year(desk, item, year) for item in (INDEX, RECOMPUTED))
    gaps = domain_gaps(_domain_values(desk, year), pack)
    return SpbeYear(year, pack, index, recomputed, gaps, _domain_values(desk, year - 1))


def _domain_values(desk: Desk, year: int) -> dict[int, Decimal]:
    frame = desk.ask(queries.indicator_values, DOMAIN, "domain")
    values = {int(row.entity_code): exact(row.value) for row in frame.itertuples() if row.period_start.year == year}
    return {number: value for number, value in values.items() if value is not None}


def _headline(desk: Desk, chosen: SpbeYear) -> Section:
    note = _(
        "Indeks terbitan ditulis apa adanya. Hitung ulang memakai nilai domain yang diterbitkan dua desimal; "
        "karena nilai domain sudah dibulatkan sekali, selisih ±0,01 dapat terjadi dan bukan kesalahan data."
    )
    figures = Figures((chosen.index, chosen.recomputed), columns=2)
    title = _("Indeks {year}: terbitan dan hitung ulang").format(year=chosen.year)
    return Section(title, (figures, Words(note, is_note=True)), is_sample=chosen.index.is_sample)


def _domains(desk: Desk, chosen: SpbeYear) -> Section:
    """Value beside published means, weight, distance to the highest level and what that distance weighs."""
    means = own_means(desk, chosen.year)
    columns = (
        Column(_("Domain")),
        Column(_("Bobot"), "percent", 2),
        Column(_("Nilai {year}").format(year=chosen.year), "number", 2),
        Column(_("Sejak {year}").format(year=chosen.year - 1), "number", 2, definition=_("nilai dikurangi tahun lalu")),
        *(Column(name, "number", 2, definition=_("terbitan Kementerian PANRB")) for name in means),
        Column(_("Jarak ke tingkat {level}").format(level=chosen.pack.highest_level), "number", 2),
        Column(_("Tambahan indeks bila penuh"), "number", 2, definition=_("jarak × bobot / jumlah bobot")),
    )
    table = Table(columns, tuple(_gap_row(gap, chosen, means) for gap in chosen.gaps), name=_("Domain"))
    note = _("Tambahan indeks = jarak × bobot / {total}. Bobot menurut {regulation}.").format(
        total=format_number(chosen.pack.total_weight, 0, desk.locale), regulation=chosen.pack.regulation
    )
    bars = tuple(Bar(f"{gap.no}. {gap.name}", gap.value) for gap in chosen.gaps)
    scale = BarScale(decimals=2, end=Decimal(chosen.pack.highest_level), unit="")
    chart = Chart(
        "spbe-domains", _("Nilai tiap domain"), build_ranked_bars, (bars, scale), bar_height(len(bars), Look())
    )
    title = _("Nilai, bobot, dan jarak tiap domain")
    clocks, is_sample = (chosen.index.clock,), chosen.index.is_sample
    return Section(title, (table, Words(note, is_note=True), chart), "", clocks, is_sample, DOMAIN)


def _gap_row(gap: DomainGap, chosen: SpbeYear, means: Means) -> tuple[Cell, ...]:
    before = chosen.earlier.get(gap.no)
    change = None if before is None or gap.value is None else gap.value - before
    beside = (one.get(gap.no) for one in means.values())
    return (f"{gap.no}. {gap.name}", gap.weight, gap.value, change, *beside, gap.distance, gap.gain)


def _bands(desk: Desk, chosen: SpbeYear) -> Section:
    """The official classes, where the region stands, and how far to the next one."""
    rows: list[tuple[Cell, ...]] = []
    own = None
    for band in chosen.pack.bands:
        lower, upper = (format_number(value, chosen.pack.places, desk.locale) for value in (band.lower, band.upper))
        words = _("{lower} sampai {upper}") if band.includes_upper else _("{lower} sampai kurang dari {upper}")
        is_own = band.name == chosen.index.predikat
        own = len(rows) if is_own else own
        standing = f"◆ {desk.region.region_name}, {value_words(chosen.index, desk.locale)}" if is_own else ""
        said = unread_marked(words.format(lower=lower, upper=upper), chosen.pack.bands_standing)
        rows.append((band.name, said, standing))
    columns = (Column(_("Predikat")), Column(_("Rentang indeks")), Column(_("Posisi")))
    table = Table(columns, tuple(rows), marked=own)
    missing = next_band_words(chosen.index, desk.rules, desk.locale)
    return Section(_("Predikat"), (table, Words(missing)) if missing else (table,), is_sample=chosen.index.is_sample)


def _rules(desk: Desk) -> Section:
    """Which regulation judges which years, and how sure we are of it."""
    columns = tuple(
        Column(title)
        for title in (_("Masa berlaku"), _("Indeks"), _("Aturan dan pasal"), _("Versi paket"), _("Keadaan"))
    )
    rows = tuple(
        (
            f"{pack.valid_from.year}–{pack.valid_until.year if pack.valid_until else ''}",
            pack.index_name,
            f"{pack.regulation}; {pack.article}",
            pack.rule_version,
            "; ".join(words for words in (STANDING_WORDS[pack.standing], pack.note) if words),
        )
        for pack in sorted(desk.rules.index_packs, key=lambda pack: pack.valid_from)
        if SCHEME in (pack.scheme, pack.replaces)
    )
    return Section(RULES_TITLE, (Table(columns, rows),))
