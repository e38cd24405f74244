"""Cuts put together: by hand for each kind of measure, against naive sums for random filters, and never in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.explored import (
    FIRST_DAY,
    INCIDENT_ROWS,
    KAB,
    KOTA,
    NGORO,
    PUNGGING,
    RULES,
    TODAY,
    calls_of,
    explored_region,
)
from warehouse.catalogue import UNDATED
from warehouse.exploration import Exploration, Group, Question, Window, order_groups
from warehouse.explore import explore, explore_rows, senders_in_state
from warehouse.figures import ClockReading, ClockState
from warehouse.filters import Filters, read_filters
from warehouse.measures import MEASURES, Measure, MeasureError
from warehouse.rules import round_half_up
from warehouse.schema import mart_indicator_value as mart

STEADY = settings(deadline=None, derandomize=True, database=None, max_examples=15)
CALLS_112, ANSWERED = "smart_living.panggilan_112", "smart_living.panggilan_dijawab"
ARRIVALS, FIRE, SPBE = "smart_living.tiba_15_menit", "smart_living.respons_kebakaran", "spbe.indeks"
WASTE, TONS = "smart_environment.sampah_terkelola", "smart_environment.timbulan_sampah"
DEVIATION, SPENT, JOINT = "masterplan.deviasi_fisik", "anggaran.serapan", "masterplan.keroyokan"
AIR = "smart_environment.ispu"


@pytest.fixture(scope="module")
def region() -> Iterator[sa.Connection]:
    with explored_region() as connection:
        yield connection


def ask(region: sa.Connection, measure_id: str, **chosen: str) -> Exploration:
    return explore(region, Question(measure_id, read_filters(chosen)), RULES)


def values(result: Exploration) -> dict[str, str | None]:
    known = {group.key: group.value for group in result.groups}
    return {key: None if value is None else str(round_half_up(value, 2)) for key, value in known.items()}


def total(result: Exploration) -> str | None:
    return None if result.total is None or result.total.value is None else str(round_half_up(result.total.value, 2))


BY_HAND: list[tuple[str, dict[str, str], dict[str, str | None], str | None]] = [
    # additive: 5 calls at fixed hours, as many at 8 as the day of the month, one slow, a third of the days one lost
    (CALLS_112, {"periode": "2h"}, {"2026-11-20": "26.00", "2026-11-21": "27.00"}, "53.00"),
    # ratio: parts are summed, never the shares
    (ANSWERED, {"periode": "2h"}, {"2026-11-20": "96.15", "2026-11-21": "92.59"}, "94.34"),
    (ARRIVALS, {"menurut": "opd"}, {"SATPOLPP": "75.00", "BPBD": "0.00", "DINKES": "0.00"}, "50.00"),
    # mean: minutes over fires
    (FIRE, {"periode": "3b"}, {"2026-09-01": None, "2026-10-01": "18.00", "2026-11-01": "12.00"}, "13.20"),
    # index: no total
    (SPBE, {"daerah": f"{KAB},{KOTA}"}, {KAB: "4.16", KOTA: "4.32"}, None),
    (
        SPBE,
        {"menurut": "waktu", "periode": "3t"},
        {"2022-01-01": None, "2023-01-01": "3.52", "2024-01-01": "4.16"},
        None,
    ),
    (AIR, {"periode": "3h"}, {"2026-11-18": None, "2026-11-19": "95.00", "2026-11-20": "51.00"}, None),
    (AIR, {"menurut": "stasiun"}, {"Mojosari": "51.00", "Ngoro": "49.00"}, None),
    # what the publisher left empty is not zero, and leaves the total too
    (WASTE, {"daerah": f"{KAB},35.01,35.09"}, {KAB: "50.41", "35.01": "29.59", "35.09": None}, "42.25"),
    (TONS, {"daerah": f"{KAB},{KOTA}"}, {KAB: "449.64", KOTA: None}, "449.64"),
    # weeks add up to the months they end in; a rate of the year over the persons of all kecamatan
    ("smart_living.dbd_kasus", {"periode": "2b"}, {"2026-10-01": "9.00", "2026-11-01": "26.00"}, "35.00"),
    (
        "smart_living.dbd_ir",
        {"kecamatan": "35.16.01,35.16.02,35.16.03"},
        {"35.16.01": "42.00", "35.16.02": "28.00", "35.16.03": "0.00"},
        "23.33",
    ),
    # kilograms over persons and days: summed in both, a kecamatan with a part missing in neither
    (
        "smart_environment.sampah_per_orang",
        {"kecamatan": f"{NGORO},{PUNGGING}"},
        {NGORO: "0.30", PUNGGING: "0.03"},
        "0.10",
    ),
    (
        "smart_environment.sampah_per_orang",
        {"menurut": "waktu", "periode": "2b"},
        {"2026-09-01": "0.10", "2026-10-01": "0.10"},
        "0.10",
    ),
    # cumulative: the last month stands for the span, weighted by budget; P-3 did not report it
    (DEVIATION, {}, {"6": "-10.00", "1": "1.00"}, "-1.75"),
    (DEVIATION, {"menurut": "waktu", "periode": "2b"}, {"2026-09-01": "-4.00", "2026-10-01": "-1.75"}, None),
    (SPENT, {}, {"DLH": "60.00", "DPUPR": "50.00"}, "52.50"),
    (JOINT, {}, {"6": "0.00", "1": "50.00"}, "33.33"),
    ("masterplan.tanpa_laporan", {}, {"DISKOMINFO": "1.00", "DLH": "0.00", "DPUPR": "0.00"}, "1.00"),
    ("masterplan.serapan", {"menurut": "opd"}, {"DISKOMINFO": None, "DLH": "60.00", "DPUPR": "63.00"}, "62.25"),
]


@pytest.mark.parametrize(("measure_id", "chosen", "groups", "sum_of_all"), BY_HAND)
def test_by_hand(
    region: sa.Connection,
    measure_id: str,
    chosen: dict[str, str],
    groups: dict[str, str | None],
    sum_of_all: str | None,
) -> None:
    result = ask(region, measure_id, **chosen)
    assert values(result) == groups
    assert total(result) == sum_of_all
    assert bool(result.no_total_reason) == (sum_of_all is None)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_the_latest_stored_value_comes_out_again(region: sa.Connection, measure: Measure) -> None:
    own = sa.and_(mart.c.indicator_id == measure.id, mart.c.entity_code == KAB, mart.c.entity_kind == "region")
    select = sa.select(mart).where(own, mart.c.period_start != UNDATED, mart.c.value.is_not(None))
    stored = region.execute(select.order_by(mart.c.period_start.desc()).limit(1)).one()
    span = f"{stored.period_start.isoformat()}..{stored.period_end.isoformat()}"
    result = ask(region, measure.id, periode=span, menurut="waktu")
    found = result.total.value if result.total else result.groups[-1].value
    assert found == stored.value


# Against sums made without SQL


def is_inside(moment: datetime, start: date, end: date) -> bool:
    return start <= moment.date() <= end and (moment.date() < TODAY or moment.hour < 9)


def naive_answered(start: date, end: date) -> tuple[int, int]:
    """Answered within ten seconds, and calls judged."""
    days = [FIRST_DAY + timedelta(days=count) for count in range(35)]
    calls = [row for day in days for row in calls_of(day) if is_inside(row["offered_at"], start, end)]  # type: ignore[arg-type]
    waits = [(row["answered_at"], row["wait_seconds"]) for row in calls]
    return sum(at is not None and wait <= 10 for at, wait in waits), len(calls)  # type: ignore[operator]


spans = st.tuples(st.integers(0, 34), st.integers(0, 34)).map(
    lambda pair: (FIRST_DAY + timedelta(days=min(pair)), FIRST_DAY + timedelta(days=max(pair)))
)
places = st.lists(st.sampled_from([NGORO, PUNGGING, "35.16.01"]), unique=True).map(tuple)
agencies = st.lists(st.sampled_from(["SATPOLPP", "BPBD", "DINKES"]), unique=True).map(tuple)


@pytest.mark.parametrize("grouping", ["", "waktu"])
def test_no_question_looks_through_a_window_over_everything(region: sa.Connection, grouping: str) -> None:
    """DuckDB makes an internal error of one now and then, and answers nobody any more."""
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    sa.event.listen(region.engine, "before_cursor_execute", listen)
    for measure in MEASURES:
        explore(region, Question(measure.id, Filters(menurut=grouping)), RULES)
    sa.event.remove(region.engine, "before_cursor_execute", listen)
    assert len(asked) > len(MEASURES)
    assert [statement for statement in asked if "OVER ()" in statement] == []


@STEADY
@given(spans)
def test_calls_add_up_and_shares_are_recomputed(region: sa.Connection, span: tuple[date, date]) -> None:
    period = f"{span[0].isoformat()}..{span[1].isoformat()}"
    in_time, judged = naive_answered(*span)
    offered, answered = ask(region, CALLS_112, periode=period), ask(region, ANSWERED, periode=period)
    assert offered.total is not None and answered.total is not None
    assert sum(group.value or 0 for group in offered.groups) == offered.total.value == judged
    assert (answered.total.numerator, answered.total.denominator) == (in_time, judged)
    assert answered.total.value == round_half_up(Decimal(100 * in_time) / judged, 6)


@STEADY
@given(spans, places, agencies, st.sampled_from(["waktu", "kecamatan", "opd"]))
def test_arrivals_of_any_cut(
    region: sa.Connection, span: tuple[date, date], kecamatan: tuple[str, ...], opd: tuple[str, ...], menurut: str
) -> None:
    period = f"{span[0].isoformat()}..{span[1].isoformat()}"
    chosen: list[dict[str, Any]] = [
        row
        for row in INCIDENT_ROWS
        if row["arrived_at"] is not None
        and span[0] <= row["reported_at"].date() <= span[1]  # type: ignore[attr-defined]
        and (not kecamatan or row["kecamatan_code"] in kecamatan)
        and (not opd or row["opd_code"] in opd)
    ]
    in_time = sum((row["arrived_at"] - row["reported_at"]).total_seconds() <= 900 for row in chosen)
    question = Question(ARRIVALS, Filters(periode=period, kecamatan=kecamatan, opd=opd, menurut=menurut))
    result = explore(region, question, RULES)
    assert sum(group.event_count for group in result.groups) == len(chosen)
    assert sum(group.numerator or 0 for group in result.groups) == in_time
    if chosen:
        assert result.total is not None
        assert result.total.value == round_half_up(Decimal(100 * in_time) / len(chosen), 6)
    else:
        assert result.no_total_reason == "tidak ada data"
    rows = explore_rows(region, question, RULES, Window())
    assert rows.row_count == len(chosen)


# Comparison


def test_a_part_of_a_day_is_compared_with_the_same_part(region: sa.Connection) -> None:
    result = ask(region, CALLS_112, periode="7h", banding="sebelumnya")
    last = result.groups[-1]
    assert (last.key, last.note, result.until_hour) == ("2026-11-21", "s.d. 09.00", 9)
    before = [row for row in calls_of(date(2026, 11, 14)) if row["offered_at"].hour < 9]  # type: ignore[attr-defined]
    assert last.compared == len(before)
    whole = result.groups[-2]
    assert (whole.value, whole.compared) == (26, len(calls_of(date(2026, 11, 13))))
    assert result.total is not None and result.total.compared is not None
    assert result.total.change == result.total.value - result.total.compared  # type: ignore[operator]


@pytest.mark.parametrize(
    ("measure", "chosen", "parts"),
    [
        (CALLS_112, {"periode": "7h"}, {"2026-11-21": "s.d. 09.00"}),
        (CALLS_112, {"periode": "2026-05-23..2026-11-09"}, {
            "2026-05-01": "sejak 23 Mei 2026", "2026-11-01": "s.d. 9 November 2026"}),
        (CALLS_112, {"periode": "2026-05-01..2026-10-31"}, {}),
        (CALLS_112, {"periode": "semua"}, {"2026-01-01": "s.d. 21 November 2026"}),
        (TONS, {}, {}),
        (SPENT, {}, {}),
        (ARRIVALS, {"periode": "30h", "menurut": "kecamatan"}, {}),
    ],
)  # fmt: skip
def test_a_row_says_which_part_of_its_time_it_holds(region: sa.Connection, measure: str, chosen: dict[str, str],
                                                    parts: dict[str, str]) -> None:  # fmt: skip
    groups = ask(region, measure, **chosen).groups
    assert {group.key: group.part for group in groups if group.part} == parts
    assert all(group.part in group.note for group in groups if group.value is not None)


def test_counts_are_not_compared_with_a_span_nobody_delivered_whole(region: sa.Connection) -> None:
    result = ask(region, CALLS_112, periode="30h", banding="sebelumnya")
    assert result.total is not None and result.total.compared is None
    assert "Jumlah tidak dibandingkan: sebagian jam belum dikirim." in result.ignored
    known = [group.key for group in result.groups if group.compared is not None]
    assert known[0] == "2026-11-17"  # 30 days after the first day delivered


@pytest.mark.parametrize(
    ("chosen", "compared"),
    [
        ({"menurut": "kecamatan", "banding": "sebelumnya", "periode": "1b"}, {NGORO: None, PUNGGING: "0.00"}),
        ({"menurut": "waktu", "banding": "tahun_lalu", "periode": "1b"}, {}),
    ],
)
def test_groups_are_compared_with_themselves(
    region: sa.Connection, chosen: dict[str, str], compared: dict[str, str | None]
) -> None:
    groups = {group.key: group for group in ask(region, ARRIVALS, **chosen).groups}
    for key, value in compared.items():
        found = groups[key].compared
        assert (None if found is None else str(round_half_up(found, 2))) == value
    if not compared:
        assert all(group.compared is None and group.change is None for group in groups.values())


def test_years_of_several_regions_stand_beside_the_year_before(region: sa.Connection) -> None:
    result = ask(region, SPBE, daerah=f"{KAB},{KOTA}", menurut="waktu", periode="1t", banding="sebelumnya")
    assert [(group.label, str(group.value), str(group.compared)) for group in result.groups] == [
        ("2024, Kabupaten Mojokerto", "4.160000", "3.520000"),
        ("2024, Kota Mojokerto", "4.320000", "4.260000"),
    ]


# What cannot be honoured is told


@pytest.mark.parametrize(
    ("measure_id", "chosen", "words"),
    [
        (CALLS_112, {"kecamatan": NGORO}, "Saringan kecamatan tidak berlaku: data angka ini tidak mencatatnya."),
        (CALLS_112, {"opd": "DLH"}, "Saringan OPD tidak berlaku: data angka ini tidak mencatatnya."),
        (CALLS_112, {"daerah": KOTA}, "Saringan daerah tidak berlaku: data angka ini tidak mencatatnya."),
        (ARRIVALS, {"dimensi": "6"}, "Saringan dimensi tidak berlaku: data angka ini tidak mencatatnya."),
        (SPBE, {"kecamatan": NGORO}, "Saringan kecamatan tidak berlaku: data angka ini tidak mencatatnya."),
        (SPENT, {"dimensi": "1"}, "Saringan dimensi tidak berlaku: data angka ini tidak mencatatnya."),
        (CALLS_112, {"menurut": "opd"}, "Dikelompokkan menurut waktu: angka ini tidak dapat dibagi menurut OPD."),
        (CALLS_112, {"periode": "semua", "banding": "sebelumnya"}, "Pembanding tidak ada"),
        (CALLS_112, {"tahun": "2026"}, "Saringan tahun tidak berlaku di sini."),
        (ARRIVALS, {"program": "P-1"}, "Saringan program tidak berlaku di sini."),
        (CALLS_112, {"periode": "2026-11-01..2026-11-02", "per": "2026-11-20"}, "Saringan per tidak dipakai"),
        (
            ARRIVALS,
            {"menurut": "waktu", "periode": "90h", "banding": "sebelumnya"},
            "Pembanding tiap baris waktu tidak ada",
        ),
    ],
)
def test_a_filter_that_changes_nothing_is_told(
    region: sa.Connection, measure_id: str, chosen: dict[str, str], words: str
) -> None:
    result = ask(region, measure_id, **chosen)
    assert [told for told in result.ignored if told.startswith(words)]
    changed = {name: value for name, value in chosen.items() if name not in ("periode", "banding", "menurut")}
    assert values(result) == values(ask(region, measure_id, **{k: v for k, v in chosen.items() if k not in changed}))


def test_a_whole_cut_says_nothing(region: sa.Connection) -> None:
    assert ask(region, ARRIVALS, kecamatan=NGORO, opd="BPBD", data="nyata,contoh").ignored == ()


# Data states


@pytest.mark.parametrize(
    ("measure_id", "data", "rows"),
    [(CALLS_112, "contoh", 53), (CALLS_112, "nyata", 0), (WASTE, "nyata", 3), (WASTE, "contoh", 0)],
)
def test_sample_and_real_are_told_apart(region: sa.Connection, measure_id: str, data: str, rows: int) -> None:
    chosen = {"periode": "2h"} if measure_id == CALLS_112 else {}
    assert ask(region, measure_id, data=data, **chosen).sources[0].row_count == rows


def clock(source: str, opd: str, state: ClockState) -> ClockReading:
    return ClockReading(source, source, opd, state, "daily", None, None, None, 0, False)


CLOCKS = (
    clock("bpbd_kejadian_112", "SATPOLPP", ClockState.OVERDUE),
    clock("bpbd_panggilan_112", "BPBD", ClockState.FRESH),
    clock("opd_lra", "DLH", ClockState.FRESH),
    clock("opd_lra", "DPUPR", ClockState.OVERDUE),
    clock("dlh_ispu", "DLH", ClockState.UNKNOWN),
)


@pytest.mark.parametrize(
    ("measure_id", "state", "rows"),
    [
        (ARRIVALS, "terlambat", 6),
        (ARRIVALS, "mutakhir", 0),
        (CALLS_112, "mutakhir", 663),
        (CALLS_112, "terlambat", 0),
        (SPENT, "mutakhir", 1),
        (SPENT, "mutakhir,terlambat", 2),
        (AIR, "tidak_diketahui", 4),
    ],
)
def test_senders_are_chosen_by_the_state_of_their_clock(
    region: sa.Connection, measure_id: str, state: str, rows: int
) -> None:
    filters = Filters(data=tuple(state.split(",")))
    question = Question(measure_id, filters, senders_in_state(CLOCKS, filters))
    assert explore(region, question, RULES).sources[0].row_count == rows


def test_reality_alone_asks_for_no_clock() -> None:
    assert senders_in_state(CLOCKS, Filters(data=("nyata",))) is None


# Rows, order, words


@pytest.mark.parametrize(
    ("measure_id", "key", "count", "file_name"),
    [
        (CALLS_112, "2026-11-21", 27, "bpbd_panggilan_112_35.csv"),
        (CALLS_112, "2026-11-20", 26, "bpbd_panggilan_112_34.csv"),
        (ARRIVALS, "tanpa", 1, "bpbd_kejadian_112_36.csv"),
        (SPBE, KOTA, 1, "diskominfo_spbe_37.csv"),
        (DEVIATION, "1", 1, "opd_progres_program_45.csv"),
        (SPENT, "DLH", 1, "opd_lra_48.csv"),
        (AIR, "2026-11-19", 2, "dlh_ispu_50.csv"),
    ],
)
def test_rows_behind_a_group_have_file_and_number(
    region: sa.Connection, measure_id: str, key: str, count: int, file_name: str
) -> None:
    found = explore_rows(region, Question(measure_id, Filters()), RULES, Window(key))
    assert (found.row_count, len(found.rows)) == (count, count)
    assert found.columns[:4] == ("file_name", "sheet_name", "row_no", "is_sample")
    assert {row[0] for row in found.rows} == {file_name}
    assert sorted(row[2] for row in found.rows)[0] >= 2
    assert "submission_id" not in found.columns


def test_rows_come_in_parts(region: sa.Connection) -> None:
    question = Question(CALLS_112, Filters(periode="2h"))
    whole = explore_rows(region, question, RULES, Window()).rows
    parts = [explore_rows(region, question, RULES, Window(None, 20, start)).rows for start in (0, 20, 40)]
    assert [row for part in parts for row in part] == list(whole)
    assert len(whole) == 53


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("", ["b", "a", "c"]),
        ("nama", ["a", "b", "c"]),
        ("-nama", ["c", "b", "a"]),
        ("nilai", ["b", "a", "c"]),
        ("-nilai", ["a", "b", "c"]),  # a missing value stays last
        ("perubahan", ["a", "b", "c"]),
        ("-n", ["c", "a", "b"]),
        ("warna", ["b", "a", "c"]),
    ],
)
def test_order(order: str, keys: list[str]) -> None:
    groups = tuple(
        Group(key, key.upper(), None, None, value, count, count, False, compared=Decimal(9))
        for key, value, count in (("b", Decimal(1), 1), ("a", Decimal(2), 2), ("c", None, 3))
    )
    if order == "perubahan":
        groups = tuple(group for group in groups if group.key != "b") + groups[:1]
        keys = ["b", "a", "c"]
    assert [group.key for group in order_groups(groups, order)] == keys


def test_what_is_left_out_is_counted(region: sa.Connection) -> None:
    result = ask(region, DEVIATION)
    assert {group.key: group.note for group in result.groups} == {"1": "1 dari 2 program", "6": ""}
    assert result.as_of == "Oktober 2026"
    assert ask(region, TONS, daerah=f"{KAB},{KOTA}").total.note == "1 dari 2 baris punya angka"  # type: ignore[union-attr]


def test_days_without_a_delivery_are_rows_without_a_value(region: sa.Connection) -> None:
    result = ask(region, CALLS_112, periode="2026-10-16..2026-10-19")
    assert values(result) == {"2026-10-16": None, "2026-10-17": None, "2026-10-18": "25.00", "2026-10-19": "25.00"}
    assert result.groups[0].note == "tidak ada data"


def test_an_unknown_measure_is_refused_with_what_there_is(region: sa.Connection) -> None:
    with pytest.raises(MeasureError, match=r"maksudnya 'spbe\.indeks'"):
        ask(region, "spbe.index")
