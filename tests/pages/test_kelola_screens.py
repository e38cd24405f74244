"""What `kelola` tells of wall screens over a real release: what each carries, and one tried before it is hung."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.shared import access
from pages.shared.administration.screen_reach import as_toml
from tests.pages.reading import open_page, words_of
from tests.pages.test_kelola import ADMIN, click, labelled
from warehouse.screen_settings import Screen


def test_each_screen_tells_what_it_carries_and_another_is_tried(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "current_scope", lambda: ADMIN)
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
    assert [one.value for one in shown.code] == [
        '[screens.layar_baru]\ntitle = "Layar baru"\nscenes = ["peringatan", "ringkasan"]\n'
        'width_mm = 3630.0\npixels = [5760, 1080]\npanel = "3x1"'
    ]


def test_a_screen_of_usual_settings_is_two_lines():
    assert as_toml(Screen(title='Ruang "Kilat"')) == '[screens.ruang__kilat]\ntitle = "Ruang \\"Kilat\\""'
