"""What programs do to a whole text or container: line ends, padding, marks around lines, archives of pages, warnings."""

from __future__ import annotations

from datetime import datetime

from tests.corpus.layout.sheets import WASTE
from tests.corpus.running import Case

RIGHT = {"accepted": 3, "sums": {"ton": "35"}}
PADDED = ("pengkodean", None, None, "byte kosong")
PLACES = WASTE.replace("ignore: [No, Keterangan]", "").replace(
    "fields:\n", "fields:\n  - {name: ket, from: Keterangan, type: text}\n"
)
DUMP = """
title: T
file: {table: t}
fields:
  - {name: nama, from: nama, type: text, required: true}
  - {name: kode, from: kode, type: code}
  - {name: ton, from: ton, type: number}
"""
CAP = """
title: Peringatan
fields:
  - {name: kejadian, from: event, type: text, required: true}
  - {name: berakhir, from: expires, type: datetime}
ignore: [identifier, status, msgType, areaDesc]
"""
ARCHIVE = (
    b'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="----=_Next"\r\n\r\n'
    b"This document is a Single File Web Page.\r\n\r\n------=_Next\r\n\r\n<table><tr><td>Kecamatan</td></tr></table>"
)


def alert(status: str, kind: str) -> bytes:
    info = "<info><event>Hujan Lebat</event><expires>2026-11-29T{}:00:00+07:00</expires><area><areaDesc>Puri</areaDesc></area></info>"
    head = f"<identifier>a</identifier><status>{status}</status><msgType>{kind}</msgType>"
    named = CAP_NAMES + head + info.format(10) + info.format(15) + "</alert>"
    return named.encode()


CAP_NAMES = '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
LAST = {"berakhir": ("2026-11-29T10:00:00", "2026-11-29T15:00:00")}

CASES = (
    Case("some lines end in CR alone", WASTE, "a.csv", b"Kecamatan,Ton\r\nUtara,10\rSelatan,20\r\nTimur,5\r", **RIGHT),
    Case("LF and CR", WASTE, "a.csv", b"Kecamatan,Ton\nUtara,10\rSelatan,20\nTimur,5\n", **RIGHT),
    Case(
        "LF, CR and CRLF below a title",
        WASTE,
        "a.csv",
        b"SAMPAH\rKecamatan,Ton\nUtara,10\rSelatan,20\r\nTimur,5",
        **RIGHT,
    ),
    Case(
        "a CR within a cell",
        PLACES,
        "a.csv",
        b"Kecamatan,Ton,Keterangan\nUtara,10,lama\nSelatan,20,jalan\rrusak\nTimur\rLaut,5,baru\n",
        **RIGHT,
    ),
    Case(
        "zero bytes behind the end",
        WASTE,
        "a.csv",
        b"Kecamatan,Ton\r\nUtara,10\r\nSelatan,20\r\nTimur,5\r\n" + bytes(474),
        messages=(PADDED,),
        **RIGHT,
    ),
    Case(
        "the end of a text of DOS",
        WASTE,
        "a.csv",
        b"Kecamatan,Ton\r\nUtara,10\r\nSelatan,20\r\nTimur,5\r\n\x1a",
        **RIGHT,
    ),
    Case(
        "every line in quotation marks",
        WASTE,
        "a.csv",
        b'"Kecamatan;Ton"\r\n"Utara;10"\r\n"Selatan;20"\r\n"Timur;5"\r\n',
        **RIGHT,
    ),
    Case(
        "lines in quotation marks, with marks of their own, below a header without",
        WASTE,
        "a.csv",
        b'Kecamatan,Ton\n"Utara,""10,5"""\n"""Selatan, Kota"",20"\n"Timur,4.5"\n',
        accepted=3,
        sums={"ton": "35"},
        messages=(("gaya_angka", 4, "Ton", "titik"),),
    ),
    Case(
        "hexadecimal digits of a dump",
        DUMP,
        "a.sql",
        b"CREATE TABLE `t` (`nama` varchar(9), `kode` varchar(9), `ton` int);\nINSERT INTO `t` (`nama`,`kode`,`ton`) VALUES\n"
        b"(0x5574617261,'A1',5),\n(X'53656c6174616e',0x4132,6),\n(_utf8mb4'Timur',_binary 0x4133,+7),\n('Barat',b'1',0xff);\n",
        "partial",
        3,
        1,
        sums={"ton": "18"},
        messages=(("angka", 6, "ton", "0xff"),),
    ),
    Case(
        "casts and escapes of a dump",
        DUMP,
        "a.sql",
        b"--\n-- PostgreSQL database dump\n--\nINSERT INTO t (nama,kode,ton) VALUES\n('Utara','A1'::text,'5'::numeric(5,2)),\n"
        b"(E'Tanah\\nAbang',NULL::text,6);\n",
        accepted=2,
        sums={"ton": "11"},
    ),
    Case(
        "an archive of a web page",
        WASTE,
        "a.xls",
        ARCHIVE,
        "refused",
        messages=(("berkas", None, None, "Single File Web Page"),),
    ),
    Case(
        "warnings that are over",
        CAP,
        "a.xml",
        alert("Actual", "Alert"),
        accepted=2,
        ranges=LAST,
        messages=(("usang", None, None, "1 dari 2 peringatan"),),
        as_of=datetime(2026, 11, 29, 12),
    ),
    Case(
        "a warning that is a test",
        CAP,
        "a.xml",
        alert("Test", "Cancel"),
        accepted=2,
        ranges=LAST,
        messages=(("nilai", None, None, "status Test: bukan"),),
        as_of=datetime(2026, 11, 29, 9),
    ),
    Case(
        "letters that were encoded twice",
        WASTE,
        "a.csv",
        "Kecamatan,Ton\nDusun \u00e2\u20ac\u201c B,10\nCaf\u00c3\u00a9,20\nTimur,5\n".encode(),
        messages=(("pengkodean", None, None, "dikodekan dua kali"),),
        **RIGHT,
    ),
    Case(
        "what a program writes around an export",
        WASTE,
        "a.csv",
        b"# ekspor\nKecamatan,Ton\nUtara,10\nSelatan,20\nTimur,5\n(3 rows)\n# akhir\n",
        messages=(("disisihkan", None, None, "baris 6 sampai 7"),),
        **RIGHT,
    ),
    Case(
        "rows above the header",
        WASTE,
        "a.csv",
        b"Barat,1\nTengah,2\nKecamatan,Ton\nUtara,10\nSelatan,20\nTimur,5\n",
        messages=(("disisihkan", None, None, "Baris 1 sampai 2 di atas judul kolom"),),
        **RIGHT,
    ),
)
