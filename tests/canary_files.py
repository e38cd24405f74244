"""Deliveries of every source with canaries wherever a person may stand: columns, neighbours, headers, names, notes.

A place where a plain name cannot be told from other words is left out here and listed by `limits`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from babel.dates import get_month_names

from pipelines.contracts.contract import Contract
from pipelines.judging.covering import kind_of
from tests.canaries import HOUSE, NAME, NATIVE, SEVERAL, WRITTEN, Person

UNKNOWN = "Catatan petugas"  # a column nobody declared
GOOD_ROWS = 5  # beside each bad one: a file is not refused as a whole
FILE_NAMES = {
    "bappeda_program": "masterplan_program_{}.xlsx",
    "bappeda_target_program": "masterplan_target_{}.xlsx",
    "bmkg_peringatan": "bmkg_peringatan_{}.xml",  # a table under that name: what is read is the content
    "bpbd_kejadian_112": "kejadian_112_BPBD_{}.xlsx",
    "bpbd_panggilan_112": "panggilan_112_2026-11-20_{}_2026-11-21_s.d._16.csv",
    "bpkad_pagu": "pagu_opd_{}.csv",
    "dinkes_dbd": "dbd_mingguan_{}.csv",
    "diskominfo_spbe": "spbe_results_{}.csv",
    "diskominfo_spbe_tingkat": "tingkat_indikator_{}.xlsx",
    "dlh_capaian_sampah": "sipsn_{}_Data_Capaian_Pengelolaan_Sampah.csv",
    "dlh_ispu": "ispu_{}.csv",
    "dlh_komposisi_sampah": "sipsn_{}_Data_Komposisi_Jenis_Sampah.csv",
    "dlh_sampah_kecamatan": "sampah_kecamatan_{}_2026-10.csv",
    "dlh_timbulan_sampah": "sipsn_{}_Data_Timbulan_Sampah.csv",
    "dpupr_ambang_pos": "ambang_pos_{}.csv",
    "dpupr_pos_air": "pos_air_{}.csv",
    "dpupr_proyek": "peta_proyek_{}.sql",
    "opd_fisik": "fisik_DPUPR_{}_2026-10.csv",
    "opd_kontrak": "kontrak_DPUPR_{}_2026-10.csv",
    "opd_lra": "lra_DLH_{}_2026-10.xlsx",
    "opd_progres_program": "progres_program_DLH_{}_2026-10.csv",
}
# A good cell of each column that is not a plain number; `{}` makes a row its own.
GOOD = {
    "Kode Program": "MP-{}", "Nama Program": "Bank sampah", "Dimensi": "6", "Sub Dimensi": "6.2",
    "OPD Penanggung Jawab": "DLH", "OPD Pendukung": "DPMD", "Indikator": "Bank sampah aktif", "Satuan": "unit",
    "Jangka": "menengah", "Tahun Mulai": "2026", "Tahun Selesai": "2030", "Lokasi": "Gedeg", "Tahun": "2026",
    "Target": "33 unit", "Sumber Dana": "DAK", "Nomor Tiket": "MJK-{}", "Waktu Lapor": "20 November 2026 16.05",
    "Jenis Kejadian": "Kebakaran", "Kecamatan": "Mojosari", "Lokasi (Lat/Long)": "LatLng(-7.516312, 112.556122)",
    "Waktu Penugasan": "20 November 2026 16.07", "Waktu Tiba": "20 November 2026 16.18", "OPD Penangan": "SATPOLPP",
    "Status": "Selesai", "ID Panggilan": "P{}", "Waktu Masuk": "21/11/2026 15:05:09", "OPD": "DLH",
    "Waktu Dijawab": "21/11/2026 15:05:16", "Jenis Panggilan": "informasi", "Kode Rekening": "5.{}",
    "institution": "Kota Uji {}", "kind": "kota", "group": "Kota", "predikat": "Baik", "year": "2024",
    "Provinsi": "Jawa Timur", "Kabupaten/Kota": "Kab. Uji {}", "tanggal": "{day}", "stasiun": "Stasiun A",
    "critical": "CO", "categori": "SEDANG", "id": "{}", "nama_proyek": "Pelebaran jalan", "tahun_anggaran": "2026",
    "alamat": "Kec. Gedeg", "latitude": "-7.4614", "longitude": "112.4751", "status": "Selesai", "ID Tahap": "{}",
    "ID Kontrak": "K{}", "Jadwal": "30/09/2026", "No Kontrak": "04/SPK/2026", "Tanggal Kontrak": "15/07/2026",
    "Pekerjaan": "Pembangunan jembatan", "KODE REKENING": "5.1.02.{}", "URAIAN": "Belanja barang",
    "waktu": "{day} 05:00:00", "pos": "PA-01", "parameter": "tma_m",
    "Pos": "PA-{}", "Sungai": "Kali Uji", "Parameter": "tma_m", "Berlaku Sejak": "01/01/2026",
    "Dasar Penetapan": "SK uji",
    "Nomor Indikator": "{}", "Penilai": "mandiri", "Tingkat": "3", "OPD PIC": "DISKOMINFO", "Bukti Dukung": "SK tim",
    "Akhir Minggu": "{hari}", "Level Diumumkan": "aman",
    "Bulan": "Oktober 2026", "Kendala": "Lahan belum siap", "Periode Awal": "", "Periode Akhir": "",
}  # fmt: skip
WORKBOOK_TOPS = {
    "bpbd_kejadian_112": [["Keadaan s.d.: 21 November 2026 pukul 06.00 WIB"]],
    "opd_lra": [
        ["PEMERINTAH KABUPATEN MOJOKERTO"],
        ["OPD", ":", "Dinas Lingkungan Hidup"],
        ["Periode Januari s.d Oktober 2026"],
    ],
}
OWN = {  # where a source wants something else under the same header
    ("bmkg_peringatan", "identifier"): "2.49.{}",
    ("bmkg_peringatan", "status"): "Actual",
    ("bmkg_peringatan", "msgType"): "Alert",
    ("bmkg_peringatan", "language"): "id",
    ("bmkg_peringatan", "urgency"): "Immediate",
    ("bmkg_peringatan", "severity"): "Moderate",
    ("bmkg_peringatan", "certainty"): "Observed",
    ("bmkg_peringatan", "sent"): "2026-11-20T22:50:00+07:00",
    ("bmkg_peringatan", "effective"): "2026-11-20T23:00:00+07:00",
    ("bmkg_peringatan", "expires"): "2026-11-21T02:00:00+07:00",
    ("bpbd_kejadian_112", "Waktu Selesai"): "20 November 2026 17.30",
    ("bpbd_panggilan_112", "Waktu Selesai"): "21/11/2026 15:06:00",
    ("dlh_sampah_kecamatan", "Bulan"): "{bulan}",
    ("opd_fisik", "Target"): "75",
    ("opd_progres_program", "Realisasi Keuangan (%)"): "100",
    ("bpbd_panggilan_112", "Nomor Tiket"): "",
}
SHOWN = {
    "nama": (NAME, SEVERAL, HOUSE),
    "bebas": (NAME, SEVERAL),
    "jumlah": (NATIVE,),
}  # by kind of column: what stays to be seen
TABLE = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Cell:
    """What is written, and in which way; nobody's by default."""

    text: str
    kind: str = ""


