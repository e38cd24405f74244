"""What every web source has in common: hosts, addresses, redirects, tries, times, sizes, secrets, nothing new."""

from __future__ import annotations

import gzip
import json
import ssl

import httpx
import pytest

from tests.unit.pipelines.connectors.office import ADDRESS, HOST, NOW, Office, asked_host

SHEET = f"kind: sheet\nurl: https://{HOST}/hujan.csv\n"
ROWS = b"Tanggal;Stasiun;Hujan\n21/11/2026;Trawas;12,5\n"


def says(*answers):
    """These answers in turn; the last one stays. An exception is raised."""
    left = list(answers)

    def answer(_request):
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found() if callable(found) else found

    return answer


def ok(content=ROWS, **headers):
    return lambda: httpx.Response(200, content=content, headers=headers)


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, says(ok()))
    made.connect(SHEET)
    return made


def test_a_document_lies_in_the_inbox_as_it_came(office):
    done = office.fetch()
    assert (done.outcome, done.files) == ("diambil", ("hujan_2026-11-21_160800.csv",))
    assert office.inbox == {"hujan_2026-11-21_160800.csv": ROWS}


def test_the_checked_address_is_asked_under_the_name_of_the_host(office):
    office.fetch()
    (request,) = office.asked
    assert (request.url.host, asked_host(request), request.extensions["sni_hostname"]) == (ADDRESS, HOST, HOST)


@pytest.mark.parametrize(
    ("url", "allowed", "addresses", "said"),
    [
        (f"https://{HOST}/", (), {}, "belum diizinkan"),
        (f"https://{HOST}.jahat.com/", (HOST,), {}, "belum diizinkan"),
        ("https://lain.contoh.go.id/", (HOST,), {}, "belum diizinkan"),
        ("https://contoh.go.id/", ("*.contoh.go.id",), {}, "belum diizinkan"),
        (f"https://{HOST}/", (HOST,), {HOST: ("10.1.2.3",)}, "alamat privat (10.1.2.3)"),
        (f"https://{HOST}/", (HOST,), {HOST: ("127.0.0.1", "::1")}, "alamat privat (127.0.0.1, ::1)"),
        (f"https://{HOST}/", (HOST,), {HOST: ("::ffff:169.254.169.254",)}, "alamat privat (169.254.169.254)"),
        (f"https://{HOST}/", (HOST, "10.9.0.0/16"), {HOST: ("10.1.2.3",)}, "alamat privat"),
        ("http://127.0.0.1/", (HOST, "localhost"), {}, "belum diizinkan"),
        ("http://[::1]/", (HOST,), {}, "belum diizinkan"),
        ("http://2130706433/", (HOST, "*.contoh.go.id"), {"2130706433": ("127.0.0.1",)}, "belum diizinkan"),
    ],
)
def test_a_host_that_is_not_listed_is_not_asked(office, url, allowed, addresses, said):
    office.allowed, office.addresses = allowed, addresses
    office.connect(f"kind: sheet\nurl: {url}\n")
    done = office.fetch()
    assert done.outcome == "gagal"
    assert said in done.message
    assert "allowed_hosts" in done.message
    assert office.asked == []


@pytest.mark.parametrize(
    ("url", "allowed", "addresses", "asked"),
    [
        (f"https://{HOST.upper()}/", (HOST,), {}, ADDRESS),
        (f"https://{HOST}/", ("*.contoh.go.id",), {}, ADDRESS),
        (f"https://{HOST}/", (HOST, "10.1.2.3"), {HOST: ("10.1.2.3",)}, "10.1.2.3"),
        (f"https://{HOST}/", (HOST, "10.1.0.0/16"), {HOST: ("10.1.2.3",)}, "10.1.2.3"),
        (f"https://{HOST}/", (HOST,), {HOST: ("10.1.2.3", ADDRESS)}, ADDRESS),
        ("http://127.0.0.1:8000/", ("127.0.0.1",), {}, "127.0.0.1"),
    ],
)
def test_a_listed_host_is_asked(office, url, allowed, addresses, asked):
    office.allowed, office.addresses = allowed, addresses
    office.connect(f"kind: sheet\nurl: {url}\n")
    assert office.fetch().outcome == "diambil"
    assert office.asked[0].url.host == asked


def moved(target):
    return lambda: httpx.Response(302, headers={"location": target})


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("https://akun.lain.com/masuk", "mengalihkan ke host lain, akun.lain.com"),
        ("https://10.0.0.1/", "mengalihkan ke host lain, 10.0.0.1"),
        (f"http://{HOST}/", "tanpa enkripsi"),
        ("ftp://data.contoh.go.id/x", "bukan alamat http"),
        ("/berputar", "lebih dari 5 kali"),
    ],
)
def test_a_redirect_that_leads_astray_is_refused(office, target, said):
    office.answer = says(moved(target))
    done = office.fetch()
    assert done.outcome == "gagal"
    assert said in done.message
    assert {asked_host(request) for request in office.asked} == {HOST}
    assert office.inbox == {}


