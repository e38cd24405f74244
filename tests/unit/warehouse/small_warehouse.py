"""A small warehouse in memory: every row is valid against the schema, every time is written out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

import sqlalchemy as sa

from warehouse import schema
from warehouse.engine import memory_engine
from warehouse.settings import PROJECT_DIR

KAB, KOTA = "35.16", "35.76"
CALLS, INCIDENTS, SPBE = "bpbd_panggilan_112", "bpbd_kejadian_112", "diskominfo_spbe"
LEVELS = "diskominfo_spbe_tingkat"
WASTE, GENERATION, COMPOSITION = "dlh_capaian_sampah", "dlh_timbulan_sampah", "dlh_komposisi_sampah"
SENDERS = ("BPBD", "SATPOLPP", "DINKES", "DPUPR", "DLH")
SOURCES = (  # source, title, table, cadence, grace, senders
    (CALLS, "Panggilan 112", "core_call", "hourly", 30, ("BPBD",)),
    (INCIDENTS, "Kejadian 112", "core_incident", "daily", 360, SENDERS),
    (SPBE, "Hasil evaluasi SPBE", "core_spbe_result", "yearly", None, ("DISKOMINFO",)),
    (WASTE, "Capaian sampah", "core_waste_management", "yearly", None, ("DLH",)),
    (GENERATION, "Timbulan sampah", "core_waste_generation", "yearly", None, ("DLH",)),
    (COMPOSITION, "Komposisi sampah", "core_waste_composition", "yearly", None, ("DLH",)),
)
MORE_SOURCES = (  # owed only where a test says so: see `owe`
    ("bappeda_program", "Program masterplan", "core_programme", "yearly", None, ("BAPPEDA",)),
    ("bappeda_target_program", "Target program", "core_programme_target", "yearly", None, ("BAPPEDA",)),
    (
        "opd_progres_program",
        "Progres program",
        "core_programme_progress",
        "monthly",
        14400,
        ("DISKOMINFO", "DLH", "DPUPR"),
    ),
    ("opd_lra", "Laporan realisasi anggaran OPD", "core_budget_realisation", "monthly", 14400, ("DISKOMINFO", "DLH")),
    ("opd_kontrak", "Kontrak OPD", "core_contract", "monthly", None, ("DPUPR", "DLH")),
    ("opd_fisik", "Progres fisik kontrak", "core_physical_progress", "monthly", None, ("DPUPR", "DLH")),
    ("dpupr_proyek", "Proyek", "core_project", "monthly", None, ("DPUPR",)),
    (LEVELS, "Tingkat indikator", "core_spbe_level", "yearly", None, ("DISKOMINFO",)),
    ("dpupr_pos_air", "Pos duga air", "core_sensor_reading", "irregular", None, ("DPUPR",)),
    ("dpupr_ambang_pos", "Ambang pos", "core_river_limit", "irregular", None, ("DPUPR",)),
    ("dinkes_dbd", "DBD mingguan", "core_dengue_week", "weekly", 5760, ("DINKES",)),
    ("dlh_sampah_kecamatan", "Sampah tiap kecamatan", "core_waste_month", "monthly", 14400, ("DLH",)),
    ("dlh_ispu", "ISPU harian", "core_air_quality", "daily", 1440, ("DLH",)),
)


def at(text: str) -> datetime:
    """ "2026-11-21 16:00" as an instant."""
    return datetime.fromisoformat(text)


def empty_warehouse() -> sa.Engine:
    """All tables, code lists and sources; nothing delivered."""
    engine = memory_engine()
    with engine.begin() as connection:
        fill_references(connection)
    return engine


def fill_references(connection: sa.Connection) -> None:
    """Code lists, sources, and the release itself."""
    for name in ("region", "opd", "incident_type", "call_kind", "handling_status"):
        _insert(connection, schema.metadata.tables[f"ref_{name}"], _reference(name))
    owe(connection, SOURCES)
    _insert(
        connection,
        schema.meta_release,
        [
            {
                "release_id": "2026-11-21.01",
                "built_at": at("2026-11-21 16:05"),
                "profile": "kabupaten_mojokerto",
                "region_code": KAB,
                "content_digest": "0" * 64,
            }
        ],
    )


def owe(connection: sa.Connection, sources: Sequence[tuple]) -> None:
    """Agree on sources and who sends them."""
    _insert(connection, schema.meta_source, [_source(row) for row in sources])
    senders = [{"source_id": row[0], "opd_code": opd} for row in sources for opd in row[5]]
    _insert(connection, schema.meta_sender, senders)


@cache
def _shared_warehouse() -> sa.Engine:
    return empty_warehouse()


@contextmanager
def fresh_warehouse() -> Iterator[sa.Connection]:
    """An empty warehouse for one test: whatever the test writes is rolled back. Not for two at a time."""
    with _shared_warehouse().connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def deliver(
    connection: sa.Connection,
    source_id: str,
    rows: Iterable[dict[str, object]],
    *,
    opd: str = "BPBD",
    since: datetime | None = None,
    until: datetime | None = None,
    received: datetime | None = None,
    status: str = "diterima",
    is_sample: bool = False,
) -> str:
    """Record one delivery and its rows; returns the submission id."""
    rows = list(rows)
    count = connection.execute(sa.select(sa.func.count()).select_from(schema.meta_submission)).scalar_one()
    submission_id = f"kiriman-{count + 1:03d}"
    _insert(
        connection,
        schema.meta_submission,
        [
            {
                "submission_id": submission_id,
                "source_id": source_id,
                "opd_code": opd,
                "file_name": f"{source_id}_{count + 1}.csv",
                "sha256": "0" * 64,
                "byte_count": 1,
                "received_at": received or (until or at("2026-11-21 00:00")) + timedelta(minutes=5),
                "data_from": since,
                "data_until": until,
                "is_sample": is_sample,
                "origin": "contoh" if is_sample else "inbox",
                "status": status,
                "message": "",
                "sheet_name": None,
                "row_count": len(rows),
                "accepted_count": len(rows),
                "rejected_count": 0,
                "superseded_count": 0,
            }
        ],
    )
    table = schema.metadata.tables[next(row[2] for row in (*SOURCES, *MORE_SOURCES) if row[0] == source_id)]
    lineage = {"submission_id": submission_id, "is_sample": is_sample}
    _insert(connection, table, [row | lineage | {"row_no": number} for number, row in enumerate(rows, 2)])
    return submission_id


def spbe_row(year: int, institution: str, figures: Sequence[str | None], **others: object) -> dict[str, object]:
    """Figures: domains 1 to 4, index, predikat; published by the ministry."""
    names = ("domain_1_index", "domain_2_index", "domain_3_index", "domain_4_index", "spbe_index")
    numbers = {name: None if text is None else Decimal(text) for name, text in zip(names, figures, strict=False)}
    return {
        "region_code": KAB,
        "result_year": year,
        "institution_name": institution,
        "institution_kind": "kabupaten",
        "group_name": "Jawa Timur",
        "predikat": figures[5],
        **numbers,
        **others,
    }


SPBE_ROWS = (
    spbe_row(2023, "Pemerintah Kab. Mojokerto", ("4.20", "3.60", "2.09", "3.80", "3.52", "Sangat Baik")),
    spbe_row(2024, "Pemerintah Kab. Mojokerto", ("4.50", "3.80", "2.82", "4.75", "4.16", "Sangat Baik")),
    spbe_row(
        2023,
        "Pemerintah Kota Mojokerto",
        ("5.00", "4.00", "3.55", "4.46", "4.26", "Memuaskan"),
        region_code=KOTA,
        institution_kind="kota",
    ),
    spbe_row(
        2024,
        "Pemerintah Kota Mojokerto",
        ("5.00", "3.80", "3.00", "4.88", "4.32", "Memuaskan"),
        region_code=KOTA,
        institution_kind="kota",
    ),
)


def owe_levels(connection: sa.Connection) -> None:
    owe(connection, [row for row in MORE_SOURCES if row[0] == LEVELS])


def level_rows(
    year: int, count: int, level: str, assessor: str = "mandiri", *, region: str = KAB, **others: object
) -> list[dict[str, object]]:
    """Indicators 1 to `count` of a year at one level; every third is of BAPPEDA, the others are of DISKOMINFO."""
    return [
        {
            "region_code": region,
            "assessed_year": year,
            "indicator_code": str(no),
            "assessor": assessor,
            "level": Decimal(level),
            "opd_code": "BAPPEDA" if no % 3 == 0 else "DISKOMINFO",
            "evidence_note": "SK" if no % 2 else None,
        }
        | others
        for no in range(1, count + 1)
    ]


def waste_row(region: str | None, name: str, generated: str, reduced: str | None, handled: str | None) -> dict:
    """One SIPSN row; percentages as the publisher prints them."""
    number = [None if text is None else Decimal(text) for text in (generated, reduced, handled)]
    percents = [None if ton is None else (ton * 100 / number[0]).quantize(Decimal("0.01")) for ton in number]
    both = None if None in number else number[1] + number[2]
    return {
        "region_code": region,
        "data_year": 2024,
        "province_name": "Jawa Timur",
        "region_name": name,
        "generation_ton": number[0],
        "reduced_ton": number[1],
        "reduced_pct": percents[1],
        "handled_ton": number[2],
        "handled_pct": percents[2],
        "managed_ton": both,
        "managed_pct": None if both is None else (both * 100 / number[0]).quantize(Decimal("0.01")),
    }


WASTE_ROWS = (
    waste_row(KAB, "Kab. Mojokerto", "164117.17", "46169.12", "36561.29"),
    waste_row("35.01", "Kab. Pacitan", "105691.50", "18205.01", "13064.08"),
    waste_row("35.09", "Kab. Jember", "304964.95", "2417.65", None),
)
GENERATION_ROWS = (
    {
        "region_code": KAB,
        "data_year": 2024,
        "province_name": "Jawa Timur",
        "region_name": "Kab. Mojokerto",
        "generation_daily_ton": Decimal("449.64"),
        "generation_ton": Decimal("164117.17"),
    },
)


def call_row(offered: datetime, *, wait: int = 5, kind: str = "normal", ticket: str | None = None) -> dict[str, object]:
    """One call; kind "putus" was never answered."""
    answered = None if kind == "putus" else offered + timedelta(seconds=wait)
    return {
        "region_code": KAB,
        "call_id": f"P-{offered:%Y%m%d%H%M%S}-{wait}-{kind}",
        "ticket_no": ticket,
        "call_kind_code": kind,
        "offered_at": offered,
        "answered_at": answered,
        "ended_at": offered + timedelta(seconds=wait + (60 if answered else 0)),
        "wait_seconds": float(wait),
        "talk_seconds": 60.0 if answered else None,
    }


def calls_on(day: date, per_hour: Sequence[int], **others: object) -> list[dict[str, object]]:
    """So many calls in each hour of a day."""
    return [
        call_row(datetime.combine(day, time(hour)) + timedelta(seconds=30 * number), **others)
        for hour, count in enumerate(per_hour)
        for number in range(count)
    ]


def incident_row(
    ticket: str,
    reported: str,
    *,
    kind: str = "kebakaran",
    minutes: int | None = None,
    closed: str | None = None,
    kecamatan: str = "35.16.08",
    opd: str = "SATPOLPP",
    status: str | None = None,
) -> dict[str, object]:
    """One ticket; `minutes` from report to arrival, None when nobody has arrived."""
    start = at(reported)
    arrived = None if minutes is None else start + timedelta(minutes=minutes)
    return {
        "region_code": KAB,
        "ticket_no": ticket,
        "incident_type_code": kind,
        "kecamatan_code": kecamatan,
        "opd_code": opd,
        "handling_status_code": status or ("selesai" if closed else "ditangani"),
        "reported_at": start,
        "dispatched_at": None if arrived is None else start + timedelta(minutes=1),
        "arrived_at": arrived,
        "closed_at": None if closed is None else at(closed),
        "latitude": None,
        "longitude": None,
    }


def _reference(name: str) -> list[dict[str, object]]:
    with (PROJECT_DIR / "warehouse" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, object]] = [
            {key: value or None for key, value in row.items()} for row in csv.DictReader(file)
        ]
    for row in rows:
        for key in ("tile_column", "tile_row"):
            if row.get(key) is not None:
                row[key] = int(str(row[key]))
        if "is_fire" in row:
            row["is_fire"] = row["is_fire"] == "true"
    return rows


def _source(row: tuple) -> dict[str, object]:
    names = ("source_id", "title", "target_table", "cadence", "grace_minutes")
    return dict(zip(names, row, strict=False)) | {"license": "-", "provenance": "-", "contract_sha256": "0" * 64}


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(sa.insert(table), rows)