Row = list[Cell]


@dataclass(frozen=True)
class Written:
    """One file to deliver."""

    source_id: str
    name: str
    rows: list[Row]
    delimiter: str = ","
    sheets: tuple[str, ...] = ("Data",)  # all hold the same rows
    further_lines: tuple[str, ...] = ()  # of a CSV; comments of a dump
    table: str = ""

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        texts = [[cell.text for cell in row] for row in self.rows]
        if path.suffix == ".xlsx":
            _write_workbook(path, texts, self.sheets)
        elif path.suffix == ".sql":
            path.write_text(_dump(texts, self.table, self.further_lines), "utf-8")
        else:
            stream = io.StringIO()
            csv.writer(stream, delimiter=self.delimiter, lineterminator="\n").writerows(texts)
            path.write_text(stream.getvalue() + "".join(f"{line}\n" for line in self.further_lines), "utf-8")
        return path


def _write_workbook(path: Path, rows: list[list[str]], sheets: Sequence[str]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        for name in sheets:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "-", name)[:31])
            for row_no, row in enumerate(rows):
                for column, text in enumerate(row):
                    is_amount = re.fullmatch(r"\d{1,4}|8\d{10}", text)
                    sheet.write(row_no, column, float(text) if is_amount else text)


def _dump(rows: list[list[str]], table: str, comments: Sequence[str]) -> str:
    names, *values = rows
    columns = ", ".join(f"`{name}`" for name in names)
    lines = [f"({', '.join(_value(text) for text in row)})" for row in values]
    said = "".join(f"-- {line}\n/* {line} */\n" for line in comments)
    return f"{said}INSERT INTO `{table}` ({columns}) VALUES\n" + ",\n".join(lines) + ";\n" + said


