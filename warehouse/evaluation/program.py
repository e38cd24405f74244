"""`program`: physical and financial deviation of activities, their S-curve, and the rule of critical contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.evaluation.model import Case, Column, InputProblem, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.formulas.s_curve import Point, falling, last_reported, weighted_point
from warehouse.indicators.masterplan.contracts import SCHEME as RULES
from warehouse.indicators.masterplan.contracts import LateRule
from warehouse.indicators.model import write_number
from warehouse.indicators.periods import write_day
from warehouse.rules import LimitsPack, RuleBook, round_half_up

PLACES, HUNDRED = 2, Decimal(100)
KINDS = {"fisik": "fisik", "keuangan": "keuangan"}
ALL = "gabungan menurut pagu"


@dataclass(frozen=True)
class Activity:
    """One activity over time; a curve for each kind."""

    name: str
    budget: Decimal | None
    curves: Mapping[str, tuple[Point, ...]]
    told: tuple[str, ...] = ()  # of its amounts of money


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.text("kegiatan"), []).append(row)
    activities = [_activity(name, group) for name, group in groups.items()]
    pack, rule = rules.limits(RULES), LateRule.of(rules)
    cases = [_case(one, pack, rule) for one in activities]
    return [*cases, _together(activities, pack)] if len(cases) > 1 else cases


def _activity(name: str, rows: Sequence[Row]) -> Activity:
    ordered = sorted(rows, key=_day)
    days = [_day(row) for row in ordered]
    for row, day in zip(ordered[1:], days, strict=False):
        if _day(row) == day:
            raise row.problem("tanggal", f"kegiatan {name} tanggal {day.isoformat()} ditulis dua kali")
    budgets = [value for row in ordered if (value := row.number("pagu")) is not None]
    curves = {
        kind: tuple(Point(_day(row), row.number(f"rencana_{kind}"), _actual(row, kind)) for row in ordered)
        for kind in KINDS
    }
    told = tuple(said for row in ordered for said in _money_words(row))
    return Activity(name, budgets[-1] if budgets else None, curves, told)


def _day(row: Row) -> date:
    value = row.cells["tanggal"]
    if not isinstance(value, date):
        raise InputProblem([f"baris {row.line}, kolom tanggal: wajib diisi, misalnya 2026-03-31"])
    return value


def _actual(row: Row, kind: str) -> Decimal | None:
    """Percent as given; of money also from the amounts."""
    given, spent, budget = row.number(f"realisasi_{kind}"), row.number("realisasi_rp"), row.number("pagu")
    if given is None and kind == "keuangan" and spent is not None and budget:
        return spent * HUNDRED / budget
    return given


def _money_words(row: Row) -> list[str]:
    """Amounts that go beyond the budget, or are not the percent beside them."""
    given, spent, budget = row.number("realisasi_keuangan"), row.number("realisasi_rp"), row.number("pagu")
    if spent is None or not budget:
        return []
    percent, when = spent * HUNDRED / budget, write_day(_day(row))
    said = [f"Realisasi keuangan {when} melebihi pagu."] if spent > budget else []
    if given is not None and abs(given - percent) >= 1:
        own = write_number(round_half_up(percent, PLACES))
        said.append(f"Realisasi keuangan {when} tertulis {write_number(given)} %, menurut rupiah {own} %; dipakai yang "
                    "tertulis.")  # fmt: skip
    return said


def _case(one: Activity, pack: LimitsPack, rule: LateRule) -> Case:
    results, steps, said = _curves(one)
    point = last_reported(one.curves["fisik"])
    if point is not None and point.plan is not None and point.actual is not None:
        critical = rule.is_critical(point.plan, point.actual)
        results["kontrak_kritis"] = "ya" if critical else "tidak"
        allowed = rule.points_allowed(point.plan)
        limit = pack.limits["critical_first_points" if point.plan <= rule.border_pct else "critical_second_points"]
        steps.append(Step("batas_kritis", "Boleh tertinggal", allowed, "poin", limit.article, limit.standing))
        said += _critical_words(point.plan, point.actual, allowed, critical)
    return _told(one.name, pack, results, steps, [*said, *one.told])


def _curves(one: Activity) -> tuple[dict[str, Value], list[Step], list[str]]:
    results: dict[str, Value] = {}
    steps: list[Step] = []
    said: list[str] = []
    for kind, points in one.curves.items():
        steps += [step for point in points for step in _point_steps(kind, point)]
        last = last_reported(points)
        if last is None or last.deviation is None:
            continue
        results[f"deviasi_{kind}"] = round_half_up(last.deviation, PLACES)
        results[f"realisasi_{kind}"] = None if last.actual is None else round_half_up(last.actual, PLACES)
        said.append(_deviation_words(kind, last))
        said += [f"Angka kumulatif {kind} turun pada {write_day(day)}." for day in falling(points)]
    return results, steps, said


def _point_steps(kind: str, point: Point) -> list[Step]:
    parts = (("rencana", point.plan, "%"), ("realisasi", point.actual, "%"), ("deviasi", point.deviation, "poin"))
    return [
        Step(f"{kind}_{point.day.isoformat()}_{part}", f"Kurva S {kind} {write_day(point.day)}, {part}", value, unit)
        for part, value, unit in parts
        if value is not None
    ]


def _deviation_words(kind: str, point: Point) -> str:
    deviation = point.deviation or Decimal(0)
    number = write_number(round_half_up(abs(deviation), PLACES))
    words = "tepat rencana" if not deviation else f"{'tertinggal' if deviation < 0 else 'mendahului'} {number} poin"
    return f"{kind.capitalize()} per {write_day(point.day)}: {words}."


def _critical_words(plan: Decimal, actual: Decimal, allowed: Decimal, critical: bool) -> list[str]:
    """The distance to the limit, and what realisation stands just inside it."""
    late = plan - actual
    gap = write_number(round_half_up(abs(late - allowed), PLACES))
    bound = f"Pada rencana {write_number(plan)} % boleh tertinggal {write_number(allowed)} poin"
    least = write_number(plan - allowed)
    if plan < allowed:
        return [f"{bound}: pada rencana ini belum dapat kritis."]
    if critical:
        return [f"{bound}: terlampaui {gap} poin, kontrak kritis.", f"Tidak kritis mulai realisasi {least} %."]
    return [f"{bound}: masih {gap} poin sebelum kritis, yaitu bila realisasi di bawah {least} %."]


def _together(activities: Sequence[Activity], pack: LimitsPack) -> Case:
    """All activities weighted by their budgets, on the dates that all of them have."""
    budgets = [one.budget for one in activities if one.budget]
    if len(budgets) < len(activities):
        without = ", ".join(one.name for one in activities if not one.budget)
        return Case({"kegiatan": ALL}, pack, {}, status=ValueStatus.INCOMPLETE, reason=f"pagu belum diisi: {without}")
    curves = {kind: _common(activities, kind, budgets) for kind in KINDS}
    return _told(ALL, pack, *_curves(Activity(ALL, sum(budgets, Decimal(0)), curves)))


def _common(activities: Sequence[Activity], kind: str, budgets: Sequence[Decimal]) -> tuple[Point, ...]:
    by_day = [{point.day: point for point in one.curves[kind]} for one in activities]
    days = sorted(set.intersection(*(set(points) for points in by_day)))
    return tuple(weighted_point([points[day] for points in by_day], budgets) for day in days)


def _told(name: str, pack: LimitsPack, results: dict[str, Value], steps: list[Step], said: list[str]) -> Case:
    has_figure = bool(results)
    reason = "belum ada tanggal yang punya rencana dan realisasi"
    return Case(
        key={"kegiatan": name},
        pack=pack,
        article="deviasi = realisasi - rencana, kumulatif",
        rounding="deviasi 2 desimal setengah ke atas; kontrak kritis dari angka yang belum dibulatkan",
        results=results,
        steps=tuple(steps),
        explanation=tuple(said),
        status=ValueStatus.CALCULATED if has_figure else ValueStatus.INCOMPLETE,
        reason="" if has_figure else reason,
    )


def _percent(name: str, meaning: str) -> Column:
    return Column(name, meaning, "% kumulatif", required=False, example="42.5", lowest=Decimal(0), highest=HUNDRED)


SCHEME = Scheme(
    id="program",
    title="Deviasi fisik dan keuangan, kurva S, dan kontrak kritis",
    about="Satu baris satu kegiatan pada satu tanggal, angka kumulatif; beberapa tanggal membentuk kurva S. Beberapa "
    "kegiatan digabung menurut pagu.",
    columns=(
        Column("kegiatan", "nama kegiatan atau kontrak", kind="text", example="Jalan Gedeg"),
        Column("tanggal", "akhir periode laporan", kind="date", example="2026-03-31"),
        _percent("rencana_fisik", "rencana fisik"),
        _percent("realisasi_fisik", "realisasi fisik; kosong berarti belum dilaporkan"),
        _percent("rencana_keuangan", "rencana keuangan"),
        _percent("realisasi_keuangan", "realisasi keuangan"),
        Column("pagu", "pagu", "rupiah", required=False, example="1500000000", lowest=Decimal(1)),
        Column("realisasi_rp", "realisasi keuangan, pengganti persennya", "rupiah", required=False, example="640000000",
               lowest=Decimal(0)),
    ),
    evaluate=evaluate,
    sample="kegiatan,tanggal,rencana_fisik,realisasi_fisik,rencana_keuangan,realisasi_rp,pagu\n"
    "Jalan A,2026-03-31,20,18,15,150000000,1000000000\nJalan A,2026-06-30,55,43.5,40,310000000,1000000000\n"
    "Gedung B,2026-03-31,30,31,25,60000000,250000000\nGedung B,2026-06-30,75,71,60,140000000,250000000\n",
)  # fmt: skip
