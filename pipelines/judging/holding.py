"""Decides which deliveries that read well are held, not loaded, until someone confirms them.

Holds nothing on a guess: every reason names the two numbers or the words that do not fit, and where nothing can be
compared it says so. Deliveries are judged in order of arrival, each against what was loaded before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, Hold
from pipelines.judging.background import Background, Total, staged_totals
from pipelines.judging.correcting import correction_notes
from pipelines.judging.expectations import judge_expectations
from pipelines.judging.outcomes import Outcome
from pipelines.judging.staging import Staged
from pipelines.reading.amounts import spell_amount, spell_times
from pipelines.reading.letterhead import judge_letterhead, read_spellings
from pipelines.reading.reshaping import Doubt, Note

ENOUGH_MONTHS = 3  # before a single month as large as all earlier ones together says "cumulative"


@dataclass(frozen=True)
class _Bench:
    """What the totals of one delivery are compared with; `loaded` is its sender's year, `received` everyone's month."""

    contract: Contract
    hold: Hold
    background: Background
    loaded: Sequence[Total]
    received: Sequence[Total]

    def words(self, field: str) -> str:
        return self.contract.by_name[field].from_


class _Ledger:
    """Totals by what they are compared with, while deliveries are judged one after another."""

    def __init__(self, background: Background, totals: Sequence[Total]) -> None:
        self.loaded: dict[tuple[str, int, bool], list[Total]] = defaultdict(list)
        self.received: dict[tuple[int, int, bool], list[Total]] = defaultdict(list)
        self.own: dict[str, list[Total]] = defaultdict(list)
        for total in totals:
            self.own[total.submission_id].append(total)
        for total in (*background.totals, *totals):
            self.received[total.end.year, total.end.month, total.is_sample].append(total)
        for total in background.totals:
            self._load(total)

    def _load(self, total: Total) -> None:
        self.loaded[total.opd_code, total.end.year, total.is_sample].append(total)

    def bench(self, contract: Contract, background: Background, total: Total) -> _Bench:
        loaded = self.loaded[total.opd_code, total.end.year, total.is_sample]
        received = self.received[total.end.year, total.end.month, total.is_sample]
        return _Bench(contract, contract.hold or Hold(), background, loaded, received)

    def keep(self, submission_id: str) -> None:
        for total in self.own[submission_id]:
            self._load(total)

    def forget(self, submission_id: str) -> None:
        for total in self.own[submission_id]:
            self.loaded[total.opd_code, total.end.year, total.is_sample].remove(total)
            self.received[total.end.year, total.end.month, total.is_sample].remove(total)


def judge_holds(
    connection: sa.Connection,
    contract: Contract,
    deliveries: Sequence[Staged],
    outcomes: Mapping[str, Outcome],
    background: Background,
) -> dict[str, Outcome]:
    """The outcomes with reasons to hold; a held delivery has no accepted row."""
    judged = {  # what a file of wrong rows says as a whole may be why they are wrong
        item.submission_id: replace(one, notes=(*one.notes, *item.delivery.notes))
        if one.refusal and one.rejected
        else one
        for item in deliveries
        for one in (outcomes[item.submission_id],)
    }
    said = {item.number: outcomes[item.submission_id] for item in deliveries}
    readable = [item for item in deliveries if not said[item.number].refusal and not said[item.number].repeats]
    ledger = _Ledger(background, staged_totals(connection, contract, readable))
    spellings = read_spellings(connection, background.region_code)
    corrected = correction_notes(connection)
    expected = judge_expectations(connection, contract, readable, outcomes)
    named: dict[str, str] = {}  # the loaded delivery of each file name
    for item in in_order_of_arrival(readable, outcomes):
        found: list[Note | Doubt] = [*item.delivery.notes, *item.delivery.doubts]
        if item.delivery.letterhead is not None:
            found += judge_letterhead(spellings, item.opd_code, item.delivery.letterhead)
        for total in ledger.own[item.submission_id]:
            found += _judge_total(total, ledger.bench(contract, background, total))
        found += _judge_gaps(contract, outcomes[item.submission_id])
        found += [*corrected.get(item.number, ()), *expected[item.number]]
        outcome = _with_doubts(outcomes[item.submission_id], item, found)
        judged[item.submission_id] = outcome
        if outcome.is_loaded:
            before = named.get(item.file_name)
            if before is not None and item.file_name:
                judged[before] = replace(judged[before], is_replaced=True)
                ledger.forget(before)
            ledger.keep(item.submission_id)
            named[item.file_name] = item.submission_id
    return judged


def in_order_of_arrival(deliveries: Sequence[Staged], outcomes: Mapping[str, Outcome]) -> list[Staged]:
    """From first to last: of files taken in together, the one that reaches further is later."""

    def moment(item: Staged) -> tuple[datetime, datetime, int]:
        until = outcomes[item.submission_id].data_until
        return item.received_at or datetime.min, until or datetime.min, item.number

    return sorted(deliveries, key=moment)


def _with_doubts(outcome: Outcome, item: Staged, found: Sequence[Note | Doubt]) -> Outcome:
    notes = tuple(said for said in found if isinstance(said, Note))
    doubts = tuple(said for said in found if isinstance(said, Doubt))
    told = replace(outcome, notes=(*outcome.notes, *notes), doubts=doubts, confirmation=item.confirmation)
    return replace(told, accepted=0, rejected=outcome.staged) if told.is_held else told


def _judge_gaps(contract: Contract, outcome: Outcome) -> list[Note | Doubt]:
    """A report that is added up is wrong as a whole when one of its rows cannot be read."""
    if contract.hold is None or not contract.hold.fields or not 0 < outcome.rejected < outcome.staged:
        return []
    said = (
        f"{outcome.rejected} dari {outcome.staged} baris tidak dapat dimuat, jadi jumlahnya tidak lengkap. "
        "Betulkan baris itu, lalu kirim ulang."
    )
    return [Doubt("tidak_lengkap", said)]


def _judge_total(total: Total, bench: _Bench) -> list[Note | Doubt]:
    found = [_over_ceiling(total, bench), _twin(total, bench), _level_shift(total, bench), _overspent(total, bench)]
    found += _basis(total, bench)
    return [said for said in found if said is not None]


def _over_ceiling(total: Total, bench: _Bench) -> Note | Doubt | None:
    field = bench.hold.ceiling
    amount = total.amounts.get(field) if field else None
    if field is None or amount is None:
        return None
    year = total.end.year
    ceiling = bench.background.ceilings.get((total.opd_code, year, total.is_sample))
    if ceiling is None:
        said = f"Pagu {total.opd_code} tahun {year} belum dinyatakan, jadi tidak dapat dibandingkan."
        return Note("pagu", said)
    came_later = total.received_at and ceiling.received_at and ceiling.received_at > total.received_at
    # A pagu cut after the report must not make its history vanish: it only tells a report of another size.
    limit = ceiling.amount_idr * Decimal(str(bench.hold.level_factor)) if came_later else ceiling.amount_idr
    in_force = ceiling.in_force(total.received_at)
    if came_later and in_force is not None:  # then it is known what the report could be as large as
        limit = max(in_force, ceiling.amount_idr)
    if amount <= limit:
        return None
    over = f"lebih {_rupiah(amount - ceiling.amount_idr)}"
    if ceiling.amount_idr and amount >= 2 * ceiling.amount_idr:
        over = spell_times(amount / ceiling.amount_idr)
    return Doubt(
        "pagu",
        f"{bench.words(field)} {_rupiah(amount)} melebihi pagu {total.opd_code} tahun {year}, "
        f"{_rupiah(ceiling.amount_idr)} ({over}).",
    )


def _overspent(total: Total, bench: _Bench) -> Doubt | None:
    """More spent than budgeted: mostly two columns that changed places."""
    budget, spent = bench.hold.level_field, bench.hold.amount_field
    if budget is None or spent is None:
        return None
    whole, part = total.amounts.get(budget), total.amounts.get(spent)
    if not whole or part is None or part <= whole:
        return None
    said = f"{bench.words(spent)} {_rupiah(part)} melebihi {bench.words(budget)} {_rupiah(whole)}."
    return Doubt("melebihi", f"{said} Periksa apakah kedua kolomnya tertukar.")


def _twin(total: Total, bench: _Bench) -> Doubt | None:
    """Totals that are all the same as another sender's; of two that arrived together both are held."""
    amounts = [total.amounts.get(field) for field in bench.hold.twin]
    if None in amounts or not any(amounts):
        return None
    for other in bench.received:
        earlier = not other.received_at or not total.received_at or other.received_at <= total.received_at
        same_amounts = [other.amounts.get(field) for field in bench.hold.twin] == amounts
        if other.opd_code != total.opd_code and earlier and same_amounts:
            said = " dan ".join(f"{bench.words(field)} {_rupiah(total.amounts[field])}" for field in bench.hold.twin)
            return Doubt("kembar", f"{said} sama persis dengan kiriman {other.opd_code} untuk {total.end:%Y-%m}.")
    return None