def test_a_redirect_to_a_listed_host_is_followed_without_the_secret(office):
    office.allowed, office.environ = (HOST, "*.unduh.com"), {"KUNCI": "rahasia-123"}
    office.connect(SHEET + "header: {name: X-Kunci, env: KUNCI}\n")
    office.answer = says(moved("https://b.unduh.com/x"), ok())
    assert office.fetch().outcome == "diambil"
    assert [request.headers.get("X-Kunci") for request in office.asked] == ["rahasia-123", None]


@pytest.mark.parametrize(
    ("answer", "said", "tries"),
    [
        (httpx.ConnectTimeout(""), "tidak menjawab dalam 10 detik", 3),
        (httpx.ReadTimeout(""), "berhenti mengirim lebih dari 30 detik", 3),
        (httpx.RemoteProtocolError(""), "terputus di tengah", 3),
        (httpx.ConnectError(""), "tidak terjangkau", 3),
        (httpx.Response(500), "sedang bermasalah (500)", 3),
        (httpx.Response(503), "sedang bermasalah (503)", 3),
        (httpx.Response(429), "lebih jarang diambil", 3),
        (httpx.Response(401), "meminta kunci (401)", 1),
        (httpx.Response(403), "menolak server ini (403)", 1),
        (httpx.Response(404), "tidak ada lagi", 1),
        (httpx.Response(418), "menjawab 418", 1),
    ],
)
def test_each_failure_has_its_words_and_passing_ones_are_tried_again(office, answer, said, tries):
    office.answer = says(answer)
    done = office.fetch()
    assert done.outcome == "gagal"
    assert said in done.message
    assert HOST in done.message
    assert len(office.asked) == tries
    assert office.clock.pauses == [1.5, 3.0][: tries - 1]


def caused(outer, cause):
    outer.__cause__ = cause
    return outer


def certificate(words):
    error = ssl.SSLCertVerificationError(1, f"certificate verify failed: {words}")
    error.verify_message = words
    return error


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (ConnectionRefusedError(), "menolak sambungan"),
        (certificate("certificate has expired"), "kedaluwarsa"),
        (certificate("Hostname mismatch, certificate is not valid for 'x'."), "milik nama lain"),
        (certificate("self-signed certificate"), "tidak diterbitkan lembaga"),
        (ssl.SSLError(1, "wrong version number"), "enkripsinya tidak dapat dibuka"),
    ],
)
def test_why_a_connection_failed_is_told(office, cause, said):
    office.answer = says(caused(httpx.ConnectError("x"), cause))
    assert said in office.fetch().message


def test_an_unknown_name_is_told(office):
    def unknown(_host):
        raise OSError(-2, "Name or service not known")

    office.addresses = type("Book", (), {"get": lambda _self, host, _default: unknown(host)})()
    assert "tidak ditemukan (DNS)" in office.fetch().message
    assert office.asked == []


def test_a_busy_server_is_given_the_time_it_asks_for(office):
    office.answer = says(lambda: httpx.Response(503, headers={"Retry-After": "20"}), ok())
    assert office.fetch().outcome == "diambil"
    assert office.clock.pauses == [20]


def test_no_pause_outlasts_the_total_time(office):
    office.connect(SHEET + "timeouts: {total: 15}\n")
    office.answer = says(lambda: httpx.Response(503, headers={"Retry-After": "20"}), ok())
    assert office.fetch().outcome == "gagal"
    assert office.clock.pauses == []


def test_an_answer_that_drips_ends_with_the_total_time(office):
    def drip():
        for _piece in range(1000):
            office.clock.now += 10
            yield b"x"

    office.answer = says(lambda: httpx.Response(200, content=drip()))
    assert "Waktu keseluruhan 300 detik habis" in office.fetch().message
    assert office.clock.now < 400


@pytest.mark.parametrize(
    "response",
    [
        lambda: httpx.Response(200, content=iter([b"x" * (1 << 19)] * 3)),
        lambda: httpx.Response(200, content=b"", headers={"content-length": "2000000"}),
        lambda: httpx.Response(200, content=gzip.compress(b"0" * (5 << 20)), headers={"content-encoding": "gzip"}),
    ],
    ids=["streamed", "announced", "unpacked"],
)
def test_too_large_an_answer_is_refused(office, response):
    office.connect(SHEET + "max_mb: 1\n")
    office.answer = says(response)
    assert "lebih besar dari 1 MB" in office.fetch().message
    assert office.inbox == {}


def test_an_answer_cut_short_is_not_taken(office):
    office.answer = says(lambda: httpx.Response(200, content=iter([ROWS]), headers={"content-length": "999"}))
    assert "terputus sebelum selesai" in office.fetch().message
    assert office.inbox == {}


def test_the_same_bytes_are_nothing_new(office):
    assert office.fetch().outcome == "diambil"
    office.take_inbox()
    assert office.fetch().outcome == "tidak berubah"
    assert office.inbox == {}
    office.answer = says(ok(ROWS + b"22/11/2026;Pacet;0\n"))
    assert office.fetch().outcome == "diambil"


