"""Seams: every formula on disk is in the catalogue under its own path, and speaks of sources that exist."""

from __future__ import annotations

import importlib
from datetime import datetime

import pytest

from pipelines.contracts.contract import load_contracts
from reports.binding import is_explained
from warehouse.catalogue import BY_ID, INDICATORS, tables_of
from warehouse.indicators.model import Scope
from warehouse.rules import load_rules
from warehouse.settings import PROJECT_DIR

FOLDER = PROJECT_DIR / "warehouse" / "indicators"
AGREED = {one.source_id: one for one in load_contracts()}
SOURCES = {path.parent.name for path in (PROJECT_DIR / "pipelines" / "sources").glob("*/contract.yml")}
MODULES = [path.relative_to(FOLDER).with_suffix("").parts for path in sorted(FOLDER.glob("*/*.py"))]
FORMULAS = {
    f"{domain}.{name}": module
    for domain, name in MODULES
    for module in [importlib.import_module(f"warehouse.indicators.{domain}.{name}")]
    if hasattr(module, "INDICATOR")
}


def test_catalogue_and_files_agree():
    assert set(FORMULAS) == set(BY_ID)
    assert len(INDICATORS) == len(BY_ID)
    assert {name: module.INDICATOR for name, module in FORMULAS.items()} == BY_ID


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_sources_exist_and_words_can_be_written(indicator):
    rules = load_rules({})
    assert set(indicator.source_ids) <= SOURCES
    assert "{" not in indicator.title_by(rules)
    target, words = indicator.target_by(rules)
    assert (target is None) == (words == "")
    assert indicator.definition == FORMULAS[indicator.id].__doc__


@pytest.mark.parametrize("indicator", [one for one in INDICATORS if one.inputs], ids=lambda indicator: indicator.id)
def test_what_a_query_reads_does_not_depend_on_deliveries(indicator):
    """By these tables a build knows what a changed source touches, before it asks what was delivered."""
    rules = load_rules({})
    selects = [
        indicator.inputs(Scope("35.16", "Kabupaten Mojokerto", "", ("DLH",), until), rules)
        for until in (None, datetime(2026, 11, 21, 16), datetime(2026, 12, 1))
    ]
    tables = [tables_of(select) for select in selects]
    assert tables[0]
    assert tables == [tables[0]] * 3


@pytest.mark.parametrize("dimension", ["SPBE", "Smart Environment", "Smart Living", "Masterplan"])
def test_four_to_six_headlines_come_first_with_all_a_headline_needs(dimension):
    own = [one for one in INDICATORS if one.dimension == dimension]
    headlines = [one for one in own if one.is_headline]
    assert 4 <= len(headlines) <= 6
    assert own[: len(headlines)] == headlines
    for one in headlines:
        assert one.owner_note
        assert one.source_ids
        assert one.legal_basis
        assert one.inputs is not None
        assert is_explained(one.id) or one.target_key


@pytest.mark.parametrize("indicator", [one for one in INDICATORS if one.inputs], ids=lambda indicator: indicator.id)
def test_a_value_of_several_agencies_has_one_that_answers(indicator):
    """The only sender of its sources, or of the source that names who coordinates; agreed in the contracts."""
    for region in ("35.16", "35.76"):
        owners = {code for one in indicator.source_ids for code in AGREED[one].senders_in(region)}
        asked = indicator.coordinator_source
        assert len(owners) == 1 or (asked and len(AGREED[asked].senders_in(region)) == 1)
