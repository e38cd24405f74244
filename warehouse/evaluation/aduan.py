"""`aduan`: complaints against the limit of their kind in working days, each one and as a whole.

A kind whose limit is not known to us is not judged. Tells numbers of complaints only, nothing of who complained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from warehouse.due import has_estimated_holidays
from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.words import number
from warehouse.figures import ValueStatus
from warehouse.formulas.complaints import Handling, State, handle, within_limit
from warehouse.indicators.periods import write_day
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.packs import LimitsPack

SCHEME_ID = "aduan"
LIMITS = {
    "informasi": "informasi_hari",
    "pengaduan": "pengaduan_hari",
    "tanpa_periksa": "tanpa_periksa_hari",
    "periksa": "periksa_hari",
}
UNKNOWN = "aspirasi"
ROUNDED = "hari bulat; persen 2 desimal setengah ke atas"


@dataclass(frozen=True)
class Complaint:
    """One row with what was judged of it; `whole` None: no limit for its kind."""

    row: Row
    kind: str
    whole: Handling | None
    verified: Handling | None
    today: date


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    _refuse_twice(rows)
    pack = rules.limits(SCHEME_ID)
    unit = "hari kerja" if request.options["hari"] == "kerja" else "hari kalender"
    newest = max(day for row in rows for name in ("diterima", "diverifikasi", "selesai") if (day := row.day(name)))
    judged = [_judge(row, pack, newest, working=unit == "hari kerja") for row in rows]
    cases = [_case(one, pack, unit) for one in judged] if request.options["rincian"] == "ya" else []
    units = sorted({one.row.text("opd") for one in judged} - {""})
    cases += [_summary(name, [one for one in judged if one.row.text("opd") == name], pack, unit) for name in units]
    return [*cases, _summary("semua", judged, pack, unit)]


def _refuse_twice(rows: Sequence[Row]) -> None:
    """One complaint may be with several agencies, but once with each."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.text("nomor"), row.text("opd"))
        if key[0] and key in seen:
            raise row.problem("nomor", f"{key[0]} sudah ditulis di baris {seen[key]}")
        seen[key] = row.line


def _judge(row: Row, pack: LimitsPack, newest: date, working: bool) -> Complaint:
    start, verified, end = (row.day(name) for name in ("diterima", "diverifikasi", "selesai"))
    today = row.day("per_tanggal") or newest
    if start is None:
        raise row.problem("diterima", "wajib diisi, misalnya 2026-03-02")
    for name, day in (("diverifikasi", verified), ("selesai", end), ("per_tanggal", today)):
        if day is not None and day < start:
            raise row.problem(name, f"{day.isoformat()} mendahului tanggal diterima {start.isoformat()}")
    if end is not None and end > today:
        raise row.problem("selesai", f"{end.isoformat()} sesudah tanggal penilaian {today.isoformat()}")
    kind = row.text("jenis")
    limit = int(pack.value(LIMITS[kind])) if kind in LIMITS else None
    whole = None if limit is None else handle(start, end, today, limit, working)
    first = handle(start, verified or end, today, int(pack.value("verifikasi_hari")), working)
    return Complaint(row, kind, whole, first, today)


def _case(one: Complaint, pack: LimitsPack, unit: str) -> Case:
    key: dict[str, Value] = {"nomor": one.row.text("nomor") or f"baris {one.row.line}", "jenis": one.kind}
    if one.whole is None or one.verified is None:
        reason = f"batas waktu untuk {one.kind} tidak ditemukan dalam sumber kami"
        return Case(key, pack, {}, status=ValueStatus.NOT_APPLICABLE, reason=reason)
    found, limit = one.whole, pack.limits[LIMITS[one.kind]]
    return Case(
        key=key,
        pack=pack,
        article=limit.article,
        rounding=ROUNDED,
        results={
            "hari": found.days,
            "batas": found.limit,
            "sisa": found.left,
            "jatuh_tempo": found.due.isoformat(),
            "keadaan": found.state.value,
            "verifikasi_hari": one.verified.days,
            "verifikasi_keadaan": one.verified.state.value,
        },
        steps=(
            Step("hari", "Hari sejak diterima", found.days, unit, note="hari diterima tidak dihitung"),
            Step("batas", "Batas waktu", found.limit, unit, limit.article, limit.standing),
            Step("dinilai_pada", "Dinilai pada", one.today.isoformat()),
        ),
        explanation=(_tell(found, unit),),
    )


def _tell(found: Handling, unit: str) -> str:
    left = found.left
    room = f"{left} {unit} tersisa" if found.state is State.OPEN else f"{left} {unit} di dalam batas"
    if left < 0:
        room = f"lewat {-left} {unit}"
    return (
        f"{found.state.value.capitalize()}: {found.days} dari {found.limit} {unit}, {room}; "
        f"batas sampai {write_day(found.due)}."
    )


def _summary(name: str, every: Sequence[Complaint], pack: LimitsPack, unit: str) -> Case:
    judged = [one for one in every if one.whole is not None]
    wholes = [one.whole for one in judged if one.whole is not None]
    key: dict[str, Value] = {"ringkasan": name, "aduan": len(every)}
    if not wholes:
        return Case(key, pack, {}, status=ValueStatus.NOT_APPLICABLE, reason="tidak ada aduan yang punya batas waktu")
    in_time, decided = within_limit(wholes)
    first_in_time, first_decided = within_limit([one.verified for one in judged if one.verified is not None])
    ages = sorted(one.days for one in wholes if one.is_open)
    closed = [one.days for one in wholes if not one.is_open]
    return Case(
        key=key,
        pack=pack,
        article="dalam batas = selesai dalam batas / (selesai + berjalan lewat batas)",
        rounding=ROUNDED,
        results={
            "selesai": len(closed),
            "berjalan": len(ages),
            "dalam_batas_pct": _pct(in_time, decided),
            "verifikasi_dalam_batas_pct": _pct(first_in_time, first_decided),
            "rata_hari_selesai": round_half_up(Decimal(sum(closed)) / len(closed), 2) if closed else None,
            "median_hari_selesai": _middle(closed),
            "berjalan_lewat_batas": sum(one.state is State.OVERDUE for one in wholes),
            "umur_berjalan_median": _middle(ages),
            "umur_berjalan_tertua": ages[-1] if ages else None,
            "tidak_dinilai": len(every) - len(judged),
        },
        steps=tuple(_kind_steps(judged, pack, unit)),
        explanation=tuple(_tell_summary(judged, in_time, decided, unit)),
    )


