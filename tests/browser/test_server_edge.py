"""The server's edge in a real server and a real browser: nothing is blocked that pages need, everything else is."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page

from operations.health import look
from tests.browser.driver import PATIENCE_S, PROJECT, Server, open_wall, poll
from tests.browser.test_filters import settled
from tests.ports import own_port

START = [sys.executable, "-m", "streamlit", "run", "app.py"]

PAGES = sorted(file.stem for file in (PROJECT / "pages").glob("*.py") if file.stem != "__init__")


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    """One request as given: nothing is normalised on the way."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def blocked_by_policy(page: Page) -> list[str]:
    """Fills up while the page is used."""
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            told.append(message.text)

    page.on("console", hear)
    return told


def asked_by(page: Page) -> list[str]:
    """Fills up with every address the page asks for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    return asked


def test_no_page_needs_what_the_policy_forbids_or_asks_the_internet(page: Page, server: Server) -> None:
    told, asked = blocked_by_policy(page), asked_by(page)

    def expect_nothing(name: str, wait_ms: int) -> None:
        page.wait_for_timeout(wait_ms)
        assert told == [], name
        assert len(asked) > 5
        assert {urlsplit(url.removeprefix("blob:")).hostname for url in asked} <= {"127.0.0.1", None}, name

    open_wall(page, server)
    expect_nothing("dinding", 5000)
    first, *others = [name for name in PAGES if name not in ("dinding", "masuk")]
    for name in (first, *others, "masuk"):
        if name in (first, "masuk"):  # the wall and the sign-in show no navigation
            page.goto(f"{server.url}/{name}")
        else:
            page.locator(f'[data-testid="stSidebarNav"] a[href$="/{name}"]').click()
            page.wait_for_url(f"{server.url}/{name}*")
        page.wait_for_selector("h1")
        settled(page)
        expect_nothing(name, 2000)


def test_the_policy_does_forbid(page: Page, server: Server) -> None:
    told = blocked_by_policy(page)
    page.goto(f"{server.url}/ringkasan")
    page.wait_for_selector("h1")
    page.evaluate(
        """() => { const one = document.createElement('script'); one.textContent = 'window.ran_ = true';
        document.body.append(one); const two = document.createElement('img'); two.src = 'http://192.0.2.1/a.png';
        document.body.append(two); return fetch('http://192.0.2.1/').catch(() => null); }"""
    )
    assert page.evaluate("window.ran_") is None
    assert len(told) >= 3


def test_a_page_that_is_not_there_is_said_in_words(page: Page, server: Server) -> None:
    answer = page.goto(f"{server.url}/tidak_ada")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "Halaman ini tidak ada"


BROKEN_APP = """
import streamlit as st
from pages.server.errors import show_script_error
from pages.server.logs import cover_logs

cover_logs()
app = st.App("skrip.py", on_script_error=show_script_error)
"""
BROKEN_SCRIPT = """
import streamlit as st

st.title("Halaman")
raise ValueError("telepon 081234567890, tautan /layar/ly_AbCdEf")
"""


def test_a_failing_page_tells_a_code_whose_trace_is_in_the_log(
    page: Page, built_data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "rusak.py").write_text(BROKEN_APP, "utf-8")
    (tmp_path / "skrip.py").write_text(BROKEN_SCRIPT, "utf-8")
    broken = Server(tmp_path, script=tmp_path / "rusak.py")
    broken.environment |= {"PYTHONPATH": str(PROJECT)}
    broken.start()
    try:
        page.goto(broken.url)
        words = page.locator("[data-testid=stAlert]").inner_text()
    finally:
        broken.kill()
    code = re.search(r"K-[B-Z]{4}-[B-Z]{2}", words)
    log = broken.log.read_text("utf-8")
    assert code is not None
    assert "admin Pendopo" in words
    assert log.count("Traceback") == 1
    assert f"{code[0]} script: ValueError" in log
    assert "raise ValueError" in log
    for secret in ("081234567890", "AbCdEf"):
        assert secret not in log + words


def test_a_server_answers_by_its_own_name_only(server: Server) -> None:
    for headers in ({"Host": "jahat.example"}, {"X_Forwarded_For": "10.0.0.1"}, {"Host": "192.168.1.4"}):
        status, _headers, text = ask(server, "/ringkasan", Accept="text/html", **headers)
        assert status == 421
        assert "Alamat ini tidak dilayani" in text


def test_a_foreign_page_opens_no_socket(server: Server) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    own = {"Origin": server.url}
    assert ask(server, "/_stcore/stream", **upgrade, Origin="http://jahat.example")[0] == 403
    assert ask(server, "/_stcore/stream", **upgrade)[0] == 403
    assert ask(server, "/_stcore/stream", **upgrade, **own, X_Forwarded_For="10.0.0.1")[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/script-health-check",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "//x",
    ],
)
def test_what_nobody_needs_does_not_answer(server: Server, path: str) -> None:
    assert ask(server, path)[0] == 404


def test_health_tells_the_open_pages_and_walls(page: Page, server: Server) -> None:
    state_dir = next(server.data_dir.glob("*/CURRENT")).parent

    def sessions() -> int | None:
        return look(state_dir, datetime(2026, 11, 21), server.port).sessions

    poll(lambda: sessions() == 0, PATIENCE_S, "sesi uji lain masih terbuka")
    open_wall(page, server)
    assert sessions() == 1
    with page.context.new_page() as second:
        second.goto(f"{server.url}/spbe")
        second.wait_for_selector("h1")
        assert sessions() == 2
    poll(lambda: sessions() == 1, PATIENCE_S, "halaman yang ditutup masih dihitung")


def test_every_answer_is_dressed_and_names_no_software(server: Server) -> None:
    for path in ("/", "/ringkasan", "/_stcore/health", "/static/tidak_ada.js", "/media/tidak_ada"):
        status, headers, _text = ask(server, path)
        assert "server" not in headers, path
        assert headers["content-security-policy"].startswith("default-src 'none'"), (path, status)
        assert headers["x-frame-options"] == "DENY"


def test_a_file_over_the_limit_is_refused_before_it_arrives(server: Server) -> None:
    headers = {"Origin": server.url, "Accept": "text/html"}
    for length in ("60000000", "52428801000"):
        status, _headers, text = ask(server, "/_stcore/upload_file/a/b", "PUT", Content_Length=length, **headers)
        assert status == 413
        assert "paling besar 50 MB" in text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"PENDOPO_ACCESS__MODE": "jaringan"}, ["access.public_url belum diisi", "python -m journal"]),
        ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, ["--server.address 127.0.0.1"]),
        ({"STREAMLIT_SERVER_ENABLE_AGENT_API": "true"}, ["server.enableAgentApi"]),
        ({"PENDOPO_PROFIL": "x"}, ["PENDOPO_PROFIL tidak dikenal"]),
    ],
    ids=["network", "address", "option", "setting"],
)
def test_a_server_that_may_not_serve_ends_with_words(tmp_path: Path, changes: dict[str, str], told: list[str]) -> None:
    port = own_port()
    environment = os.environ | {"PENDOPO_DATA_DIR": str(tmp_path)} | changes
    ended = subprocess.run(
        [*START, "--server.port", str(port), "--browser.serverAddress", "localhost"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        check=False,
    )
    said = ended.stderr.decode("utf-8")
    assert ended.returncode == 2
    assert "Pendopo tidak dimulai." in said
    assert "Traceback" not in said
    for words in told:
        assert words in said
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
