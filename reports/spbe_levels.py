"""Levels of SPBE and Pemdi indicators as their region and an assessor judged them: index, parts, indicators, agencies.

Refuses to lend a published index to a self-assessment, or a level that nobody delivered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_number
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from reports.content import Block, Cell, Chart, Column, Figures, Section, Table, Words
from reports.delivered_levels import Levels, level_years, short_name
from reports.desk import Desk
from reports.parts import owed
from reports.reach import is_narrow
from reports.spbe_series import INDEX
from reports.stored_figures import figure_of_year
from warehouse.evaluation.index_words import room_sentence, standing_sentence
from warehouse.indicators.spbe.levels import SOURCE
from warehouse.indicators.spbe.weighted_index import Given, Part, Resolved, resolve
from warehouse.rules import IndexPack, Weighted

BY_SELF, BY_ASSESSOR = "spbe.mandiri", "spbe.asesor"
MISSING_TITLE = _("Tingkat tiap indikator")
MOST_BARS = 10
GAIN_PLACES = 3
NOBODY = _("belum ditetapkan")


def missing_section(desk: Desk, year: int | None) -> Section:
    """What to deliver, so that the levels can be shown: nothing is made up in their place."""
    years = level_years(desk)
    if year is not None and years:
        words = _("Tingkat indikator tahun {year} belum disampaikan. Yang sudah: {years}.").format(
            year=year, years=", ".join(map(str, years))
        )
        return Section(MISSING_TITLE, (Words(words),))
    how = _(
        "Yang perlu disetor: satu buku kerja tingkat_indikator_TAHUN.xlsx, satu baris tiap indikator dan penilai, "
        "dengan tahun, nomor indikator, penilai (mandiri atau asesor), tingkat, OPD penanggung jawab dan bukti dukung. "
        "Templatnya di halaman Setor data. Sesudah itu tampil indeks penilaian mandiri, jarak tiap indikator, bagian "
        "tiap OPD, dan jalan menuju predikat."
    )
    return Section(MISSING_TITLE, (owed(desk, SOURCE), Words(how, is_note=True)), clocks=desk.clocks_of(SOURCE))


def overview_title(levels: Levels) -> str:
    return _("{name}: penilaian mandiri dan asesor").format(name=levels.name)


def overview_section(desk: Desk, levels: Levels) -> Section:
    """The index each of the two makes, where it stands, and what holds it most."""
    figures = tuple(
        replace(figure, title=f"{figure.title}, {levels.pack.index_name}")
        for figure in (figure_of_year(desk, item, levels.year) for item in (BY_SELF, BY_ASSESSOR))
    )
    blocks: list[Block] = [Figures(figures, columns=2)]
    if levels.start.is_whole:
        found = resolve(Given(levels=levels.start.levels), levels.pack)
        blocks += [Words(standing_sentence(found.index.value, levels.pack)), Words(room_sentence(found, levels.pack))]
    values = [figure.value for figure in figures if figure.value is not None]
    if len(values) == 2:
        gap = format_number(values[0] - values[1], levels.pack.places, desk.locale)
        blocks.append(Words(_("Selisih mandiri dan asesor: {gap}.").format(gap=gap)))
    blocks += _beside_published(desk, levels, figures[-1].value)
    blocks.append(Words(_overview_note(levels), is_note=True))
    clocks = desk.clocks_of(SOURCE)
    return Section(overview_title(levels), tuple(blocks), "", clocks, levels.is_sample, BY_SELF)


def _beside_published(desk: Desk, levels: Levels, by_assessor: Decimal | None) -> tuple[Words, ...]:
    """An assessor's levels against the result that was published of the same year; the published one stands."""
    published = figure_of_year(desk, INDEX, levels.year).value
    if published is None or by_assessor is None:
        return ()
    words = [format_number(value, levels.pack.places, desk.locale) for value in (published, by_assessor)]
    if published == by_assessor:
        return (Words(_("Sama dengan indeks terbitan {published}.").format(published=words[0])),)
    told = _("Indeks terbitan {published}, dari tingkat asesor {computed}: tidak sama. Yang berlaku terbitannya.")
    return (Words(told.format(published=words[0], computed=words[1])),)


