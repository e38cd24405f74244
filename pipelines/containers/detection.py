"""What a file is, by its content: its name is never asked.

Opens ZIP and OLE containers only as far as their directories; refuses by name what holds no table.
"""

from __future__ import annotations

import codecs
import errno
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.containers.limits import check_archive
from pipelines.contracts.contract import ContractProblem

HEAD_BYTES = 1 << 16
UNPACKING_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError, EOFError,
    ValueError, LookupError,
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_BIFF = tuple(  # the first record of a workbook that no container holds
    bytes.fromhex(begins) for begins in ("090810000006", "090808000005", "09040600", "09020600", "09000400")
)
NO_TABLE = {
    b"%PDF": "PDF",
    b"\x89PNG": "gambar PNG",
    b"\xff\xd8\xff": "gambar JPEG",
    b"GIF8": "gambar GIF",
    b"II*\x00": "gambar TIFF",
    b"MM\x00*": "gambar TIFF",
    b"{\\rtf": "dokumen RTF",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7-Zip",
    b"\x1f\x8b": "arsip GZIP",
    b"BZh": "arsip BZIP2",
    b"\xfd7zXZ": "arsip XZ",
    b"SQLite format 3": "basis data SQLite",
    b"\x00\x01\x00\x00Standard": "basis data Access",
    b"PAR1": "berkas Parquet",
    b"L\x00\x00\x00\x01\x14\x02\x00": "pintasan Windows (.lnk), bukan berkasnya sendiri",
}
_LOCK_BYTES = (162, 165)  # of Word, and of Excel
_LINK = re.compile(
    rb'\[InternetShortcut\]|\{[^{}]{0,400}"(?:doc_id|resource_id)"\s*:[^{}]{0,400}\}\s*\Z', re.IGNORECASE
)
_HTML = re.compile(
    rb"(?:<\?xml.*?\?>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|div|meta|style|script|center|font|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version:|content-type:\s*multipart/)", re.IGNORECASE
)
_SQL = re.compile(
    rb"\s*(?:(?:--|#)[^\n]*\n\s*|/\*.*?\*/\s*;?\s*)*"
    rb"(?:insert\s+(?:ignore\s+)?into|replace\s+into|create\s+table|drop\s+table|set\s+[@\w]|start\s+transaction|begin\b"
    rb"|pragma|lock\s+tables|delete\s+from|truncate|use\s+[`\w]|alter\s+table|create\s+database)",
    re.IGNORECASE | re.DOTALL,
)
_FILLS = re.compile(rb"\b(?:insert|replace|create)\s+(?:ignore\s+)?(?:into|table)\b", re.IGNORECASE)


def kind_of(path: Path, name: str) -> str:
    """xlsx, xls, ods, zip, xml, json, sql or text. Raises ContractProblem for anything that holds no table."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if _is_lock(head, name):
        raise ContractProblem(
            f"{name} bukan berkas datanya: itu penanda yang dibuat Excel atau LibreOffice selama berkas aslinya "
            "terbuka. Tutup berkas aslinya, lalu kirim berkas bernama sama tanpa ~$ di depannya."
        )
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(path, name)
    if head.startswith(OLE):
        return _ole_kind(path, name)
    if head.startswith(BARE_BIFF):
        return "xls"
    for magic, what in NO_TABLE.items():
        if head.startswith(magic):
            raise holds_no_table(name, what)
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise holds_no_table(name, "gambar atau video")
    return _text_kind(head, name)


def _is_lock(head: bytes, name: str) -> bool:
    """The name of who has a workbook open, twice: with its length before it."""
    is_office = len(head) in _LOCK_BYTES and 0 < head[0] <= 54 and head[0] == head[55 if len(head) == 165 else 54]
    is_libre = len(head) < 1000 and re.fullmatch(rb"(?:[^,;\n]*,){4}file:///[^,;\n]*;?\s*", head) is not None
    return is_office or is_libre or (len(head) < 1000 and name.startswith(("~$", ".~lock.")))


def holds_no_table(name: str, what: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} berisi {what}, bukan tabel yang dapat dibaca. Buka di program asalnya, simpan "
        "datanya sebagai .xlsx atau .csv, lalu kirim lagi."
    )


def damaged(name: str, what: str) -> ContractProblem:
    return ContractProblem(
        f"{what} {name} terpotong atau rusak sehingga tidak dapat dibuka. Buka di program asalnya, simpan ulang "
        "(misalnya sebagai .xlsx), lalu kirim lagi."
    )


@contextmanager
def damage_told(name: str, what: str, *further: type[Exception]) -> Iterator[None]:
    """What zipfile meets in damaged bytes, and `further`, as a ContractProblem; a full disk stays what it is."""
    faults: tuple[type[Exception], ...] = (*UNPACKING_FAULTS, *further)
    try:
        yield
    except faults as error:
        raise damaged(name, what) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the start of the file
            raise
        raise damaged(name, what) from error


def locked(name: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} terkunci dengan sandi. Buka di Excel, hapus sandinya (File > Info > Protect Workbook > Encrypt "
        "with Password), simpan, lalu kirim lagi. Bila Excel membukanya tanpa meminta sandi, isinya tersandi oleh "
        "perlindungan buku kerja: lepas perlindungan itu (Review > Protect Workbook), atau salin datanya ke buku baru."
    )


def plain_head(head: bytes) -> bytes:
    """The beginning of a text as ASCII-compatible bytes, whichever encoding it is in."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(codecs.BOM_UTF8)


