"""What an agency promised to deliver: one contract per source, read strictly from `contract.yml`.

A contract declares; it never computes. Unknown keys, unknown tables and fields outside their table are refused.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import sqlalchemy as sa
from pydantic import Field, model_validator

from pipelines.contracts.agreement import REFERENCES, disagreements
from pipelines.contracts.code_lists import ListedCode, is_own_list, own_reference, read_code_list, with_places
from pipelines.contracts.contract_kinds import misfits
from pipelines.contracts.contract_parts import (
    AsOf,
    Basis,
    Check,
    Crosstab,
    Due,
    Expectation,
    FieldRule,
    FileShape,
    Hold,
    Locate,
    Part,
    Period,
    SatuData,
)
from pipelines.contracts.known_errors import CORRECTIONS_FILE, Correction, read_corrections
from pipelines.contracts.problems import ContractProblem
from pipelines.contracts.strict_models import read_model
from warehouse.schema import metadata
from warehouse.strict_yaml import YamlProblem, read_strict

__all__ = [
    "SOURCES_DIR",
    "AsOf",
    "Basis",
    "Check",
    "Contract",
    "ContractProblem",
    "Expectation",
    "FieldRule",
    "FileShape",
    "Hold",
    "Locate",
    "Period",
    "load_contract",
    "load_contracts",
    "load_detached",
    "load_usable_contracts",
    "read_contract",
]
SOURCES_DIR = Path(__file__).parents[1] / "sources"


class Contract(Part):
    """Kontrak satu sumber data: siapa yang wajib mengirim, bagaimana berkasnya, ke mana isinya."""

    title: str = Field(description="Judul data, seperti dibaca orang.")
    description: str = Field("", description="Penjelasan singkat isi data.")
    provenance: str = Field("", description="Asal data: sistem atau laporan yang menghasilkannya.")
    license: str = Field("", description="Lisensi atau aturan pakainya.")
    owner: str = Field("", description="Unit yang bertanggung jawab atas isinya.")
    satu_data: SatuData | None = Field(None, description="Metadata Satu Data Indonesia.")
    opd_code: str | None = Field(None, description="Kode satu-satunya OPD pengirim; pengganti senders.")
    senders: tuple[str, ...] | dict[str, tuple[str, ...]] = Field(
        (), description="Kode OPD pengirim; atau menurut kode daerah: {kode daerah: [kode OPD, ...]}."
    )
    cadence: Literal["hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "irregular"] = Field(
        "irregular", description="Irama kiriman; irregular tidak pernah dinyatakan terlambat."
    )
    grace_minutes: int | None = Field(
        None,
        ge=0,
        description="Tenggat dalam menit sesudah kiriman berikutnya dinanti; kosong, dan tanpa due: tidak ada.",
    )
    due: Due | None = Field(None, description="Tenggat dalam hari, pengganti grace_minutes.")
    file: FileShape = Field(FileShape(), description="Bentuk berkas.")
    target_table: str | None = Field(None, description="Tabel tujuan; kosong: kontrak ini hanya memeriksa berkas.")
    grain: tuple[str, ...] = Field(
        (), description="Kolom-kolom yang bersama-sama mengenali satu baris; tidak boleh kembar."
    )
    report: tuple[str, ...] = Field(
        (), description="Kolom yang mengenali satu laporan; kiriman baru menggantikan seluruh barisnya."
    )
    period: Period | None = Field(None, description="Kolom yang menyatakan waktu baris.")
    crosstab: Crosstab | None = Field(None, description="Nilai yang berjajar ke samping, dibaca menjadi baris.")
    missing: tuple[str, ...] = Field((), description='Kata yang berarti "tidak disampaikan" di semua kolom.')
    allows_nil: bool = Field(False, description="Pengirim boleh menyatakan nihil: tidak ada kejadian pada suatu masa.")
    as_of: AsOf | None = Field(None, description="Di mana kiriman menyatakan sampai kapan datanya lengkap.")
    total_label: str | None = Field(
        None, description='Kata pertama baris jumlah; "JUMLAH" dan "TOTAL" dikenal tanpa ini.'
    )
    fields: tuple[FieldRule, ...] = Field(min_length=1, description="Kolom-kolom yang dibaca.")
    ignore: tuple[str, ...] = Field((), description="Judul kolom yang memang tidak dimuat.")
    personal: tuple[str, ...] = Field((), description="Judul kolom data pribadi yang tidak pernah dibaca dari berkas.")
    checks: tuple[Check, ...] = Field((), description="Aturan antar-kolom.")
    basis: Basis | None = Field(None, description="Nilai uang kumulatif atau bulanan.")
    hold: Hold | None = Field(None, description="Alasan menahan kiriman.")
    locate: Locate | None = Field(None, description="Titik yang dicocokkan dengan batas kecamatan.")
    expect: Expectation = Field(Expectation(), description="Batas satu kiriman.")
    source_id: str
    sha256: str  # of all that is declared: contract, corrections, own code lists
    folder: Path  # of the contract; may hold reshape.py
    corrections: tuple[Correction, ...] = ()
    code_lists: Mapping[str, tuple[ListedCode, ...]] = Field({})  # those beside it, by reference

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("nama kolom ditulis dua kali di fields")
        if self.opd_code and self.senders:
            raise ValueError("tulis salah satu: opd_code atau senders")
        for part, used in self._names_used().items():
            for name in used:
                if name not in names and name != "opd_code":  # the sender is known without a column
                    raise ValueError(f"{name} dipakai di {part} tetapi tidak ada di fields")
        for said in misfits(self):
            raise ValueError(said)
        if self.grace_minutes is not None and self.due is not None:
            raise ValueError("tulis salah satu: grace_minutes atau due")
        if self.hold is not None and self.period is None:
            raise ValueError("hold wajib disertai period")
        if self.hold is not None and self.hold.account and "account_code" not in names:
            raise ValueError("hold.account memerlukan kolom account_code di fields")
        if self.locate is not None and self.target_table is None:
            raise ValueError("locate wajib disertai target_table")
        return self

    @model_validator(mode="after")
    def _keeps_persons(self) -> Self:
        for field in self.fields:
            if field.personal and field.name in (*self.expect.totals, *(self.hold.fields if self.hold else ())):
                raise ValueError(f"{field.name} data pribadi, jadi tidak boleh dijumlah di expect atau hold")
        shown = ("grain", "report", "period", "locate")
        personal = {field.name for field in self.fields if field.personal}  # by_name is kept: copies would hold it too
        for part in shown if self.target_table else ():
            for name in self._names_used()[part]:
                if name in personal:
                    raise ValueError(f"{name} data pribadi, jadi tidak boleh dipakai di {part}: ia tampil di rilis")
        for item in self.corrections:
            if any(field.personal and field.name in (item.field, *item.match) for field in self.fields):
                raise ValueError(f"{CORRECTIONS_FILE}: {item.field} data pribadi, jadi tidak dibetulkan di sini")
        return self

    def _names_used(self) -> dict[str, tuple[str, ...]]:
        """Fields that the other parts of the contract speak of, by part."""
        return {
            "grain": self.grain,
            "report": self.report,
            "period": (self.period.field,) if self.period else (),
            "crosstab": (self.crosstab.into, self.crosstab.value) if self.crosstab else (),
            "checks": tuple(name for check in self.checks for name in check.fields),
            "expect": tuple(self.expect.totals),
            "hold": self.hold.fields if self.hold else (),
            "locate": tuple(filter(None, self.locate.model_dump().values())) if self.locate else (),
            CORRECTIONS_FILE: tuple(name for item in self.corrections for name in (item.field, *item.match)),
        }

    @property
    def table(self) -> sa.Table | None:
        """Where accepted rows go; none: they are checked only."""
        return metadata.tables[self.target_table] if self.target_table else None

    @property
    def is_planned(self) -> bool:
        """Whether rows may be dated after their delivery."""
        return self.period is None or self.period.may_be_future

    @property
    def has_persons(self) -> bool:
        """Whether some column, read or not, holds personal data."""
        return bool(self.personal) or any(field.personal for field in self.fields)

    @property
    def restricted(self) -> tuple[FieldRule, ...]:
        """Fields that go to the restricted store, and nowhere else."""
        kept = (field for field in self.fields if field.personal and not field.checked_only)
        return tuple(kept) if self.target_table else ()

    @cached_property
    def by_name(self) -> dict[str, FieldRule]:
        return {field.name: field for field in self.fields}

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Delivered columns that are read, each once, in the order of the fields: staged as c0, c1, ..."""
        return tuple(dict.fromkeys(field.from_ for field in self.fields))

    def senders_in(self, region_code: str) -> tuple[str, ...]:
        """OPD codes that owe this source in a region; empty when nobody does."""
        if self.opd_code:
            return (self.opd_code,)
        if isinstance(self.senders, dict):
            return self.senders.get(region_code, ())
        return self.senders

    def sender_of(self, file_name: str, region_code: str) -> str:
        """The OPD that delivered a file. Raises ContractProblem when the name does not say."""
        senders = self.senders_in(region_code)
        if not self.file.sender:
            return senders[0] if senders else ""
        match = re.search(self.file.sender, file_name)
        if match and match.group(1) in senders:
            return match.group(1)
        raise ContractProblem(
            f"Nama berkas {file_name} tidak menyebut OPD pengirim yang dikenal ({', '.join(senders)}). "
            f"Contoh nama yang benar: {self.file.pattern.replace('*', (senders or ('OPD',))[0] + '_2026-11')}."
        )

    def accepts_name(self, file_name: str) -> bool:
        return fnmatch.fnmatch(file_name.lower(), self.file.pattern.lower())