def _pct(part: int, whole: int) -> Decimal | None:
    return round_half_up(Decimal(part) * 100 / whole, 2) if whole else None


def _middle(days: Sequence[int]) -> Decimal | None:
    return median(Decimal(one) for one in days) if days else None


def _kind_steps(judged: Sequence[Complaint], pack: LimitsPack, unit: str) -> list[Step]:
    steps = []
    for kind, name in LIMITS.items():
        found = [one.whole for one in judged if one.kind == kind and one.whole is not None]
        if found:
            in_time, decided = within_limit(found)
            limit = pack.limits[name]
            note = f"{in_time} dari {decided} dalam {number(limit.value)} {unit}; {len(found)} aduan"
            steps.append(Step(f"dalam_batas_{kind}", limit.article, _pct(in_time, decided), "%", limit.article,
                              limit.standing, note))  # fmt: skip
    return steps


def _tell_summary(judged: Sequence[Complaint], in_time: int, decided: int, unit: str) -> list[str]:
    told = ["Belum ada aduan yang selesai atau lewat batas."]
    if decided:
        told = [f"{number(in_time)} dari {number(decided)} aduan yang selesai atau lewat batas ada dalam batas."]
    overdue = [one for one in judged if one.whole is not None and one.whole.state is State.OVERDUE]
    running = [one for one in judged if one.whole is not None and one.whole.state is State.OPEN]
    if overdue:
        worst = min(overdue, key=lambda one: one.whole.left if one.whole else 0)
        over = -worst.whole.left if worst.whole else 0
        told.append(f"{number(len(overdue))} masih berjalan lewat batas, paling lama {number(over)} {unit} "
                    f"({_name(worst)}).")  # fmt: skip
    if running:
        nearest = min(running, key=lambda one: one.whole.left if one.whole else 0)
        if nearest.whole:
            told.append(f"Paling dekat dengan batasnya: {_name(nearest)}, sisa {number(nearest.whole.left)} {unit}.")
    late = {kind: sum(one.kind == kind and one.whole is not None and one.whole.left < 0 for one in judged)
            for kind in LIMITS}  # fmt: skip
    if any(late.values()):
        most = max(late, key=lambda kind: late[kind])
        told.append(f"Jenis dengan lewat batas terbanyak: {most}, {number(late[most])} aduan.")
    years = {year for one in judged for year in _years(one) if has_estimated_holidays(year)}
    if years and unit == "hari kerja":
        told.append(f"Hari raya tahun {', '.join(str(year) for year in sorted(years))} masih perkiraan.")
    return told


def _name(one: Complaint) -> str:
    return one.row.text("nomor") or f"baris {one.row.line}"


def _years(one: Complaint) -> set[int]:
    start = one.row.day("diterima") or one.today
    return {start.year, one.today.year} | ({one.whole.due.year} if one.whole else set())


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Aduan terhadap batas waktunya",
    about="Satu baris satu aduan. Keluar: hari yang terpakai dan sisa tiap aduan, lalu ringkasan tiap OPD dan "
    "semuanya: bagian dalam batas, umur aduan yang masih berjalan.",
    awaits=Awaited(
        "Smart Living", "Aduan terhadap batas waktunya", "Diskominfo, pengelola SP4N-LAPOR!",
        "tiap aduan: jenis, OPD, hari diterima, ditanggapi dan selesai",
    ),
    columns=(
        Column("nomor", "nomor aduan", kind="text", required=False),
        Column("opd", "OPD penanggung jawab", kind="text", required=False),
        Column("jenis", "informasi; pengaduan biasa; sengketa atau pelanggaran tanpa_periksa atau periksa (dengan "
               "pemeriksaan lapangan); aspirasi", kind="text", choices=(*LIMITS, UNKNOWN)),
        Column("diterima", "tanggal diterima", kind="date"),
        Column("diverifikasi", "tanggal diverifikasi atau ditanggapi pertama kali", kind="date", required=False),
        Column("selesai", "tanggal selesai; kosong berarti masih berjalan", kind="date", required=False),
        Column("per_tanggal", "tanggal penilaian; tanpa itu tanggal terakhir dalam berkas", kind="date",
               required=False),
    ),
    options=(
        Option("hari", ("kerja", "kalender"), "Keterangan KemenPANRB menyebut hari kerja untuk sebagian langkah; libur "
               "nasional dan cuti bersama tidak dihitung."),
        Option("rincian", ("ya", "tidak"), "ya: setiap aduan dan ringkasan; tidak: ringkasan saja."),
    ),
    evaluate=evaluate,
    sample="nomor,opd,jenis,diterima,diverifikasi,selesai\nA-1,Dinas X,pengaduan,2026-03-16,2026-03-17,2026-03-30\n"
    "A-2,Dinas X,informasi,2026-03-16,2026-03-17,2026-03-17\nA-3,Dinas Y,periksa,2026-03-02,2026-03-04,\n",
)  # fmt: skip
