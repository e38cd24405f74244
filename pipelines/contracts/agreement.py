"""Holds a contract against our warehouse: its tables, their columns and the installed code lists; changes neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.nearest import nearest_hint
from warehouse.schema import metadata

if TYPE_CHECKING:
    from pipelines.contracts.contract import Contract

REFERENCES = ("ref_kecamatan", *(name for name in metadata.tables if name.startswith("ref_") and name != "ref_alias"))
FILLED_BY_LOADING = {
    "region_code",
    "opd_code",  # the sender, unless a field maps it
    "basis",
    "point_kecamatan_code",
    "place_note",
    "submission_id",
    "row_no",
    "is_sample",
}


def disagreements(contract: Contract) -> list[str]:
    """Where it speaks of tables, columns and code lists that our warehouse does not have."""
    found = [
        f"daftar kode {field.ref} (kolom {field.name}) tidak ada{nearest_hint(field.ref, REFERENCES)}; pilih "
        f"{', '.join(REFERENCES)}, atau nama berkas .csv di samping kontrak"
        for field in contract.fields
        if field.ref and field.ref not in (*REFERENCES, *contract.code_lists)
    ]
    if contract.target_table is None:
        return found
    table = metadata.tables.get(contract.target_table)
    if table is None:
        return [
            *found,
            f"tabel {contract.target_table} tidak ada{nearest_hint(contract.target_table, metadata.tables)}",
        ]
    if contract.period is None or not contract.grain or not (contract.opd_code or contract.senders):
        found.append("kontrak dengan target_table wajib punya period, grain dan opd_code atau senders")
    found += [
        f"kolom {field.name} tidak ada di {contract.target_table}{nearest_hint(field.name, table.c.keys())}"
        for field in contract.fields
        if not (field.checked_only or field.personal) and field.name not in table.c
    ]
    found += [
        f"kolom {field.name} data pribadi, tetapi ada di {contract.target_table}: beri nama lain, isinya hanya masuk "
        "penyimpanan terbatas"
        for field in contract.restricted
        if field.name in table.c
    ]
    filled = {*(field.name for field in contract.fields), *FILLED_BY_LOADING}
    missing = [column.name for column in table.c if not column.nullable and column.name not in filled]
    if missing:
        found.append(f"kolom wajib {', '.join(missing)} milik {contract.target_table} belum dipetakan")
    return found
