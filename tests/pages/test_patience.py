"""Work that hangs holds nobody up for longer than agreed, and is never started twice."""

from __future__ import annotations

from threading import Event

import pytest
import sqlalchemy as sa

from pages.shared.patience import Patience, StillWorkingError
from warehouse.engine import memory_engine, time_limit


def test_an_answer_comes_back_and_the_next_is_asked_for_anew() -> None:
    answers = iter((1, 2))
    patience = Patience[int](60)
    assert [patience.ask("utama", lambda: next(answers)) for _time in range(2)] == [1, 2]


@pytest.mark.parametrize("error", [ValueError("rusak"), TimeoutError("layanan")])
def test_what_the_work_raises_is_raised(error: Exception) -> None:
    def fail() -> int:
        raise error

    with pytest.raises(type(error), match=str(error)):
        Patience[int](60).ask("utama", fail)


def test_work_that_hangs_is_started_once_and_its_late_answer_is_taken() -> None:
    go_on, started = Event(), []

    def work() -> int:
        started.append(1)
        go_on.wait(60)
        return 7

    patience = Patience[int](0.01)
    for _heartbeat in range(3):
        with pytest.raises(StillWorkingError):
            patience.ask("utama", work)
    patience.seconds = 60  # this answer is waited for
    assert patience.ask("papan", lambda: 8) == 8
    go_on.set()
    patient = patience._works["utama"].future.result(60)
    assert (patient, patience.ask("utama", work), len(started)) == (7, 7, 1)


def test_a_question_over_its_time_fails_and_the_next_is_answered() -> None:
    engine = memory_engine()
    endless = sa.text("select count(*) from range(1000000000000) where range % 7 = 3")
    interrupted = pytest.raises(sa.exc.DatabaseError, match="Interrupted")
    with engine.connect() as connection, interrupted, time_limit(connection, 0.05):
        connection.execute(endless)
    with engine.connect() as connection, time_limit(connection, 60):
        assert connection.execute(sa.text("select 1")).scalar_one() == 1
    engine.dispose()
