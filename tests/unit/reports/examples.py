"""Pages of every shape a paper must bear, made of numbers of our own: no release is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from charts.ranked_bars import Bar, BarScale, build_ranked_bars
from charts.trend import TrendFrame, build_trend_chart
from reports.content import Block, Chart, Column, Figures, Missing, PageContent, Section, SourceLine, Table, Words
from reports.desk import Desk
from warehouse.figures import ClockReading, ClockState, Figure, TrendPoint, ValueStatus, WallView
from warehouse.rules import load_rules
from warehouse.scope import Scope, machine_scope
from warehouse.settings import Profile

INSTANT = datetime(2026, 11, 21, 16, 8)
REGION = Profile(region_code="35.16", region_name="Kabupaten Mojokerto", province_name="Jawa Timur")
LONGEST_TITLE = (
    "Persentase Perangkat Daerah yang Menerapkan Manajemen Risiko Sistem Pemerintahan Berbasis Elektronik "
    "dan Melaporkan Realisasi Fisik serta Keuangan Program Masterplan Smart City Tepat Waktu"
)
CLOCK = ClockReading(
    source_id="bpbd_kejadian_112",
    source_title="Kejadian 112, satu baris tiap tiket",
    opd_code="BPBD",
    state=ClockState.FRESH,
    cadence="daily",
    data_until=datetime(2026, 11, 21),
    received_at=datetime(2026, 11, 21, 6),
    due_at=datetime(2026, 11, 22, 12),
    overdue_minutes=0,
    is_sample=True,
)
LATE = replace(CLOCK, opd_code="DLH", state=ClockState.OVERDUE, overdue_minutes=9 * 1440)
FIGURE = Figure(
    indicator_id="smart_living.respons_kebakaran",
    title="Respons kebakaran",
    entity_code="35.16",
    entity_name="Kabupaten Mojokerto",
    period_label="November 2026",
    value=Decimal("13.64"),
    unit="menit",
    decimals=1,
    numerator=None,
    denominator=Decimal(13),
    status=ValueStatus.CALCULATED,
    reason="",
    predikat="",
    target=Decimal(15),
    target_label="SPM 15",
    better="lower",
    usual=None,
    trend=tuple(TrendPoint(date(2026, m, 1), f"{m}/26", Decimal(m * 7 % 5 + 10)) for m in range(1, 12)),
    clock=CLOCK,
    rule_version="",
    is_sample=True,
)
ABSENT = replace(
    FIGURE, title="Sampah terkelola", value=None, status=ValueStatus.NO_DATA, trend=(), is_sample=False,
    reason="Kota Mojokerto tidak tercantum dalam data SIPSN 2024", clock=replace(CLOCK, opd_code="DLH"),
)  # fmt: skip
VIEW = WallView(
    region_code="35.16",
    region_name="Kabupaten Mojokerto",
    timezone_label="WIB",
    release_id="2026-11-21.01",
    published_at=INSTANT,
    instant=INSTANT,
    figures={},
    actions=(),
    nearest_to_limit=(),
    calls=None,
    late_arrivals=(),
    late_arrivals_days=28,
    arrival_limit_minutes=15,
    open_tickets=(),
    open_ticket_hours=24,
    clocks=(CLOCK, LATE),
    opd_on_time_count=1,
    opd_count=2,
    sample_source_count=1,
    source_count=6,
)
PROGRAMME_COLUMNS = (
    Column("Program", definition="nama program menurut masterplan"),
    Column("OPD penanggung jawab"),
    Column("Pagu", "money", definition="pagu DPA tahun berjalan"),
    Column("Realisasi fisik", "percent", 1, definition="kumulatif dalam tahun"),
    Column("Deviasi", "number", 1, "poin"),
    Column("Laporan terakhir", "date"),
    Column("Keroyokan", "flag"),
)

READER = machine_scope("")


def desk(view: WallView = VIEW, scope: Scope = READER) -> Desk:
    return Desk(view, REGION, view.release_id, load_rules({}), _nothing, scope)


def _nothing(*_arguments: Any) -> Any:
    raise AssertionError("a paper asks no release")


def page(*sections: Section, **changes: Any) -> PageContent:
    content = PageContent(
        page="masterplan",
        title="Masterplan",
        message="Realisasi fisik masterplan 61,2 %, tertinggal 4,3 poin dari rencana",
        period="Januari sampai Oktober 2026",
        filter_words="Semua dimensi, semua OPD",
        sections=sections,
        sources=(SourceLine("bpbd_kejadian_112", "Kejadian 112, satu baris tiap tiket", ("BPBD", "DLH"), 1476, True),),
        address=(("tahun", "2026"),),
    )
    return replace(content, **changes)


def programmes(count: int) -> Table:
    """Rows that differ in each cell; every seventh reported nothing."""
    rows = tuple(
        (
            f"{place}. {LONGEST_TITLE if place % 40 == 1 else 'Peningkatan layanan pengaduan terpadu'}",
            ("DISKOMINFO", "DPUPR", "SATPOLPP")[place % 3],
            Decimal(1_000_000) * place + Decimal("0.25"),
            None if place % 7 == 0 else Decimal(place * 37 % 1000) / 10,
            None if place % 7 == 0 else Decimal(place % 19) - 9,
            None if place % 7 == 0 else date(2026, 10, 1 + place % 28),
            place % 3 == 0,
        )
        for place in range(1, count + 1)
    )
    total = ("Jumlah", "", sum((row[2] for row in rows), Decimal(0)), None, None, None, None)
    return Table(PROGRAMME_COLUMNS, rows, total if rows else None, marked=1 if count > 1 else None)


TREND = Chart(
    "tren",
    "Deret bulanan: 61,2 % pada Oktober 2026, rencana 65,5 %.",
    build_trend_chart,
    (FIGURE.trend, TrendFrame(decimals=1, target=Decimal(15), target_label="SPM 15")),
    300,
)
BARS = Chart(
    "batang",
    "Realisasi tiap dimensi",
    build_ranked_bars,
    (tuple(Bar(name, Decimal(place * 7 % 50 + 40)) for place, name in enumerate(
        ("Smart Governance", "Smart Branding", "Smart Economy", "Smart Living", "Smart Society", "Smart Environment")
    )), BarScale(decimals=1, end=Decimal(100), unit="%")),
    220,
)  # fmt: skip

FULL = page(
    Section("Angka utama", (Figures((FIGURE, ABSENT, replace(FIGURE, title=LONGEST_TITLE))),), is_sample=True),
    Section("Kurva S", (TREND, Words("Garis putus: rencana.", is_note=True)), clocks=(CLOCK, LATE)),
    Section("Tiap dimensi", (BARS,), "Ditimbang dengan pagu."),
    Section("Daftar program", (programmes(60),), is_sample=True, definition_id="smart_living.respons_kebakaran"),
    Section("Proyek", (Missing("Proyek infrastruktur dengan titik lokasi", ("DPUPR",), "belum pernah dikirim"),)),
)

SMALL = page(
    Section("Angka", (Figures((replace(FIGURE, trend=()), ABSENT)), BARS), is_sample=True),
    Section("Daftar", (programmes(14),), clocks=(CLOCK, LATE)),
)


def only(*blocks: Block) -> PageContent:
    return page(Section("Bagian", blocks))
