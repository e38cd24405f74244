"""What people decided reaches the release it was built with, and names that release's inputs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from journal.excuses import Delay, excuse_delay
from journal.migrating import open_journal
from journal.store import journal_url
from pipelines.building.drafting import Draft, no_progress
from pipelines.building.inputs import DELIVERIES, read_inputs
from pipelines.deliveries.decisions import Confirmation, read_excuses
from pipelines.deliveries.submissions import Submission
from tests.unit.pipelines.loaded import warehouse
from warehouse.schema import meta_confirmation, meta_excuse
from warehouse.scope import Role, Scope
from warehouse.settings import load_settings

AT = datetime(2026, 11, 21, 16, 8)
STEWARD = Scope(Role.STEWARD, "walidata.uji", is_verified=True)
DELAY = Delay("dlh_ispu", "DLH", datetime(2026, 11, 1))


def test_excuses_and_confirmations_stand_in_the_release(tmp_path):
    settings = load_settings(data_dir=tmp_path)
    settings.state_dir.mkdir(parents=True)
    assert read_excuses(settings, AT) == ()
    journal = open_journal(journal_url("", settings.state_dir))
    excuse_delay(journal, STEWARD, AT, DELAY, "server dipindah")
    journal.close()
    excused = read_excuses(settings, AT)
    assert read_excuses(settings, AT - timedelta(seconds=1)) == ()
    assert read_inputs(settings, (), ())[DELIVERIES] != read_inputs(settings, (), excused)[DELIVERIES]
    item = Submission("opd_lra", Path("lra_DLH.xlsx"), "a" * 64, 1, AT, "inbox")
    word = Confirmation("walidata.uji", AT, "benar", "ditampilkan", ("pagu",))
    with warehouse() as connection:
        Draft(settings, (), no_progress).note_decisions(connection, (item, replace(item, confirmation=word)), excused)
        (said,) = connection.execute(sa.select(meta_excuse)).mappings()
        given = {"reason": "server dipindah", "excused_by": "walidata.uji", "excused_at": AT}
        assert dict(said) == vars(DELAY) | given | dict.fromkeys(("revoke_reason", "revoked_by", "revoked_at"))
        (confirmed,) = connection.execute(sa.select(meta_confirmation)).mappings()
        assert (confirmed["submission_id"], confirmed["confirmed_at"]) == (item.submission_id, AT)
