"""Parts told apart from their whole by nothing but how far their names stand in: blanks in a text, a workbook's indent."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlwt
from xlsxwriter import Workbook

from tests.corpus.layout.groups import BUDGET, HEAD, MONTHS, PROVEN, SUMS, VISITS, aside
from tests.corpus.layout.sheets import VILLAGES, WASTE
from tests.corpus.layout.shown import open_document
from tests.corpus.layout.writing import book, grid
from tests.corpus.running import Case, Told


def indented(text: str, levels: Sequence[int], column: int = 0) -> bytes:
    """A workbook whose names stand in by these levels, the header's first."""
    kept = io.BytesIO()
    with Workbook(kept, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Data")
        formats = {level: made.add_format({"indent": level}) for level in {*levels} - {0}}
        for number, (row, level) in enumerate(zip(grid(text), levels, strict=True)):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value, formats.get(level) if place == column else None)
    return kept.getvalue()


def indented_xls(text: str, levels: Sequence[int]) -> bytes:
    made, kept = xlwt.Workbook(), io.BytesIO()
    sheet = made.add_sheet("Data")
    styles = {level: xlwt.easyxf(f"align: indent {level}") for level in {*levels}}
    for number, (row, level) in enumerate(zip(grid(text), levels, strict=True)):
        for place, value in enumerate(row):
            sheet.write(number, place, value, styles[level] if place == 0 else styles[0])
    made.save(kept)
    return kept.getvalue()


def indented_open_document(text: str, levels: Sequence[int]) -> bytes:
    styles = "".join(
        f'<style:style style:name="in{level}" style:family="table-cell">'
        f'<style:paragraph-properties fo:margin-left="{level * 0.353:.3f}cm"/></style:style>'
        for level in {*levels} - {0}
    )
    rows = [
        [
            (str(value), "" if isinstance(value, str) else str(value), "" if place else f"in{level}")
            for place, value in enumerate(row)
        ]
        for row, level in zip(grid(text), levels, strict=True)
    ]
    return open_document(rows, styles=styles)


def visits(name: str, file_name: str, content: bytes, *told: Told) -> Case:
    """Four rows of data, whatever stands above them."""
    return Case(name, VISITS, file_name, content, accepted=4, sums=SUMS, messages=told)


ONE_GROUP = f"{HEAD}\nMagersari|160|15\nGedongan|100|10\nMentikan|60|5\nKranggan|20|2\nBlooto|37|3"
IN_BLANKS = (
    "Puskesmas;Kunjungan;Rujukan\nMagersari;160;15\n  Gedongan;100;10\n  Mentikan;60;5\nKranggan;20;2\nBlooto;37;3\n"
)
TWO_LEVELS = f"{HEAD}\nPusat|197|18\nMagersari|160|15\nGedongan|100|10\nMentikan|60|5\nPrajurit|37|3\nBlooto|30|2\nMiji|7|1\nKranggan|20|2"

