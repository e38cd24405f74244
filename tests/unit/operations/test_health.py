"""Health says what is wrong, and nothing that is not."""

import json
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from operations import health
from operations.health import WELL, WRONG, look, run_health
from warehouse.alarm_record import LastLook, write_last_look
from warehouse.operations_status import BuildRun, OperationsStatus, write_status
from warehouse.releases import ReleaseInfo, Serving
from warehouse.settings import load_settings

NOW = datetime(2026, 11, 21, 16, 8)


TOLD = """# TYPE active_sessions gauge
# HELP active_sessions Current number of active sessions.
active_sessions 7
# EOF
"""


class _Dashboard(BaseHTTPRequestHandler):
    told = TOLD

    def do_GET(self):
        answers = {"/_stcore/health": "ok", "/_stcore/metrics?families=active_sessions": self.told}
        answer = answers.get(self.path.removeprefix("/pendopo"))
        self.send_response(200 if answer is not None else 404)
        self.end_headers()
        self.wfile.write((answer or "").encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def port():
    server = HTTPServer(("127.0.0.1", 0), _Dashboard)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(tmp_path, monkeypatch):
    settings = load_settings(data_dir=tmp_path)
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    release = ReleaseInfo("2026-11-21.01", NOW - timedelta(hours=2), "x", "", "", 0, tmp_path / "x.duckdb")
    monkeypatch.setattr(health, "serving_release", lambda state_dir: Serving(release, None))
    return settings


def watched(settings, exit_code=0, silent=timedelta()):
    build = BuildRun("uji", NOW - timedelta(hours=2), NOW - timedelta(hours=2), exit_code)
    at = NOW - silent
    write_status(settings.state_dir, OperationsStatus(1, "mesin", at, at, NOW, "", build=build))
    write_last_look(settings.state_dir, LastLook(at, "2026-11-21.01"))


def test_all_is_well(settings, port, capsys):
    watched(settings)
    assert run_health(settings, NOW, port, as_json=True) == WELL
    told = json.loads(capsys.readouterr().out)
    assert (told["release_id"], told["age_minutes"], told["problems"]) == ("2026-11-21.01", 120, [])
    assert told["dashboard_answers"] and told["dashboard_mib"] > 0
    assert told["sessions"] == 7


@pytest.mark.parametrize("told", ["", "active_sessions", "# EOF\n", "active_sessions_total 7\n"])
def test_sessions_nobody_tells_are_not_known(settings, port, told, monkeypatch):
    monkeypatch.setattr(_Dashboard, "told", told)
    watched(settings)
    found = look(settings.state_dir, NOW, port)
    assert (found.dashboard_answers, found.sessions, found.problems) == (True, None, [])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"exit_code": 1}, "Pembangunan terakhir gagal, kode keluar 1."),
        ({"silent": timedelta(minutes=3)}, "Tidak ada proses yang mengawasi inbox"),
    ],
)
def test_what_is_wrong_is_said(settings, port, facts, said, capsys):
    watched(settings, **facts)
    assert run_health(settings, NOW, port, as_json=False) == WRONG
    assert f"! {said}" in capsys.readouterr().out


def test_nothing_there_at_all(tmp_path):
    found = look(tmp_path, NOW, 1)
    assert [problem.split()[0] for problem in found.problems] == ["Belum", "Tidak", "Dasbor"]


@pytest.mark.parametrize(("base", "answers"), [("", True), ("pendopo", True), ("/pendopo/", True), ("lain", False)])
def test_the_dashboard_is_asked_below_its_path(settings, port, monkeypatch, base, answers):
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", base)
    watched(settings)
    found = look(settings.state_dir, NOW, port)
    assert (found.dashboard_answers, found.sessions) == (answers, 7 if answers else None)