def _level_shift(total: Total, bench: _Bench) -> Doubt | None:
    field = bench.hold.level_field
    known = [other for other in bench.loaded if field and other.amounts.get(field)]
    amount = total.amounts.get(field) if field else None
    if field is None or amount is None or not known:
        return None
    before = known[-1].amounts[field] or Decimal(0)
    factor = Decimal(str(bench.hold.level_factor))
    if before / factor <= amount <= before * factor:
        return None
    times = spell_times(amount / before if amount > before else before / amount) if amount else "menjadi nol"
    return Doubt(
        "tingkat",
        f"{bench.words(field)} {_rupiah(amount)} bergeser jauh dari {_rupiah(before)} pada kiriman terakhir "
        f"{total.opd_code} ({times}).",
    )


def _basis(total: Total, bench: _Bench) -> list[Note | Doubt]:
    """A switch between cumulative and monthly amounts within the year."""
    field = bench.hold.amount_field
    amount = total.amounts.get(field) if field else None
    if field is None or bench.contract.basis is None or amount is None:
        return []
    known = {other.end: value for other in bench.loaded if (value := other.amounts.get(field)) is not None}
    if bench.contract.basis.of(total.opd_code) == "kumulatif":
        return _falls(total, amount, known, bench.words(field))
    return _is_not_monthly(total, amount, known, bench.words(field))


