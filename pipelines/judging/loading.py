"""Judges all staged rows of a source in one pass and files each as accepted or quarantined with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.contracts.contract_kinds import dated_by
from pipelines.judging.background import Background, keep_declared, read_background
from pipelines.judging.beside import forget_beside, is_empty, write_beside
from pipelines.judging.checking import check_staged, sender_columns
from pipelines.judging.column_notes import column_notes
from pipelines.judging.covering import cover_staged, hold_cells
from pipelines.judging.findings import file_findings, file_notes
from pipelines.judging.holding import in_order_of_arrival, judge_holds
from pipelines.judging.outcomes import Outcome
from pipelines.judging.plain_rows import has_plain, move_doubtful, show_checked
from pipelines.judging.quoting import literal, name
from pipelines.judging.repeats import mark_repeats
from pipelines.judging.staging import Staged
from pipelines.judging.totals import layout_notes
from pipelines.judging.unmarked_totals import settle_unmarked
from pipelines.reading.reshaping import Note
from warehouse.engine import frame_as_table
from warehouse.schema import core_budget_ceiling, meta_finding, meta_quarantine


def load_source(
    connection: sa.Connection,
    contract: Contract,
    region_code: str,
    deliveries: Sequence[Staged],
    background: Background | None = None,
) -> dict[str, Outcome]:
    """Judge and file every staged delivery of a source; outcomes by submission id."""
    outcomes = judge_source(connection, contract, region_code, deliveries, background)
    filed = drop_replaced(connection, deliveries, outcomes)
    return file_source(connection, contract, region_code, filed, outcomes)


def judge_source(
    connection: sa.Connection,
    contract: Contract,
    region_code: str,
    deliveries: Sequence[Staged],
    background: Background | None = None,
) -> dict[str, Outcome]:
    """Judge every staged row into `checked`, and each delivery by its bounds and against the others.

    May be repeated after more is staged. `background`: what is loaded elsewhere; none: what this release holds so far.
    """
    with frame_as_table(connection, "arrivals", _arrivals(contract, deliveries)):
        told = _check(connection, contract, region_code, deliveries)
    of_columns = column_notes(connection, contract, deliveries)
    laid_out = layout_notes(connection, contract, deliveries)
    outcomes = _count(connection, contract, deliveries)
    for item in deliveries:
        outcome = outcomes[item.submission_id]
        notes = (*told.get(item.number, ()), *of_columns.get(item.number, ()), *laid_out[item.number])
        outcomes[item.submission_id] = replace(outcome, notes=(*outcome.notes, *notes))
    outcomes = mark_repeats(connection, contract, in_order_of_arrival(deliveries, outcomes), outcomes)
    known = background or read_background(connection, contract, region_code)
    return judge_holds(connection, contract, deliveries, outcomes, known)


def _check(
    connection: sa.Connection, contract: Contract, region_code: str, deliveries: Sequence[Staged]
) -> dict[int, tuple[Note, ...]]:
    """Make `checked`; what is told of whole columns."""
    wrong: dict[int, list[Note]] = {}
    while True:
        cover_staged(connection, contract)  # also what was moved in
        told = check_staged(connection, contract, region_code)
        show_checked(connection, contract)
        if has_plain(connection) and move_doubtful(connection, contract, deliveries):
            continue
        has_new_totals, of_totals = settle_unmarked(connection, contract, deliveries)
        for number, notes in of_totals.items():
            wrong.setdefault(number, []).extend(notes)
        if not has_new_totals:
            return {number: (*told.get(number, ()), *wrong.get(number, ())) for number in {*told, *wrong}}


def file_source(  # noqa: PLR0913 - where the facts go is decided by who builds
    connection: sa.Connection,
    contract: Contract,
    region_code: str,
    deliveries: Sequence[Staged],
    outcomes: dict[str, Outcome],
    *,
    beside: Path | None = None,
) -> dict[str, Outcome]:
    """Write what was judged into facts, quarantine and findings. `beside`: a folder of the build for the facts of a
    large source, which are written once then."""
    batch = pd.DataFrame(
        {
            "delivery_no": [item.number for item in deliveries],
            "submission_id": [item.submission_id for item in deliveries],
            "is_sample": [item.is_sample for item in deliveries],
            "sheet_name": [item.delivery.sheet_name for item in deliveries],
            "is_loaded": [outcomes[item.submission_id].is_loaded for item in deliveries],
            "hold_text": [_hold_text(outcomes[item.submission_id]) for item in deliveries],
            "arrival_no": _arrival_order(deliveries, outcomes),
        }
    ).astype({"submission_id": "object", "sheet_name": "object", "hold_text": "object"})
    with frame_as_table(connection, "batch", batch):
        hold_cells(connection, contract, is_own=all(item.is_own for item in deliveries))
        file_findings(connection, contract, region_code, deliveries)
        _file_quarantine(connection, contract)
        is_all_kept = _accept(connection, contract, region_code, beside)
        if contract.target_table == core_budget_ceiling.name:
            keep_declared(connection)
    file_notes(connection, contract, deliveries, outcomes)
    table = contract.table
    if table is None:
        return outcomes
    if is_all_kept:
        kept = {submission_id: outcome.accepted for submission_id, outcome in outcomes.items() if outcome.is_loaded}
    else:
        counted = sa.select(table.c.submission_id, sa.func.count()).group_by(table.c.submission_id)
        kept = {row[0]: int(row[1]) for row in connection.execute(counted)}
    return {
        submission_id: replace(outcome, kept=kept.get(submission_id, 0)) for submission_id, outcome in outcomes.items()
    }


def _hold_text(outcome: Outcome) -> str | None:
    return f"Kiriman ditahan: {outcome.reasons}" if outcome.is_held else None


def drop_replaced(
    connection: sa.Connection, deliveries: Sequence[Staged], outcomes: dict[str, Outcome]
) -> list[Staged]:
    """Forget the rows of replaced and repeated deliveries; returns those that are filed."""
    said = {item.number: outcomes[item.submission_id] for item in deliveries}
    gone = [number for number, outcome in said.items() if outcome.is_replaced or outcome.repeats]
    for number in gone:
        for table in ("judged", "plain"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE delivery_no = ?", (number,))
    return [item for item in deliveries if item.number not in gone]


def discard_source(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> None:
    """Take back whatever was filed: a source that failed half way leaves no fact without an accepted delivery."""
    ids = [item.submission_id for item in deliveries]
    if contract.table is not None:
        forget_beside(connection, contract.table.name)
    for table in (contract.table, meta_finding, meta_quarantine):
        if table is not None:
            connection.execute(sa.delete(table).where(table.c.submission_id.in_(ids)))


def _arrivals(contract: Contract, deliveries: Sequence[Staged]) -> pd.DataFrame:
    """What a delivery says of all its rows: not dated later than this, from whom, on which basis."""
    bases = [contract.basis.of(item.opd_code) if contract.basis else None for item in deliveries]
    days = [None if item.received_at is None else item.received_at.date() for item in deliveries]
    latest = [None if day is None else datetime.combine(day, time.max) for day in days]
    return pd.DataFrame(
        {
            "delivery_no": pd.Series([item.number for item in deliveries], dtype="int32"),
            "latest_at": pd.Series(latest, dtype="datetime64[us]"),
            "is_1904": pd.Series([item.delivery.is_1904 for item in deliveries], dtype="bool"),
            "minutes_ahead": pd.Series([item.minutes_ahead for item in deliveries], dtype="int32"),
            "from_sample": pd.Series([item.is_sample for item in deliveries], dtype="bool"),
            "opd_code": pd.Series([item.opd_code for item in deliveries], dtype="object"),
            "basis": pd.Series(bases, dtype="object"),
        }
    )


def _arrival_order(deliveries: Sequence[Staged], outcomes: dict[str, Outcome]) -> list[int]:
    places = {item.number: place for place, item in enumerate(in_order_of_arrival(deliveries, outcomes))}
    return [places[item.number] for item in deliveries]


def _count(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> dict[str, Outcome]:
    dated = dated_by(contract)
    period = name("v_" + dated.name) if dated else "NULL"
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, count(*), count(*) FILTER (WHERE is_rejected), "
        f"max({period}) FILTER (WHERE NOT is_rejected) FROM checked GROUP BY 1"
    )
    counted = {row[0]: (int(row[1]), int(row[2]), row[3]) for row in rows}
    outcomes = {}
    for item in deliveries:
        staged, rejected, last = counted.get(item.number, (0, 0, None))
        until = item.delivery.data_until or _end_of(last, contract)
        rule, refusal = ("", "") if item.is_nil else _broken_bound(contract, staged, rejected)
        accepted = 0 if refusal else staged - rejected
        outcomes[item.submission_id] = Outcome(staged, accepted, rejected, 0, until, refusal, refusal_rule=rule)
    return outcomes


def _end_of(last: Any, contract: Contract) -> datetime | None:
    """The instant the rows of a delivery reach to, for sources that do not declare it."""
    if isinstance(last, int | Decimal):
        return datetime(int(last) + 1, 1, 1)
    if isinstance(last, datetime) or last is None:
        return last
    dated = dated_by(contract)
    if dated is not None and dated.type == "month":
        return datetime(last.year + last.month // 12, last.month % 12 + 1, 1)
    return datetime.combine(last, datetime.min.time()) + timedelta(days=1)


def _broken_bound(contract: Contract, staged: int, rejected: int) -> tuple[str, str]:
    """Why nothing of it can be loaded, by whomever it is confirmed."""
    if not staged and contract.expect.min_rows:
        return "sedikit_baris", "Tidak ada baris data yang terbaca. Berkas tidak dimuat."
    if staged and staged == rejected:
        return "banyak_ditolak", f"Seluruh {staged} baris ditolak. Perbaiki lalu kirim ulang."
    return "", ""


def _file_quarantine(connection: sa.Connection, contract: Contract) -> None:
    """The rows held back, each cell as it may be told, with what was found in them."""
    headers = range(len(contract.headers))
    cells = ", ".join(f"{literal(header)}, told{place}.said" for place, header in enumerate(contract.headers))
    joins = "".join(
        f"\n        LEFT JOIN told AS told{place} ON told{place}.kind = held.kind{place} "
        f"AND told{place}.text = held.text{place}"
        for place in headers
    )
    connection.exec_driver_sql(
        f"""INSERT INTO meta_quarantine
        SELECT submission_id, ?, held.row_no, concat_ws(' ', reasons.said, hold_text::VARCHAR), json_object({cells})
        FROM held JOIN batch USING (delivery_no)
        LEFT JOIN (SELECT delivery_no, row_no, string_agg(message, ' ' ORDER BY nth) AS said FROM found GROUP BY ALL)
          AS reasons ON reasons.delivery_no = held.delivery_no AND reasons.row_no = held.row_no{joins}
        ORDER BY held.delivery_no, held.row_no""",
        (contract.source_id,),
    )


def _accept(connection: sa.Connection, contract: Contract, region_code: str, beside: Path | None) -> bool:
    """Insert good rows into the target: per grain the one of the latest delivery, or only that of the whole report.
    True: each of them was kept, without asking."""
    if contract.table is None:
        return False
    loaded = {field.name: name("v_" + field.name) for field in contract.fields}
    loaded |= {column: name("v_" + column) for column in sender_columns(contract)}
    loaded |= {column: column for column in ("submission_id", "row_no", "is_sample")}
    columns = contract.table.columns
    fills_region = "region_code" in columns and "region_code" not in loaded
    chosen = [
        literal(region_code) if column.name == "region_code" and fills_region else loaded.get(column.name, "NULL")
        for column in columns
    ]
    grain = ", ".join(name("v_" + column) for column in contract.grain)
    report = ", ".join(name("v_" + column) for column in contract.report)
    whole = f" AND arrival_no = max(arrival_no) OVER (PARTITION BY {report})" if report else ""
    latest = f"QUALIFY row_number() OVER (PARTITION BY {grain} ORDER BY arrival_no DESC) = 1{whole}"
    good = "FROM checked JOIN batch USING (delivery_no) WHERE NOT is_rejected AND is_loaded"
    accepted = f"SELECT {', '.join(chosen)} {good}"
    if not has_plain(connection) or not _is_told_by_time(contract):
        connection.exec_driver_sql(
            f"INSERT INTO {contract.table.name} {accepted} {latest} ORDER BY delivery_no, row_no"
        )
        return False
    shared = _in_shared_time(connection, contract)
    if shared:
        accepted = f"{accepted} AND NOT ({shared}) UNION ALL ({accepted} AND ({shared}) {latest})"
    if beside is not None and is_empty(connection, contract.table.name):
        write_beside(connection, contract.table.name, accepted, beside)
    else:
        connection.exec_driver_sql(f"INSERT INTO {contract.table.name} {accepted}")
    return not shared


def _is_told_by_time(contract: Contract) -> bool:
    """Whether rows of different times are different rows."""
    period = contract.period.field if contract.period else ""
    keys = (contract.by_name[column] for column in contract.grain if column in contract.by_name)
    return not contract.report and period in contract.grain and all(key.required for key in keys)


def _in_shared_time(connection: sa.Connection, contract: Contract) -> str:
    """The times that several deliveries speak of; "": none says a row of another anew, and within one the twins were
    told already."""
    when = name("v_" + (contract.period.field if contract.period else ""))
    spans = connection.exec_driver_sql(
        f"SELECT min({when}), max({when}) FROM checked JOIN batch USING (delivery_no) WHERE NOT is_rejected "
        "AND is_loaded GROUP BY delivery_no ORDER BY ALL"
    ).all()
    reached = accumulate((last for _first, last in spans), max)
    shared = [
        f"{when} BETWEEN {literal(str(first))} AND {literal(str(min(before, last)))}"
        for (first, last), before in zip(spans[1:], reached, strict=False)
        if first <= before
    ]
    return " OR ".join(shared)
