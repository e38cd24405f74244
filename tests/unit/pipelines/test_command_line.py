"""What is wrong around the program is told to the administrator in words, never as a traceback."""

from __future__ import annotations

import subprocess
import sys

import pytest
from python_calamine import CalamineWorkbook

from pipelines.__main__ import DONE, REFUSED, WRONG_USE, main
from pipelines.contracts.contract import SOURCES_DIR
from warehouse.settings import PROJECT_DIR


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


def test_a_reader_who_has_seen_enough_is_no_fault():
    arguments = ["validate", "--contract", str(SOURCES_DIR / "dlh_ispu"), "--json"]
    command = [sys.executable, "-m", "pipelines", *arguments]
    with subprocess.Popen(command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        program.stdout.close()
        assert (program.stderr.read(), program.wait(60)) == (b"", DONE)


@pytest.mark.parametrize(("now", "until"), [("2026-11-22T01:49", "21 November"), ("2026-11-22T06:00", "22 November")])
def test_the_demo_workbook_can_be_sent_at_any_hour(tmp_path, monkeypatch, capsys, now, until):
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path / "var"))
    assert main(["--now", now, "sample", "--demo", str(tmp_path)]) == DONE
    mended = tmp_path / "benar" / "kejadian_112_BPBD_demo.xlsx"
    first = CalamineWorkbook.from_path(mended).get_sheet_by_index(0).to_python()[:10]
    assert any(f"{until} 2026 pukul 06.00" in str(cell) for row in first for cell in row)
    assert main(["--now", now, "validate", str(mended), "--source", "bpbd_kejadian_112"]) == DONE
    assert main(["--now", "2026-11-20T06:00", "validate", str(mended), "--source", "bpbd_kejadian_112"]) == REFUSED
    assert "padahal diterima" in capsys.readouterr().err
