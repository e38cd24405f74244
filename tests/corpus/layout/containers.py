"""What a file is, whatever it is called: other containers, packed ones, broken ones, and names that lie."""

from __future__ import annotations

import io
import json
import zipfile

import xlwt

from tests.corpus.layout.sheets import WASTE
from tests.corpus.layout.workbooks import TABLE
from tests.corpus.layout.writing import book
from tests.corpus.running import Case

RIGHT = {"accepted": 2, "sums": {"ton": "30"}}
HTML = (
    b"<html><meta charset=utf-8><body><table><tr><td colspan=2>LAPORAN</td></tr><tr><th>Kecamatan</th><th>Ton</th></tr>"
    b"<tr><td>Utara</td><td>10</td></tr><tr><td>Selatan</td><td>20</td></tr></table></body></html>"
)
RECORDS = [{"Kecamatan": "Utara", "Ton": "10"}, {"Kecamatan": "Selatan", "Ton": 20}]
SQL = b"""-- dump
DROP TABLE IF EXISTS `t`;
CREATE TABLE `t` (`Kecamatan` varchar(9), `Ton` decimal(5,2));
INSERT INTO `u` VALUES ('x', 99);
INSERT INTO `t` (`Kecamatan`, `Ton`) VALUES
('Utara', 10),
('Selatan', '20');
DELETE FROM t;
"""


def packed(**members: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", ".").replace("~", "_" * 2), content)
    return kept.getvalue()


def folder(members: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def old_book() -> bytes:
    made, kept = xlwt.Workbook(), io.BytesIO()
    sheet = made.add_sheet("Data")
    for row, cells in enumerate((("Kecamatan", "Ton"), ("Utara", 10), ("Selatan", 20))):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    made.save(kept)
    return kept.getvalue()


def locked_old_book() -> bytes:
    """With the record that says how the others are encrypted, as a password and the protection of a workbook write it."""
    content = old_book()
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    locked = b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48)
    return content[:start] + locked + content[start + len(locked) :]


def locked_open_document() -> bytes:
    """Its parts are bytes without meaning; only the manifest can be read."""
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml" manifest:size="3104"><manifest:encryption-data '
        'manifest:checksum-type="SHA256/1K"/></manifest:file-entry>'
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bytes(range(256)))
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest>{entry}</manifest:manifest>")
    return kept.getvalue()


def open_document(rows: str) -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="Data">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content__xml=content.encode())


