"""Judges all staged rows of a source in one pass and files each as accepted or quarantined with reasons."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from xlsxwriter.utility import xl_col_to_name

from pipelines.checking import checked_rows_sql, literal, name, reference_fields, sender_columns, shown
from pipelines.contract import Contract
from pipelines.reference import reference_names
from pipelines.staging import Staged
from warehouse.engine import frame_as_table
from warehouse.schema import meta_finding, meta_quarantine, metadata

CLOCKS_APART = timedelta(days=1)  # between the sender's clock and ours, before a row counts as dated in the future
SUGGESTED_VALUES = 500  # distinct unknown codes per source that get a nearest-name proposal


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery; accepted + rejected = staged."""

    staged: int
    accepted: int
    rejected: int
    kept: int  # accepted and not replaced by a later delivery
    data_until: datetime | None
    refusal: str  # why the whole delivery is held; "" otherwise


def load_source(
    connection: sa.Connection, contract: Contract, region_code: str, deliveries: Sequence[Staged]
) -> dict[str, Outcome]:
    """Judge and file every staged delivery of a source; outcomes by submission id."""
    outcomes = judge_source(connection, contract, region_code, deliveries)
    return file_source(connection, contract, region_code, deliveries, outcomes)


def judge_source(
    connection: sa.Connection, contract: Contract, region_code: str, deliveries: Sequence[Staged]
) -> dict[str, Outcome]:
    """Judge every staged row into `checked`, and each delivery by its bounds; may be repeated after more is staged."""
    regions = tuple(region_code for _ in reference_fields(contract))
    with frame_as_table(connection, "arrivals", _arrivals(contract, deliveries)):
        connection.exec_driver_sql(checked_rows_sql(contract), regions)
    return _count(connection, contract, deliveries)


def file_source(
    connection: sa.Connection,
    contract: Contract,
    region_code: str,
    deliveries: Sequence[Staged],
    outcomes: dict[str, Outcome],
) -> dict[str, Outcome]:
    """Write what was judged into facts, quarantine and findings."""
    batch = pd.DataFrame(
        {
            "delivery_no": [item.number for item in deliveries],
            "submission_id": [item.submission_id for item in deliveries],
            "is_sample": [item.is_sample for item in deliveries],
            "sheet_name": [item.delivery.sheet_name for item in deliveries],
            "is_held": [bool(outcomes[item.submission_id].refusal) for item in deliveries],
            "arrival_no": _arrival_order(deliveries, outcomes),
        }
    ).astype({"submission_id": "object", "sheet_name": "object"})
    with frame_as_table(connection, "batch", batch):
        _file_findings(connection, contract, region_code, deliveries)
        _file_quarantine(connection, contract)
        _accept(connection, contract, region_code)
    _file_notes(connection, contract, deliveries, outcomes)
    table = metadata.tables[contract.target_table]
    counted = sa.select(table.c.submission_id, sa.func.count()).group_by(table.c.submission_id)
    kept = {row[0]: int(row[1]) for row in connection.execute(counted)}
    return {
        submission_id: Outcome(**{**vars(outcome), "kept": kept.get(submission_id, 0)})
        for submission_id, outcome in outcomes.items()
    }