def _text_kind(head: bytes, name: str) -> str:
    text = plain_head(head).lstrip()
    if not text:
        raise ContractProblem(f"Berkas {name} kosong. Kirim ulang berkas yang berisi data.")
    if _WEB_ARCHIVE.match(text):
        raise holds_no_table(name, 'halaman web dalam satu berkas (MHTML, "Single File Web Page")')
    if _LINK.match(text):
        raise holds_no_table(name, "pintasan ke dokumen di web (misalnya Google Sheet) tanpa isinya")
    if re.match(rb"<[?!A-Za-z]", text):
        if _HTML.match(text):
            raise holds_no_table(name, "halaman web (HTML)")
        return "xml"
    if re.match(rb'\{\s*["}]|\[\s*[\[{"\]\d-]', text):
        return "json"
    return "sql" if _SQL.match(text) and _FILLS.search(text) else "text"


def _zip_kind(path: Path, name: str) -> str:
    with damage_told(name, "Buku kerja atau ZIP"), zipfile.ZipFile(path) as archive:
        check_archive(archive, path.stat().st_size, name)
        members = {member.filename.replace("\\", "/").lower() for member in archive.infolist()}
        mimetype = _mimetype(archive)
    if any(member.endswith(".iwa") or member in ("index.zip", "index.apxl") for member in members):
        raise ContractProblem(
            f"Berkas {name} adalah dokumen Apple Numbers (atau Pages, Keynote), yang hanya dapat dibuka di perangkat "
            "Apple. Buka di Numbers, pilih File > Ekspor ke > Excel (atau CSV), lalu kirim hasil ekspornya."
        )
    if "xl/workbook.bin" in members:
        raise holds_no_table(name, "buku kerja biner (.xlsb)")
    if any(re.match(r"xl/workbook\w*\.xml|xl/worksheets/", member) for member in members):
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise holds_no_table(name, "dokumen OpenDocument yang bukan lembar kerja")
    for folder, what in {"word/": "dokumen Word", "ppt/": "presentasi PowerPoint"}.items():
        if any(member.startswith(folder) for member in members) and "[content_types].xml" in members:
            raise holds_no_table(name, what)
    return "ods" if {"content.xml", "meta-inf/manifest.xml"} <= members else "zip"


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    if "mimetype" not in archive.namelist():
        return b""
    with archive.open("mimetype") as stream:
        return stream.read(100).strip()


def _ole_kind(path: Path, name: str) -> str:
    """Names in an OLE directory are UTF-16; they are looked for as bytes, its sectors may lie anywhere."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(name)
    if "Workbook".encode("utf-16-le") in content or "Book\0".encode("utf-16-le") in content:
        return "xls"
    if "WordDocument".encode("utf-16-le") in content:
        raise holds_no_table(name, "dokumen Word")
    if "PowerPoint Document".encode("utf-16-le") in content:
        raise holds_no_table(name, "presentasi PowerPoint")
    raise damaged(name, "Buku kerja")
