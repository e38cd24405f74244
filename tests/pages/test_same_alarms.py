"""Wall and work page say the same of what needs action: the alarms of the journal, answered ones too."""

from __future__ import annotations

import re

from journal.alarm_acts import answer_alarm
from journal.alarms import read_log
from journal.store import Journal
from operations.alarming import look_once
from pages.shared import wall_pictures
from pages.shared.alarms.log import watched_log
from reports.content import Table
from reports.pages import ringkasan
from tests.pages.conftest import NOW, READER, desk_on
from tests.pages.reading import open_page, place_of, words_of
from warehouse.filters import Filters
from warehouse.scope import machine_scope
from warehouse.settings import Settings

NEVER = "belum pernah disampaikan"


def told_on_wall() -> str:
    picture = wall_pictures.wall_picture(READER, place_of("papan_2x2"), NOW, watched_log())
    assert picture is not None
    scene = next(one for one in picture.scenes if one.scene_id == "ringkasan")
    return re.sub(r"<[^>]+>", " ", scene.svg)


def told_on_page(office: Settings) -> list[tuple[str, str]]:
    with desk_on(office.data_dir) as desk:
        section = next(one for one in ringkasan.build(desk, Filters()).sections if one.title == "Perlu tindakan")
    rows = next(block for block in section.blocks if isinstance(block, Table)).rows
    return [(str(row[0]), str(row[3])) for row in rows]


def test_wall_and_page_say_the_same(office: Settings, journal: Journal) -> None:
    assert told_on_page(office)[0][0] == "Peringatan belum pernah dinilai"
    assert "Peringatan belum pernah dinilai" in told_on_wall()
    look_once(office, journal, NOW)
    page, wall = told_on_page(office), told_on_wall()
    judged = [detail for _title, detail in page if detail != NEVER]  # of a source that never came there is no alarm
    assert judged and all("belum ditanggapi" in detail for detail in judged)
    assert page[0][0].split(":")[0] in wall
    shown = words_of(open_page("ringkasan"))
    assert all(title in shown for title, _detail in page)
    for alarm in read_log(journal, office.state_dir, NOW).alarms:
        if alarm.audience == "operator":
            answer_alarm(journal, machine_scope("contoh"), NOW, alarm.alarm_id, "dihubungi")
    assert all("ditanggapi 16.08" in detail for _title, detail in told_on_page(office) if detail != NEVER)
    assert "ditanggapi 16.08" in told_on_wall()
