"""Delimited texts: their signs, encodings and line ends, and what people leave above, within and below the rows."""

from __future__ import annotations

from tests.corpus.layout.sheets import VILLAGES, WASTE
from tests.corpus.running import Case

NOTES = """
title: Catatan
grain: [kode]
fields:
  - {name: kode, from: Kode, type: code, required: true}
  - {name: isi, from: Isi, type: text}
  - {name: ton, from: Ton, type: number}
"""
TEXT = "Kecamatan;Ton\nUtara;10\nSelatan;20,5\n"


def plain(name: str, content: bytes, *messages, **more) -> Case:
    """Two rows, 30.5 ton, whatever they are written in."""
    right = {"accepted": 2, "sums": {"ton": "30.5"}, "messages": messages} | more
    return Case(
        name, more.pop("contract", WASTE), "a.csv", content, **{k: v for k, v in right.items() if k != "contract"}
    )


CASES = (
    plain("semicolons", TEXT.encode()),
    plain("commas with quoted decimals", b'Kecamatan,Ton\nUtara,10\nSelatan,"20,5"\n'),
    plain("tabs", TEXT.replace(";", "\t").encode()),
    plain("bars", TEXT.replace(";", "|").encode()),
    plain("a line that names the sign", b"sep=;\n" + TEXT.encode()),
    plain("UTF-8 with its mark", b"\xef\xbb\xbf" + TEXT.encode()),
    plain("UTF-16 with its mark", TEXT.encode("utf-16")),
    plain("UTF-16 big-endian", b"\xfe\xff" + TEXT.encode("utf-16-be")),
    plain(
        "Windows signs",
        "Kecamatan;Ton\nUtara \u2013 Timur;10\nSelatan;20,5\n".encode("cp1252"),
        ("pengkodean", None, None, "1252"),
    ),
    plain("CR alone", TEXT.replace("\n", "\r").encode()),
    plain("CR LF, without an end", TEXT.replace("\n", "\r\n").rstrip().encode()),
    plain("blank lines and blank columns", b";Kecamatan;;Ton\n;;;\n;Utara;;10\n\n;Selatan;;20,5\n;;;\n"),
    plain("a delimiter at every end", b"Kecamatan;Ton;\nUtara;10;\nSelatan;20,5;\n"),
    plain("a delimiter at the end of every row but the header", b"Kecamatan;Ton\nUtara;10;\nSelatan;20,5;\n"),
    plain(
        "letterhead, total, signature and note",
        b"PEMERINTAH KOTA;\nLaporan Sampah;\n;\nKecamatan;Ton\nUtara;10\nSelatan;20,5\nJUMLAH;30,5\n;Mojokerto, 5 November 2026\n"
        b";Kepala Dinas\n;NIP. 197001011990031001\n",
        ("disisihkan", None, None, "7"),
    ),
    plain(
        "signature in both columns right below",
        b"Kecamatan;Ton\nUtara;10\nSelatan;20,5\nMengetahui,;Mojokerto, 5-11-2026\nKepala Dinas;Petugas\nSUKARDI;SULASTRI\n"
        b"197001011990031001;198001012005012002\nPetugas: regu A;081234567890\n",
        ("disisihkan", None, None, "4 sampai 8"),
    ),
    plain(
        "header repeated within",
        b"Kecamatan;Ton\nUtara;10\nKecamatan;Ton\nSelatan;20,5\n",
        ("disisihkan", None, None, "3"),
    ),
    plain(
        "another table below",
        b"Kecamatan;Ton\nUtara;10\nSelatan;20,5\n\nBulan;Ton\nJanuari;100\n",
        ("disisihkan", None, None, "5 sampai 6"),
    ),
    plain(
        "another table right below",
        b"Kecamatan;Ton\nUtara;10\nSelatan;20,5\nBulan;Ton\nJanuari;100\n",
        ("disisihkan", None, None, "4 sampai 5"),
    ),
    plain(
        "carried totals",
        b"Kecamatan;Ton\nUtara;10\nJumlah dipindahkan;10\nKecamatan;Ton\nPindahan;10\nSelatan;20,5\nTotal Kota;30,5\n",
        ("disisihkan", None, None, "3"),
    ),
    plain(
        "a total with the name of its region",
        b"Kecamatan;Ton\nUtara;10\nSelatan;20,5\nJumlah Kota Mojokerto;31\n",
        ("disisihkan", None, None, "4"),
        ("jumlah", 4, "Ton", "30,5"),
    ),
    plain("column numbers", b"Kecamatan;Ton\n(1);(2)\nUtara;10\nSelatan;20,5\n"),
    plain("units on a line of their own", b"Kecamatan;Ton\n;(ton)\nUtara;10\nSelatan;20,5\n"),
    plain("header over two lines", b"Kecamatan;Sampah\n;Ton\nUtara;10\nSelatan;20,5\n"),
    plain("header with a line break", b'"Kecamatan";"Ton\n(ton)"\nUtara;10\nSelatan;20,5\n'),
    plain("apostrophes and equal signs around numbers", b'Kecamatan;Ton\nUtara;\'10\nSelatan;="20,5"\n'),
    Case(
        "quoted line breaks and quotes in cells",
        NOTES,
        "a.csv",
        b'Kode;Isi;Ton\n01;"baris satu\nbaris dua";1\n02;"kata ""dikutip""; titik koma";2\n',
        accepted=2,
        sums={"ton": "3"},
    ),
    Case(
        "a quotation mark left open",
        NOTES,
        "a.csv",
        b'Kode;Isi;Ton\n01;"baris satu;1\n02;b;2\n',
        "partial",
        1,
        1,
        sums={"ton": "2"},
        messages=(("geser", 2, None, "tidak berpasangan"),),
    ),
    Case(
        "inches in a cell that is not quoted",
        NOTES,
        "a.csv",
        b'Kode;Isi;Ton\n01;pipa 3" galvanis;1\n02;b;2\n',
        accepted=2,
        sums={"ton": "3"},
    ),
    Case(
        "a row with too many cells and one with too few",
        NOTES,
        "a.csv",
        b"Kode;Isi;Ton\n01;a;1\n02;b;x;2\n03;c\n04;d;4\n",
        "partial",
        3,
        1,
        sums={"ton": "5"},
        messages=(("geser", 3, None, "4 sel"),),
    ),
    Case(
        "decimals by comma between commas",
        WASTE,
        "a.csv",
        b"Kecamatan,Ton\nUtara,10,5\nSelatan,20,5\n",
        "refused",
        0,
        2,
        sums={"ton": None},
        messages=(("banyak_ditolak", None, None, "Seluruh"), ("geser", 2, None, "3 sel"), ("geser", 3, None, "3 sel")),
    ),
    Case(
        "cut off in the middle of a row",
        NOTES,
        "a.csv",
        b"Kode;Isi;Ton\n01;a;1\n02;b",
        "refused",
        messages=(("berkas", None, None, "terpotong"),),
    ),
    Case(
        "codes keep their zeros and points",
        "title: K\ngrain: [kode]\nfields:\n  - {name: kode, from: Kode, type: code, required: true}\n"
        "  - {name: n, from: N, type: integer}\n",
        "a.csv",
        b"Kode;N\n035.10;1\n35.10;2\n0035;3\n35;4\n",
        accepted=4,
        sums={"n": "10"},
    ),
    Case(
        "another sign than agreed",
        WASTE + 'file: {delimiter: ","}\n',
        "a.csv",
        TEXT.encode(),
        accepted=2,
        sums={"ton": "30.5"},
        messages=(("pemisah", None, None, "titik koma"),),
    ),
    Case("no bytes", WASTE, "a.csv", b"", "refused", messages=(("berkas", None, None, "kosong"),)),
    Case("nothing but blanks", WASTE, "a.csv", b" \n\n\t\n", "refused", messages=(("berkas", None, None, "kosong"),)),
    Case(
        "null bytes from a broken copy",
        WASTE,
        "a.csv",
        b"Kecamatan;Ton\nUtara;10\n" + bytes(200) + b"Selatan;20\n",
        "refused",
        messages=(("berkas", None, None, "biner"),),
    ),
    Case(
        "letters alone",
        WASTE,
        "a.csv",
        b"Halo pak, data menyusul ya\n",
        "refused",
        messages=(("judul", None, None, "Kecamatan"),),
    ),
    Case(
        "a key written once for its group",
        VILLAGES.replace("from: Kecamatan, ", "from: Kecamatan, fill_down: true, "),
        "a.csv",
        b"Kecamatan;Desa;Ton\nUtara;Satu;1\n;Dua;2\nJumlah;;3\nSelatan;Tiga;3\n;Empat;4\n",
        accepted=4,
        sums={"ton": "10"},
        messages=(("disisihkan", None, None, "4"), ("jumlah", None, None, "5 sampai 6")),
    ),
)
