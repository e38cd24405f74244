"""A workbook of what a page shows: values with their types, what each column means, and where they come from.

Refuses formulas: a text that begins like one stays a text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from gettext import gettext as _

import xlsxwriter

from charts.formats import format_date
from reports.clock_words import clock_words, clocks_by_source, source_clock_words, state_words, until_cell
from reports.content import Cell, Column, Figures, Missing, PageContent, Quantity, Section, Table
from reports.desk import Desk
from reports.figure_words import limit_words
from reports.sheets import Book, SheetRows
from warehouse.catalogue import BY_ID
from warehouse.figures import Figure

FIGURE_COLUMNS = (
    Column(_("Bagian"), definition=_("bagian halaman tempat angka ini berdiri")),
    Column(_("Angka"), definition=_("nama indikator")),
    Column(_("Wilayah atau hal"), definition=_("yang diukur")),
    Column(_("Nilai"), "number", definition=_("nilai penuh, belum dibulatkan untuk tampilan")),
    Column(_("Satuan")),
    Column(_("Periode"), definition=_("kurun yang diukur")),
    Column(_("Kelas"), definition=_("predikat atau kategori resmi")),
    Column(_("Penentu"), definition=_("yang menentukan nilai, misalnya pencemar kritis")),
    Column(_("Pembilang"), "number"),
    Column(_("Penyebut"), "number"),
    Column(_("Target"), "number"),
    Column(_("Keadaan terhadap batas")),
    Column(_("Status"), definition=_("dihitung, atau mengapa tidak ada nilai")),
    Column(_("Keterangan")),
    Column(_("Jam data")),
    Column(_("Versi aturan")),
    Column(_("ID indikator")),
    Column(_("Contoh"), "flag", definition=_("benar: memakai DATA CONTOH")),
)
SAMPLE_COLUMN = Column(_("Contoh"), "flag", definition=_("benar: bagian ini memakai DATA CONTOH"))


def draw_xlsx(desk: Desk, content: PageContent, code: str) -> bytes:
    """The same content gives the same bytes: the workbook carries the day of the data, not of its making."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(stream, options)
    workbook.set_properties(
        {
            "title": content.message[:255],
            "author": desk.region.region_name,
            "created": datetime.combine(desk.instant.date(), datetime.min.time()),
        }
    )
    book = Book(workbook)
    book.write(_summary(desk, content, code))
    sheets = [_as_sheet(section, table) for section in content.sections for table in _tables(desk, section)]
    written = [(book.write(sheet), sheet) for sheet in sheets]
    book.write(_definitions(desk, content, written))
    book.write(_sources(desk, content))
    workbook.close()
    return stream.getvalue()


def _tables(desk: Desk, section: Section) -> Iterable[Table]:
    """Tables of a section; its figures are one too."""
    figures = tuple(figure for block in section.blocks if isinstance(block, Figures) for figure in block.figures)
    if figures:
        rows = tuple(_figure_row(desk, section, figure) for figure in figures)
        yield Table(FIGURE_COLUMNS, rows, name=section.title)
    for block in section.blocks:
        if isinstance(block, Table):
            yield block


def _figure_row(desk: Desk, section: Section, figure: Figure) -> tuple[Cell, ...]:
    def written(number: object) -> Cell:
        return Quantity(number, "", figure.decimals) if number is not None else None  # type: ignore[arg-type]

    return (
        section.title,
        figure.title,
        figure.entity_name,
        written(figure.value),
        figure.unit,
        figure.period_label,
        figure.predikat,
        figure.determinant,
        figure.numerator,
        figure.denominator,
        figure.target,
        limit_words(figure, desk.rules, desk.locale),
        figure.status.value,
        figure.reason,
        clock_words(figure.clock),
        figure.rule_version,
        figure.indicator_id,
        figure.is_sample,
    )


def _as_sheet(section: Section, table: Table) -> SheetRows:
    """The table with its sample mark, unless it has one of its own for each row."""
    columns, rows, total = table.columns, table.rows, table.total
    if not any(column.title == SAMPLE_COLUMN.title and column.kind == "flag" for column in columns):
        columns = (*columns, SAMPLE_COLUMN)
        rows = tuple((*row, section.is_sample) for row in rows)
        total = (*total, None) if total is not None else None
    return SheetRows(table.name or section.title, columns, rows, total)


