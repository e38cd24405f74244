"""What is wrong around the program is told to the administrator in words, never as a traceback."""

from __future__ import annotations

import pytest

from pipelines.__main__ import WRONG_USE, main


@pytest.mark.parametrize("command", ["run", "status"])
def test_a_data_folder_that_cannot_be_used_is_told(tmp_path, monkeypatch, capsys, command):
    path = tmp_path / "berkas"
    path.write_text("bukan folder", "utf-8")
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(path))
    assert main([command]) == WRONG_USE
    assert "Folder data tidak dapat dibaca atau ditulis" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--now", "kemarin", "status"], "kemarin bukan waktu daerah"),
        (["--now", "2026-11-21T16:08+07:00", "status"], "tanpa zona"),
        (["sample", "--as-of", "21/11/2026"], "21/11/2026 bukan tanggal"),
    ],
)
def test_a_wrong_instant_is_told_with_a_right_one(capsys, arguments, said):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == WRONG_USE
    assert said in capsys.readouterr().err
