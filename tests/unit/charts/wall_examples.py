"""Wall views a region may meet: alarm, calm, no data, overdue, a city of three kecamatan, texts that are too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from charts.wall import Geometry
from tests.unit.charts import alarm_examples
from tests.unit.charts import programme_examples as examples
from warehouse.alarms.on_wall import action_of
from warehouse.call_figures import AreaShare, FunnelStep, HourlyCalls, OpenTicket
from warehouse.figures import ClockReading, ClockState, Figure, RoadmapStage, TrendPoint, ValueStatus, WallView
from warehouse.spbe_card import SpbeCard, SpbeDomain

INSTANT = datetime(2026, 11, 21, 16, 8)
GEOMETRIES = {
    "1366x768": Geometry(1210, (1366, 768), 4),
    "1920x1080": Geometry(1210, (1920, 1080), 4),
    "3840x2160": Geometry(2420, (3840, 2160), 5),
    "5760x1080": Geometry(3630, (5760, 1080), 5),
    "papan 2x2": Geometry(2420, (3840, 2160), 5, (2, 2)),
    "papan 3x1": Geometry(3630, (5760, 1080), 5, (3, 1)),
}
TODAY = (5, 3, 2, 3, 3, 5, 7, 9, 11, 16, 19, 14, 13, 12, 11, 13)
LOW = (2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 6, 7, 8, 8, 7, 7, 8, 8, 8, 7, 6, 5, 4, 3)
HIGH = (6, 5, 4, 4, 5, 6, 8, 11, 12, 14, 15, 17, 17, 16, 16, 17, 18, 19, 18, 16, 14, 12, 9, 8)
KECAMATAN = (
    ("35.16.15", "Kemlagi", 1, 0, 3, 38), ("35.16.17", "Dawarblandong", 2, 0, 4, 31),
    ("35.16.16", "Jetis", 3, 0, 3, 44),
    ("35.16.14", "Gedeg", 1, 1, 2, 40), ("35.76", "Kota Mojokerto", 2, 1, 0, 0), ("35.16.18", "Mojoanyar", 3, 1, 1, 29),
    ("35.16.12", "Trowulan", 0, 2, 4, 52), ("35.16.13", "Sooko", 1, 2, 3, 71), ("35.16.11", "Puri", 2, 2, 3, 58),
    ("35.16.10", "Bangsal", 3, 2, 2, 33), ("35.16.08", "Mojosari", 4, 2, 4, 80), ("35.16.06", "Pungging", 5, 2, 12, 57),
    ("35.16.05", "Ngoro", 6, 2, 14, 61), ("35.16.01", "Jatirejo", 1, 3, 4, 27), ("35.16.09", "Dlanggu", 2, 3, 3, 36),
    ("35.16.07", "Kutorejo", 3, 3, 4, 41), ("35.16.02", "Gondang", 2, 4, 5, 26), ("35.16.03", "Pacet", 3, 4, 6, 39),
    ("35.16.04", "Trawas", 4, 4, 7, 32),
)  # fmt: skip


def clock(
    source_id="bpbd_panggilan_112", opd="BPBD", *, state=ClockState.FRESH, overdue=0, cadence="hourly", sample=False
):
    never = state is ClockState.NEVER
    return ClockReading(
        source_id, source_id, opd, state, cadence,
        data_until=None if never else datetime(2026, 11, 21, 16),
        received_at=None if never else datetime(2026, 11, 21, 16, 5),
        due_at=datetime(2026, 11, 21, 17), overdue_minutes=overdue, is_sample=sample,
    )  # fmt: skip


CALL_CLOCK = clock(sample=True)
INCIDENT_CLOCK = clock("bpbd_kejadian_112", "SATPOLPP", cadence="daily", sample=True)
SPBE_CLOCK = clock("diskominfo_spbe", "DISKOMINFO", state=ClockState.UNKNOWN, cadence="yearly")
WASTE_CLOCK = clock("dlh_capaian_sampah", "DLH", state=ClockState.UNKNOWN, cadence="yearly")


def figure(indicator_id, title, value, *, unit="", decimals=0, reading=CALL_CLOCK, **changes):
    made = Figure(
        indicator_id, title, "35.16", "Kabupaten Mojokerto", "hari ini", None if value is None else Decimal(value),
        unit, decimals, None, None, ValueStatus.CALCULATED, "", "", None, "", "none", None, (),
        reading, "1", reading.is_sample,
    )  # fmt: skip
    return replace(made, **changes)


def year(value, label):
    return TrendPoint(date(int(label), 1, 1), label, None if value is None else Decimal(value))


def course(last, *earlier, step=timedelta(days=1), until=date(2026, 11, 21)):
    """Periods up to `until`, the last with the value of the figure; None is a period without data."""
    values = [*earlier, last]
    days = [until - step * (len(values) - 1 - number) for number in range(len(values))]
    return tuple(
        TrendPoint(day, f"{day:%d %m}", None if value is None else Decimal(value))
        for day, value in zip(days, values, strict=True)
    )


WEEKS, MONTHS = timedelta(days=7), timedelta(days=30)
SO_FAR = course("146", "131", "118", "140", "160", None, "127", "138", "135", step=WEEKS)
CALLS = figure(
    "smart_living.panggilan_112", "Panggilan 112", "146", unit="panggilan", usual=(Decimal(118), Decimal(160))
)
ANSWERED = figure(
    "smart_living.panggilan_dijawab", "Dijawab ≤ 10 detik", "91", unit="%",
    target=Decimal(90), target_label="target 90 %", better="higher",
    trend=course("91", "88", "92", "94", None, "90", "86", "89", "93", "95", "92"),
)  # fmt: skip
ABANDONED = figure(
    "smart_living.panggilan_putus", "Putus sebelum dijawab", "3", unit="%",
    target=Decimal(5), target_label="batas 5 %", better="lower",
    trend=course("3", "4", "2", "6", None, "3", "5", "4", "2", "1", "2"),
)  # fmt: skip
FIRE = figure(
    "smart_living.respons_kebakaran", "Respons kebakaran", "13.1", unit="menit", decimals=1,
    reading=INCIDENT_CLOCK, target=Decimal(15), target_label="SPM 15", better="lower", period_label="bulan ini",
    trend=course("13.1", "14.2", "12.8", "13.9", "15.4", None, "14.6", "13.0", "12.4", step=MONTHS),
)  # fmt: skip
OPEN = figure(
    "smart_living.tiket_terbuka", "Tiket terbuka lebih dari 24 jam", "3", unit="tiket", reading=INCIDENT_CLOCK,
    numerator=Decimal(3), denominator=Decimal(11), reason="tertua 31 jam", better="lower",
    trend=course("3"),
)  # fmt: skip
NO_OLD_TICKET = replace(OPEN, value=Decimal(0), numerator=Decimal(0), reason="tertua 15 jam", trend=course("0"))
ARRIVED = figure("smart_living.tiba_15_menit", "Tiba dalam 15 menit", "86", unit="%", reading=INCIDENT_CLOCK)
SPBE = figure(
    "spbe.indeks", "Indeks SPBE", "4.16", decimals=2, reading=SPBE_CLOCK, period_label="2024", predikat="Sangat Baik",
    better="higher", trend=(year("3.52", "2023"), year("4.16", "2024")),
)  # fmt: skip
MANAGED = figure(
    "smart_environment.sampah_terkelola", "Sampah terkelola", "50.41", unit="%", decimals=1, reading=WASTE_CLOCK,
    period_label="2024", target=Decimal(100), target_label="target 100 %", better="higher",
)  # fmt: skip  # SIPSN 2024
REDUCED = replace(
    MANAGED, indicator_id="smart_environment.sampah_pengurangan", title="Sampah dikurangi", value=Decimal("28.13"),
    target=Decimal(30), target_label="target 30 %",
)  # fmt: skip
HANDLED = replace(
    MANAGED, indicator_id="smart_environment.sampah_penanganan", title="Sampah ditangani", value=Decimal("22.28"),
    target=Decimal(70), target_label="target 70 %",
)  # fmt: skip
AIR_CLOCK = clock("dlh_ispu", "DLH", cadence="daily", sample=True)
ISPU = figure(
    "smart_environment.ispu", "ISPU", "62", reading=AIR_CLOCK, period_label="20 November 2026", predikat="Sedang",
    determinant="PM2,5", better="lower",
    trend=course("62", "71", "49", None, None, "45", "80", "88", until=date(2026, 11, 20)),
)  # fmt: skip
SMOG = (*ISPU.trend[:-1], replace(ISPU.trend[-1], value=Decimal(134)))
RIVER_CLOCK = clock("dpupr_pos_air", "DPUPR", sample=True)
RIVER = figure(
    "smart_environment.siaga_sungai", "Siaga sungai tertinggi sehari", "1", reading=RIVER_CLOCK,
    period_label="21 November 2026", predikat="hijau", determinant="Pos contoh Dawarblandong", better="lower",
    trend=course("1", "1", "2", "1", "1", "3", "2", "1"),
)  # fmt: skip
PLAN_CLOCK = clock("opd_progres_program", "DPUPR", cadence="monthly", sample=True)
OCTOBER = {"reading": PLAN_CLOCK, "period_label": "Oktober 2026", "decimals": 1, "better": "higher"}
PROGRESS = course("61.2", "2.4", "7.1", "13.8", "21.6", None, "39.5", "46.2", "52.4", "57.3", step=MONTHS)
SPENT = course("55.4", "1.1", "4.6", "9.9", "17.0", None, "33.2", "40.1", "46.8", "51.0", step=MONTHS)
PHYSICAL = figure("masterplan.realisasi_fisik", "Realisasi fisik", "61.2", unit="%", trend=PROGRESS, **OCTOBER)
PHYSICAL_GAP = figure("masterplan.deviasi_fisik", "Deviasi fisik", "-4.3", unit="poin", **OCTOBER)
ABSORBED = figure("masterplan.serapan", "Serapan", "55.4", unit="%", trend=SPENT, **OCTOBER)
FINANCIAL_GAP = figure("masterplan.deviasi_keuangan", "Deviasi keuangan", "-5.1", unit="poin", **OCTOBER)
MATRIX_CLOCK = clock("bappeda_program", "BAPPEDA", cadence="yearly", sample=True)
JOINT = figure(
    "masterplan.keroyokan", "Program keroyokan", "33.333333", unit="%", reading=MATRIX_CLOCK, period_label="2026",
    numerator=Decimal(20), denominator=Decimal(60),
)  # fmt: skip
UNREPORTED = figure(
    "masterplan.tanpa_laporan", "Program tanpa laporan", "9", unit="program", reading=PLAN_CLOCK,
    period_label="Oktober 2026", numerator=Decimal(9), denominator=Decimal(60),
    trend=course("9", "12", "7", "4", "6", "9", "14", step=MONTHS),
)  # fmt: skip
SPBE_CARD = SpbeCard(
    2024, 5,
    (
        SpbeDomain("Kebijakan internal", Decimal("4.50"), Decimal("4.62"), Decimal("4.81")),
        SpbeDomain("Tata kelola", Decimal("3.80"), Decimal("3.79"), Decimal("3.96")),
        SpbeDomain("Manajemen", Decimal("2.82"), Decimal("2.82"), Decimal("3.07")),
        SpbeDomain("Layanan", Decimal("4.75"), Decimal("4.68"), Decimal("4.84")),
    ),
    "Memuaskan", Decimal("4.20"), Decimal("0.04"), "Jawa Timur",
    ("Pemerintah Kota Mojokerto", *(f"Pemerintah Kab. Contoh {n}" for n in range(1, 14))),
    Decimal("4.14"), Decimal("4.77"), None,
)  # fmt: skip
PLANNED = (PHYSICAL, PHYSICAL_GAP, ABSORBED, FINANCIAL_GAP, JOINT, UNREPORTED)
TICKETS = (
    OpenTicket("T-1", "Pohon tumbang", "Pacet", "DPUPR", "Menunggu alat berat", 31),
    OpenTicket("T-2", "Lampu jalan padam", "Ngoro", "DPUPR", "Dijadwalkan", 27),
    OpenTicket("T-3", "Sampah liar", "Mojosari", "DLH", "Belum ditugaskan", 25),
    *(OpenTicket(f"T-{n}", "Jalan rusak berat", "Sooko", "DPUPR", "Dijadwalkan", 23 - n) for n in range(4, 12)),
)
DENGUE_CLOCK = clock("dinkes_dbd", "DINKES", cadence="weekly", sample=True)
WEEK = {"reading": DENGUE_CLOCK, "period_label": "9-15 November 2026", "better": "lower"}
LEVELS = course("1", "1", "2", "2", "3", "2", "1", step=WEEKS)
DENGUE = figure("smart_living.dbd_siaga", "Level siaga DBD", "1", predikat="aman", trend=LEVELS, **WEEK)
DENGUE_CASES = figure("smart_living.dbd_kasus", "Kasus DBD", "4", unit="kasus", denominator=Decimal(6), **WEEK)
FUNNEL = tuple(
    FunnelStep(code, label, count)
    for code, label, count in (
        ("offered", "Panggilan masuk", 12_480), ("answered", "Dijawab", 11_902), ("genuine", "Kejadian darurat", 3_310),
        ("dispatched", "Tiket ditugaskan", 1_124), ("arrived", "Petugas tiba", 1_088),
        ("closed", "Tiket selesai", 1_070),
    )
)  # fmt: skip
ROADMAP = tuple(
    RoadmapStage(name, tuple(zip(range(2023, 2033), counts, strict=True)))
    for name, counts in (
        ("Quick win", (4, 6, 8, 9, 3, 0, 0, 0, 0, 0)), ("Jangka pendek", (0, 5, 12, 14, 14, 9, 2, 0, 0, 0)),
        ("Jangka menengah", (2, 6, 11, 21, 24, 24, 18, 9, 4, 0)), ("Jangka panjang", (16,) * 10),
    )
)  # fmt: skip
ACTIONS = tuple(action_of(line) for line in alarm_examples.WORKING.lines)


def alarm_view() -> WallView:
    smog = replace(ISPU, value=Decimal(134), predikat="Tidak Sehat", trend=SMOG)
    figures = (
        CALLS,
        ANSWERED,
        ABANDONED,
        FIRE,
        OPEN,
        ARRIVED,
        DENGUE,
        DENGUE_CASES,
        SPBE,
        MANAGED,
        REDUCED,
        HANDLED,
        smog,
        *PLANNED,
    )
    late = clock("dlh_timbulan_sampah", "DLH", state=ClockState.OVERDUE, overdue=11 * 1440 + 90, cadence="yearly")
    return WallView(
        region_code="35.16",
        region_name="Kabupaten Mojokerto",
        timezone_label="WIB",
        release_id="2026-11-21.08",
        published_at=datetime(2026, 11, 21, 16, 5),
        instant=INSTANT,
        figures={item.indicator_id: item for item in figures},
        actions=ACTIONS,
        nearest_to_limit=(FIRE, REDUCED, ANSWERED),
        calls=HourlyCalls(date(2026, 11, 21), 16, TODAY, LOW, HIGH, 8),
        calls_so_far=SO_FAR,
        late_arrivals=tuple(AreaShare(*row) for row in KECAMATAN),
        late_arrivals_days=90,
        arrival_limit_minutes=15,
        open_tickets=TICKETS,
        open_ticket_hours=24,
        clocks=(CALL_CLOCK, INCIDENT_CLOCK, SPBE_CLOCK, WASTE_CLOCK, AIR_CLOCK, PLAN_CLOCK, late),
        opd_on_time_count=11,
        opd_count=14,
        sample_source_count=2,
        source_count=6,
        late_limit_pct=Decimal(20),
        programmes=examples.PROGRAMMES,
        dimensions=examples.PROGRESS,
        physical_curve=examples.CURVE,
        funnel=FUNNEL,
        roadmap=ROADMAP,
        air_stations=examples.SMOG_STATIONS,
        air_days=examples.SMOG_DAYS,
        air_bands=examples.BANDS,
        alarms=alarm_examples.WORKING,
        spbe=SPBE_CARD,
    )


def calm_view() -> WallView:
    view = alarm_view()
    calm = replace(view.calls, today=tuple(min(n, high) for n, high in zip(TODAY, HIGH, strict=False)))
    return replace(
        view,
        actions=(),
        alarms=alarm_examples.QUIET,
        calls=calm,
        open_tickets=tuple(replace(ticket, age_hours=ticket.age_hours // 2) for ticket in TICKETS),
        late_arrivals=tuple(replace(area, late_count=min(area.late_count, 5)) for area in view.late_arrivals),
        clocks=view.clocks[:-1],
        opd_on_time_count=14,
        figures=dict(view.figures) | {one.indicator_id: one for one in (ISPU, RIVER, NO_OLD_TICKET)},
        air_stations=examples.STATIONS,
        air_days=examples.DAYS,
    )


def empty_view() -> WallView:
    """Contracts are there, nothing was ever delivered."""
    view = alarm_view()
    never = {"state": ClockState.NEVER}
    figures = {
        key: replace(
            item, value=None, status=ValueStatus.NO_DATA, trend=(), usual=None,
            clock=clock(item.clock.source_id, item.clock.opd_code, **never),
        )
        for key, item in view.figures.items()
    }  # fmt: skip
    return replace(
        view, figures=figures, actions=(), nearest_to_limit=(), calls=None, calls_so_far=(), late_arrivals=(),
        open_tickets=(),
        clocks=tuple(item.clock for item in figures.values()), opd_on_time_count=0, opd_count=0,
        sample_source_count=0, spbe=None, alarms=alarm_examples.SILENT,
        programmes=(), dimensions=(), physical_curve=(), funnel=(), roadmap=(), air_stations=(), air_days=(),
    )  # fmt: skip


def overdue_view() -> WallView:
    """The call feed stopped two hours ago, waste data eleven days ago."""
    view = calm_view()
    calls = clock(state=ClockState.OVERDUE, overdue=130, sample=True)
    waste = clock("dlh_capaian_sampah", "DLH", state=ClockState.OVERDUE, overdue=11 * 1440, cadence="monthly")
    incidents = clock(
        "bpbd_kejadian_112", "DLH", state=ClockState.OVERDUE, overdue=9 * 1440, cadence="daily", sample=True
    )
    air = clock("dlh_ispu", "DLH", state=ClockState.OVERDUE, overdue=5 * 1440, cadence="daily", sample=True)
    plan = clock("opd_progres_program", "DPUPR", state=ClockState.OVERDUE, overdue=40 * 1440, sample=True)
    late = {CALL_CLOCK: calls, WASTE_CLOCK: waste, INCIDENT_CLOCK: incidents, AIR_CLOCK: air, PLAN_CLOCK: plan}
    figures = {key: replace(item, clock=late.get(item.clock, item.clock)) for key, item in view.figures.items()}
    figures[ISPU.indicator_id] = replace(
        figures[ISPU.indicator_id], value=Decimal(134), predikat="Tidak Sehat", trend=SMOG
    )
    nearest = tuple(figures[item.indicator_id] for item in view.nearest_to_limit)
    return replace(
        view, figures=figures, actions=ACTIONS[2:], nearest_to_limit=nearest,
        clocks=(calls, incidents, SPBE_CLOCK, waste, air, plan),
        air_stations=examples.SMOG_STATIONS, air_days=examples.SMOG_DAYS,
        opd_on_time_count=12, alarms=alarm_examples.LATE,
    )  # fmt: skip


def city_view() -> WallView:
    view = alarm_view()
    areas = (
        AreaShare("35.76.01", "Prajuritkulon", 0, 0, 3, 42),
        AreaShare("35.76.03", "Kranggan", 1, 0, 9, 38),
        AreaShare("35.76.02", "Magersari", 2, 0, 2, 51),
    )
    return replace(
        view, region_code="35.76", region_name="Kota Mojokerto", late_arrivals=areas, actions=ACTIONS[1:2],
        alarms=alarm_examples.ANSWERED,
        sample_source_count=6, instant=INSTANT + timedelta(days=1),
        figures=dict(view.figures) | {ISPU.indicator_id: ISPU}, air_stations=examples.STATIONS[:1],
        air_days=examples.DAYS,
    )  # fmt: skip


def long_view() -> WallView:
    """Names nobody planned for, with markup in them."""
    view = alarm_view()
    word = "<script>alert(1)</script> & Pemberdayaan Masyarakat Desa dan Kelurahan "
    actions = tuple(
        replace(item, title=word + item.title * 3, owner=word * 3, detail=word * 4) for item in view.actions * 3
    )
    figures = {
        key: replace(item, title=word * 2, target_label=word * 2, predikat=word, period_label="2024 " + word)
        for key, item in view.figures.items()
    }
    figures[CALLS.indicator_id] = replace(figures[CALLS.indicator_id], value=Decimal("123456789012"))
    clocks = tuple(
        clock(f"sumber_{n}", f"DINAS-PANJANG-{n}", state=ClockState.OVERDUE, overdue=1440 * n, cadence="daily")
        for n in range(1, 14)
    )
    tickets = tuple(
        replace(item, incident_type=word, kecamatan=word, opd_code=word, status_name=word, age_hours=9999)
        for item in view.open_tickets
    )
    return replace(
        view,
        calls_so_far=(*SO_FAR[:-1], replace(SO_FAR[-1], value=Decimal("123456789012"))),
        region_name="Kabupaten Kepulauan Siau Tagulandang Biaro " + word,
        actions=actions,
        alarms=alarm_examples.long_board(word),
        figures=figures,
        nearest_to_limit=(
            replace(FIRE, title=word, value=Decimal("123456789012"), unit="rupiah", target=Decimal("150000000000")),
            *(figures[item.indicator_id] for item in view.nearest_to_limit),
        ),
        funnel=tuple(replace(step, count=123_456_789_012) for step in FUNNEL),
        open_tickets=tickets,
        clocks=clocks,
        spbe=replace(
            SPBE_CARD,
            next_name=word,
            group_name=word,
            domains=tuple(replace(one, name=word + one.name) for one in SPBE_CARD.domains),
        ),
        late_arrivals=tuple(replace(area, name=area.name + " Kidul Wetan") for area in view.late_arrivals),
        programmes=tuple(
            replace(line, programme_name=word * 2, contributor_opd_codes=("DISKOPUKMPERINDAG",) * 5)
            for line in view.programmes
        ),
        dimensions=tuple(replace(item, name=item.name + word) for item in view.dimensions),
        air_stations=tuple(replace(item, station_name=word, critical=word) for item in view.air_stations * 4),
    )


def flood_view() -> WallView:
    """Fifty alarms within minutes, told as five groups."""
    actions = (ACTIONS[0], *(replace(ACTIONS[1], title=f"Udara tidak sehat: {n} stasiun") for n in (9, 8, 7, 6)))
    return replace(alarm_view(), alarms=alarm_examples.FLOOD, actions=actions)


def night_view() -> WallView:
    """One hour into the day: six calls, two things to do."""
    view = alarm_view()
    few = {"numerator": Decimal(5), "denominator": Decimal(6), "value": Decimal("83.333333"), "trend": ()}
    figures = dict(view.figures) | {ANSWERED.indicator_id: replace(ANSWERED, **few)}
    return replace(
        view, instant=datetime(2026, 11, 21, 1, 42), calls=replace(view.calls, until_hour=1, today=(6,)),
        figures=figures, actions=ACTIONS[1:], nearest_to_limit=(figures[ANSWERED.indicator_id], FIRE),
    )  # fmt: skip


EXAMPLES = {
    "malam": night_view,
    "alarm": alarm_view,
    "tenang": calm_view,
    "kosong": empty_view,
    "terlambat": overdue_view,
    "kota": city_view,
    "panjang": long_view,
    "banjir": flood_view,
}
