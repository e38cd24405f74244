"""The content digest: the same rows in any order are the same content, any other row is not."""

from __future__ import annotations

import pytest

from pipelines.building.naming import content_digest
from warehouse.engine import memory_engine
from warehouse.schema import ref_call_kind

FIRST, SECOND = {"code": "a", "name": "Satu"}, {"code": "b", "name": "Dua"}


def digest_of(*rows):
    engine = memory_engine()
    with engine.connect() as connection:
        for row in rows:
            connection.execute(ref_call_kind.insert(), row)
        return content_digest(connection)


@pytest.mark.parametrize(
    ("rows", "is_same"),
    [
        ((FIRST, SECOND), True),
        ((SECOND, FIRST), True),
        ((FIRST,), False),
        ((FIRST, SECOND, SECOND), False),
        ((FIRST, {"code": "b", "name": "Tiga"}), False),
        ((), False),
    ],
)
def test_content_is_what_the_rows_say(rows, is_same):
    assert (digest_of(*rows) == digest_of(FIRST, SECOND)) is is_same