def test_an_unchanged_document_is_not_sent_again(office):
    office.answer = says(
        ok(etag='"a1"', **{"last-modified": "Sat, 21 Nov 2026 09:00:00 GMT"}), lambda: httpx.Response(304)
    )
    office.fetch()
    assert office.fetch().outcome == "tidak berubah"
    asked = office.asked[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"a1"', "Sat, 21 Nov 2026 09:00:00 GMT")
    assert office.memory.mark.etag == '"a1"'


def test_a_changed_declaration_starts_anew(office):
    office.answer = says(ok(etag='"a1"'))
    office.fetch()
    office.take_inbox()
    office.connect(SHEET + "attempts: 2\n")
    assert office.fetch().outcome == "diambil"
    assert "if-none-match" not in office.asked[1].headers


def test_a_failure_forgets_nothing(office):
    office.answer = says(ok(etag='"a1"'), lambda: httpx.Response(404))
    office.fetch()
    office.fetch()
    assert office.memory.mark.etag == '"a1"'
    assert [one.outcome for one in office.memory.tries] == ["diambil", "gagal"]


def test_a_secret_is_in_the_request_and_nowhere_else(office, caplog, capfd):
    office.environ = {"SIMPEG_KUNCI": "sangat-rahasia"}
    office.connect(SHEET + 'header: {prefix: "Bearer ", env: SIMPEG_KUNCI}\n')
    told = {"success": False, "error": {"message": "kunci sangat-rahasia salah"}}
    for answer in (ok(), lambda: httpx.Response(403, content=json.dumps(told))):
        office.answer = says(answer)
        office.fetch()
    office.connect(f"kind: ckan\nurl: https://{HOST}\ndataset: x\nheader: {{env: SIMPEG_KUNCI}}\n")
    assert "kunci *** salah" in office.fetch().message
    assert office.asked[0].headers["authorization"] == "Bearer sangat-rahasia"
    kept = [path.read_bytes() for path in office.root.rglob("*") if path.is_file()]
    assert not any(b"sangat-rahasia" in content for content in kept)
    assert "sangat-rahasia" not in caplog.text + "".join(capfd.readouterr())


def test_a_missing_secret_is_told_by_its_variable(office):
    office.connect(SHEET + "header: {env: SIMPEG_KUNCI}\n")
    assert "SIMPEG_KUNCI belum diisi" in office.fetch().message
    assert office.asked == []


def test_a_failed_source_does_not_stop_the_others(office, caplog):
    def answer(request):
        if request.url.path == "/rusak":
            raise ZeroDivisionError
        return ok()()

    office.answer = answer
    office.connect(f"kind: sheet\nurl: https://{HOST}/rusak\n", source="a_rusak")
    office.connect("kind: shet\n", source="b_salah")
    office.connect(SHEET, contract="title: x\n", source="c_kontrak")
    tries = office.fetch_all()
    assert [one.outcome for one in tries] == ["gagal", "gagal", "gagal", "diambil"]
    assert "Kesalahan program" in tries[0].message
    assert "ZeroDivisionError" in caplog.text
    assert "kind 'shet' tidak dikenal; maksudnya 'sheet'?" in tries[1].message
    assert "Kontrak c_kontrak" in tries[2].message
    assert list(office.inbox) == ["hujan_2026-11-21_160800.csv"]


def test_only_one_source_is_fetched_when_it_is_named(office):
    office.connect(SHEET, source="a_lain")
    assert len(office.fetch_all(only="a_lain")) == 1
    assert len(office.asked) == 1


def test_a_waiting_file_is_not_overwritten(office):
    office.connect(SHEET + 'file_name: "hujan_%Y-%m-%d.csv"\n')
    office.fetch()
    office.answer = says(ok(b"lain"))
    done = office.fetch(NOW.replace(hour=20))
    assert "masih di inbox" in done.message
    assert office.inbox == {"hujan_2026-11-21.csv": ROWS}
    office.take_inbox()
    assert office.fetch(NOW.replace(hour=21)).outcome == "diambil"


@pytest.mark.parametrize(
    ("pattern", "file_name", "said"),
    [
        ("hujan_*_*.csv", "", "Tulis file_name"),
        ("hujan_[0-9].csv", "", "Tulis file_name"),
        ("hujan_*.csv", "cuaca_%Y.csv", "tidak mengikuti pola"),
        ("*", "../%Y.csv", "tidak mengikuti pola"),
        ("*", ".%Y.csv", "tidak mengikuti pola"),
    ],
)
def test_a_name_the_contract_would_refuse_is_refused_before_anything_is_asked(office, pattern, file_name, said):
    office.connect(
        SHEET + f'file_name: "{file_name}"\n',
        f'title: x\nfile: {{pattern: "{pattern}"}}\nfields: [{{name: a, from: A, type: text}}]\n',
    )
    assert said in office.fetch().message
    assert office.asked == []
