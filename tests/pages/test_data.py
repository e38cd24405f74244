"""The cached door: what it remembers, when it asks again, what a wall is given when the newest release fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from pages.shared import data, wall_pictures
from reports.desk import Desk
from reports.stored_figures import figure_of_year
from tests.pages.conftest import NOW
from tests.pages.reading import place_of
from warehouse.catalogue import INDICATORS
from warehouse.queries import indicator_values, sources
from warehouse.scope import WHOLE, machine_scope

READER = machine_scope("")


def count_sources(connection: sa.Connection, least: int = 0) -> int:
    _asked.append(least)
    return len(sources(connection))


_asked: list[int] = []


def test_an_answer_is_remembered_by_release_and_arguments(release: Path) -> None:
    _asked.clear()
    release_id = data.current().release.release_id
    assert data.ask(release_id, READER, count_sources, 1) == data.ask(release_id, READER, count_sources, 1) > 0
    data.ask(release_id, READER, count_sources, least=2)
    assert _asked == [1, 2]


def test_each_caller_gets_its_own_copy(release: Path) -> None:
    release_id = data.current().release.release_id
    first = data.ask(release_id, READER, indicator_values, "spbe.indeks")
    first["value"] = None
    assert data.ask(release_id, READER, indicator_values, "spbe.indeks")["value"].notna().any()


def read_title(connection: sa.Connection, indicator: object) -> str:
    return str(indicator.id)  # type: ignore[attr-defined]


def test_an_indicator_can_be_an_argument(release: Path) -> None:
    release_id = data.current().release.release_id
    assert [data.ask(release_id, READER, read_title, each) for each in INDICATORS] == [each.id for each in INDICATORS]


def test_missing_release_is_said_with_the_remedy(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "serving_release", lambda folder: None)
    with pytest.raises(data.ReleaseMissingError, match="python -m pipelines run"):
        data.current()


def test_wall_keeps_the_last_good_picture_and_says_so(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = wall_pictures.wall_picture(READER, place_of("utama"), NOW)
    assert good is not None
    assert good.notice == ""
    monkeypatch.setattr(data, "serving_release", lambda folder: None)
    kept = wall_pictures.wall_picture(READER, place_of("utama"), NOW + timedelta(minutes=5))
    assert kept == replace(good, notice="gambar pukul 16.08 · data terbaru belum terbaca")
    assert wall_pictures.wall_picture(READER, place_of("papan_2x2"), NOW) is None


def test_scenes_carry_their_release_and_keep_their_key_within_the_hour(release: Path) -> None:
    first = wall_pictures.wall_picture(READER, place_of("utama"), NOW)
    second = wall_pictures.wall_picture(READER, place_of("utama"), NOW + timedelta(seconds=30))
    tomorrow = wall_pictures.wall_picture(READER, place_of("utama"), NOW + timedelta(days=1))
    assert first is not None
    assert second is not None
    assert tomorrow is not None
    assert first.key == second.key != tomorrow.key
    assert all(f'data-rilis="{first.release_id}"' in scene.svg for scene in first.scenes)


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [(5, 5, True), (5, 6, False), (60, 119, True), (119, 120, False), (1440, 2879, True)],
)
def test_signature_follows_the_delay_as_written(release: Path, before: int, after: int, is_same: bool) -> None:
    view = data.wall_view(data.current().release.release_id, NOW)
    newer, older = (
        replace(view, clocks=tuple(replace(clock, overdue_minutes=minutes) for clock in view.clocks))
        for minutes in (before, after)
    )
    assert (wall_pictures.clock_signature(older) == wall_pictures.clock_signature(newer)) is is_same


@pytest.mark.parametrize(("year", "value"), [(2024, "4.16"), (2023, "3.52"), (2019, None)])
def test_a_year_shows_its_own_figure_or_none(release: Path, year: int, value: str | None) -> None:
    release_id = data.current().release.release_id
    ask = partial(data.ask, release_id, READER)
    desk = Desk(data.wall_view(release_id, NOW), data.settings().region, release_id, data.rules(), ask, READER)
    figure = figure_of_year(desk, "spbe.indeks", year)
    assert (figure.period_label, figure.value) == (str(year), None if value is None else Decimal(value))


def give_up(connection: sa.Connection) -> int:
    raise sa.exc.DatabaseError("SELECT 1", None, duckdb.FatalException("database has been invalidated"))


def test_after_an_internal_error_of_duckdb_the_next_question_is_answered(release: Path) -> None:
    release_id = data.current().release.release_id
    before = data.release_engine(release_id, WHOLE)
    with pytest.raises(sa.exc.DatabaseError):
        data.ask(release_id, READER, give_up)
    assert data.release_engine(release_id, WHOLE) is not before
    assert data.ask(release_id, READER, count_sources, least=3) > 0
