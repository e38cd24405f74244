"""Stages a delivery, runs its one checking pass, and files every row as accepted or quarantined with reasons."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from xlsxwriter.utility import xl_col_to_name

from pipelines.checking import checked_rows_sql, literal, name, reference_fields, shown
from pipelines.contract import Contract, ContractProblem
from pipelines.headers import HeaderMatch
from pipelines.readers import Delivery
from pipelines.reference import reference_names
from warehouse.engine import frame_as_table
from warehouse.schema import meta_finding, metadata

SUGGESTED_VALUES = 500  # distinct unknown codes per delivery that get a nearest-name proposal


@dataclass(frozen=True)
class Origin:
    """Which delivery the staged rows belong to."""

    submission_id: str
    source_id: str
    region_code: str
    is_sample: bool
    rank: int  # order of arrival within the source: later wins


@dataclass(frozen=True)
class RowCounts:
    """Rows of one delivery; accepted + rejected = staged."""

    staged: int
    accepted: int
    rejected: int


def load_delivery(connection: sa.Connection, contract: Contract, delivery: Delivery, origin: Origin) -> RowCounts:
    """Judge all rows; good ones go to `arrived`, bad ones to quarantine. Raises ContractProblem on broken bounds."""
    _stage(connection, contract, delivery)
    regions = [origin.region_code for _ in reference_fields(contract)]
    connection.exec_driver_sql(checked_rows_sql(contract, delivery.header), tuple(regions))
    total, bad = connection.exec_driver_sql("SELECT count(*), count(*) FILTER (WHERE is_rejected) FROM checked").one()
    counts = RowCounts(total, total - bad, bad)
    _file_findings(connection, contract, delivery, origin)
    _file_quarantine(connection, contract, origin)
    _file_notes(connection, contract, delivery, origin, total)
    _keep_bounds(contract, counts)
    _accept(connection, contract, origin)
    return counts


def prepare_arrivals(connection: sa.Connection, contract: Contract) -> None:
    """Empty table `arrived` shaped like the target, with the order of arrival."""
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP TABLE arrived AS SELECT *, 0 AS arrival_rank FROM {contract.target_table} LIMIT 0"
    )


def settle_arrivals(connection: sa.Connection, contract: Contract) -> dict[str, int]:
    """Move `arrived` into the target, latest delivery per grain; returns rows kept per submission."""
    grain = ", ".join(name(column) for column in contract.grain)
    connection.exec_driver_sql(
        f"INSERT INTO {contract.target_table} SELECT * EXCLUDE (arrival_rank) FROM arrived "
        f"QUALIFY row_number() OVER (PARTITION BY {grain} ORDER BY arrival_rank DESC, row_no) = 1 "
        "ORDER BY arrival_rank, row_no"
    )
    table = metadata.tables[contract.target_table]
    kept = sa.select(table.c.submission_id, sa.func.count()).group_by(table.c.submission_id)
    return {row[0]: row[1] for row in connection.execute(kept)}


def _stage(connection: sa.Connection, contract: Contract, delivery: Delivery) -> None:
    width = len(delivery.header.columns)
    if delivery.csv_path is None:
        frame = delivery.rows if delivery.rows is not None else pd.DataFrame({"row_no": []})
        _stage_frame(connection, frame, width)
        return
    columns = ", ".join(f"'f{index}': 'VARCHAR'" for index in range(delivery.header.width))
    chosen = ", ".join(f"f{column} AS c{index}" for index, column in enumerate(delivery.header.columns))
    try:
        connection.exec_driver_sql(
            f"""CREATE OR REPLACE TEMP TABLE staged AS
            SELECT (row_number() OVER () + {delivery.header.row_no})::INTEGER AS row_no, {chosen}
            FROM read_csv(?, delim={literal(contract.file.delimiter)}, quote='"', escape='"', header=false,
              skip={delivery.header.row_no}, auto_detect=false, strict_mode=true, columns={{{columns}}})""",
            (delivery.csv_path.as_posix(),),
        )
        staged = connection.exec_driver_sql("SELECT count(*) FROM staged").scalar_one()
        if staged == _line_count(delivery.csv_path) - delivery.header.row_no:
            return
    except sa.exc.DBAPIError:
        pass
    # Blank lines, quoted line breaks or ragged rows: read record by record so that row numbers stay exact.
    _stage_frame(connection, _records(delivery.csv_path, contract, delivery.header), width)


def _line_count(path: Path) -> int:
    content = path.read_bytes()
    return content.count(b"\n") + (not content.endswith(b"\n"))


def _records(path: Path, contract: Contract, header: HeaderMatch) -> pd.DataFrame:
    rows: list[list[object]] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row_no, record in enumerate(csv.reader(stream, delimiter=contract.file.delimiter), start=1):
            if row_no > header.row_no and any(cell.strip() for cell in record):
                # A longer row has shifted cells: none of its values can be trusted to stand under its header.
                shifted = len(record) > header.width
                cells = [None if shifted or c >= len(record) else record[c] for c in header.columns]
                rows.append([row_no, *cells])
    names = ["row_no", *(f"c{index}" for index in range(len(header.columns)))]
    return pd.DataFrame(rows, columns=names)


def _stage_frame(connection: sa.Connection, frame: pd.DataFrame, width: int) -> None:
    columns = ", ".join(f"c{index}::VARCHAR AS c{index}" for index in range(width))
    with frame_as_table(connection, "delivered_rows", frame):
        connection.exec_driver_sql(
            f"CREATE OR REPLACE TEMP TABLE staged AS SELECT row_no::INTEGER AS row_no, {columns} FROM delivered_rows"
        )


def _file_findings(connection: sa.Connection, contract: Contract, delivery: Delivery, origin: Origin) -> None:
    header = delivery.header
    places = pd.DataFrame(
        {
            "header": list(header.headers),
            "letter": [xl_col_to_name(column) for column in header.columns],
        },
        dtype="object",
    )
    proposals = _proposals(connection, contract, origin.region_code)
    cell = "'baris ' || row_no || ', kolom ' || f.header" if delivery.csv_path else "letter || row_no"
    with frame_as_table(connection, "places", places), frame_as_table(connection, "proposals", proposals):
        connection.exec_driver_sql(
            f"""INSERT INTO meta_finding
            SELECT ?, ?, f.severity, ?, row_no, {cell}, f.field, f.header, f.value, f.rule,
              f.message || coalesce(hint, '')
            FROM (SELECT row_no, unnest(findings) AS f FROM checked)
            LEFT JOIN places ON places.header = f.header
            LEFT JOIN proposals ON f.rule = 'kode' AND proposals.field = f.field AND proposals.value = f.value
            ORDER BY row_no, f.field, f.rule""",
            (origin.submission_id, origin.source_id, delivery.sheet_name),
        )


def _proposals(connection: sa.Connection, contract: Contract, region_code: str) -> pd.DataFrame:
    unknown = connection.exec_driver_sql(
        "SELECT DISTINCT f.field, f.value FROM (SELECT unnest(findings) AS f FROM checked) "
        f"WHERE f.rule = 'kode' AND f.value IS NOT NULL ORDER BY ALL LIMIT {SUGGESTED_VALUES}"
    ).all()
    rows = []
    for field, value in unknown:
        rule = contract.by_name[field]
        names = reference_names(connection, rule.ref, region_code) if rule.ref else tuple(rule.codes)
        lowered = {item.lower(): item for item in names}
        near = difflib.get_close_matches(value.lower(), list(lowered), n=1, cutoff=0.6)
        hint = f' Apakah "{lowered[near[0]]}" yang dimaksud?' if near else f" Pilihan: {', '.join(names[:20])}."
        rows.append((field, value, hint))
    return pd.DataFrame(rows, columns=["field", "value", "hint"], dtype="object")


def _file_quarantine(connection: sa.Connection, contract: Contract, origin: Origin) -> None:
    first = {field.from_: field for field in reversed(contract.fields)}  # one entry per delivered column
    cells = ", ".join(
        f"{literal(header)}, {shown(name('t_' + field.name))}" for header, field in reversed(first.items())
    )
    connection.exec_driver_sql(
        f"""INSERT INTO meta_quarantine
        SELECT ?, ?, row_no, list_aggregate(list_transform(findings, f -> f.message), 'string_agg', ' '),
          json_object({cells})
        FROM checked WHERE is_rejected ORDER BY row_no""",
        (origin.submission_id, origin.source_id),
    )


def _file_notes(
    connection: sa.Connection, contract: Contract, delivery: Delivery, origin: Origin, row_count: int
) -> None:
    notes = [("kolom", f'Kolom "{header}" tidak dikenal dan tidak dimuat.') for header in delivery.header.unknown] + [
        ("kolom", f'Kolom "{header}" tidak ada; isinya dianggap tidak disampaikan.')
        for header in delivery.header.absent
    ]
    if delivery.declared_total is not None and delivery.declared_total != row_count:
        notes.append(
            (
                "jumlah",
                f"Baris {contract.total_label} menyebut {delivery.declared_total}, yang terbaca {row_count} baris.",
            )
        )
    if row_count > contract.expect.max_rows:
        notes.append(("banyak_baris", f"{row_count} baris, lebih banyak daripada biasa ({contract.expect.max_rows})."))
    if notes:
        facts = {
            "submission_id": origin.submission_id,
            "source_id": origin.source_id,
            "severity": "peringatan",
            "sheet_name": delivery.sheet_name,
        }
        connection.execute(
            meta_finding.insert(), [facts | {"rule": rule, "message": message} for rule, message in notes]
        )


def _keep_bounds(contract: Contract, counts: RowCounts) -> None:
    if counts.staged < contract.expect.min_rows:
        raise ContractProblem(
            f"Hanya {counts.staged} baris terbaca, paling sedikit {contract.expect.min_rows}. Berkas tidak dimuat."
        )
    share = 100 * counts.rejected / counts.staged if counts.staged else 0
    if share > contract.expect.max_rejected_pct:
        raise ContractProblem(
            f"{counts.rejected} dari {counts.staged} baris ditolak, melebihi batas "
            f"{contract.expect.max_rejected_pct:g} %. Seluruh berkas ditahan; perbaiki lalu kirim ulang."
        )


def _accept(connection: sa.Connection, contract: Contract, origin: Origin) -> None:
    values = {field.name: name("v_" + field.name) for field in contract.fields}
    lineage = {"submission_id": "?", "row_no": "row_no", "is_sample": "?"}
    parameters: list[object] = []
    columns = []
    for column in metadata.tables[contract.target_table].columns:
        if column.name in values:
            columns.append(values[column.name])
        elif column.name == "region_code":
            columns.append("?")
            parameters.append(origin.region_code)
        elif column.name in lineage:
            columns.append(lineage[column.name])
            if column.name != "row_no":
                parameters.append(origin.submission_id if column.name == "submission_id" else origin.is_sample)
        else:
            columns.append("NULL")
    connection.exec_driver_sql(
        f"INSERT INTO arrived SELECT {', '.join(columns)}, ? FROM checked WHERE NOT is_rejected ORDER BY row_no",
        (*parameters, origin.rank),
    )