def _value(text: str) -> str:
    return "'" + text.replace("\\", "").replace("'", "''") + "'"


class Writer:
    """Makes the files of one source; people take turns, and so do the ways of writing them."""

    def __init__(
        self, contract: Contract, everyone: Sequence[Person], kinds: Sequence[str] = tuple(WRITTEN), step: int = 1
    ) -> None:
        self.contract, self.everyone, self.kinds = contract, everyone, kinds
        self.step = step  # of the places where rows slip: all, or each third one in turn
        self.turn = self.row_no = self.file_no = 0
        self.first = {one.from_: one for one in reversed(contract.fields)}
        read = [name for name in contract.headers if not name.startswith("Periode ")]
        half = len(read) // 2
        # Personal and ignored columns stand between the others, so that a slip moves people next door.
        self.headers = [*read[:half], *contract.personal, *contract.ignore, *read[half:], UNKNOWN]

    def somebody(self, kind: str = "") -> Cell:
        self.turn += 1
        kind = kind or self.kinds[self.turn % len(self.kinds)]
        return Cell(WRITTEN[kind](self.everyone[self.turn % len(self.everyone)]), kind)

    def good(self) -> Row:
        """A row as it should be; personal columns hold somebody."""
        self.row_no += 1
        return [self.somebody() if header in self.contract.personal else self._plain(header) for header in self.headers]

    def _plain(self, header: str) -> Cell:
        day = date(2019, 1, 1) + timedelta(days=self.row_no)
        month = f"{get_month_names('wide', locale='id')[self.row_no % 12 + 1]} {1920 + self.row_no // 12}"
        usual = GOOD.get(header, "" if header in (*self.contract.ignore, UNKNOWN) else "3")
        text = OWN.get((self.contract.source_id, header), usual)
        text = text.replace("{day}", f"{day}").replace("{hari}", f"{day:%d/%m/%Y}").replace("{bulan}", month)
        return Cell(text.replace("{}", str(self.row_no)))

    def allowed(self, row: Row) -> bool:
        """Whether nobody stands where they would be seen whatever is done."""
        columns = list(self.headers)
        if self.contract.source_id == "opd_lra":  # the account's name is what has letters beside its code
            columns[columns.index("KODE REKENING")] = "URAIAN"
        return all(cell.kind not in self.shown(header) for cell, header in zip(row, columns, strict=False))

    def shown(self, header: str) -> tuple[str, ...]:
        one = self.first.get(header)
        return SHOWN.get(kind_of(one, self.contract), ()) if one else ()

    def with_cell(self, header: str, cell: Cell) -> Row:
        row = self.good()
        row[self.headers.index(header)] = cell
        return row

    def in_columns(self) -> list[Row]:
        """Every way of writing in every column."""
        return [self.with_cell(header, self.somebody(kind)) for header in self.headers for kind in self.kinds]

    def slipped(self) -> list[Row]:
        """Rows that are not under their headers: by one or two columns, swapped, joined, too long, too short."""
        rows = []
        for number, kind in enumerate(self.kinds):
            for place in range(1 + number % self.step, len(self.headers), self.step):
                row = self.good()
                cells = [*row[:place], self.somebody(kind), *row[place:]]
                rows += [cells[1:], cells[:-1], cells, [*cells[:place], *cells[place + 1 :]][2:]]
                swapped = self.with_cell(self.headers[place], self.somebody(kind))
                swapped[place], swapped[place - 1] = swapped[place - 1], swapped[place]
                joined = Cell(f"{row[place - 1].text} {cells[place].text}", kind)
                rows += [swapped, [*row[: place - 1], joined, *row[place + 1 :]], row[:place]]
        return rows

    def signatures(self) -> list[Row]:
        """What stands below the table: nobody's row, so even its titles are told by their length."""
        blank = [Cell("") for _header in self.headers]
        return [
            [*blank[:place], self.somebody(kind), *blank[place + 1 :]]
            for kind in self.kinds
            for place in range(len(self.headers))
        ]

    def files(self, names: int) -> Iterator[Written]:
        """All files; `names`: over how many of those whose own name and sheets name somebody all kinds are spread."""
        yield self._file([row for row in self.in_columns() if self.allowed(row)], "kolom")
        yield self._file([row for row in self.slipped() if self.allowed(row)], "geser")
        yield self._file(self.signatures(), "tanda")
        if self.contract.expect.max_rejected_pct < 100:  # else the rows above were loaded already
            yield self._file([row for row in self.in_columns() if self.allowed(row)], "longgar", GOOD_ROWS)
        yield self._headed()
        for number in range(names):
            yield self._named(self.kinds[number::names])
        yield from self._broken()

    def _file(self, rows: list[Row], name: str, good: int = 0) -> Written:
        return self._written(self._table([*rows, *(self.good() for _count in range(good * len(rows)))]), name)

    def _table(self, rows: Sequence[Row]) -> list[Row]:
        return [[Cell(header) for header in self.headers], *rows]

    def _written(self, rows: list[Row], name: str, **more: Any) -> Written:
        self.file_no += 1
        contract, source_id = self.contract, self.contract.source_id
        top = [[Cell(text) for text in line] for line in WORKBOOK_TOPS.get(source_id, [])]
        name = re.sub(r"[/\\:*?\"<>|;,]", "-", f"{name}-{self.file_no}")
        return Written(
            source_id,
            FILE_NAMES[source_id].format(name),
            [*top, *rows],
            contract.file.delimiter or ",",
            table=contract.file.table or "",
            **more,
        )

    def _headed(self) -> Written:
        """People above the table, in its head, below it and in comments."""
        table = self._table([self.good() for _count in range(GOOD_ROWS)])
        extra = [self.somebody(kind) for kind in self.kinds]
        table[0] += [Cell(TABLE.sub("_", cell.text.lower())) for cell in extra] if self._is_dump else extra
        for row in table[1:]:
            row += [self.somebody(kind) for kind in self.kinds]
        above = [] if self._is_dump else [[self.somebody(kind), self.somebody(kind)] for kind in self.kinds[:20]]
        return self._written([*above, *table], "kop", further_lines=tuple(self._lines()))

    @property
    def _is_dump(self) -> bool:
        return self.contract.file.table is not None

    def _lines(self) -> Iterator[str]:
        """Footnotes of a CSV: one cell each. Comments of a dump."""
        if not FILE_NAMES[self.contract.source_id].endswith(".xlsx"):
            yield from (self.somebody(kind).text.replace('"', "") for kind in self.kinds)

    def _named(self, kinds: Sequence[str]) -> Written:
        rows = self._table([self.good() for _count in range(2)])
        sheets = tuple(self.somebody(kind).text for kind in kinds for _twice in range(2))
        return self._written(rows, " - ".join(self.somebody(kind).text for kind in kinds), sheets=sheets)

    def _broken(self) -> Iterator[Written]:
        """Whole files that are refused, or whose rows a quotation mark swallows."""
        headless = self._table([self.good() for _count in range(2)])
        headless[0][0] = self.somebody(NAME)
        yield self._written(headless, "tanpa judul")
        source_id = self.contract.source_id
        if self._is_dump:
            named = TABLE.sub("_", self.somebody(NAME).text.lower())
            yield replace(self._written(self._table([self.good()]), "tabel"), table=named)
            calls = self._table([self.good()])
            yield self._written(calls, "ungkapan", further_lines=(self.somebody(NAME).text,))
        elif FILE_NAMES[source_id].endswith(".csv"):
            mark = self.contract.file.delimiter or ","
            line = mark.join(cell.text for cell in self.good())
            people = mark.join(self.somebody(kind).text for kind in self.kinds)
            opened = f'"{line}'
            yield self._written(self._table([self.good()]), "petik", further_lines=(opened, people, line))
            closed = (opened, people, f'{line}"')
            yield self._written(self._table([self.good()]), "dua petik", further_lines=closed)


def limits(contract: Contract) -> list[tuple[str, str]]:
    """Column and way of writing that stay to be seen in this source."""
    writer = Writer(contract, [])
    return [(header, kind) for header in writer.headers for kind in writer.shown(header)]
