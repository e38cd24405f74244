"""Waste by kecamatan: what was hauled and processed for each person in the latest month, on a map and in numbers."""

from __future__ import annotations

from gettext import gettext as _

from charts.area_map import build_value_area_map, covers, height_of
from charts.tile_map import AreaValue, ValuePlan, build_value_map, map_extent
from reports.content import Block, Cell, Chart, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.parts import owed_section
from reports.reach import of_own_areas
from warehouse import queries
from warehouse.indicators.smart_environment.sampah_per_orang import INDICATOR, PARTS, SOURCE
from warehouse.waste_area_queries import AreaWaste, waste_areas

TITLE = _("Sampah terangkut dan terolah per kecamatan")
TILE_WIDTH, TILE_HEIGHT = 104, 58
AREA_WIDTH = 520
NOTE = _(
    "Angka: kg tiap orang tiap hari menurut timbangan TPA, TPS 3R dan bank sampah; bukan timbulan dan bukan sampah "
    "terkelola SIPSN. Makin gelap makin banyak; tidak ada batasnya."
)


def areas_section(desk: Desk) -> Section:
    """The latest month with a value; a kecamatan that did not report has a dash, never a zero."""
    figure = desk.view.figures.get(INDICATOR.id)
    found: tuple[AreaWaste, ...] = desk.ask(waste_areas, desk.region.region_code)
    areas = of_own_areas(desk, found)
    if figure is None or not areas:
        return owed_section(desk, TITLE, SOURCE)
    columns = (
        Column(_("Kecamatan")),
        Column(_("Per orang"), "number", INDICATOR.decimals, INDICATOR.unit),
        *(Column(_("Lewat {part}").format(part=label), "number", 1, _("ton")) for _name, label in PARTS),
        Column(_("Penduduk"), "number"),
        Column(_("Keterangan")),
    )
    ordered = sorted(areas, key=lambda one: (one.value is not None, one.value or 0, one.name))
    table = Table(columns, tuple(_row(one) for one in ordered), name=TITLE)
    blocks: tuple[Block, ...] = (Figures((figure,), 1), *_map(areas, desk), Words(NOTE, is_note=True), table)
    return Section(TITLE, blocks, "", desk.clocks_of(SOURCE), figure.is_sample, INDICATOR.id)


def _row(one: AreaWaste) -> tuple[Cell, ...]:
    reason = _("Belum melapor") if one.reason is None else one.reason
    return one.name, one.value, *one.tons, one.population, reason


def _map(areas: tuple[AreaWaste, ...], desk: Desk) -> tuple[Chart, ...]:
    """Real boundaries where every kecamatan has one, else the tile map."""
    values = tuple(
        AreaValue(one.region_code, one.name, one.tile_column, one.tile_row, one.value)
        for one in areas
        if one.tile_column is not None and one.tile_row is not None
    )
    if not values:
        return ()
    plan, name = ValuePlan(desk.region.region_code, INDICATOR.decimals), "waste-areas"
    words = _("{title}, {unit}, tiap kecamatan").format(title=INDICATOR.title, unit=INDICATOR.unit)
    codes = {one.region_code for one in values}
    outlines = tuple(one for one in desk.ask(queries.area_outlines) if one.region_code in codes)
    if covers(outlines, values):
        height = height_of(outlines, AREA_WIDTH)
        return (Chart(name, words, build_value_area_map, (values, outlines, plan), height, AREA_WIDTH),)
    columns, rows = map_extent(values)
    return (Chart(name, words, build_value_map, (values, plan), rows * TILE_HEIGHT, columns * TILE_WIDTH),)