def discard_source(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> None:
    """Take back whatever was filed: a source that failed half way leaves no fact without an accepted delivery."""
    ids = [item.submission_id for item in deliveries]
    for table in (metadata.tables[contract.target_table], meta_finding, meta_quarantine):
        connection.execute(sa.delete(table).where(table.c.submission_id.in_(ids)))


def _arrivals(contract: Contract, deliveries: Sequence[Staged]) -> pd.DataFrame:
    """What a delivery says of all its rows: not dated later than this, from whom, on which basis."""
    bases = [contract.basis.of(item.opd_code) if contract.basis else None for item in deliveries]
    latest = [None if item.received_at is None else item.received_at + CLOCKS_APART for item in deliveries]
    return pd.DataFrame(
        {
            "delivery_no": pd.Series([item.number for item in deliveries], dtype="int32"),
            "latest_at": pd.Series(latest, dtype="datetime64[us]"),
            "opd_code": pd.Series([item.opd_code for item in deliveries], dtype="object"),
            "basis": pd.Series(bases, dtype="object"),
        }
    )


def _arrival_order(deliveries: Sequence[Staged], outcomes: dict[str, Outcome]) -> list[int]:
    """Place of each delivery from first to last: of files taken in together, the one that reaches further is later."""

    def moment(item: Staged) -> tuple[datetime, datetime, int]:
        until = outcomes[item.submission_id].data_until
        return item.received_at or datetime.min, until or datetime.min, item.number

    places = {item.number: place for place, item in enumerate(sorted(deliveries, key=moment))}
    return [places[item.number] for item in deliveries]


def _count(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> dict[str, Outcome]:
    period = name("v_" + contract.period.field)
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, count(*), count(*) FILTER (WHERE is_rejected), "
        f"max({period}) FILTER (WHERE NOT is_rejected) FROM checked GROUP BY 1"
    )
    counted = {row[0]: (int(row[1]), int(row[2]), row[3]) for row in rows}
    outcomes = {}
    for item in deliveries:
        staged, rejected, last = counted.get(item.number, (0, 0, None))
        until = item.delivery.data_until or (None if contract.period.may_be_future else _end_of(last))
        refusal = _broken_bound(contract, staged, rejected)
        accepted = 0 if refusal else staged - rejected
        outcomes[item.submission_id] = Outcome(staged, accepted, rejected, 0, until, refusal)
    return outcomes


def _end_of(last: Any) -> datetime | None:
    """The instant the rows of a delivery reach to, for sources that do not declare it."""
    if isinstance(last, int):
        return datetime(last + 1, 1, 1)
    if isinstance(last, datetime) or last is None:
        return last
    return datetime.combine(last, datetime.min.time()) + timedelta(days=1)


def _broken_bound(contract: Contract, staged: int, rejected: int) -> str:
    if staged < contract.expect.min_rows:
        return f"Hanya {staged} baris terbaca, paling sedikit {contract.expect.min_rows}. Berkas tidak dimuat."
    if staged and 100 * rejected / staged > contract.expect.max_rejected_pct:
        return (
            f"{rejected} dari {staged} baris ditolak, melebihi batas {contract.expect.max_rejected_pct:g} %. "
            "Seluruh berkas ditahan; perbaiki lalu kirim ulang."
        )
    return ""


def _file_findings(
    connection: sa.Connection, contract: Contract, region_code: str, deliveries: Sequence[Staged]
) -> None:
    places = [
        (item.number, header, xl_col_to_name(column) if item.delivery.csv_path is None else None)
        for item in deliveries
        for header, column in zip(item.delivery.header.headers, item.delivery.header.columns, strict=True)
    ]
    place_frame = pd.DataFrame(places, columns=["delivery_no", "header", "letter"]).astype(
        {"header": "object", "letter": "object"}
    )
    proposals = _proposals(connection, contract, region_code)
    with (
        frame_as_table(connection, "places", place_frame),
        frame_as_table(connection, "proposals", proposals),
    ):
        connection.exec_driver_sql(
            """INSERT INTO meta_finding
            SELECT submission_id, ?, f.severity, sheet_name, row_no,
              coalesce(letter || row_no, 'baris ' || row_no || ', kolom ' || f.header),
              f.field, f.header, f.value, f.rule, f.message || coalesce(hint, '')
            FROM (SELECT delivery_no, row_no, unnest(findings) AS f FROM checked WHERE len(findings) > 0)
            JOIN batch USING (delivery_no)
            LEFT JOIN places ON places.delivery_no = batch.delivery_no AND places.header = f.header
            LEFT JOIN proposals ON f.rule = 'kode' AND proposals.field = f.field AND proposals.value = f.value
            ORDER BY batch.delivery_no, row_no, f.field, f.rule""",
            (contract.source_id,),
        )


def _proposals(connection: sa.Connection, contract: Contract, region_code: str) -> pd.DataFrame:
    unknown = connection.exec_driver_sql(
        "SELECT DISTINCT f.field, f.value FROM (SELECT unnest(findings) AS f FROM checked WHERE len(findings) > 0) "
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


def _file_quarantine(connection: sa.Connection, contract: Contract) -> None:
    first = {field.from_: field for field in reversed(contract.fields)}  # one entry per delivered column
    cells = ", ".join(f"{literal(header)}, {shown(name('t_' + first[header].name))}" for header in contract.headers)
    connection.exec_driver_sql(
        f"""INSERT INTO meta_quarantine
        SELECT submission_id, ?, row_no,
          list_aggregate(list_transform(findings, f -> f.message), 'string_agg', ' '), json_object({cells})
        FROM checked JOIN batch USING (delivery_no) WHERE is_rejected ORDER BY delivery_no, row_no""",
        (contract.source_id,),
    )


def _accept(connection: sa.Connection, contract: Contract, region_code: str) -> None:
    """Insert good rows into the target: per grain the one of the latest delivery."""
    loaded = {field.name: name("v_" + field.name) for field in contract.fields}
    loaded |= {column: name("v_" + column) for column in sender_columns(contract)}
    loaded |= {column: column for column in ("submission_id", "row_no", "is_sample")}
    columns = metadata.tables[contract.target_table].columns
    fills_region = "region_code" in columns and "region_code" not in loaded
    chosen = [
        "?" if column.name == "region_code" and fills_region else loaded.get(column.name, "NULL") for column in columns
    ]
    grain = ", ".join(name("v_" + column) for column in contract.grain)
    connection.exec_driver_sql(
        f"""INSERT INTO {contract.target_table} SELECT {", ".join(chosen)}
        FROM checked JOIN batch USING (delivery_no) WHERE NOT is_rejected AND NOT is_held
        QUALIFY row_number() OVER (PARTITION BY {grain} ORDER BY arrival_no DESC) = 1
        ORDER BY delivery_no, row_no""",
        (region_code,) if fills_region else (),
    )


def _file_notes(
    connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged], outcomes: dict[str, Outcome]
) -> None:
    """Warnings about a delivery as a whole."""
    rows: list[dict[str, object]] = []
    for item in deliveries:
        header, total = item.delivery.header, item.delivery.declared_total
        staged = outcomes[item.submission_id].staged
        notes = [("kolom", f'Kolom "{word}" tidak dikenal dan tidak dimuat.') for word in header.unknown]
        notes += [("kolom", f'Kolom "{word}" tidak ada; isinya dianggap tidak disampaikan.') for word in header.absent]
        notes += [
            (
                "lembar",
                f'Lembar "{word}" juga berisi tabel ini, tetapi hanya lembar pertama yang dibaca. Satukan tabelnya.',
            )
            for word in item.delivery.unread_sheets
        ]
        notes += [(note.rule, note.message) for note in item.delivery.notes]
        if total is not None and total != staged:
            notes.append(("jumlah", f"Baris {contract.total_label} menyebut {total}, yang terbaca {staged} baris."))
        if staged > contract.expect.max_rows:
            notes.append(("banyak_baris", f"{staged} baris, melebihi kebiasaan ({contract.expect.max_rows})."))
        facts = {
            "submission_id": item.submission_id,
            "source_id": contract.source_id,
            "severity": "peringatan",
            "sheet_name": item.delivery.sheet_name,
        }
        rows += [{**facts, "rule": rule, "message": message} for rule, message in notes]
    if rows:
        connection.execute(meta_finding.insert(), rows)
