"""`python -m reports snapshot`: the numbers of the page in every file, and plain words when it cannot be done."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reports.__main__ import DONE, INCOMPLETE, NO_RELEASE, WRONG_USE, main
from tests.pages.conftest import NOW
from tests.pages.reading import open_page
from tests.unit.reports.reading import together

AT = ("--now", NOW.isoformat())


def take(out: Path, *arguments: str) -> int:
    return main(["snapshot", "--page", "ringkasan", *AT, "--out", str(out), *arguments])


def files(folder: Path, ending: str) -> list[Path]:
    return sorted(folder.glob(f"*.{ending}"))


@pytest.mark.parametrize("dimension", ["", pytest.param("4", marks=pytest.mark.slow)])
def test_the_numbers_of_the_page_are_in_every_file(release: Path, tmp_path: Path, dimension: str) -> None:
    address = {"dimensi": dimension} if dimension else {}
    shown = open_page("ringkasan", **address)
    filters = [part for key, value in address.items() for part in ("--filter", f"{key}={value}")]
    assert take(tmp_path, *filters) == DONE
    (pdf,) = files(tmp_path, "pdf")
    paper = together("".join(page.extract_text() for page in PdfReader(pdf).pages))
    metrics = [(metric.label, metric.value) for metric in shown.metric]
    assert len(metrics) >= 6
    assert [value for _label, value in metrics if together(str(value)) not in paper] == []
    cells = [cell for table in shown.table for row in table.value.itertuples(index=False) for cell in row]
    plain = [str(cell).split("](")[0].lstrip("[").replace("\\", "") for cell in cells]
    assert [cell for cell in plain if together(cell) not in paper] == []
    book = CalamineWorkbook.from_path(files(tmp_path, "xlsx")[0])
    header, *rows = book.get_sheet_by_name("Angka utama").to_python()
    assert {row[header.index("Angka")] for row in rows} == {label.replace("\\", "") for label, _value in metrics}
    assert files(tmp_path, "csv")[0].read_text("utf-8-sig").count("Angka utama") == len(metrics)
    assert len(files(tmp_path, "png")) == len(PdfReader(pdf).pages)


@pytest.mark.slow
def test_the_same_state_is_the_same_files(release: Path, tmp_path: Path) -> None:
    digests = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        assert take(folder, "--format", "pdf,xlsx,csv") == DONE
        digests.append(
            [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(folder.iterdir())]
        )
    assert digests[0] == digests[1]
    assert len(digests[0]) == 3


def test_what_was_written_is_named(release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(tmp_path / "baru", "--format", "csv") == DONE
    (written,) = files(tmp_path / "baru", "csv")
    assert capsys.readouterr().out.strip() == str(written)
    assert written.name.startswith("pendopo_ringkasan_35.16_2026-11-21.01_")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--page", "ringkasa"), "Halaman ringkasa tidak ada; maksudnya 'ringkasan'?"),
        (("--filter", "dimensi=9"), "dimensi=9 tidak dikenal. Pilihan: 1, 4, 6."),
        (("--filter", "tahun=2024"), "Saringan tahun tidak dipakai di halaman ini."),
        (("--filter", "periode=lama"), "periode=lama tidak dikenal"),
    ],
)
def test_a_wrong_request_says_what_to_write(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert take(tmp_path, *arguments) == WRONG_USE
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--filter", "dimension=4"), "saringan dimension tidak dikenal; maksudnya 'dimensi'?"),
        (("--filter", "dimensi"), "dimensi bukan saringan; tulis seperti tahun=2026"),
        (("--format", "docx"), "format docx tidak dikenal; pilihan: pdf, png, xlsx, csv"),
        (("--now", "kemarin"), "kemarin bukan waktu daerah"),
    ],
)
def test_a_wrong_option_is_refused_with_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        take(tmp_path, *arguments)
    assert stopped.value.code == WRONG_USE
    assert words in capsys.readouterr().err


def test_an_unknown_release_names_those_there_are(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(tmp_path, "--release", "2026-11-20.01") == NO_RELEASE
    assert "Rilis 2026-11-20.01 tidak ada" in (words := capsys.readouterr().err)
    assert "2026-11-21.01" in words


def test_an_instant_before_the_release_is_refused(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(tmp_path, "--now", "2020-01-01T00:00") == NO_RELEASE
    assert "pada 2020-01-01 00.00 rilis itu belum ada" in capsys.readouterr().err


def test_without_a_release_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path / "kosong"))
    assert take(tmp_path) == NO_RELEASE
    assert "python -m pipelines run" in capsys.readouterr().err


def test_a_section_that_fails_leaves_the_others_and_changes_the_code(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("reports.pages.ringkasan._actions", _fail)
    assert take(tmp_path, "--format", "pdf") == INCOMPLETE
    assert "Perlu tindakan" in capsys.readouterr().err
    text = "".join(page.extract_text() for page in PdfReader(files(tmp_path, "pdf")[0]).pages)
    assert "Bagian ini belum dapat ditampilkan" in text
    assert "Jam data" in text


def _fail(_desk: object) -> None:
    raise RuntimeError("broken on purpose")
