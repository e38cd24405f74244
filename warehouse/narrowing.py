"""How far a reader reads each table of a release: declared policies, and the views that hold every connection to them.

Refuses to trust a query: a table without a policy is empty for whoever does not read the whole region, and a column
that needs its own right is empty for whoever lacks it. Views of a connection stand before the tables of the file, so
that joins, subqueries and common table expressions read no further either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from warehouse.formulas.covering import FEW
from warehouse.schema import metadata
from warehouse.scope import Reach

ALL, NOTHING = "true", "false"
WITHHELD_REASON = f"Kurang dari {FEW} orang, atau membuka angka sekecil itu"
RESTRICTED: Mapping[str, tuple[str, ...]] = {
    "core_incident": ("latitude", "longitude")
}  # where somebody asked for help
_CASES, _LEVEL, _CFR = "'smart_living.dbd_kasus'", "'smart_living.dbd_siaga'", "'smart_living.dbd_cfr'"
_PERSONS = f"({_CASES}, {_LEVEL}, 'smart_living.dbd_ir', {_CFR})"
_VALUES = "FROM {tables}.mart_indicator_value WHERE indicator_id"
_COVERED_WEEKS = f"(SELECT (entity_code, period_end) {_VALUES} = {_CASES} AND is_covered)"
# What is usual for a week is a mean of past counts, its limit of their squares too: years of them may tell a count.
_OPEN_WEEKS = f"(SELECT (entity_code, period_end) {_VALUES} = {_LEVEL} AND is_covered IS NOT TRUE)"
_FEW_EVENTS = (
    f"coalesce(indicator_id IN {_PERSONS} AND ((numerator > 0 AND numerator < {FEW}) OR "
    f"CASE indicator_id WHEN {_LEVEL} THEN (entity_code, period_end) IN {_COVERED_WEEKS} ELSE is_covered END), false)"
)
_FEW_CASES = f"coalesce(indicator_id = {_CFR} AND (is_covered OR (denominator > 0 AND denominator < {FEW})), false)"
_OPENS_PAST = f"(indicator_id IN ({_CASES}, {_LEVEL}) AND (entity_code, period_end) NOT IN {_OPEN_WEEKS})"
_TOLD_BY_VALUE = f"({_FEW_EVENTS} AND indicator_id <> {_LEVEL})"  # a level is no count
COVERED: Mapping[str, Mapping[str, str]] = {  # counts of few persons, what they follow from, and what stands there
    "core_dengue_week": {
        "case_count": f"CASE WHEN (case_count <= 0 OR case_count >= {FEW}) "
        f"AND (kecamatan_code, week_end) NOT IN {_COVERED_WEEKS} THEN case_count END",
        "death_count": f"CASE WHEN death_count <= 0 OR death_count >= {FEW} THEN death_count END",
    },
    "mart_indicator_value": {
        "numerator": f"CASE WHEN NOT {_FEW_EVENTS} THEN numerator END",
        "denominator": f"CASE WHEN NOT {_FEW_CASES} AND NOT {_OPENS_PAST} THEN denominator END",
        "value": f"CASE WHEN NOT {_TOLD_BY_VALUE} THEN value END",
        "status": f"CASE WHEN {_TOLD_BY_VALUE} THEN 'tidak ditampilkan' ELSE status END",
        "reason": f"CASE WHEN {_TOLD_BY_VALUE} THEN '{WITHHELD_REASON}' ELSE reason END",
        "is_covered": "(is_covered AND false)",  # which of the hidden counts is the small one is not told
    },
}
RESTRICTED_COLUMNS = frozenset(name for names in RESTRICTED.values() for name in names)

# Conditions on the rows of a table. {codes} are the agencies or the kecamatan of the reader; {sent} the deliveries of
# the agencies. Other tables are named as the reader sees them: narrowed.
OWN_OPD = "opd_code IN ({codes})"
SENT = "submission_id IN ({sent})"
OWN_OPD_OR_SENT = f"({OWN_OPD} OR (opd_code IS NULL AND {SENT}))"
OWN_KECAMATAN = "kecamatan_code IN ({codes})"
OWN_PROGRAMME = "(region_code, programme_code) IN (SELECT (region_code, programme_code) FROM {seen}.core_programme)"
REGION_KINDS = "entity_kind IN ('region', 'domain', 'dimension', 'station')"
PROGRAMME_KIND = (
    "(entity_kind = 'programme' AND "
    "(region_code, entity_code) IN (SELECT (region_code, programme_code) FROM {seen}.core_programme))"
)


@dataclass(frozen=True)
class Policy:
    """Which rows of a table a reader of some agencies sees, and one of some kecamatan; who is bound to both, what
    both allow. `hidden` are columns left empty in rows that do not meet their condition."""

    by_opd: str
    by_kecamatan: str
    hidden: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # column: condition by agency, by kecamatan


OPEN = Policy(ALL, ALL)
CLOSED = Policy(NOTHING, NOTHING)
OF_AGENCY = Policy(OWN_OPD, NOTHING)
OF_PROGRAMME = Policy(OWN_PROGRAMME, OWN_PROGRAMME)
OF_SENDER = Policy(SENT, NOTHING)

# Facts that agencies answer for; rows of them that a reader sees may name the file they came in.
AGENCY_FACTS = (
    "core_programme",
    "core_programme_target",
    "core_programme_progress",
    "core_budget_realisation",
    "core_budget_ceiling",
    "core_contract",
    "core_physical_progress",
    "core_project",
    "core_incident",
    "core_spbe_level",
    "core_dengue_week",
    "core_waste_month",
)
PUBLISHED = ("core_spbe_result", "core_waste_generation", "core_waste_management", "core_waste_composition",
             "core_air_quality", "core_sensor_reading", "core_river_limit", "core_weather_warning")  # fmt: skip
SEEN = "temp.main"  # where the views of a connection stand
HELD = (  # deliveries that hold a row the reader sees: settled once a connection, a release never changes
    f"CREATE TEMP TABLE held_delivery AS SELECT submission_id FROM {SEEN}."
    + f" UNION SELECT submission_id FROM {SEEN}.".join(AGENCY_FACTS)
)
# A delivery is named to who sent it, to who sees a row of it, and where its source is published for all.
NAMED = (
    "(submission_id IN (SELECT submission_id FROM {seen}.held_delivery) OR "
    f"source_id IN (SELECT source_id FROM {{tables}}.meta_source WHERE target_table IN {PUBLISHED}))"
)
NAMED_TO_SENDER = f"({OWN_OPD} OR {NAMED})"

POLICIES: Mapping[str, Policy] = {
    **dict.fromkeys((name for name in metadata.tables if name.startswith("ref_")), OPEN),
    **dict.fromkeys(PUBLISHED, OPEN),
    "meta_source": OPEN,
    "meta_field": OPEN,
    "meta_sender": OPEN,  # who owes what: the clock of a figure names them
    "meta_release": Policy(ALL, ALL, {"foundation": (NOTHING, NOTHING)}),  # it names deliveries of everybody
    "mart_call_hourly": OPEN,
    # Calls have no agency: their counts are the region's, what names a call is for the call centre.
    "core_call": Policy(ALL, ALL, {"call_id": (SENT, NOTHING), "ticket_no": (SENT, NOTHING)}),
    "core_programme": Policy(
        "(lead_opd_code IN ({codes}) OR list_has_any(string_split(coalesce(contributor_opd_codes, ''), ', '), "
        "[{codes}]))",
        OWN_KECAMATAN,
    ),
    "core_programme_target": OF_PROGRAMME,
    "core_programme_progress": OF_PROGRAMME,
    "core_budget_realisation": OF_AGENCY,
    "core_budget_ceiling": OF_AGENCY,
    "core_contract": OF_AGENCY,
    "core_physical_progress": OF_AGENCY,
    "core_spbe_level": Policy(OWN_OPD_OR_SENT, NOTHING),  # who answers for the indicator; of nobody: its sender
    "core_project": Policy(
        SENT, "(stated_kecamatan_code IN ({codes}) OR point_kecamatan_code IN ({codes}))"
    ),
    # Whoever handles it; before anyone is named, whoever reported it.
    "core_incident": Policy(OWN_OPD_OR_SENT, OWN_KECAMATAN),
    **dict.fromkeys(("core_dengue_week", "core_waste_month"), Policy(SENT, OWN_KECAMATAN)),
    "mart_indicator_value": Policy(
        f"({REGION_KINDS} OR entity_kind = 'kecamatan' OR (entity_kind = 'opd' AND entity_code IN ({{codes}})) OR "
        f"{PROGRAMME_KIND})",
        f"({REGION_KINDS} OR (entity_kind = 'kecamatan' AND entity_code IN ({{codes}})) OR {PROGRAMME_KIND})",
    ),
    "meta_finding": OF_SENDER,
    "meta_quarantine": OF_SENDER,
    "meta_confirmation": OF_SENDER,
    "meta_publication": OF_SENDER,
    "meta_excuse": OF_AGENCY,
    # That something was delivered, and when, makes the clocks; what it was called and what was wrong in it does not.
    "meta_submission": Policy(
        ALL,
        ALL,
        {
            "file_name": (NAMED_TO_SENDER, NAMED),
            "sheet_name": (NAMED_TO_SENDER, NAMED),
            "sha256": (OWN_OPD, NOTHING),
            "message": (OWN_OPD, NOTHING),
        },
    ),
}  # fmt: skip


def view_statements(reach: Reach, database: str) -> tuple[str, ...]:
    """The statements that narrow one connection to a file of that name; none for who reads everything."""
    names = metadata.tables if not reach.is_whole else () if reach.has_restricted else {**RESTRICTED, **COVERED}
    views = {name: _view(name, reach, database) for name in sorted(names, key=_rank)}
    if "meta_submission" not in views:
        return tuple(views.values())
    last = views.pop("meta_submission")
    return *views.values(), HELD, last


def _rank(name: str) -> tuple[bool, str]:
    """Programmes first: others are narrowed by them."""
    return name != "core_programme", name


def _view(name: str, reach: Reach, database: str) -> str:
    tables = f"{_quoted(database)}.main"
    policy = OPEN if reach.is_whole else POLICIES.get(name, CLOSED)
    replaced = [f"{expression} AS {column}" for column, expression in _replaced(name, policy, reach, tables)]
    columns = f"* REPLACE ({', '.join(replaced)})" if replaced else "*"
    condition = _condition((policy.by_opd, policy.by_kecamatan), reach, tables)
    return f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM {tables}.{name} WHERE {condition}"


def _replaced(name: str, policy: Policy, reach: Reach, tables: str) -> Iterator[tuple[str, str]]:
    if not reach.has_restricted:
        yield from ((column, f"CASE WHEN false THEN {column} END") for column in RESTRICTED.get(name, ()))
        yield from ((column, words.replace("{tables}", tables)) for column, words in COVERED.get(name, {}).items())
    for column, conditions in policy.hidden.items():
        yield column, f"CASE WHEN {_condition(conditions, reach, tables)} THEN {column} END"


def _condition(conditions: tuple[str, str], reach: Reach, tables: str) -> str:
    """What the kinds of limits of a reader allow, all of them; {sent} of who is bound to no agency is nothing."""
    codes = (reach.opd_codes, reach.kecamatan_codes)
    asked = [_filled(words, own, tables) for words, own in zip(conditions, codes, strict=True) if own]
    return " AND ".join(asked) or ALL


def _filled(condition: str, codes: tuple[str, ...], tables: str) -> str:
    listed = ", ".join(_literal(code) for code in codes)
    sent = f"SELECT submission_id FROM {tables}.meta_submission WHERE opd_code IN ({listed})"
    return condition.format(codes=listed, sent=sent, seen=SEEN, tables=tables)


def _literal(code: str) -> str:
    """A text in DuckDB ends at a single quote and at nothing else."""
    return "'" + code.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
