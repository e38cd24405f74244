"""A ZIP is opened for the one file in it; what is too large, locked or in doubt is refused before it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape

TABLE = b"a;b\n1;2\n"


def packed(members, method=zipfile.ZIP_DEFLATED):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def open_bytes(tmp_path, content, member=None):
    path = tmp_path / "kiriman" / "data.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    work_dir = tmp_path / "kerja"
    work_dir.mkdir(exist_ok=True)
    return open_file(path, work_dir, FileShape(member=member))


@pytest.mark.parametrize(
    ("members", "pattern", "opened"),
    [
        ({"data.csv": TABLE}, None, "data.csv"),
        ({"a/": b"", "a/data.csv": TABLE, "__MACOSX/._data.csv": b"x", ".DS_Store": b"x"}, None, "a/data.csv"),
        ({"data.csv": TABLE, "baca.txt": b"x"}, "*.csv", "data.csv"),
        ({"a/data.csv": TABLE, "b/lain.csv": TABLE}, "a/*", "a/data.csv"),
        ({"../../data.csv": TABLE}, None, "../../data.csv"),
        ({"/etc/data.csv": TABLE}, None, "/etc/data.csv"),
    ],
)  # fmt: skip
def test_the_one_data_file_is_opened_inside_the_work_folder(tmp_path, members, pattern, opened):
    found = open_bytes(tmp_path, packed(members), pattern)
    assert (found.kind, found.member) == ("csv", opened)
    assert found.text.path.read_bytes() == TABLE
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != tmp_path / "kerja"]
    assert outside == [tmp_path / "kiriman" / "data.xlsx"]
    assert tmp_path / "kerja" in found.text.path.parents


def lying(content, declared):
    """The same ZIP whose directories declare another unpacked size."""
    start = content.index(b"PK\x01\x02")
    return content[: start + 24] + struct.pack("<I", declared) + content[start + 28 :]


LOCKED = packed({"data.csv": TABLE}).replace(
    b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
)


@pytest.mark.parametrize(
    ("content", "pattern", "said"),
    [
        (packed({"juli.csv": TABLE, "agustus.csv": TABLE}), None, r"2 berkas data: juli\.csv, agustus\.csv"),
        (packed({"juli.csv": TABLE}), "agustus*", r"tidak memuat berkas bernama agustus\*; isinya: juli\.csv"),
        (packed({}), None, "tidak memuat berkas"),
        (packed({"data.csv": b""}), None, r"data\.csv di dalam .* kosong"),
        (packed({"data.zip": packed({"data.csv": TABLE})}), None, "ZIP di dalam ZIP"),
        (packed({"data.pdf": b"%PDF-1.7"}), None, "PDF"),
        (packed({f"{number}.csv": TABLE for number in range(201)}), None, "201 berkas"),
        (packed({"data.csv": bytes(30_000_000)}), None, "mengembang lebih dari 100 kali"),
        (lying(packed({"data.csv": bytes(30_000_000)}), 20), None, "terpotong atau rusak"),
        (lying(packed({"data.csv": TABLE}), 600_000_000), None, "600 MB setelah dibuka"),
        (packed({"data.csv": TABLE})[:-30], None, "terpotong atau rusak"),
        (packed({"data.csv": TABLE}, zipfile.ZIP_STORED).replace(b"1;2", b"1;3"), None, "terpotong atau rusak"),
        (LOCKED, None, "terkunci dengan sandi"),
        (packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), None, "dokumen Word"),
        (packed({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}), None, r"\.xlsb"),
        (packed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"<workbook"}), None, "terpotong atau rusak"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), None, "OpenDocument"),
    ],
    ids=range(17),
)
def test_what_is_too_large_locked_or_in_doubt_is_refused(tmp_path, content, pattern, said):
    with pytest.raises(ContractProblem, match=said) as refused:
        open_bytes(tmp_path, content, pattern)
    assert "data.xlsx" in str(refused.value)