def load_contract(path: Path, source_id: str | None = None) -> Contract:
    """Read one contract that is to be loaded from. Raises ContractProblem naming the line."""
    contract = read_contract(path, source_id)
    found = disagreements(contract)
    if found:
        lines = "\n".join(f"- {said}" for said in found)
        raise ContractProblem(f"Kontrak {contract.source_id} belum dapat dipakai:\n{lines}", "kontrak")
    return contract


def load_detached(path: Path) -> tuple[Contract, tuple[str, ...]]:
    """A contract by which files are only checked: what our warehouse does not know is left out, and told."""
    contract = read_contract(path / "contract.yml" if path.is_dir() else path)
    found = disagreements(contract)
    if not found:
        return contract, ()
    known = (*REFERENCES, *contract.code_lists)
    fields = tuple(
        field.model_copy(update={"ref": field.ref if field.ref in known else None}) for field in contract.fields
    )
    return contract.model_copy(update={"target_table": None, "locate": None, "fields": fields}), tuple(found)


def read_contract(path: Path, source_id: str | None = None) -> Contract:
    """A contract with what lies beside it, held against nothing else. Raises ContractProblem naming the line."""
    try:
        document = read_strict(path)
        corrections = read_corrections(path.parent)
    except (YamlProblem, OSError) as error:
        raise ContractProblem(str(error), "kontrak") from error
    source_id = source_id or path.resolve().parent.name
    facts = {"source_id": source_id, "sha256": "", "folder": path.parent, "corrections": corrections, "code_lists": {}}
    contract = read_model(Contract, document, facts, f"Kontrak {source_id}")
    refs = [field.ref for field in contract.fields if field.ref and is_own_list(field.ref)]
    own = {ref: own_reference(source_id, ref) for ref in refs}
    digest = hashlib.sha256(path.read_bytes())
    for name in sorted([*own, *([CORRECTIONS_FILE] if corrections else [])]):
        digest.update((path.parent / name).read_bytes() if (path.parent / name).is_file() else b"")
    return contract.model_copy(
        update={
            "sha256": digest.hexdigest(),
            "fields": tuple(
                field.model_copy(update={"ref": own.get(field.ref or "", field.ref)}) for field in contract.fields
            ),
            "code_lists": {
                reference: with_places(
                    read_code_list(path.parent, name),
                    " ".join([name, *(field.from_ for field in contract.fields if field.ref == name)]),
                )
                for name, reference in own.items()
            },
        }
    )


def load_contracts(folder: Path = SOURCES_DIR) -> tuple[Contract, ...]:
    """All installed contracts, by source id. Raises ContractProblem on the first that cannot be used."""
    return tuple(load_contract(path) for path in sorted(folder.glob("*/contract.yml")))


def load_usable_contracts(folder: Path = SOURCES_DIR) -> tuple[tuple[Contract, ...], dict[str, str]]:
    """The contracts that can be used, and by source id what is wrong with each of the others."""
    contracts: list[Contract] = []
    refused: dict[str, str] = {}
    for path in sorted(folder.glob("*/contract.yml")):
        try:
            contracts.append(load_contract(path))
        except ContractProblem as error:
            refused[path.parent.name] = str(error)
    return tuple(contracts), refused
