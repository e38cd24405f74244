"""How large a delivered file may be, and how much may come out of it, before anything is unpacked.

Reads no content and opens no member.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipelines.contracts.contract import ContractProblem

MB = 1_000_000
MAX_FILE_BYTES = 50 * MB
MAX_UNPACKED_BYTES = 500 * MB
MAX_RATIO = 100
RATIO_COUNTS_FROM = MB  # a small part may be nothing but blanks
MAX_MEMBERS = 200
MAX_PART_BYTES = 160 * MB  # one part of a workbook, read whole: some 450,000 rows of ten columns
MAX_CELLS = 4_000_000  # of one sheet, from A1 to the last filled one
MAX_COLUMNS = 16_384
MAX_VALUES = 2_000_000  # of one JSON text: each becomes an object in memory
MAX_ELEMENTS = 500_000  # of one XML text
MAX_RECORD_ELEMENTS = 100_000  # of one record in it, which is held whole
MAX_DEPTH = 100  # of JSON and XML


def check_size(path: Path, name: str, max_bytes: int) -> None:
    """Raises ContractProblem for a file too large, empty, or gone since it was listed."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise ContractProblem(f"Berkas {name} sudah tidak ada di tempatnya. Kirim lagi bila masih berlaku.") from error
    if size > max_bytes:
        raise ContractProblem(
            f"Berkas {name} terlalu besar ({size / MB:.0f} MB; paling besar {max_bytes // MB} MB). "
            "Bagi menurut bulan atau wilayah, lalu kirim masing-masing."
        )
    if size == 0:
        raise ContractProblem(f"Berkas {name} kosong (0 byte). Kirim ulang berkas yang berisi data.")


def check_archive(archive: zipfile.ZipFile, packed_bytes: int, name: str) -> None:
    """Raises ContractProblem when its own directory says that too much would come out."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ContractProblem(
            f"Berkas {name} memuat {len(members)} berkas di dalamnya (paling banyak {MAX_MEMBERS}). "
            "Kirim hanya berkas datanya."
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise _bomb(name, f"isinya {unpacked // MB} MB setelah dibuka, paling besar {MAX_UNPACKED_BYTES // MB} MB")
    if sum(member.compress_size for member in members) > packed_bytes:
        raise _bomb(name, "bagian-bagiannya saling menindih")
    for member in members:
        if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _bomb(name, f"satu bagiannya mengembang lebih dari {MAX_RATIO} kali")


def too_many_cells(name: str, sheet: str, last: str) -> ContractProblem:
    return ContractProblem(
        f"Lembar {sheet} di {name} terlalu luas: sel terakhir yang berisi adalah {last}. Hapus isi yang tersasar jauh "
        "di kanan atau bawah tabel, atau bagi tabelnya, lalu kirim lagi."
    )


def too_much(name: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} memuat terlalu banyak data untuk dibaca sekaligus. Bagi menurut bulan atau wilayah, atau kirim "
        "sebagai CSV."
    )


def too_deep(name: str) -> ContractProblem:
    return ContractProblem(
        f"Isi berkas {name} bersarang lebih dari {MAX_DEPTH} tingkat. Ekspor sebagai tabel biasa, lalu kirim lagi."
    )


def _bomb(name: str, why: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} tidak dibuka karena tidak wajar: {why}. Simpan ulang dari program asalnya, lalu kirim lagi."
    )