def _overview_note(levels: Levels) -> str:
    words = _("Dihitung dari tingkat indikator menurut {regulation}; bukan hasil evaluasi yang diterbitkan.").format(
        regulation=levels.pack.regulation
    )
    if levels.pack.replaces:
        words += " " + _("Nilai {name} bukan nilai SPBE dan tidak disambung dengan deretnya.").format(
            name=levels.pack.index_name
        )
    return f"{words} {levels.pack.note}." if levels.pack.note else words


def parts_title(levels: Levels) -> str:
    parts = _("domain dan aspek") if levels.pack.domains else _("aspek")
    return _("{name}: jarak tiap {parts}").format(name=levels.name, parts=parts)


def parts_section(desk: Desk, levels: Levels) -> Section:
    """The parts of the index with distance times weight."""
    note = _(
        "Jarak dihitung dari penilaian {basis} sampai tingkat {top}. Tambahan indeks = jarak × bobot / {total}."
    ).format(
        basis=levels.basis,
        top=levels.pack.highest_level,
        total=format_number(levels.pack.total_weight, 0, desk.locale),
    )
    blocks = (_parts_table(levels), Words(note, is_note=True))
    return Section(parts_title(levels), blocks, "", desk.clocks_of(SOURCE), levels.is_sample)


def indicators_title(levels: Levels) -> str:
    return _("{name}: jarak tiap indikator").format(name=levels.name)


def indicators_section(desk: Desk, levels: Levels) -> Section:
    """All indicators in the order of the regulation, below those that weigh most."""
    note = _("Grafik: yang menambah indeks paling banyak bila sampai tingkat {top}. Tabel: semua indikator.").format(
        top=levels.pack.highest_level
    )
    blocks: list[Block] = [*_gain_chart(levels), _indicators_table(levels)]
    blocks += [Words(_("Tidak dihitung: {problem}.").format(problem=one)) for one in levels.start.problems]
    return Section(indicators_title(levels), tuple(blocks), note, desk.clocks_of(SOURCE), levels.is_sample)


def _parts_table(levels: Levels) -> Table:
    """Domains, each with its aspects below it, by the levels of both who judge."""
    found = {who: resolve(Given(levels=one.levels), levels.pack) for who, one in levels.by.items()}
    rows: list[tuple[Cell, ...]] = []
    for domain in levels.pack.domains:
        rows.append(_part_row(_("Domain {no}. {name}"), domain, "domains", found, levels))
        own = (aspect for aspect in levels.pack.aspects if aspect.parent_no == domain.no)
        rows += [_part_row(_("Aspek {no}. {name}"), aspect, "aspects", found, levels) for aspect in own]
    if not levels.pack.domains:
        rows = [_part_row(_("Aspek {no}. {name}"), aspect, "aspects", found, levels) for aspect in levels.pack.aspects]
    columns = (
        Column(_("Bagian")),
        Column(_("Bobot"), "percent", 2),
        *(Column(who.capitalize(), "number", levels.pack.places) for who in levels.by),
        Column(_("Jarak"), "number", levels.pack.places),
        Column(_("Tambahan indeks bila penuh"), "number", GAIN_PLACES),
    )
    return Table(columns, tuple(rows), name=_("Domain dan aspek") if levels.pack.domains else _("Aspek"))


def _part_row(title: str, item: Weighted, kind: str, found: Mapping[str, Resolved], levels: Levels) -> tuple[Cell, ...]:
    values = {who: _part_value(getattr(one, kind), item.no) for who, one in found.items()}
    value = values[levels.basis]
    distance = None if value is None else levels.pack.highest_level - value
    gain = None if distance is None else distance * item.weight / levels.pack.total_weight
    share = item.weight * 100 / levels.pack.total_weight
    return (title.format(no=item.no, name=item.name), share, *values.values(), distance, gain)


def _part_value(parts: tuple[Part, ...], no: int) -> Decimal | None:
    part = next(one for one in parts if one.item.no == no)
    return part.value if part.is_known else None


def _gain_chart(levels: Levels) -> tuple[Chart, ...]:
    gains = [(item, gain) for item in levels.pack.indicators if (gain := levels.gain(item))]
    most = sorted(gains, key=lambda pair: (-pair[1], pair[0].no))[:MOST_BARS]
    if not most:
        return ()
    bars = tuple(Bar(f"{item.label}. {short_name(item)}", gain) for item, gain in most)
    words = _("Indikator dengan tambahan indeks terbesar bila sampai tingkat {top}").format(
        top=levels.pack.highest_level
    )
    height = bar_height(len(bars), Look())
    return (Chart("spbe-gains", words, build_ranked_bars, (bars, BarScale(GAIN_PLACES)), height),)