def text_cell(said: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{said}</text:p></table:table-cell>'


def number_cell(value: float) -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def line(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def refused(name: str, content: bytes, said: str, file_name: str = "a.xlsx", code: str = "berkas") -> Case:
    return Case(name, WASTE, file_name, content, "refused", messages=((code, None, None, said),))


XLSX = book(TABLE)
OPEN_MARK = (b"\x04Sari".ljust(55, b" ") + b"\x04\0" + "Sari".ljust(54).encode("utf-16-le"))[:165]
FOLDER = folder({"~$a.xlsx": OPEN_MARK, "._a.xlsx": b"\0\5\x16\7", "a.xlsx": XLSX})
LIBRE_MARK = b",sari,meja,01.12.2026 10:00,file:///home/sari/.config/libreoffice/4;"
CASES = (
    Case("a workbook called .xls", WASTE, "a.xls", XLSX, **RIGHT),
    Case("a workbook called .csv", WASTE, "a.csv", XLSX, **RIGHT),
    Case("an old workbook", WASTE, "a.xls", old_book(), **RIGHT),
    Case("an old workbook called .xlsx", WASTE, "a.xlsx", old_book(), **RIGHT),
    Case("tabs called .xls", WASTE, "a.xls", b"Kecamatan\tTon\r\nUtara\t10\r\nSelatan\t20\r\n", **RIGHT),
    Case(
        "UTF-16 tabs called .xls",
        WASTE,
        "a.xls",
        "Kecamatan\tTon\r\nUtara\t10\r\nSelatan\t20\r\n".encode("utf-16"),
        **RIGHT,
    ),
    refused("a web table called .xls", HTML, "HTML", "a.xls"),
    refused(
        "an encrypted workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "",
    ),
    refused("an old workbook with a password, or protected", locked_old_book(), "Review > Protect Workbook", "a.xls"),
    refused("an open document with a password", locked_open_document(), "(ODS) terkunci dengan sandi", "a.ods"),
    refused("half a workbook", XLSX[: len(XLSX) // 2], "terpotong"),
    refused("half an old workbook", old_book()[:2000], "", "a.xls"),
    refused("a workbook of no bytes", b"", "kosong"),
    refused("a spreadsheet of Apple Numbers", folder({"Index/Document.iwa": b"x"}), "Apple Numbers", "a.numbers"),
    refused("the mark of a workbook that is open", OPEN_MARK, "bukan berkas datanya", "~$a.xlsx"),
    refused("the mark of a document open in LibreOffice", LIBRE_MARK, "bukan berkas datanya", ".~lock.a.xlsx#"),
    refused(
        "a link to a sheet in the web", b'{"":"WARNING! DO NOT EDIT","doc_id":"1Ab","email":""}', "pintasan", "a.gsheet"
    ),
    refused("a link of Windows", b"[InternetShortcut]\r\nURL=https://contoh.go.id/a\r\n", "pintasan", "a.url"),
    Case(
        "a ZIP of a folder in which the workbook was open",
        WASTE,
        "a.zip",
        FOLDER,
        **RIGHT,
    ),
    refused("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF", "a.pdf"),
    refused("a picture", b"\x89PNG\r\n\x1a\n" + bytes(100), "", "a.xlsx"),
    refused(
        "a Word document", packed(**{"word/document__xml": b"<w/>", "[Content_Types]__xml": b"<t/>"}), "", "a.docx"
    ),
    Case(
        "open document with repeated rows and cells",
        WASTE,
        "a.ods",
        open_document(
            line(text_cell("LAPORAN"))
            + line('<table:table-cell table:number-columns-repeated="2"/>', more=' table:number-rows-repeated="3"')
            + line('<table:table-cell table:number-columns-repeated="2"/>', text_cell("Kecamatan"), text_cell("Ton"))
            + line('<table:table-cell table:number-columns-repeated="2"/>', text_cell("Utara"), number_cell(10))
            + line('<table:table-cell table:number-columns-repeated="2"/>', text_cell("Selatan"), number_cell(20))
            + line(
                '<table:table-cell table:number-columns-repeated="1000"/>', more=' table:number-rows-repeated="1048000"'
            )
        ),
        **RIGHT,
    ),
    Case("a list of records", WASTE, "a.json", json.dumps(RECORDS).encode(), **RIGHT),
    Case(
        "records in an answer",
        WASTE,
        "a.json",
        json.dumps({"success": True, "result": {"records": RECORDS}}).encode(),
        **RIGHT,
    ),
    Case(
        "records where the contract says",
        WASTE + "file: {records: isi.data}\n",
        "a.json",
        json.dumps({"isi": {"data": RECORDS, "lain": [{"Kecamatan": "X", "Ton": 99}]}}).encode(),
        **RIGHT,
    ),
    Case(
        "two lists of records and no word which",
        WASTE,
        "a.json",
        json.dumps({"a": RECORDS, "b": [{"Kecamatan": "X", "Ton": 99}]}).encode(),
        "refused",
        messages=(("berkas", None, None, "records"),),
    ),
    Case(
        "records cut off",
        WASTE,
        "a.json",
        json.dumps(RECORDS).encode()[:-10],
        "refused",
        messages=(("berkas", None, None, ""),),
    ),
    Case(
        "a record without a required key",
        WASTE,
        "a.json",
        json.dumps([*RECORDS, {"Kecamatan": "Timur"}, {"Kecamatan": "Barat", "Ton": None}]).encode(),
        "partial",
        2,
        2,
        sums={"ton": "30"},
        messages=(("wajib", 4, "Ton", "Ton"), ("wajib", 5, "Ton", "Ton")),
    ),
    Case(
        "an exact number of many digits",
        WASTE,
        "a.json",
        b'[{"Kecamatan": "Utara", "Ton": 1234567890123.45}, {"Kecamatan": "Selatan", "Ton": 0.1}]',
        accepted=2,
        sums={"ton": "1234567890123.55"},
    ),
    Case(
        "a key twice in a record",
        WASTE,
        "a.json",
        b'[{"Kecamatan": "Utara", "Ton": 1, "Ton": 2}]',
        "refused",
        messages=(("berkas", None, None, "dua kali"),),
    ),
    Case(
        "points on a map with their properties",
        WASTE,
        "a.geojson",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": one, "geometry": {"type": "Point", "coordinates": [112.4, -7.4]}}
                    for one in RECORDS
                ],
            }
        ).encode(),
        messages=(("kolom", None, None, "latitude"), ("kolom", None, None, "longitude")),
        **RIGHT,
    ),
    Case(
        "elements of XML",
        WASTE + "file: {records: baris}\n",
        "a.xml",
        b"<?xml version='1.0'?><data><baris><Kecamatan>Utara</Kecamatan><Ton>10</Ton></baris>"
        b"<baris><Kecamatan>Selatan</Kecamatan><Ton>20</Ton></baris></data>",
        **RIGHT,
    ),
    Case(
        "XML with entities",
        WASTE + "file: {records: baris}\n",
        "a.xml",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "refused",
        messages=(("berkas", None, None, ""),),
    ),
    Case("a dump", WASTE + "file: {table: t}\n", "a.sql", SQL, **RIGHT),
    Case(
        "a dump without its table",
        WASTE + "file: {table: z}\n",
        "a.sql",
        SQL,
        "refused",
        messages=(("berkas", None, None, "z"),),
    ),
    Case("a packed workbook", WASTE, "a.zip", packed(**{"data/a__xlsx": XLSX, "~MACOSX/._a.xlsx": b"x"}), **RIGHT),
    Case("a packed text", WASTE, "a.zip", packed(a__csv=b"Kecamatan;Ton\nUtara;10\nSelatan;20\n"), **RIGHT),
    Case(
        "two packed tables and no word which",
        WASTE,
        "a.zip",
        packed(a__csv=b"Kecamatan;Ton\nA;1\n", b__csv=b"Kecamatan;Ton\nB;2\n"),
        "refused",
        messages=(("berkas", None, None, "a.csv"),),
    ),
    Case(
        "the packed table the contract names",
        WASTE + 'file: {member: "a*.csv"}\n',
        "a.zip",
        packed(a__csv=b"Kecamatan;Ton\nUtara;10\nSelatan;20\n", b__csv=b"Kecamatan;Ton\nB;2\n"),
        **RIGHT,
    ),
    Case(
        "nothing packed", WASTE, "a.zip", packed(), "refused", messages=(("berkas", None, None, "tidak memuat berkas"),)
    ),
    Case(
        "the number a portal gives its records beside that of the sender",
        WASTE.replace("ignore: [No, Keterangan]", "ignore: [_kecamatan]"),
        "a.json",
        b'[{"_kecamatan": 1, "Kecamatan": "Utara", "Ton": 10}, {"_kecamatan": 2, "Kecamatan": "Selatan", "Ton": 20}]',
        **RIGHT,
    ),
    refused("a pack in a pack", packed(a__zip=packed(a__csv=b"Kecamatan;Ton\nA;1\n")), "ZIP", "a.zip"),
    Case(
        "a spreadsheet of Excel 2003 in XML",
        WASTE,
        "a.xls",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
        b'spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Data"><Table><Row><Cell>'
        b'<Data ss:Type="String">Kecamatan</Data></Cell></Row></Table></Worksheet></Workbook>',
        "refused",
        messages=(("berkas", None, None, "Excel 2003"),),
    ),
)