def _summary(desk: Desk, content: PageContent, code: str) -> SheetRows:
    """What the page says, for which cut, from which release, how fresh; and what is missing from it."""
    lines: list[tuple[Cell, ...]] = [
        (_("Halaman"), content.title),
        (_("Daerah"), desk.region.region_name),
        (_("Pesan"), content.message),
        (_("Periode"), content.period),
        (_("Saringan"), content.filter_words),
        *([(_("Cakupan"), content.reach_words)] if content.reach_words else []),
        *((_("Alamat"), f"{key}={value}") for key, value in content.address),
        (_("Rilis"), desk.release_id),
        (_("Kode"), code),
        (_("Keadaan"), format_date(desk.instant.date(), desk.locale)),
        (_("DATA CONTOH"), content.is_sample),
    ]
    for section in content.sections:
        for source in clocks_by_source(section.clocks):
            lines.append((_("Jam data {section}").format(section=section.title),
                          f"{source.title}: {source_clock_words(source)}"))  # fmt: skip
        for block in section.blocks:
            if isinstance(block, Missing):
                owners = ", ".join(block.owners)
                words = [block.title, _("data belum disampaikan"), owners, block.reason]
                lines.append((section.title, " · ".join(part for part in words if part)))
    return SheetRows(_("Ringkasan"), (Column(_("Hal")), Column(_("Isi"))), tuple(lines))


def _definitions(desk: Desk, content: PageContent, written: Sequence[tuple[str, SheetRows]]) -> SheetRows:
    """Each column of each sheet, then each indicator on the page."""
    columns = tuple(
        Column(title)
        for title in (
            _("Lembar atau indikator"),
            _("Kolom atau nama"),
            _("Definisi"),
            _("Rumus"),
            _("Dasar hukum"),
            _("Satuan"),
            _("Versi aturan"),
        )
    )
    rows: list[tuple[Cell, ...]] = [
        (sheet, column.title, column.definition, "", "", _unit(column), "")
        for sheet, described in written
        for column in described.columns
    ]
    rows += [
        (item.id, item.title_by(desk.rules), item.definition, item.formula, item.legal_basis, item.unit, versions)
        for item, versions in ((BY_ID[key], versions) for key, versions in _indicators(content).items() if key in BY_ID)
    ]
    return SheetRows(_("Definisi"), columns, tuple(rows))


def _unit(column: Column) -> str:
    return {"percent": "%", "money": "Rp"}.get(column.kind, column.unit)


def _indicators(content: PageContent) -> dict[str, str]:
    """Ids of the indicators shown or linked to, with the rule versions their values were judged by."""
    found: dict[str, list[str]] = {}
    for section in content.sections:
        if section.definition_id:
            found.setdefault(section.definition_id, [])
        for block in section.blocks:
            if isinstance(block, Figures):
                for figure in block.figures:
                    found.setdefault(figure.indicator_id, []).append(figure.rule_version)
            elif isinstance(block, Table):
                for indicator_id in block.link_ids:
                    found.setdefault(indicator_id, [])
    return {key: ", ".join(dict.fromkeys(item for item in versions if item)) for key, versions in found.items() if key}


def _sources(desk: Desk, content: PageContent) -> SheetRows:
    """Each source with its owners, then each of its senders with the clock."""
    columns = (
        Column(_("ID sumber")),
        Column(_("Sumber")),
        Column(_("Pemilik")),
        Column(_("Baris"), "number"),
        Column(_("Contoh"), "flag"),
        Column(_("Data sampai"), "instant"),
        Column(_("Diterima"), "instant"),
        Column(_("Tenggat kirim"), "instant"),
        Column(_("Keadaan")),
    )
    rows: list[tuple[Cell, ...]] = []
    for source in content.sources:
        owners = ", ".join(source.owners)
        rows.append((source.source_id, source.title, owners, source.row_count, source.is_sample, None, None, None, ""))
        rows += [
            (
                clock.source_id,
                clock.source_title,
                clock.opd_code,
                None,
                clock.is_sample,
                until_cell(clock.data_until),
                clock.received_at,
                until_cell(clock.due_at),
                state_words(clock),
            )
            for clock in desk.clocks_of(source.source_id)
        ]
    return SheetRows(_("Sumber"), columns, tuple(rows))