def _indicators_table(levels: Levels) -> Table:
    """What decides comes first: a small screen scrolls to the rest."""
    decimals = levels.pack.places if levels.pack.is_fractional else 0
    columns = (
        Column(_("Indikator")),
        *(Column(who.capitalize(), "number", decimals) for who in levels.by),
        Column(_("Jarak"), "number", decimals),
        Column(_("Tambahan indeks"), "number", GAIN_PLACES),
        Column(_("OPD PIC")),
        Column(_("Bukti"), "flag"),
        Column(_("Sebutan")),
        Column(_("Bobot"), "percent", 2),
        Column(_("Aspek"), definition=_("nomor aspek, namanya di tabel sebelumnya")),
    )
    known = {no for one in levels.by.values() for no in one.levels}
    items = levels.pack.indicators if levels.start.is_whole else _known(levels.pack, known)
    return Table(columns, tuple(_indicator_row(item, levels) for item in items), name=_("Indikator"))


def _known(pack: IndexPack, numbers: Collection[int]) -> tuple[Weighted, ...]:
    return tuple(item for item in pack.indicators if item.no in numbers)


def _indicator_row(item: Weighted, levels: Levels) -> tuple[Cell, ...]:
    level = levels.start.levels.get(item.no)
    return (
        f"{item.label}. {short_name(item)}",
        *(one.levels.get(item.no) for one in levels.by.values()),
        None if level is None else levels.pack.highest_level - level,
        levels.gain(item),
        levels.owners.get(item.no, NOBODY),
        item.no in levels.evidence,
        level_name(item, level, levels.pack),
        item.weight * 100 / levels.pack.total_weight,
        str(item.parent_no),
    )


def level_name(item: Weighted, level: Decimal | None, pack: IndexPack) -> str:
    """What the regulation calls a level; of a fraction the level that is reached."""
    names = pack.level_names.get(item.capability, ())
    place = -1 if level is None else int(level) - pack.lowest_level
    return names[place] if 0 <= place < len(names) else ""


def owners_title(levels: Levels) -> str:
    return _("{name}: bagian tiap OPD").format(name=levels.name)


def owners_section(desk: Desk, levels: Levels) -> Section:
    """Who answers for how much of the index, and for how many indicators there is evidence."""
    owned: dict[str, list[Weighted]] = {}
    for item in levels.pack.indicators:
        if item.no in levels.start.levels:
            owned.setdefault(levels.owners.get(item.no, NOBODY), []).append(item)
    rows = sorted((_owner_row(opd, items, levels) for opd, items in owned.items()), key=lambda row: (-row[4], row[0]))
    columns = (
        Column(_("OPD PIC")),
        Column(_("Indikator"), "number", definition=_("jumlah indikator yang dipegang")),
        Column(_("Bobot"), "percent", 2),
        Column(_("Rata-rata tingkat"), "number", levels.pack.places, definition=_("ditimbang bobot")),
        Column(_("Tambahan indeks bila penuh"), "number", GAIN_PLACES),
        Column(_("Ada bukti"), definition=_("indikator yang bukti dukungnya disebut")),
        Column(_("Nomor indikator")),
    )
    blocks: list[Block] = [Table(columns, tuple(rows), name=_("Bagian tiap OPD"))]
    if is_narrow(desk):
        blocks.append(Words(_("Hanya indikator dalam cakupan Anda."), is_note=True))
    return Section(owners_title(levels), tuple(blocks), "", desk.clocks_of(SOURCE), levels.is_sample)


def _owner_row(opd: str, items: list[Weighted], levels: Levels) -> tuple[str, int, Decimal, Decimal, Decimal, str, str]:
    weight = sum((item.weight for item in items), Decimal(0))
    points = sum((levels.start.levels[item.no] * item.weight for item in items), Decimal(0))
    shown = sum(item.no in levels.evidence for item in items)
    return (
        opd,
        len(items),
        weight * 100 / levels.pack.total_weight,
        points / weight,
        sum((levels.gain(item) or Decimal(0) for item in items), Decimal(0)),
        _("{shown} dari {all}").format(shown=shown, all=len(items)),
        ", ".join(item.label for item in items),
    )