CASES = (
    visits(
        "one group in a workbook's indent",
        "a.xlsx",
        indented(ONE_GROUP, [0, 0, 1, 1, 0, 0]),
        aside(f"baris 2 ({PROVEN})"),
    ),
    visits(
        "one group in an ODS indent",
        "a.ods",
        indented_open_document(ONE_GROUP, [0, 0, 1, 1, 0, 0]),
        aside(f"baris 2 ({PROVEN})"),
    ),
    visits(
        "one group in an old workbook's indent",
        "a.xls",
        indented_xls(ONE_GROUP, [0, 0, 1, 1, 0, 0]),
        aside(f"baris 2 ({PROVEN})"),
    ),
    visits("one group in blanks", "a.csv", IN_BLANKS.encode(), aside(f"baris 2 ({PROVEN})")),
    visits("one group in tabs", "a.csv", IN_BLANKS.replace("  ", "\t").encode(), aside(f"baris 2 ({PROVEN})")),
    visits(
        "one group whose rows have a dash",
        "a.csv",
        IN_BLANKS.replace("  ", "- ").encode(),
        aside(f"baris 2 ({PROVEN})"),
    ),
    Case(
        "one group whose rows have a small letter in the column of numbers",
        VISITS,
        "a.xlsx",
        book("No|" + HEAD + "\n1|Magersari|160|15\na|Gedongan|100|10\nb|Mentikan|60|5\n2|Kranggan|20|2\n3|Blooto|37|3"),
        accepted=4,
        sums=SUMS,
        messages=(aside(f"baris 2 ({PROVEN})"),),
    ),
    Case(
        "groups in groups, their rows further in",
        VISITS,
        "a.xlsx",
        indented(TWO_LEVELS, [0, 0, 1, 2, 2, 1, 2, 2, 0]),
        accepted=5,
        sums={"kunjungan": "217", "rujukan": "20"},
        messages=(aside(f"baris 2 sampai 3, 6 ({PROVEN})"),),
    ),
    Case(
        "one group over months",
        MONTHS,
        "a.xlsx",
        indented("Kecamatan|Januari|Februari\nUtara|4|6\nPuri|1|2\nSooko|3|4\nSelatan|5|6", [0, 0, 1, 1, 0]),
        accepted=6,
        sums={"bulan": "9", "ton": "21"},
        messages=(aside(PROVEN),),
    ),
    Case(
        "one group in the second key",
        VILLAGES,
        "a.xlsx",
        indented(
            "Kecamatan|Desa|Ton\nUtara|Pusat|3\nUtara|Satu|1\nUtara|Dua|2\nUtara|Tiga|7", [0, 0, 1, 1, 0], column=1
        ),
        accepted=3,
        sums={"ton": "10"},
        messages=(aside(f"baris 2 ({PROVEN})"),),
    ),
    Case(
        "a group that is not the sum of the rows further in",
        VISITS,
        "a.csv",
        IN_BLANKS.replace("160", "161").encode(),
        accepted=5,
        sums={"kunjungan": "378", "rujukan": "35"},
        messages=(("jumlah", None, None, "Baris 3 sampai 4 menjorok atau berhuruf di bawah baris 2"),),
    ),
    Case(
        "a figure whose name its parts repeat stands for itself",
        VISITS,
        "a.csv",
        b"Puskesmas;Kunjungan;Rujukan\nPenduduk;160;15\n  Penduduk lelaki;100;10\n  Penduduk perempuan;60;5\nBlooto;37;3\n",
        accepted=4,
        sums={"kunjungan": "357", "rujukan": "33"},
        messages=(("jumlah", None, None, "Baris 3 sampai 4 menjorok atau berhuruf di bawah baris 2"),),
    ),
    Case(
        "a blank by mistake before one name tells nothing",
        VISITS,
        "a.csv",
        b"Puskesmas;Kunjungan;Rujukan\nGedongan;100;10\n Mentikan;60;5\nKranggan;20;2\nBlooto;37;3\n",
        accepted=4,
        sums=SUMS,
    ),
    Case(
        "all names stand in alike",
        WASTE,
        "a.xlsx",
        indented("Kecamatan|Ton\nUtara|10\nSelatan|20\nTimur|5", [1, 1, 1, 1]),
        accepted=3,
        sums={"ton": "35"},
    ),
    Case(
        "accounts further in keep their codes",
        BUDGET,
        "a.xlsx",
        indented(
            "Kode|Uraian|Anggaran\n'5.1|Belanja|30\n'5.1.01|Pegawai|10\n'5.1.02|Barang|20", [0, 0, 1, 1], column=1
        ),
        accepted=3,
        sums={"anggaran": "60"},
    ),
    Case(
        "names of groups alone, their rows further in",
        VISITS,
        "a.xlsx",
        indented(
            f"{HEAD}\nMagersari||\nGedongan|100|10\nMentikan|60|5\nPrajurit||\nKranggan|20|2\nBlooto|37|3",
            [0, 0, 1, 1, 0, 1, 1],
        ),
        accepted=4,
        sums=SUMS,
        messages=(aside("baris 2, 5 (judul"),),
    ),
)
