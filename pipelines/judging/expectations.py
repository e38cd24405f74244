"""Holds a judged delivery against what its contract expects of the whole: enough rows, few refused, totals that fit,
data not too old.

Compares numbers only; whether a total is right is for a person to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.outcomes import Outcome
from pipelines.judging.quoting import name
from pipelines.judging.staging import Staged
from pipelines.reading.amounts import spell_amount
from pipelines.reading.months import day_text
from pipelines.reading.reshaping import Doubt, Note


def judge_expectations(
    connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged], outcomes: Mapping[str, Outcome]
) -> dict[int, list[Note | Doubt]]:
    """Notes and doubts by delivery."""
    totals = _totals(connection, contract)
    found: dict[int, list[Note | Doubt]] = {}
    for item in deliveries:
        outcome = outcomes[item.submission_id]
        said = [*_judge_count(contract, item, outcome), *_judge_totals(contract, totals.get(item.number, {}))]
        found[item.number] = [*said, *_judge_age(contract, item, outcome)]
    return found


def _judge_count(contract: Contract, item: Staged, outcome: Outcome) -> list[Note | Doubt]:
    found: list[Note | Doubt] = []
    expect, staged, rejected = contract.expect, outcome.staged, outcome.rejected
    if item.is_nil:
        return found
    if staged < expect.min_rows:
        said = f"Hanya {staged} baris terbaca, biasanya paling sedikit {expect.min_rows}."
        found.append(Doubt("sedikit_baris", f"{said} Periksa apakah berkasnya lengkap."))
    if staged and 100 * rejected / staged > expect.max_rejected_pct:
        said = f"{rejected} dari {staged} baris ditolak, melebihi batas {expect.max_rejected_pct:g} %."
        found.append(Doubt("banyak_ditolak", f"{said} Perbaiki lalu kirim ulang."))
    return found


def _totals(connection: sa.Connection, contract: Contract) -> dict[int, dict[str, Decimal | None]]:
    fields = tuple(contract.expect.totals)
    if not fields:
        return {}
    sums = ", ".join(f"sum({name('v_' + field)})" for field in fields)
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, {sums} FROM checked WHERE NOT is_rejected GROUP BY delivery_no"
    )
    return {row[0]: dict(zip(fields, row[1:], strict=True)) for row in rows}


def _judge_totals(contract: Contract, totals: Mapping[str, Decimal | None]) -> list[Note | Doubt]:
    found: list[Note | Doubt] = []
    for field, bounds in contract.expect.totals.items():
        amount = totals.get(field)
        low, high = bounds.min, bounds.max
        if amount is None:
            if low is not None:
                said = (
                    f'Kolom "{contract.by_name[field].from_}" tidak berisi satu angka pun, padahal jumlahnya biasanya'
                )
                found.append(Doubt("total", f"{said} paling sedikit {spell_amount(low)}."))
            continue
        if (low is not None and amount < low) or (high is not None and amount > high):
            span = [f"paling sedikit {spell_amount(low)}"] if low is not None else []
            span += [f"paling banyak {spell_amount(high)}"] if high is not None else []
            header = contract.by_name[field].from_
            said = f'Jumlah kolom "{header}" {spell_amount(Decimal(amount))}, padahal biasanya {" dan ".join(span)}.'
            found.append(Doubt("total", said))
    return found


def _judge_age(contract: Contract, item: Staged, outcome: Outcome) -> list[Note | Doubt]:
    limit = contract.expect.max_age_days
    if limit is None or outcome.data_until is None or item.received_at is None:
        return []
    age = (item.received_at - outcome.data_until).days
    if age <= limit:
        return []
    until = f"Datanya berakhir {day_text(outcome.data_until)}, {age} hari sebelum dikirim"
    return [Note("usang", f"{until}; disepakati paling lama {limit} hari.")]
