"""Bagian anggaran belanja OPD yang sudah direalisasikan menurut laporan realisasi anggaran (LRA), dalam persen.

Rekening belanja adalah yang berkode 5; pendapatan dan pembiayaan tidak ikut, jumlah yang tersimpan di berkas tidak
dipakai. Selalu kumulatif sejak Januari: laporan per bulan dijumlahkan, dan bila satu bulan di depannya tidak ada
nilainya tidak lengkap. Rekening tanpa realisasi bukan nol: OPD itu tidak lengkap. Serapan daerah menjumlahkan OPD yang
lengkap dan menyebut yang tidak ikut. Tidak berlaku bila anggaran belanjanya nol. Pembilang adalah realisasi, penyebut
anggaran.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.anggaran.lra import SOURCE, OpdMonth, OpdReport, select_reports, select_rows, years_so_far
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope, as_stored, percent
from warehouse.indicators.periods import is_month_due, month_end, write_day, write_month
from warehouse.rules import RuleBook


def calculate(data: Dataset[OpdReport], rules: RuleBook) -> list[IndicatorValue]:
    months: dict[date, list[IndicatorValue]] = {}
    for one in years_so_far(data.rows):
        months.setdefault(one.month, []).append(_opd_value(one, data.scope))
    values = [value for own in months.values() for value in own]
    return values + [
        _region_value(own, data.scope) for month, own in sorted(months.items()) if _is_settled(month, own, data)
    ]


def _is_settled(month: date, opds: list[IndicatorValue], data: Dataset[OpdReport]) -> bool:
    """A month that is due, or one every agency has reported already."""
    first = data.rows[0]
    return len(opds) >= len(data.scope.owners) or is_month_due(month, first.last_receipt, first.agreement)


def _opd_value(one: OpdMonth, scope: Scope) -> IndicatorValue:
    report, end = one.report, month_end(one.month)
    status, reason = ValueStatus.INCOMPLETE, ""
    if one.missing_month is not None:
        reason = _("Laporan {month} belum ada atau belum lengkap, padahal laporannya per bulan").format(
            month=write_month(one.missing_month)
        )
    elif report.unspent_count or one.realised_idr is None:
        reason = _("{count} dari {total} rekening belanja tanpa realisasi").format(
            count=report.unspent_count, total=report.account_count
        )
    elif report.unfunded_count or report.budget_idr is None:
        reason = _("{count} dari {total} rekening belanja tanpa anggaran").format(
            count=report.unfunded_count, total=report.account_count
        )
    elif not report.budget_idr:
        status, reason = ValueStatus.NOT_APPLICABLE, _("Anggaran belanja nol")
    else:
        status = ValueStatus.CALCULATED
        reason = "" if report.period_end == end else _("s.d. {day}").format(day=write_day(report.period_end))
    return IndicatorValue(
        region_code=scope.region_code,
        entity_kind="opd",
        entity_code=report.opd_code,
        period_kind="month",
        period_start=one.month,
        period_end=end,
        numerator=one.realised_idr,
        denominator=report.budget_idr,
        value=_share(one) if status is ValueStatus.CALCULATED else None,
        status=status,
        reason=reason,
        rule_version="",
        is_sample=report.is_sample,
        opd_code=report.opd_code,
    )


def _share(one: OpdMonth) -> Decimal | None:
    if one.realised_idr is None or not one.report.budget_idr:
        return None
    return as_stored(percent(one.realised_idr, one.report.budget_idr))


def _region_value(opds: list[IndicatorValue], scope: Scope) -> IndicatorValue:
    used = [one for one in opds if one.value is not None]
    realised = sum((one.numerator or Decimal(0) for one in used), Decimal(0))
    budget = sum((one.denominator or Decimal(0) for one in used), Decimal(0))
    owed = max(len(scope.owners), len(opds))
    notes = [] if len(used) == owed else [_("{used} dari {total} OPD").format(used=len(used), total=owed)]
    wanted = sum(one.status is ValueStatus.INCOMPLETE for one in opds)
    unfunded = len(opds) - len(used) - wanted
    notes += [_("{count} belum lengkap").format(count=wanted)] if wanted else []
    notes += [_("{count} anggarannya nol").format(count=unfunded)] if unfunded else []
    without = ValueStatus.INCOMPLETE if wanted else ValueStatus.NOT_APPLICABLE
    return replace(
        opds[0],
        entity_kind="region",
        entity_code=scope.region_code,
        numerator=realised if used else None,
        denominator=budget if used else None,
        value=as_stored(percent(realised, budget)) if used else None,
        status=ValueStatus.CALCULATED if used else without,
        reason="; ".join(notes),
        is_sample=any(one.is_sample for one in opds),
        opd_code=None,
    )


INDICATOR = Indicator(
    id="anggaran.serapan",
    version=1,
    title=_("Serapan anggaran"),
    unit="%",
    decimals=1,
    better="higher",
    dimension="Anggaran",
    owner_note=_("Tiap OPD, dari LRA"),
    definition=__doc__ or "",
    formula=_("Realisasi belanja / anggaran belanja × 100"),
    legal_basis=_("Kebiasaan pemantauan anggaran; dari ingatan"),
    period_kind="month",
    source_ids=(SOURCE,),
    row_type=OpdReport,
    inputs=select_reports,
    rows=select_rows,
    calculate=calculate,
    parts="money",
    coordinator_source="bpkad_pagu",
)
