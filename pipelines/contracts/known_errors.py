"""Reads `corrections.yml` beside a contract: errors its sender made, each with reason, who was told, and an expiry."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipelines.contracts.contract_parts import Part
from pipelines.contracts.problems import ContractProblem
from pipelines.contracts.strict_models import read_model
from warehouse.strict_yaml import YamlProblem, read_strict

CORRECTIONS_FILE = "corrections.yml"


class Correction(Part):
    """Satu kesalahan sumber yang sudah diketahui."""

    match: dict[str, str] = Field(
        {}, description="Baris yang dimaksud: kolom -> isi seperti tertulis di berkas; kosong: semua baris."
    )
    field: str = Field(description="Kolom yang dibetulkan.")
    written: str = Field(description='Isi yang salah, seperti tertulis di berkas; "" untuk sel kosong.')
    correct: str = Field(description="Isi yang benar, ditulis seperti yang dibaca kontrak.")
    reason: str = Field(description="Mengapa itu salah dan dari mana yang benar diketahui.")
    told: str = Field(description="Jabatan atau unit yang sudah diberi tahu; bukan nama orang.")
    date: dt.date = Field(description="Tanggal pembetulan ini dicatat.")
    status: Literal["terbuka", "diberitahukan", "selesai"] = Field(
        description="terbuka: belum diberitahukan; diberitahukan: menunggu sumber; selesai: tidak diterapkan lagi."
    )
    expires: dt.date = Field(description="Sesudah tanggal ini tidak diterapkan lagi dan diberitahukan.")


class CorrectionsFile(Part):
    """Kesalahan sumber yang sudah diketahui, di samping contract.yml."""

    corrections: tuple[Correction, ...] = Field(description="Daftar pembetulan.")


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """Those beside a contract; none when there is no such file. Raises ContractProblem naming the line."""
    path = folder / CORRECTIONS_FILE
    if not path.is_file():
        return ()
    try:
        document = read_strict(path)
    except (YamlProblem, OSError) as error:
        raise ContractProblem(str(error), "kontrak") from error
    return read_model(CorrectionsFile, document, {}, f"Berkas {CORRECTIONS_FILE}").corrections
