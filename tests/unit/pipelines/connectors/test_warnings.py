"""A warning on its whole way: listed, fetched, read like any delivery, shown while it holds and not after."""

from __future__ import annotations

from datetime import datetime

import httpx
import pytest

from pipelines.contracts.contract import SOURCES_DIR, load_contract
from tests.unit.pipelines.connectors.office import Office
from tests.unit.pipelines.loaded import load_file, warehouse
from warehouse.schema import core_weather_warning
from warehouse.weather_queries import active_warnings

HOME = SOURCES_DIR / "bmkg_peringatan"
CONTRACT = load_contract(HOME / "contract.yml")
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


def loaded(tmp_path, name, content, received_at):
    path = tmp_path / name
    path.write_bytes(content)
    return load_file(CONTRACT, path, tmp_path, received_at=received_at)


def held_at(rows, *instants):
    """How many areas are under a warning at each instant."""
    with warehouse() as connection:
        connection.execute(core_weather_warning.insert(), rows)
        return [len(active_warnings(connection, "35.16", datetime.fromisoformat(one))) for one in instants]


def test_a_message_that_only_takes_a_warning_back_is_loaded(tmp_path):
    text = (
        f'<alert xmlns="{NAMESPACE}"><identifier>2.49.9</identifier><sender>cuaca@contoh.go.id</sender>'
        "<sent>2026-02-16T23:40:00+07:00</sent><status>Actual</status><msgType>Cancel</msgType><scope>Public</scope>"
        "<references>cuaca@contoh.go.id,2.49.0.1.360.0.2026.02.16.16.36.004,2026-02-16T22:50:00+07:00</references>"
        "</alert>"
    )
    received = datetime(2026, 2, 16, 23, 41)
    cancel = loaded(tmp_path, "bmkg_peringatan_2026-02-16_B.xml", text.encode(), received)
    assert (cancel.counts.accepted, cancel.counts.rejected) == (1, 0)
    valid = (SOURCES_DIR.parents[1] / "tests" / "fixtures" / "sources" / "bmkg_peringatan" / "valid.xml").read_bytes()
    warning = loaded(tmp_path, "bmkg_peringatan_2026-02-16_A.xml", valid, received)
    assert held_at([*warning.rows, *cancel.rows], "2026-02-16T23:39", "2026-02-16T23:40") == [2, 0]


@pytest.mark.real
def test_a_real_warning_disappears_when_it_expires(real_data, tmp_path):
    listed = (real_data / "cuaca" / "bmkg_nowcast_rss_20260216.xml").read_bytes()
    document = (real_data / "cuaca" / "bmkg_cap_banten_20260216.xml").read_bytes()

    def bmkg(request):
        contents = {"/alerts/nowcast/id/rss.xml": listed, "/alerts/nowcast/id/CBT20260216004_alert.xml": document}
        return httpx.Response(200, content=contents[request.url.path])

    office = Office(tmp_path, bmkg, allowed=("www.bmkg.go.id",))
    url = "https://www.bmkg.go.id/alerts/nowcast/id/rss.xml"
    office.connect(f"kind: bmkg\nurl: {url}\nareas: [Banten]\n", (HOME / "contract.yml").read_text("utf-8"))
    fetched_at = datetime(2026, 2, 17, 9)  # after it expired
    office.fetch(fetched_at)
    assert office.inbox == {"bmkg_peringatan_2026-02-16_CBT20260216004-alert.xml": document}
    found = loaded(tmp_path, *office.take_inbox().popitem(), fetched_at)
    assert held_at(found.rows, "2026-02-16T22:49", "2026-02-16T23:30", "2026-02-17T02:00") == [0, 1, 0]
    assert found.rows[0]["severity"] == "Moderate"
    assert len(found.rows[0]["area_polygons"].split("; ")) == 2


@pytest.mark.real
def test_real_records_of_a_portal_keep_what_they_say(real_data, tmp_path):
    """83 records, numbers as text; two indicators of the same name keep both."""
    content = (real_data / "indeks" / "lppd_semarang_datastore_records.json").read_bytes()
    office = Office(tmp_path, lambda _request: httpx.Response(200, content=content))
    office.connect("kind: http_json\nurl: https://data.contoh.go.id/x\nattempts: 1\n")
    assert (office.fetch().outcome, list(office.inbox.values())) == ("diambil", [content])
