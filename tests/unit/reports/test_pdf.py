"""The paper: complete, inside its margins, in embedded letters, the same bytes each time, and never markup."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reports.content import Column, Figures, Missing, PageContent, Section, SourceLine, Table, Words
from reports.figure_words import value_words
from reports.paper import paper_data
from reports.pdf import draw_pdf, open_compiler
from reports.png import draw_pngs, pack_pngs, picture_names
from reports.xlsx import draw_xlsx
from tests.unit.reports.examples import (
    ABSENT,
    BARS,
    CLOCK,
    FIGURE,
    FULL,
    LATE,
    LONGEST_TITLE,
    SMALL,
    TREND,
    desk,
    only,
    page,
    programmes,
)
from tests.unit.reports.reading import open_pdf, page_texts, said, together

ROOT = Path(__file__).resolve().parents[3]
CODE = "7F3A-19C2"
A4_LANDSCAPE = (841.89, 595.28)
MARKUP = (
    '#panic("x")', "$x^2$", "*tebal*", "_miring_", "@label", "`raw`", "]]", "#[", r"\n\u{41}", "// komentar", "/* k */",
    "<label>", "= judul", "- butir", '"kutip"', "#import \"x\"", "{}", "~", "---",
)  # fmt: skip
WIDE = Table(
    tuple(Column(f"Kolom angka nomor {place}", "number", 2, "ton/hari") for place in range(16)),
    tuple(tuple(Decimal(f"{row * place * 123456.789}") for place in range(16)) for row in range(1, 6)),
)
TALL = Table(
    (Column("Berkas"), Column("Keterangan"), Column("Pagu", "money")),
    tuple((f"sipsn_2024_Data_Capaian_Pengelolaan_Sampah_{row}.xlsx" * 3, LONGEST_TITLE * 4, 1) for row in range(9)),
)


def draw(content: PageContent) -> bytes:
    return draw_pdf(paper_data(desk(), content, CODE))


@pytest.fixture(scope="module")
def full() -> bytes:
    return draw(FULL)


def test_a4_landscape_with_embedded_letters(full: bytes) -> None:
    for sheet in open_pdf(full).pages:
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(A4_LANDSCAPE, abs=0.1)
    fonts = [font.get_object() for sheet in open_pdf(full).pages for font in sheet["/Resources"]["/Font"].values()]
    assert {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in fonts} == {
        "SourceSansPro",
        "LibertinusSerif",
    }
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_first_page_says_what_it_means(full: bytes) -> None:
    first = page_texts(full)[0]
    for words in ("MASTERPLAN", FULL.message, "Januari sampai Oktober 2026 · Semua dimensi, semua OPD", "DATA CONTOH"):
        assert words in first


def test_each_page_has_sources_clock_release_code_number_region_and_sample_mark(full: bytes) -> None:
    texts = page_texts(full)
    assert len(texts) >= 3
    for number, text in enumerate(texts, start=1):
        assert "Sumber: Kejadian 112, satu baris tiap tiket (BPBD, DLH), 1.476 baris, sampai 20 November 2026" in text
        assert "1 dari 2 OPD tepat waktu · ◌ DLH 9 hari" in text
        assert f"Rilis 2026-11-21.01 · kode {CODE} · keadaan 21 November 2026 · hal. {number} dari {len(texts)}" in text
        assert "Kabupaten Mojokerto" in text
        assert "DATA CONTOH" in text


def test_real_data_has_no_sample_mark() -> None:
    source = SourceLine("sipsn", "Timbulan sampah", ("DLH",), 26, False)
    assert "CONTOH" not in "".join(page_texts(draw(page(Section("A", (Words("b"),)), sources=(source,)))))


@pytest.mark.parametrize("figure", [FIGURE, replace(FIGURE, value=Decimal("1234567.891"), decimals=2), ABSENT])
def test_a_figure_reads_as_on_screen(figure: Any) -> None:
    text = said(draw(only(Figures((figure,)))))
    assert together(value_words(figure, "id_ID")) in text
    assert together(figure.title) in text
    assert together(figure.reason) in text


def test_missing_data_is_said_with_its_owner(full: bytes) -> None:
    assert together("◌ data belum disampaikan · pemilik DPUPR") in said(full)
    assert together("belum pernah dikirim") in said(full)


def test_a_table_without_rows_says_so() -> None:
    assert "tidak ada data" in page_texts(draw(only(programmes(0))))[0]


@pytest.mark.parametrize("count", [1, 2, 13, 60])
def test_every_row_and_the_total_are_there(count: int) -> None:
    text = said(draw(only(programmes(count))))
    for place in range(1, count + 1):
        assert together(f"{place}. ") in text
    assert "Jumlah" in text


def test_detail_columns_are_left_to_the_downloads() -> None:
    columns = (Column("Program"), Column("Jangka", is_detail=True), Column("Pagu", "number"))
    table = Table(columns, (("Bank sampah", "menengah", 7),), total=("1 program", None, 7))
    content = only(table)
    text = " ".join(page_texts(draw_pdf(paper_data(desk(), content, CODE))))
    assert "menengah" not in text
    assert "Kolom Jangka ada di XLSX." in text
    assert "Bank sampah" in text


@pytest.mark.slow
def test_two_thousand_rows_are_complete_with_the_header_on_each_page() -> None:
    rows = tuple((f"Program nomor {place}.", Decimal(place)) for place in range(1, 2001))
    columns = (Column("Nama program"), Column("Pagu tahun berjalan", "money"))
    texts = page_texts(draw(only(Table(columns, rows, ("Jumlah seluruhnya", Decimal(2_001_000))))))
    joined = "".join(texts)
    assert [place for place in range(1, 2001) if f"Program nomor {place}." not in joined] == []
    assert joined.count("Program nomor") == 2000
    assert len(texts) > 30
    assert [text.count("Pagu tahun berjalan") for text in texts] == [1] * len(texts)
    assert [text.count("Jumlah seluruhnya") for text in texts] == [0] * (len(texts) - 1) + [1]
    assert "Rp 2,0 jt" in texts[-1]


@pytest.mark.parametrize("text", MARKUP)
def test_data_is_never_markup(text: str) -> None:
    table = Table((Column(text), Column("x")), ((text, "y"),), (text, ""), note=text)
    content = page(
        Section(
            text, (Words(text), table, Missing(text, (text,), text)), text, clocks=(replace(CLOCK, source_title=text),)
        ),
        message=text,
        filter_words=text,
        title=text,
    )
    found = said(draw(content))
    assert found.count(together(text)) >= 9


@pytest.mark.parametrize(
    "content",
    [
        FULL,
        only(WIDE),
        only(TALL),
        page(Section(LONGEST_TITLE, (TREND, BARS), LONGEST_TITLE, (CLOCK, LATE)), message=LONGEST_TITLE * 2),
        only(Figures(tuple(replace(FIGURE, title=LONGEST_TITLE) for _ in range(7)), columns=4)),
    ],
    ids=["full", "wide", "tall", "charts", "tiles"],
)
def test_nothing_stands_outside_the_margins(content: PageContent) -> None:
    drawn = open_compiler(paper_data(desk(), content, CODE)).compile(format="png", ppi=72)
    for picture in drawn if isinstance(drawn, list) else [drawn]:
        sheet = Image.open(io.BytesIO(picture)).convert("L")
        width, height = sheet.size
        for strip in (
            (0, 0, 44, height),
            (width - 44, 0, width, height),
            (0, 0, width, 24),
            (0, height - 22, width, height),
        ):
            assert sheet.crop(strip).getextrema() == (255, 255), strip


def test_words_over_a_chart_stand_on_its_page_however_many_follow() -> None:
    charts = tuple(
        part for number in range(7) for part in (Words(f"judul {number}."), replace(TREND, words=f"isi {number}."))
    )
    texts = page_texts(draw(page(Section("A", charts))))
    assert len(texts) > 2
    assert all(any(f"judul {number}." in text and f"isi {number}." in text for text in texts) for number in range(7))


def test_many_sources_get_a_part_of_their_own() -> None:
    sources = tuple(
        SourceLine(f"opd_{n}", f"Sumber nomor {n} dengan judul panjang", ("DLH",), n, False) for n in range(15)
    )
    texts = page_texts(draw(page(Section("A", (Words("b"),)), sources=sources)))
    assert "sumber lain, di bagian Sumber." in texts[0]
    joined = "".join(texts)
    assert [n for n in range(15) if f"Sumber nomor {n} dengan" not in joined] == []


def test_the_same_page_is_the_same_bytes() -> None:
    assert draw(SMALL) == draw(SMALL)
    assert draw(SMALL) != draw(replace(SMALL, message="lain"))


@pytest.mark.slow
def test_another_process_draws_the_same_bytes() -> None:
    """Other hash seed, other temporary folders."""
    program = (
        "import hashlib; from tests.unit.reports.test_pdf import CODE, SMALL, desk, draw; "
        "from reports.xlsx import draw_xlsx; "
        "print(*(hashlib.sha256(b).hexdigest() for b in (draw(SMALL), draw_xlsx(desk(), SMALL, CODE))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    made = (draw(SMALL), draw_xlsx(desk(), SMALL, CODE))
    assert done.stdout.split() == [hashlib.sha256(one).hexdigest() for one in made]


def test_no_making_time_is_written(full: bytes) -> None:
    metadata = open_pdf(full).metadata
    assert metadata is not None
    assert not {"/CreationDate", "/ModDate"} & set(metadata)
    assert metadata["/Title"] == FULL.message


def test_pictures_are_the_same_pages_at_twice_the_size() -> None:
    content = only(programmes(40))
    pictures = draw_pngs(paper_data(desk(), content, CODE))
    assert len(pictures) == len(page_texts(draw(content))) == 2
    assert {struct.unpack(">II", picture[16:24]) for picture in pictures} == {(2245, 1587)}
    assert pack_pngs("a", pictures) == pack_pngs("a", pictures)


@pytest.mark.parametrize(
    ("count", "names"),
    [(1, ("a.png",)), (2, ("a_01.png", "a_02.png")), (100, ("a_001.png", "a_100.png"))],
)
def test_pictures_sort_by_name(count: int, names: tuple[str, ...]) -> None:
    made = picture_names("a", count)
    assert (made[0], made[-1]) == (names[0], names[-1])
    assert list(made) == sorted(made)
