"""Delimited text of any encoding, as UTF-8 on disk with the delimiter it is written with.

Never splits the text into rows: DuckDB does. Refuses binary content and a text in two encodings.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipelines.containers.detection import HEAD_BYTES
from pipelines.containers.odd_text import has_lone_returns, unwrapped, with_line_feeds, without_padding
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import DelimitedText, Opened

CHUNK = 1 << 20
DELIMITERS = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
SEP_LINE = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\n|\r)', re.IGNORECASE)
MARK = "\x02"  # means "typed by the container" in staged cells: no text may bring it along
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MANY_BYTES = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
)  # bytes that together are one letter of UTF-8
_TWICE_ENCODED = "\u00c3[\u0080-\u00bf]|\u00e2\u20ac"  # é and a dash, read as Windows-1252 and written as UTF-8 again
JUDGED_RECORDS = 200
FEW_SIGNS = 8  # a text may hold a stray control sign


def open_text(path: Path, name: str, work_dir: Path, shape: FileShape) -> Opened:
    """Raises ContractProblem when the bytes are no text in one encoding."""
    utf8, notes = as_utf8(path, name, work_dir)
    with utf8.open(encoding="utf-8", newline="") as stream:
        head = stream.read(HEAD_BYTES)
    if head.count('"') > head.count("\n") and unwrapped(head, tuple(DELIMITERS)) is not None:
        utf8, head = _unwrapped(utf8, work_dir)
    if len(head) == HEAD_BYTES:
        head = head[: head.rfind("\n") + 1] or head
    if found_twice := re.search(_TWICE_ENCODED, head):
        message = (
            f'Huruf seperti "{found_twice[0]}" tampak rusak karena dikodekan dua kali. Ekspor ulang sebagai UTF-8.'
        )
        notes = (*notes, ("pengkodean", message))
    declared, said = shape.delimiter or ",", SEP_LINE.match(head)
    if said:
        utf8, head = _without_sep_line(utf8, work_dir, said.end()), head[said.end() :]
    found = said[1] if said and said[1] in DELIMITERS else _delimiter_of(head, declared)
    if found != declared and shape.delimiter is not None:
        message = f"Pemisah kolomnya {DELIMITERS[found]}, padahal disepakati {DELIMITERS[declared]}; dibaca dengan {DELIMITERS[found]}."  # noqa: E501
        notes = (*notes, ("pemisah", message))
    return Opened("csv", text=DelimitedText(utf8, found), notes=notes)


def _unwrapped(path: Path, work_dir: Path) -> tuple[Path, str]:
    """A copy without the quotation marks around each line, and its beginning."""
    text = path.read_text("utf-8")
    copy = work_dir / "kiriman.tanpa-petik.txt"
    copy.write_text(unwrapped(text, tuple(DELIMITERS)) or text, "utf-8", newline="")
    with copy.open(encoding="utf-8", newline="") as stream:
        return copy, stream.read(HEAD_BYTES)


def _without_sep_line(path: Path, work_dir: Path, length: int) -> Path:
    """A copy that begins below it: a spreadsheet neither shows nor counts that line."""
    copy = work_dir / "kiriman.tanpa-sep.txt"
    with path.open(encoding="utf-8", newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
        source.read(length)
        shutil.copyfileobj(source, target, CHUNK)
    return copy


def as_utf8(path: Path, name: str, work_dir: Path) -> tuple[Path, tuple[tuple[str, str], ...]]:
    """The file itself when it is UTF-8 without BOM and with line feeds, else a copy; notes on what was decided."""
    path, zeros = without_padding(path, work_dir)
    encoding, is_plain = _encoding_of(path, name)
    notes: tuple[tuple[str, str], ...] = ()
    if zeros:
        message = (
            f"Di belakang isi berkas ada {zeros} byte kosong. Periksa baris terakhirnya: mungkin salinannya terputus."
        )
        notes = (("pengkodean", message),)
    if encoding == "cp1252":
        message = "Berkas ini bukan UTF-8; huruf beraksen dan tanda khusus dibaca sebagai Windows-1252."
        notes = (*notes, ("pengkodean", message))
    if is_plain:
        return path, notes
    copy = work_dir / "kiriman.utf8.txt"
    try:
        with copy.open("w", encoding="utf-8", newline="") as target:
            for text in _decoded(path, encoding):
                target.write(text.replace(MARK, "\ufffd"))
    except UnicodeError as error:
        raise _damaged(name) from error
    if has_lone_returns(copy):
        told = with_line_feeds(copy.read_bytes().decode("utf-8"), tuple(DELIMITERS))
        copy.write_text(told, "utf-8", newline="")
    return copy, notes


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _encoding_of(path: Path, name: str) -> tuple[str, bool]:
    """Name of the encoding, and whether the file needs no copy."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32", False
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    if wide := _wide_encoding(head):
        return wide, False
    strange = len(_BINARY.findall(head))
    if head.count(0) or strange > max(FEW_SIGNS, len(head) // 100):
        raise _binary(name)
    return _narrow_encoding(path, name, head.startswith(codecs.BOM_UTF8))


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero, and none of those between."""
    half = max(len(head) // 2, 1)
    first, second = head[::2].count(0), head[1::2].count(0)
    if not first and second * 10 > half * 7:
        return "utf-16-le"
    return "utf-16-be" if not second and first * 10 > half * 7 else None


def _narrow_encoding(path: Path, name: str, has_bom: bool) -> tuple[str, bool]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_mark, has_pairs = True, False, False
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\0" in chunk:
                raise _binary(name)
            has_mark = has_mark or MARK.encode() in chunk
            has_pairs = has_pairs or (not chunk.isascii() and bool(_MANY_BYTES.search(chunk)))
            try:
                is_utf8 = is_utf8 and decoder.decode(chunk) is not None
            except UnicodeDecodeError:
                is_utf8 = False
    if is_utf8 and decoder.getstate()[0]:
        raise _damaged(name)  # it breaks off within a letter
    if is_utf8:
        return "utf-8-sig" if has_bom else "utf-8", not has_bom and not has_mark and not has_lone_returns(path)
    if has_bom or has_pairs:
        raise ContractProblem(
            f"Huruf di berkas {name} tidak dapat dipastikan: sebagian UTF-8, sebagian bukan. "
            "Simpan ulang sebagai CSV UTF-8, lalu kirim lagi."
        )
    return "cp1252", False


def _delimiter_of(head: str, declared: str) -> str:
    """The one that cuts most records into one same number of cells; the declared one when several do."""
    shares: dict[str, tuple[int, int]] = {}
    for candidate in DELIMITERS:
        widths = Counter(_widths(head, candidate))
        width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        shares[candidate] = (records, width)
    most = max(records for records, _width in shares.values())
    best = [candidate for candidate, (records, _width) in shares.items() if most and records == most]
    if "," in best and len(best) > 1 and not re.search(r"(?<!\d),|,(?!\d)", head):
        best.remove(",")  # each comma stands within a number
    widest = max((shares[candidate][1] for candidate in best), default=0)
    best = [candidate for candidate in best if shares[candidate][1] == widest]
    return declared if declared in best or not best else best[0]


def _widths(head: str, delimiter: str) -> Iterator[int]:
    """Cells of each record that the delimiter cuts at all."""
    try:
        for number, record in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)):
            if number == JUDGED_RECORDS:
                return
            if len(record) > 1:
                yield len(record)
    except csv.Error:
        return


def _binary(name: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} berisi data biner, bukan CSV dan bukan buku kerja Excel. "
        "Simpan ulang dari Excel sebagai .xlsx atau .csv, lalu kirim lagi."
    )


def _damaged(name: str) -> ContractProblem:
    return ContractProblem(f"Isi berkas {name} terpotong atau rusak. Simpan ulang sebagai CSV UTF-8, lalu kirim lagi.")
