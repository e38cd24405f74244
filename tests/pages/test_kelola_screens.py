"""What `kelola` does with wall screens over a real release: what each carries, one tried, one set and taken back."""

from __future__ import annotations

import pytest

from journal.screen_settings import ScreenEdit, kept_screens, save_screen
from pages.shared import access, data
from pages.shared.administration.screen_editing import name_of
from pages.shared.screens import known_screens
from tests.pages.reading import open_page, words_of
from tests.pages.test_kelola import ADMIN, click, labelled
from warehouse.settings import Settings


@pytest.fixture(autouse=True)
def _admin(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal of its own: workers share the built release."""
    monkeypatch.setattr(access, "current_scope", lambda: ADMIN)


def test_each_screen_tells_what_it_carries_and_another_is_tried() -> None:
    shown = open_page("kelola", bagian="layar")
    words = words_of(shown)
    assert "/dinding?layar=utama" in words
    assert "18,6 mm" in words and "16,0 menit busur" in words
    assert "tanpa peta kecamatan" in words and "Setiap adegan kembali sesudah" in words
    labelled(shown, "text_input", "Panel").input("3x1")
    labelled(shown, "number_input", "Piksel lebar").set_value(5761)
    shown = click(shown, "Coba")
    assert [one.value for one in shown.error] == ["lebar 5761 piksel tidak terbagi rata untuk panel 3x1"]
    labelled(shown, "number_input", "Piksel lebar").set_value(5760)
    labelled(shown, "number_input", "Lebar gambar").set_value(3630)
    labelled(shown, "multiselect", "Adegan").set_value(["peringatan", "ringkasan"])
    shown = click(shown, "Coba")
    assert not shown.error and "Layar baru" not in [one.title for one in known_screens().values()]
    labelled(shown, "text_input", "Nama layar").input("Papan lobi 3x1")
    labelled(shown, "text_input", "Mengapa (wajib untuk menyimpan)").input("papan lobi dipasang")
    shown = click(shown, "Simpan")
    assert [one.value for one in shown.success] == ["Disimpan. Papan lobi 3x1 berganti dalam beberapa detik."]
    made = known_screens()["papan_lobi_3x1"]
    assert (made.pixels, made.scenes, made.panels) == ((5760, 1080), ("peringatan", "ringkasan"), (3, 1))


def test_a_screen_of_the_settings_is_set_and_taken_back() -> None:
    shown = open_page("kelola", bagian="layar")
    labelled(shown, "selectbox", "Layar yang diatur").select("utama")
    shown.run()
    labelled(shown, "selectbox", "Tema").select("terang")
    shown = click(shown, "Simpan")
    assert "wajib menyebut alasan" in shown.error[0].value
    labelled(shown, "text_input", "Mengapa (wajib untuk menyimpan)").input("silau")
    shown = click(shown, "Simpan")
    assert [one.value for one in shown.error] == []
    assert known_screens()["utama"].theme == "terang"
    assert "halaman ini" in words_of(shown)
    labelled(shown, "text_input", "Alasan (wajib)").input("tirai dipasang")
    shown = click(shown, "Ya, lakukan")
    assert known_screens() == data.settings().screens


@pytest.mark.slow
def test_an_edit_of_something_somebody_else_changed_is_refused() -> None:
    shown = open_page("kelola", bagian="layar")
    labelled(shown, "selectbox", "Layar yang diatur").select("utama")
    shown.run()
    lighter = data.settings().screens["utama"].model_copy(update={"theme": "terang"})
    kept = kept_screens(access.journal()).get("utama")
    edit = ScreenEdit("utama", lighter, kept.version if kept else 0)
    save_screen(access.journal(), ADMIN, data.local_now(), edit, "silau")
    labelled(shown, "number_input", "Kursi terjauh").set_value(6.0)
    labelled(shown, "text_input", "Mengapa (wajib untuk menyimpan)").input("kursi digeser")
    shown = click(shown, "Simpan")
    assert "sudah diubah sejak Anda membukanya" in shown.error[0].value
    assert known_screens()["utama"] == lighter
    assert labelled(shown, "selectbox", "Tema").value == "terang"  # read afresh


def test_the_address_of_a_new_screen() -> None:
    assert name_of('Ruang "Kilat" 2') == "ruang__kilat__2"
