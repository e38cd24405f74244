"""The button of `kelola` that tries every address of alarms: asked once, its result told, no address anywhere."""

from __future__ import annotations

import json

import pytest
import streamlit as st

from journal.notice_tests import finish_test, last_test
from journal.store import Journal
from tests.pages.conftest import NOW
from tests.pages.reading import open_page, words_of
from tests.pages.test_kelola import ADMIN, click, journal, told  # noqa: F401 - `journal` is a fixture


def test_nobody_to_be_told_is_said(journal: Journal) -> None:  # noqa: F811
    words = words_of(open_page("kelola", bagian="pemberitahuan"))
    assert "Tidak seorang pun diberi tahu" in words and "belum ada yang dapat diuji" in words


def test_every_address_is_tried_and_the_result_told(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    addresses = {"kritis": ["PERINGATAN_POSKO", "PERINGATAN_SUREL"]}
    monkeypatch.setenv("PENDOPO_ALARMS", json.dumps({"addresses": addresses}))
    monkeypatch.setenv("PERINGATAN_POSKO", "tgram://kuncibot/1")
    st.cache_resource.clear()
    shown = open_page("kelola", bagian="pemberitahuan")
    assert "Belum pernah diuji." in words_of(shown)
    shown = click(shown, "Kirim pesan uji")
    assert "Diminta." in told(shown) and "Menunggu proses operasi" in words_of(shown)
    shown = click(shown, "Kirim pesan uji")
    assert "belum selesai" in told(shown)
    asked = last_test(journal)
    assert asked is not None and asked.asked_by == "contoh.admin"
    results = {
        "PERINGATAN_POSKO": ("Telegram", ""),
        "PERINGATAN_SUREL": ("surel", "Layanan pesan menolak dengan kode 401."),
    }
    finish_test(journal, ADMIN, NOW, asked, results)
    words = words_of(shown.run())
    assert "2 alamat dicoba, 1 gagal" in words
    assert "● terkirim" in words and "menolak dengan kode 401" in words
    assert "kuncibot" not in words
