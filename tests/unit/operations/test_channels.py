"""E-mail and Telegram through the real library to receivers on this machine: what arrives, what a refusal says."""

from __future__ import annotations

import pytest

from operations.alarm_notices import send_tests
from operations.sending import send_message
from tests.unit.operations.receivers import http_service, mail_server
from warehouse.settings import load_settings

pytestmark = [
    pytest.mark.server,
    pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning"),  # of the library's own, on Python 3.11
]
TO = "posko@contoh.go.id"
BOT = "123456789:rahasiarahasiarahasiarahasiarahasia"
BODY = "- kritis: Muka air mencapai bahaya, Pos contoh (pemilik DPUPR)\n\nTanggapi di halaman Peringatan."


def mail_address(port: int) -> str:
    return f"mailto://pengirim:rahasia@127.0.0.1:{port}?from=pendopo@contoh.go.id&to={TO}&smtp=127.0.0.1"


def telegram(monkeypatch: pytest.MonkeyPatch, port: int) -> str:
    """The library knows one host of Telegram; no address may name another."""
    monkeypatch.setattr("apprise.plugins.telegram.NotifyTelegram.notify_url", f"http://127.0.0.1:{port}/bot")
    return f"tgram://{BOT}/4321"


def test_an_e_mail_arrives_with_its_subject_and_words():
    with mail_server() as (port, received):
        assert send_message(mail_address(port), "1 peringatan baru, Kabupaten Mojokerto: 1 kritis", BODY) == ""
    (mail,) = received
    assert (mail["To"], mail["Subject"]) == (TO, "1 peringatan baru, Kabupaten Mojokerto: 1 kritis")
    assert "pendopo@contoh.go.id" in mail["From"]
    text = mail.get_body(("plain",)).get_content()
    assert text.split() == BODY.split()


def test_a_telegram_message_arrives_in_its_chat(monkeypatch):
    with http_service() as (port, received):
        assert send_message(telegram(monkeypatch, port), "1 peringatan baru", BODY) == ""
    (path, content) = received[-1]
    assert path == f"/bot{BOT}/sendMessage"
    assert str(content["chat_id"]) == "4321"
    for words in ("1 peringatan baru", "Muka air mencapai bahaya, Pos contoh (pemilik DPUPR)"):
        assert words in content["text"]


def test_a_refusal_says_so_without_the_address(monkeypatch, capsys):
    with mail_server(refuses=TO) as (port, received):
        problem = send_message(mail_address(port), "Uji", BODY)
    assert received == []
    assert problem.startswith("Layanan pesan")
    with http_service(401) as (port, _received):
        told = send_message(telegram(monkeypatch, port), "Uji", BODY)
    assert told == "Layanan pesan menolak dengan kode 401. Periksa kunci dan tujuannya."
    assert "rahasia" not in problem + told + "".join(capsys.readouterr())


def test_the_test_button_tries_every_channel(tmp_path, monkeypatch, capsys):
    settings = load_settings(data_dir=tmp_path, alarms={"addresses": {"kritis": ["SUREL", "TELEGRAM"]}})
    with mail_server() as (mail_port, mails), http_service() as (port, messages):
        environ = {"SUREL": mail_address(mail_port), "TELEGRAM": telegram(monkeypatch, port)}
        assert send_tests(settings, environ=environ) == 0
    assert mails[0]["Subject"] == "Uji peringatan Kabupaten Mojokerto"
    assert "Pesan uji" in messages[-1][1]["text"]
    assert capsys.readouterr().out == "SUREL (surel): terkirim\nTELEGRAM (Telegram): terkirim\n"
