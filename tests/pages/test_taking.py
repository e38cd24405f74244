"""Taking data away and looking at places: the journal knows first, or nothing is handed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest
import streamlit as st

from journal.audit import AuditQuery, find_entries
from journal.migrating import open_journal
from journal.model import Kind
from journal.store import Journal, JournalError
from pages.shared import access, taking
from pages.shared.export import offer_file, reach_text
from pages.shared.taking import Taker, Taking, TakingError, guarded
from reports.desk import Desk
from reports.side_files import SideFile
from tests.pages.readers import DLH, OWN, PEOPLE, opened, read_as
from tests.pages.reading import words_of
from warehouse.filters import Filters
from warehouse.scope import Action, NotPermittedError, Role, Scope


@pytest.fixture
def kept(tmp_path: Path, release: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    journal = open_journal(f"sqlite:///{(tmp_path / 'journal.db').as_posix()}")
    monkeypatch.setattr(access, "journal", lambda: journal)
    yield journal
    journal.close()


TAKING = Taking("masterplan", "7F3A-19C2 pdf", Action.EXPORT, 10, {"format": "pdf", "rows": 10, "reach": OWN})


def entries(journal: Journal, kind: Kind) -> list[Any]:
    admin = Scope(Role.ADMIN, "admin", True)
    return list(find_entries(journal, admin, AuditQuery(kinds=(kind,))).entries)


def test_the_journal_knows_before_a_byte_is_made(kept: Journal) -> None:
    def make() -> bytes:
        assert len(entries(kept, Kind.EXPORTED)) == 1
        return b"isi"

    assert guarded(Taker(DLH, ""), TAKING, make, {})() == b"isi"


def _must_not() -> bytes:
    raise AssertionError("nothing may be made")


def test_without_a_journal_nothing_is_handed_out(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> Journal:
        raise JournalError("Jurnal tidak dapat ditulis.")

    monkeypatch.setattr(access, "journal", silent)
    told_words: dict[str, str] = {}
    with pytest.raises(JournalError):
        guarded(Taker(DLH, ""), TAKING, _must_not, told_words)()
    assert told_words == {TAKING.subject: "Jurnal tidak dapat ditulis."}


def test_who_is_no_longer_signed_in_takes_nothing(kept: Journal) -> None:
    with pytest.raises(TakingError, match="Masa masuk"):
        guarded(Taker(DLH, "kunci-yang-sudah-berakhir"), TAKING, _must_not, {})()
    assert entries(kept, Kind.EXPORTED) == []


def test_a_right_is_asked_again_when_a_file_is_made(kept: Journal) -> None:
    with pytest.raises(NotPermittedError):
        guarded(Taker(PEOPLE[Role.ADMIN], ""), TAKING, _must_not, {})()


def test_too_many_rows_are_refused_in_words(kept: Journal) -> None:
    with pytest.raises(TakingError, match=r"200\.001 baris.*Persempit"):
        guarded(Taker(DLH, ""), replace(TAKING, row_count=200_001), _must_not, {})()
    assert taking.too_many(200_000) == ""


def test_a_bug_is_told_as_well(kept: Journal) -> None:
    told_words: dict[str, str] = {}
    with pytest.raises(AssertionError):
        guarded(Taker(DLH, ""), TAKING, _must_not, told_words)()
    assert "kesalahan program" in told_words[TAKING.subject]


def test_rows_counted_in_a_frame_go_into_the_journal(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    makers: list[Any] = []
    monkeypatch.setattr(st, "download_button", lambda _label, make, *_rest, **_options: makers.append(make))
    desk = cast("Desk", SimpleNamespace(scope=PEOPLE[Role.STEWARD], release_id="2026-11-21.01"))
    counted = pd.Series([2]).to_numpy()[0]
    offer_file(desk, "setor_data", Filters(), SideFile("", "a.xlsx", lambda: b"isi", counted, Action.DELIVER))
    assert makers[0]() == b"isi"
    assert entries(kept, Kind.EXPORTED)[0].after["rows"] == 2


def test_the_entry_says_what_was_taken(kept: Journal) -> None:
    guarded(Taker(DLH, ""), TAKING, lambda: b"", {})()
    (entry,) = entries(kept, Kind.EXPORTED)
    assert entry.actor == DLH.actor
    assert entry.subject == TAKING.subject
    assert reach_text(DLH) == OWN
    assert reach_text(PEOPLE[Role.ANALYST]) == "seluruh daerah"


def test_each_view_of_a_place_is_kept_once(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = Scope(Role.ANALYST, "analis@mojokertokab.go.id", True, granted_restricted=True)
    with read_as(scope, monkeypatch):
        shown = opened("indikator", indikator="smart_living.tiba_15_menit")
        shown.run()
    assert len(entries(kept, Kind.SAW_RESTRICTED)) == 1
    assert any("lintang" in table.value.columns for table in (*shown.dataframe, *shown.table))


def test_without_a_journal_no_place_is_shown(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_arguments: Any, **_named: Any) -> None:
        raise JournalError("Jurnal tidak dapat ditulis.")

    monkeypatch.setattr(access, "record", silent)
    scope = Scope(Role.ANALYST, "analis@mojokertokab.go.id", True, granted_restricted=True)
    with read_as(scope, monkeypatch):
        shown = opened("indikator", indikator="smart_living.tiba_15_menit")
    assert "Kolom terbatas tidak ditampilkan" in words_of(shown)
    assert not any("lintang" in table.value.columns for table in (*shown.dataframe, *shown.table))
