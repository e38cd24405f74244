"""How far a reader reads: a policy for every table, no way around it in SQL, and no foreign word in any answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.unit.warehouse.programme_warehouse import (
    CONTRACTS,
    LRA,
    PROGRAMMES,
    PROGRESS,
    PROJECTS,
    STAGES,
    TARGETS,
    lra_row,
    programme_row,
    programme_warehouse,
    progress_row,
    stage_row,
    target_row,
)
from tests.unit.warehouse.small_warehouse import (
    CALLS,
    INCIDENTS,
    KAB,
    LEVELS,
    MORE_SOURCES,
    at,
    call_row,
    deliver,
    fill_references,
    incident_row,
    level_rows,
    owe,
)
from warehouse import narrowing, queries, schema
from warehouse.catalogue import INDICATORS, UNDATED, calculate_all
from warehouse.engine import create_release, open_release
from warehouse.exploration import Question, Window
from warehouse.explore import explore, explore_rows
from warehouse.explore_options import explore_options
from warehouse.filters import Filters
from warehouse.indicators.masterplan.contracts import LateRule
from warehouse.indicators.model import RowKey
from warehouse.measures import MEASURES
from warehouse.narrowing import COVERED, POLICIES, RESTRICTED, view_statements
from warehouse.programme_progress import months_of_year
from warehouse.rights import NEEDED
from warehouse.rollups import build_rollups
from warehouse.rules import load_rules
from warehouse.scope import WHOLE, Reach

Reader = Callable[[Reach], sa.Connection]
RULES = load_rules({})
OURS, THEIRS = "MILIKKITA", "RAHASIA"  # in every text of our rows, and of theirs
KUTOREJO, ELSEWHERE = "35.16.07", "35.16.09"
DLH, IN_KUTOREJO = Reach(("DLH",)), Reach((), (KUTOREJO,))
BOTH = Reach(("DLH",), (KUTOREJO,))
FULL = Reach(has_restricted=True)
SECRETS = ("core_programme", "core_programme_target", "core_programme_progress", "core_budget_realisation",
           "core_budget_ceiling", "core_contract", "core_physical_progress", "core_project", "core_incident",
           "core_spbe_level", "mart_indicator_value", "meta_finding", "meta_quarantine")  # fmt: skip


def contract_row(opd: str, word: str) -> dict[str, object]:
    return {
        "region_code": KAB,
        "opd_code": opd,
        "contract_id": f"K-{word}",
        "contract_no": word,
        "budget_year": 2026,
        "work_name": word,
        "programme_code": None,
        "contract_date": None,
        "ceiling_idr": Decimal(1),
        "contract_idr": Decimal(1),
    }


def project_row(word: str, kecamatan: str) -> dict[str, object]:
    return {
        "region_code": KAB,
        "project_id": f"P-{word}",
        "project_name": word,
        "budget_year": 2026,
        "address": word,
        "project_status": "berjalan",
        "latitude": None,
        "longitude": None,
        "stated_kecamatan_code": kecamatan,
        "point_kecamatan_code": None,
        "place_note": None,
    }


def fill(connection: sa.Connection, opd: str, word: str, kecamatan: str) -> None:
    """One row of each kind that is of one agency and kecamatan."""
    code = f"SC.{word}"
    matrix = programme_row(code, opd, programme_name=word, kecamatan_code=kecamatan)
    deliver(connection, PROGRAMMES, [matrix], opd="BAPPEDA", until=at("2026-01-01 00:00"))
    deliver(connection, TARGETS, [target_row(code, 2026, "5", word)], opd="BAPPEDA", until=at("2026-01-01 00:00"))
    for month in ("2026-09", "2026-10"):
        rows = [progress_row(code, month, "50/40", opd_code=opd, obstacle=word)]
        deliver(connection, PROGRESS, rows, opd=opd, until=at("2026-11-01 00:00"))
    lines = [lra_row(opd, "2026-10-31", "5.1", "100", "40", account_name=word)]
    deliver(connection, LRA, lines, opd=opd, until=at("2026-11-01 00:00"))
    deliver(connection, CONTRACTS, [contract_row(opd, word)], opd=opd)
    deliver(connection, STAGES, [stage_row(f"K-{word}", "2026-10-01", "50", "10", opd)], opd=opd)
    projects = deliver(connection, PROJECTS, [project_row(word, kecamatan)], opd=opd)
    here = {"latitude": -7.5, "longitude": 112.5}
    open_ticket = incident_row(f"T-{word}", "2026-11-19 10:00", minutes=9, opd=opd, kecamatan=kecamatan) | here
    deliver(connection, INCIDENTS, [open_ticket], opd="BPBD", until=at("2026-11-21 00:00"))
    levels = level_rows(2026, 1, "3", opd_code=opd, evidence_note=word)
    deliver(connection, LEVELS, levels, opd="DISKOMINFO")
    ceiling = {"region_code": KAB, "opd_code": opd, "budget_year": 2026, "account_code": "5", "ceiling_idr": 9}
    lineage = {"submission_id": projects, "row_no": 2, "is_sample": False}
    connection.execute(sa.insert(schema.core_budget_ceiling), [ceiling | lineage])
    where = {"submission_id": projects, "source_id": PROJECTS, "row_no": 2}
    connection.execute(
        sa.insert(schema.meta_finding), [where | {"severity": "ditolak", "rule": "wajib", "message": word}]
    )
    connection.execute(sa.insert(schema.meta_quarantine), [where | {"reasons": word, "row_json": f'{{"a": "{word}"}}'}])
    names = {"file_name": f"{word}.csv", "message": word, "sha256": word}
    sent = schema.meta_submission
    connection.execute(sa.update(sent).where(sent.c.opd_code == opd).values(names))


def fill_region(connection: sa.Connection) -> None:
    """DLH and DPUPR, each with one row of each kind, DLH's in Kutorejo; calls; values of all indicators."""
    owe(connection, MORE_SOURCES)
    fill(connection, "DLH", OURS, KUTOREJO)
    fill(connection, "DPUPR", THEIRS, ELSEWHERE)
    calls = [call_row(at("2026-11-20 10:00"), ticket=f"T-{OURS}"), call_row(at("2026-11-20 11:00"), ticket=THEIRS)]
    deliver(connection, CALLS, calls, since=at("2026-11-20 00:00"), until=at("2026-11-21 00:00"))
    build_rollups(connection, RULES)
    calculate_all(connection, KAB, RULES)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as a build leaves it."""
    folder = tmp_path_factory.mktemp("rilis")
    engine = create_release(folder / "2026-11-21.01.duckdb", folder)
    with engine.begin() as connection:
        fill_references(connection)
        fill_region(connection)
    engine.dispose()
    return folder / "2026-11-21.01.duckdb"


@pytest.fixture(scope="module")
def read_by(release: Path) -> Iterator[Reader]:
    """A connection for each reach, opened once."""
    engines: dict[Reach, sa.Engine] = {}
    opened: dict[Reach, sa.Connection] = {}

    def connect(reach: Reach) -> sa.Connection:
        if reach not in opened:
            engines[reach] = open_release(release, reach)
            opened[reach] = engines[reach].connect()
        return opened[reach]

    yield connect
    for reach, engine in engines.items():
        opened[reach].close()
        engine.dispose()


def count(connection: sa.Connection, name: str) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(schema.metadata.tables[name])).scalar_one())


def everything(connection: sa.Connection, name: str) -> str:
    return repr(connection.execute(sa.select(schema.metadata.tables[name])).all())


def test_every_table_has_a_policy() -> None:
    assert set(POLICIES) == set(schema.metadata.tables)


def test_restricted_columns_exist() -> None:
    for name, columns in (*RESTRICTED.items(), *COVERED.items()):
        assert set(columns) <= set(schema.metadata.tables[name].c.keys())


@pytest.mark.parametrize("reach", [DLH, IN_KUTOREJO, BOTH], ids=["opd", "kecamatan", "keduanya"])
def test_a_table_without_a_policy_is_empty(reach: Reach, release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "POLICIES", {k: v for k, v in POLICIES.items() if k != "ref_region"})
    engine = open_release(release, reach)
    with engine.connect() as connection:
        assert count(connection, "ref_region") == 0
        assert count(connection, "ref_opd") > 0
    engine.dispose()


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("reach", [DLH, IN_KUTOREJO, BOTH], ids=["opd", "kecamatan", "keduanya"])
def test_no_table_holds_a_row_of_others(name: str, reach: Reach, read_by: Reader) -> None:
    connection = read_by(reach)
    assert THEIRS not in everything(connection, name)


@pytest.mark.parametrize("name", SECRETS)
def test_own_rows_stay(name: str, read_by: Reader) -> None:
    connection = read_by(DLH)
    assert count(connection, name) > 0


@pytest.mark.parametrize(
    "name", ["core_programme", "core_programme_target", "core_programme_progress", "core_project", "core_incident"]
)
def test_rows_of_an_own_kecamatan_stay(name: str, read_by: Reader) -> None:
    connection = read_by(IN_KUTOREJO)
    assert count(connection, name) > 0


@pytest.mark.parametrize(
    "name", ["core_contract", "core_budget_realisation", "core_budget_ceiling", "core_spbe_level", "meta_finding"]
)
def test_a_kecamatan_sees_nothing_that_is_of_an_agency_alone(name: str, read_by: Reader) -> None:
    connection = read_by(IN_KUTOREJO)
    assert count(connection, name) == 0


def test_a_programme_is_seen_by_who_helps() -> None:
    with programme_warehouse() as connection:
        helped = programme_row("SC.1", "DPUPR", contributor_opd_codes="BAPPEDA, DLH")
        near = programme_row("SC.2", "DPUPR", contributor_opd_codes="DLHK, XDLH")
        deliver(connection, PROGRAMMES, [helped, near], opd="BAPPEDA")
        for statement in view_statements(DLH, "memory"):
            connection.exec_driver_sql(statement)
        assert connection.execute(sa.select(schema.core_programme.c.programme_code)).scalars().all() == ["SC.1"]


def test_a_ticket_nobody_handles_is_of_who_reported_it() -> None:
    with programme_warehouse() as connection:
        for sender in ("DLH", "DPUPR"):
            row = incident_row(sender, "2026-11-20 10:00", opd="") | {"opd_code": None}
            deliver(connection, INCIDENTS, [row], opd=sender)
        for statement in view_statements(DLH, "memory"):
            connection.exec_driver_sql(statement)
        assert connection.execute(sa.select(schema.core_incident.c.ticket_no)).scalars().all() == ["DLH"]


STRICT = (
    "SELECT * FROM core_contract c JOIN core_physical_progress p ON true",
    "SELECT * FROM (SELECT * FROM core_contract) x",
    "WITH x AS (SELECT * FROM core_contract) SELECT * FROM x",
    "SELECT (SELECT string_agg(work_name, ',') FROM core_contract)",
    "SELECT * FROM ref_opd LEFT JOIN core_contract ON core_contract.opd_code = ref_opd.code",
    "SELECT * FROM core_contract UNION ALL SELECT * FROM core_contract",
    "SELECT * FROM core_incident FULL JOIN core_programme ON true",
    "SELECT file_name, sheet_name, sha256, message FROM meta_submission",
    "SELECT call_id, ticket_no FROM core_call",
)


@pytest.mark.parametrize("reach", [DLH, IN_KUTOREJO, BOTH], ids=["opd", "kecamatan", "keduanya"])
@pytest.mark.parametrize("statement", STRICT)
def test_no_statement_reads_further(statement: str, reach: Reach, read_by: Reader) -> None:
    connection = read_by(reach)
    found = repr(connection.exec_driver_sql(statement).all())
    assert THEIRS not in found


def test_the_region_reads_all_of_it(read_by: Reader) -> None:
    connection = read_by(FULL)
    for name in SECRETS:
        if name != "mart_indicator_value":
            assert THEIRS in everything(connection, name) or name == "core_budget_ceiling", name


def answers(connection: sa.Connection) -> Iterator[tuple[str, Any]]:
    """Every question a page may ask, with every argument there is to ask it with."""
    codes = (f"SC.{OURS}", f"SC.{THEIRS}")
    for indicator in INDICATORS:
        frame = queries.indicator_values(connection, indicator.id)
        yield indicator.id, frame.to_csv()
        for row in frame.drop_duplicates("entity_kind", keep="last").itertuples():
            key = RowKey(
                row.region_code, row.entity_code, row.period_start.date(), row.period_end.date(), row.entity_kind
            )
            yield f"baris {indicator.id}", _behind(queries.indicator_rows(connection, indicator, key))
        for kind, code in (("opd", "DPUPR"), ("programme", codes[1]), ("kecamatan", ELSEWHERE)):
            key = RowKey(KAB, code, date(2026, 1, 1), date(2026, 12, 31), kind)
            try:
                yield f"baris {kind} {code}", _behind(queries.indicator_rows(connection, indicator, key))
            except KeyError:  # an indicator without that kind
                continue
    for measure in MEASURES:
        for chosen in (Filters(), Filters(opd=("DPUPR",), kecamatan=(ELSEWHERE,))):
            question = Question(measure.id, replace(chosen, menurut=measure.grouping, periode="semua"))
            yield f"jelajah {measure.id}", explore(connection, question, RULES).groups
            yield f"baris {measure.id}", explore_rows(connection, question, RULES, Window())
    asked: dict[str, tuple[Any, ...]] = {
        "call_funnel": (KAB, date(2026, 1, 1), date(2026, 12, 31)),
        "critical_contracts": (KAB, LateRule(Decimal(70), Decimal(10), Decimal(5))),
        "due_month": (2026,),
        "findings": (),
        "fire_response_by_month": (KAB,),
        "ispu_differences": (KAB,),
        "masterplan_years": (KAB,),
        "opd_absorption": (KAB, 2026),
        "open_tickets": (KAB,),
        "programmes": (KAB, 2026),
        "projects": (KAB,),
        "reported_year": (KAB,),
        "sources": (),
        "spbe_level_years": (KAB,),
        "spbe_levels": (KAB, 2026),
        "spbe_years": (),
        "submissions": (),
        "waste_years": (),
    }
    for name, arguments in asked.items():
        yield name, _text(getattr(queries, name)(connection, *arguments))
    for code in codes:
        for name in ("programme_facts", "programme_targets", "programme_reports"):
            yield name, getattr(queries, name)(connection, code).to_csv()
    for (source_id,) in connection.execute(sa.select(schema.meta_source.c.source_id)):
        yield "karantina", queries.quarantined_rows(connection, source_id).to_csv()
    yield "bulan", months_of_year(connection, KAB, 2026)
    yield "pilihan", explore_options(connection)


def _behind(found: queries.RowsBehind | None) -> str:
    return "" if found is None else f"{found.rows.to_csv()} {found.files}"


def _text(answer: Any) -> str:
    return answer.to_csv() if hasattr(answer, "to_csv") else repr(answer)


@pytest.mark.slow  # plain `pytest` asks them for the pages of tests/access/test_ten_routes.py
@pytest.mark.parametrize("reach", [DLH, IN_KUTOREJO], ids=["opd", "kecamatan"])
def test_no_answer_holds_a_word_of_others(reach: Reach, read_by: Reader) -> None:
    connection = read_by(reach)
    told = [name for name, answer in answers(connection) if THEIRS in _text(answer)]
    assert told == []


@pytest.mark.slow
def test_every_question_can_be_asked_and_the_region_is_told_of_both(read_by: Reader) -> None:
    connection = read_by(WHOLE)
    named = {name for name, answer in answers(connection) if THEIRS in _text(answer)}
    assert {"findings", "submissions", "karantina", "programmes", "projects", "critical_contracts"} <= named


def test_own_rows_in_the_file_of_another_agency_still_name_it(read_by: Reader) -> None:
    connection = read_by(DLH)
    facts = queries.programme_facts(connection, f"SC.{OURS}")
    assert list(facts["file_name"]) == ["bappeda_program_1.csv"]
    assert "bappeda_program_1.csv" not in set(queries.submissions(connection)["file_name"])
    assert set(queries.submissions(connection)["opd_code"]) == {"DLH"}


def test_calls_are_counted_for_all_and_opened_by_who_sent_them(read_by: Reader) -> None:
    question = Question("smart_living.panggilan_112", Filters(periode="semua"))
    for reach, rows in ((DLH, 0), (IN_KUTOREJO, 0), (Reach(("BPBD",)), 2), (WHOLE, 2)):
        connection = read_by(reach)
        groups = explore(connection, question, RULES).groups
        assert sum(group.value or 0 for group in groups) == 2
        assert explore_rows(connection, question, RULES, Window()).row_count == rows


def test_figures_of_the_region_are_the_same_for_all(read_by: Reader) -> None:
    mart = schema.mart_indicator_value
    select = (
        sa.select(mart)
        .where(mart.c.entity_kind == "region", mart.c.period_start != UNDATED)
        .order_by(mart.c.indicator_id, mart.c.period_start)
    )
    found = []
    for reach in (FULL, WHOLE, DLH, IN_KUTOREJO, BOTH):
        connection = read_by(reach)
        found.append(connection.execute(select).all())
    assert len(found[0]) > 5
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize(("reach", "places"), [(WHOLE, 0), (FULL, 2), (DLH, 0), (Reach(("DLH",), (), True), 1)])
def test_a_place_needs_its_own_right(reach: Reach, places: int, read_by: Reader) -> None:
    connection = read_by(reach)
    select = sa.select(sa.func.count(schema.core_incident.c.latitude))
    assert connection.execute(select).scalar_one() == places


def test_a_whole_reach_with_the_right_has_no_views() -> None:
    assert view_statements(FULL, "memory") == ()
    assert len(view_statements(WHOLE, "memory")) == len({**RESTRICTED, **COVERED})


@pytest.mark.parametrize("code", ["D'LH", "x') OR true --", "'; DROP VIEW core_contract; --", "{codes}", 'a"b', "\\"])
def test_a_code_is_only_ever_a_text(code: str, read_by: Reader) -> None:
    for reach in (Reach((code,)), Reach((), (code,))):
        connection = read_by(reach)
        assert count(connection, "core_contract") == count(connection, "core_incident") == 0


def test_every_connection_of_a_release_is_narrowed(tmp_path: Path) -> None:
    path = tmp_path / '2026-11-21.01"x.duckdb'
    engine = create_release(path, tmp_path)
    lineage = {"submission_id": "a", "row_no": 2, "is_sample": False}
    with engine.begin() as connection:
        both = [contract_row(opd, word) | lineage for opd, word in (("DLH", OURS), ("DPUPR", THEIRS))]
        connection.execute(sa.insert(schema.core_contract), both)
    engine.dispose()
    released = open_release(path, DLH)
    with released.connect() as first, released.connect() as second:
        for connection in (first, second):
            assert connection.execute(sa.select(schema.core_contract.c.work_name)).scalars().all() == [OURS]
    with released.connect() as again:
        again.rollback()
        assert count(again, "core_contract") == 1
    released.dispose()


def test_rights_are_of_queries_that_exist() -> None:
    asked = {*(getattr(queries, name) for name in queries.__all__), explore, explore_rows, explore_options}
    assert set(NEEDED) <= asked


def test_no_query_names_the_tables_of_the_file() -> None:
    """A name with its database would pass by the views."""
    for path in Path(inspect.getfile(narrowing)).parent.rglob("*.py"):
        if path.name not in ("narrowing.py", "base.py"):
            text = path.read_text("utf-8")
            assert ".main." not in text, path
            assert "schema=" not in text, path
