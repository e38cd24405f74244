"""What the edge lets through and what it refuses, with the words and headers of each answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.proto.BackMsg_pb2 import (
    BackendOperationRequest,
    BackMsg,
    DataframeChunkRequestPayload,
    DeferredFileRequestPayload,
    DismissSkillsNudgeRequestPayload,
    InstallSkillsRequestPayload,
)
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLsRequest

from pages.server.gates import Gates
from pages.server.handed import HANDED, Handed, made_for
from pages.server.headers import inline_hashes
from tests.pages.server.edge_app import LOCAL, PUBLIC, Client, client

OURS = {"Origin": "https://dasbor.contoh.go.id"}
HERE = {"Origin": "http://127.0.0.1:8501"}
CODE = re.compile(r"K-[B-Z]{4}-[B-Z]{2}")


@pytest.fixture
def local() -> Client:
    return client(LOCAL)


@pytest.fixture
def public() -> Client:
    return client(PUBLIC)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST"])
def test_this_computer_by_any_of_its_names(local: Client, host: str) -> None:
    assert local.send("GET", "/", {"Host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "jahat.example",
        "127.0.0.1.jahat.example",
        "192.168.1.10:8501",
        "0.0.0.0:8501",
        "127.0.0.1@jahat",
        "a b",
        ":80",
    ],
)
def test_any_other_name_is_not_served_locally(local: Client, host: str) -> None:
    answer = local.send("GET", "/", {"Host": host})
    assert answer.status == 421
    assert "Alamat ini tidak dilayani" in answer.text


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"]
)
def test_no_proxy_in_front_of_a_local_server(local: Client, name: str) -> None:
    assert local.send("GET", "/", {name: "10.0.0.1"}).status == 421
    assert local.send("GET", "/_stcore/health", {name: "10.0.0.1"}).status == 421


@pytest.mark.parametrize("peer", ["192.168.1.10", "fe80::1", "172.17.0.1", ""])
def test_another_computer_is_not_served_locally_whatever_it_calls_us(local: Client, peer: str) -> None:
    there = replace(local, peer=peer)
    assert there.get("/").status == 421
    assert not there.opens_socket(HERE)


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.2", "::1"])
def test_this_computer_is_whichever_loopback_it_comes_from(local: Client, peer: str) -> None:
    assert replace(local, peer=peer).get("/").status == 200


@pytest.mark.parametrize("host", ["dasbor.contoh.go.id", "DASBOR.contoh.go.id"])
def test_a_network_is_served_by_its_public_name(public: Client, host: str) -> None:
    assert public.send("GET", "/", {"Host": host, "X-Forwarded-For": "10.0.0.7"}).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "jahat.example", "dasbor.contoh.go.id.jahat.example"])
def test_and_by_no_other_name(public: Client, host: str) -> None:
    assert public.send("GET", "/", {"Host": host}).status == 421


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/metrics"])
def test_the_machine_itself_may_ask_how_it_does(public: Client, path: str) -> None:
    machine = replace(public, peer="127.0.0.1")
    assert machine.send("GET", path, {"Host": "127.0.0.1:8501"}).status == 200
    assert machine.send("GET", path, {"Host": "jahat.example"}).status == 421


@pytest.mark.parametrize(
    ("headers", "peer"),
    [
        ({}, "127.0.0.1"),
        ({}, "10.0.0.7"),
        ({"X-Forwarded-For": "10.0.0.7"}, "127.0.0.1"),
        ({"Host": "127.0.0.1:8501"}, "10.0.0.7"),
        ({"Host": "127.0.0.1:8501"}, ""),
        ({"Host": "127.0.0.1:8501", "X-Forwarded-For": "127.0.0.1"}, "127.0.0.1"),
    ],
)
def test_how_many_look_is_told_to_nobody_else(public: Client, headers: dict[str, str], peer: str) -> None:
    assert replace(public, peer=peer).send("GET", "/_stcore/metrics", headers).status == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OURS, 200),
        ({}, 403),
        ({"Origin": "https://jahat.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://dasbor.contoh.go.id.jahat.example"}, 403),
        ({"Origin": "http://dasbor.contoh.go.id"}, 403),
        ({"Origin": "https://dasbor.contoh.go.id:444"}, 403),
    ],
)
def test_only_our_own_pages_may_send(public: Client, headers: dict[str, str], status: int) -> None:
    assert public.send("POST", "/sesi", headers).status == status


@pytest.mark.parametrize(
    ("headers", "is_open"),
    [
        (HERE, True),
        ({}, False),
        ({"Origin": "http://jahat.example"}, False),
        (HERE | {"Host": "jahat.example"}, False),
        ({"Origin": "http://jahat.example", "Host": "jahat.example"}, False),
        (HERE | {"X-Forwarded-For": "10.0.0.1"}, False),
    ],
)
def test_sockets_open_only_from_our_own_pages(local: Client, headers: dict[str, str], is_open: bool) -> None:
    assert local.opens_socket(headers) is is_open


NEEDED = [
    BackMsg(rerun_script=ClientState(query_string="opd=DLH")),
    BackMsg(stop_script=True),
    BackMsg(app_heartbeat=True),
    BackMsg(file_urls_request=FileURLsRequest(request_id="1")),
    BackMsg(backend_operation_request=BackendOperationRequest(deferred_file=DeferredFileRequestPayload(file_id="1"))),
    BackMsg(backend_operation_request=BackendOperationRequest(dataframe_chunk=DataframeChunkRequestPayload())),
]
DROPPED = [
    BackMsg(clear_cache=True),  # of everybody
    BackMsg(load_git_info=True),  # names of files beside the program
    BackMsg(set_run_on_save=True),
    BackMsg(debug_disconnect_websocket=True),
    BackMsg(debug_shutdown_runtime=True),
    BackMsg(backend_operation_request=BackendOperationRequest(install_skills=InstallSkillsRequestPayload())),
    BackMsg(backend_operation_request=BackendOperationRequest(dismiss_skills_nudge=DismissSkillsNudgeRequestPayload())),
    BackMsg(backend_operation_request=BackendOperationRequest(request_id="1")),
    BackMsg(),
]


def test_a_socket_carries_what_pages_need(local: Client) -> None:
    frames = [message.SerializeToString() for message in NEEDED]
    assert local.frames_let_through(HERE, frames) == frames


@pytest.mark.parametrize("message", DROPPED, ids=lambda message: message.WhichOneof("type"))
def test_and_nothing_that_reaches_past_the_session(local: Client, message: BackMsg) -> None:
    last = NEEDED[0].SerializeToString()
    assert local.frames_let_through(HERE, [message.SerializeToString(), b"\xff\xff", last]) == [last]


def test_every_message_of_streamlit_was_judged() -> None:
    judged = {message.WhichOneof("type") for message in (*NEEDED, *DROPPED)} - {None}
    assert judged == {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/agent/interact",
        "/tidak_ada",
        "/spbe/_stcore/health",
        "//jahat",
        "/.env",
        "/sesi/x",
    ],
)
def test_nothing_answers_that_nobody_needs(local: Client, path: str) -> None:
    answer = local.get(path)
    assert answer.status == 404
    assert "Halaman ini tidak ada" in answer.text


def test_addresses_below_a_base_path() -> None:
    gates = Gates(lambda *_: None, ["spbe"], "/pendopo/", [], None)  # type: ignore[arg-type]
    assert [
        gates.below_base(path) for path in ("/pendopo", "/pendopo/", "/pendopo/spbe", "/spbe", "/pendopox/spbe")
    ] == [
        "",
        "",
        "spbe",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("who", "status"), [("", 403), ("palsu", 403), ("layar", 403), ("admin", 200), ("analis", 200)]
)
def test_data_is_taken_away_only_with_the_right(public: Client, who: str, status: int) -> None:
    file_id = HANDED.keep(b"isi", "text/csv", "a.csv", who)
    answer = public.get(f"/media/{file_id}.csv", Cookie=f"pendopo_sesi={who}")
    assert answer.status == status
    assert answer.headers["cache-control"] == "no-store"


def test_the_address_of_a_file_is_worth_nothing_to_another(public: Client) -> None:
    made = made_for("analis", "text/csv", "b.csv", lambda: b"isi orang lain")
    content = made()
    file_id = Handed().keep(content, "text/csv", "b.csv", "analis")  # the same id wherever it is computed
    asked = {"analis": 200, "admin": 403, "layar": 403, "palsu": 403}
    for who, status in asked.items():
        assert public.get(f"/media/{file_id}.csv", Cookie=f"pendopo_sesi={who}").status == status, who
    for path in ("abc.csv", f"{file_id.upper()}.csv", f"x/../{file_id}.csv", f"/{file_id}.csv", ""):
        assert public.get(f"/media/{path}", Cookie="pendopo_sesi=analis").status in {403, 404}, path


def test_only_so_many_files_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.server.handed.MOST_KEPT", 2)
    handed = Handed()
    first, second, third = (handed.keep(b"isi", "text/csv", name, "analis") for name in ("a", "b", "c"))
    assert [handed.is_for(f"{one}.csv", "analis") for one in (first, second, third)] == [False, True, True]


@pytest.mark.parametrize(("who", "status"), [("", 403), ("layar", 403), ("analis", 200)])
def test_files_are_brought_only_by_people(public: Client, who: str, status: int) -> None:
    headers = OURS | {"Cookie": f"pendopo_sesi={who}"}
    assert public.send("PUT", "/_stcore/upload_file/a/b", headers, b"x").status == status


def stream(size: int) -> Iterator[bytes]:
    for _ in range(size // 65536 + 1):
        yield b"x" * 65536


@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b"])
def test_a_large_file_is_refused_announced_or_not(local: Client, path: str) -> None:
    for content in (b"x" * 3_000_000, stream(3_000_000)):
        answer = local.send("PUT", path, HERE, content)
        assert answer.status == 413
        assert "paling besar 1 MB" in answer.text
    assert local.send("PUT", path, HERE, b"x" * 1_000_000).text == "1000000"
    assert local.send("PUT", path, HERE, stream(900_000)).status == 200


def test_a_form_is_no_way_around(local: Client) -> None:
    assert local.send("POST", "/sesi", HERE, b"x" * 70_000).status == 413
    assert local.send("POST", "/sesi", HERE, stream(200_000)).status == 413


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "²"])
def test_a_length_that_is_none_is_refused(local: Client, length: str) -> None:
    assert local.send("POST", "/sesi", HERE | {"Content-Length": length}).status == 400


def test_a_failure_tells_a_code_and_the_log_its_trace(local: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = local.get("/galat")
    code = CODE.search(answer.text)
    assert answer.status == 500
    assert code is not None
    assert "Budi" not in answer.text
    assert f"{code[0]} GET /galat: ValueError" in caplog.text


def test_a_program_gets_a_line_of_text(local: Client) -> None:
    answer = local.send("GET", "/tidak_ada", {"Accept": "application/json"})
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert CODE.search(answer.text)


@pytest.mark.parametrize("path", ["/", "/tidak_ada", "/galat"])
def test_every_answer_carries_the_headers(public: Client, path: str) -> None:
    headers = public.get(path).headers
    policy = headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "connect-src 'self' wss://dasbor.contoh.go.id;" in policy
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'"):
        assert rule in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy
    assert set(re.findall(r"\w+://[^\s;]+", policy)) == {"wss://dasbor.contoh.go.id"}


def test_cookies_keep_to_https(public: Client, local: Client) -> None:
    assert "; Secure" in public.get("/").headers["set-cookie"]
    assert "Secure" not in local.get("/").headers["set-cookie"]
    assert "strict-transport-security" not in local.get("/").headers


def test_streamlit_still_has_one_inline_script() -> None:
    assert inline_hashes().count("sha256-") == 2