def _falls(total: Total, amount: Decimal, known: Mapping[date, Decimal], words: str) -> list[Note | Doubt]:
    before = {end: value for end, value in known.items() if end < total.end and value > amount}
    after = {end: value for end, value in known.items() if end > total.end and value < amount}
    if before or after:
        end = max(before) if before else min(after)
        side = "turun dari" if before else "lebih besar daripada"
        said = (
            f"{words} disepakati kumulatif, tetapi {_rupiah(amount)} s.d. {total.end.isoformat()} {side} "
            f"{_rupiah((before or after)[end])} s.d. {end.isoformat()}. Mungkin angka satu bulan."
        )
        return [Doubt("basis", said)]
    same = known.get(total.end)
    if same is not None and same > amount:
        said = (
            f"{words} s.d. {total.end.isoformat()} turun dari {_rupiah(same)} pada kiriman sebelumnya menjadi "
            f"{_rupiah(amount)}; yang baru menggantikan."
        )
        return [Note("basis", said)]
    return []


def _is_not_monthly(total: Total, amount: Decimal, known: Mapping[date, Decimal], words: str) -> list[Note | Doubt]:
    if total.start.month != total.end.month:
        said = f"{total.start.isoformat()} s.d. {total.end.isoformat()}"
        return [Doubt("basis", f"{words} disepakati per bulan, tetapi periodenya tertulis {said}.")]
    earlier = {end.month: value for end, value in sorted(known.items()) if end.month < total.end.month}
    together = sum(earlier.values(), Decimal(0))
    if len(earlier) >= ENOUGH_MONTHS and 0 < together <= amount:
        said = (
            f"{words} disepakati per bulan, tetapi {_rupiah(amount)} untuk {total.end:%Y-%m} tidak kurang dari jumlah "
            f"{len(earlier)} bulan sebelumnya, {_rupiah(together)}. Mungkin angka kumulatif."
        )
        return [Doubt("basis", said)]
    return []


def _rupiah(amount: Decimal | None) -> str:
    return f"Rp {spell_amount(amount or Decimal(0))}"
