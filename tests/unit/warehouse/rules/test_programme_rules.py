"""Deviation, S-curve and critical contracts; SAKIP; the evaluation of a smart city."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from tests.unit.warehouse.rules.judged import judge
from warehouse.evaluation.model import InputProblem
from warehouse.figures import ValueStatus
from warehouse.rules import load_rules

TOBA = "id_kegiatan", "jadwal_target", "target", "realisasi"
PHYSICAL = "kegiatan,tanggal,rencana_fisik,realisasi_fisik\n"


@pytest.mark.parametrize(
    ("plan", "actual", "deviation", "critical"),
    [
        ("55", "45", "-10.00", "tidak"),  # exactly ten points late
        ("55", "44.99", "-10.01", "ya"),
        ("70", "60", "-10.00", "tidak"),  # the border belongs to the first period
        ("70.01", "65.01", "-5.00", "tidak"),
        ("70.01", "65", "-5.01", "ya"),
        ("100", "100", "0.00", "tidak"),
        ("40", "52.5", "12.50", "tidak"),
        ("0", "0", "0.00", "tidak"),
    ],
)
def test_deviation_and_critical_contract(plan, actual, deviation, critical):
    (case,) = judge("program", f"{PHYSICAL}A,2026-06-30,{plan},{actual}\n")
    assert (str(case.results["deviasi_fisik"]), case.results["kontrak_kritis"]) == (deviation, critical)


def test_the_limit_is_told_from_both_sides():
    critical, sound = judge("program", f"{PHYSICAL}A,2026-06-30,55,43.5\nB,2026-06-30,75,71\n")[:2]
    assert critical.explanation == (
        "Fisik per 30 Juni 2026: tertinggal 11,5 poin.",
        "Pada rencana 55 % boleh tertinggal 10 poin: terlampaui 1,5 poin, kontrak kritis.",
        "Tidak kritis mulai realisasi 45 %.",
    )
    assert sound.explanation[-1] == (
        "Pada rencana 75 % boleh tertinggal 5 poin: masih 1 poin sebelum kritis, yaitu bila realisasi di bawah 70 %."
    )


def test_a_plan_too_small_to_be_late_by_so_much_is_told():
    (case,) = judge("program", f"{PHYSICAL}A,2026-06-30,5,0\n")
    assert case.explanation[-1] == "Pada rencana 5 % boleh tertinggal 10 poin: pada rencana ini belum dapat kritis."


def test_amounts_beyond_the_budget_or_beside_their_percent_are_told():
    header = "kegiatan,tanggal,rencana_keuangan,realisasi_keuangan,realisasi_rp,pagu\n"
    over, apart = judge("program", f"{header}A,2026-06-30,50,,110,100\nB,2026-06-30,50,45,50,100\n")[:2]
    assert over.explanation[-1] == "Realisasi keuangan 30 Juni 2026 melebihi pagu."
    assert apart.explanation[-1] == (
        "Realisasi keuangan 30 Juni 2026 tertulis 45 %, menurut rupiah 50 %; dipakai yang tertulis."
    )
    with pytest.raises(InputProblem, match="kolom pagu: 0 kurang dari 1"):
        judge("program", f"{header}A,2026-06-30,50,,0,0\n")


def test_several_dates_make_a_curve_and_the_last_reported_one_is_judged():
    (case,) = judge("program", f"{PHYSICAL}A,2026-09-30,80,\nA,2026-03-31,20,18\nA,2026-06-30,55,17\n")
    steps = {step.name: step.value for step in case.steps}
    assert [steps[f"fisik_2026-0{month}_deviasi"] for month in ("3-31", "6-30")] == [-2, -38]
    assert "fisik_2026-09-30_deviasi" not in steps
    assert steps["fisik_2026-09-30_rencana"] == 80
    assert case.results["deviasi_fisik"] == Decimal("-38.00")
    assert "Angka kumulatif fisik turun pada 30 Juni 2026." in case.explanation


def test_several_activities_are_weighed_by_their_budgets():
    header = "kegiatan,tanggal,rencana_fisik,realisasi_fisik,rencana_keuangan,realisasi_rp,pagu\n"
    lines = "A,2026-06-30,55,43.5,40,310,1000\nB,2026-06-30,75,71,60,140,250\n"
    *_each, together = judge("program", header + lines)
    assert together.results == {
        "deviasi_fisik": Decimal("-10.00"),
        "realisasi_fisik": Decimal("49.00"),
        "deviasi_keuangan": Decimal("-8.00"),
        "realisasi_keuangan": Decimal("36.00"),
    }
    *_each, together = judge("program", header + lines.replace(",250\n", ",\n"))
    assert (together.status, together.reason) == (ValueStatus.INCOMPLETE, "pagu belum diisi: B")


def test_a_plan_alone_is_incomplete_and_a_date_twice_is_refused():
    (case,) = judge("program", f"{PHYSICAL}A,2026-06-30,55,\n")
    assert (case.status, dict(case.results)) == (ValueStatus.INCOMPLETE, {})
    with pytest.raises(InputProblem, match="tanggal 2026-06-30 ditulis dua kali"):
        judge("program", f"{PHYSICAL}A,2026-06-30,55,50\nA,2026-06-30,55,51\n")
    with pytest.raises(InputProblem, match="101 lebih dari 100"):
        judge("program", f"{PHYSICAL}A,2026-06-30,101,50\n")


@pytest.mark.parametrize(
    ("value", "name"),
    [("0", "D"), ("30", "D"), ("30.01", "C"), ("50", "C"), ("60", "CC"), ("60.01", "B"), ("70", "B"), ("80.00", "BB"),
     ("80.01", "A"), ("90", "A"), ("90.01", "AA"), ("100", "AA")],
)  # fmt: skip
def test_sakip_bands_hold_their_upper_bound(value, name):
    (case,) = judge("sakip", f"nilai\n{value}\n")
    assert case.results["predikat"] == name


@pytest.mark.parametrize(
    ("content", "line", "value", "name"),
    [("poin", "24.6,22.5,11.4,17.5", "76.00", "BB"), ("persen", "82,75,76,70", "76.00", "BB"),
     ("poin", "30,30,15,25", "100.00", "AA")],
)  # fmt: skip
def test_sakip_from_its_parts(content, line, value, name):
    (case,) = judge("sakip", f"perencanaan,pengukuran,pelaporan,evaluasi,nilai\n{line},{value}\n", isi=content)
    assert (str(case.results["nilai"]), case.results["predikat"], case.results["nilai_sesuai"]) == (value, name, "ya")


def test_sakip_is_judged_by_the_regulation_of_its_year():
    header = "tahun,perencanaan,pengukuran,pelaporan,evaluasi,capaian\n"
    (old,) = judge("sakip", f"{header}2019,24,15,11,6,14.5\n")
    assert (old.pack.regulation, str(old.results["nilai"]), old.results["predikat"]) == (
        "PermenPANRB 12/2015", "70.50", "BB",
    )  # fmt: skip
    assert old.explanation[-1] == "Ruang terbesar: pengukuran kinerja, 10 poin."
    (four,) = judge("sakip", f"{header}2021,24,15,11,6,\n")
    assert (four.status, four.reason) == (
        ValueStatus.INCOMPLETE,
        "komponen PermenPANRB 12/2015 belum dinilai: capaian; tanpa capaian, dinilai menurut aturan mulai 2022 "
        "(--year 2022)",
    )  # fmt: skip
    (early,) = judge("sakip", "tahun,nilai\n2014,70\n")
    assert (early.status, early.reason) == (ValueStatus.NOT_APPLICABLE, "tahun 2014 tidak dicakup aturan yang tersedia")
    with pytest.raises(InputProblem, match="kolom capaian: PermenPANRB 88/2021 tidak punya komponen ini"):
        judge("sakip", f"{header}2022,24,15,11,6,14.5\n")


def test_sakip_refuses_more_than_a_part_can_have_and_needs_all_parts():
    with pytest.raises(InputProblem, match=r"kolom pelaporan: 15\.5 lebih dari 15; .*isi=persen"):
        judge("sakip", "pelaporan\n15.5\n")
    (case,) = judge("sakip", "perencanaan,pelaporan,nilai\n20,10,80\n")
    assert (case.status, case.reason) == (
        ValueStatus.INCOMPLETE,
        "komponen PermenPANRB 88/2021 belum dinilai: pengukuran, evaluasi",
    )
    (case,) = judge("sakip", "perencanaan,pengukuran,pelaporan,evaluasi\n24.6,22.5,11.4,17.5\n")
    assert case.explanation[1:] == (
        "Predikat A mulai nilai 80,01: kurang 4,01.",
        "Ruang terbesar: pengukuran kinerja, 7,5 poin.",
    )


SMART = "baseline,output,outcome,impact,quick_win"


@pytest.mark.parametrize(
    ("weights", "exact", "index"), [("10/20/30/20/20", "3.315", "3.32"), ("10/20/30/30/10", "3.257", "3.26")]
)
def test_kediri_with_either_weights(weights, exact, index):
    (case,) = judge("smart-city", f"{SMART}\n3.60,3.21,3.23,3.07,3.65\n", bobot=weights)
    assert ({step.name: step.value for step in case.steps}["indeks_tepat"], str(case.results["indeks"])) == (
        Decimal(exact),
        index,
    )
    assert case.explanation[0] == "Yang paling menahan: " + {
        "3.315": "outcome, nilai 3,23; bila 4, indeks naik 0,231.",
        "3.257": "impact, nilai 3,07; bila 4, indeks naik 0,279.",
    }[exact]  # fmt: skip


def test_a_part_at_or_above_the_top_is_told():
    (whole,) = judge("smart-city", f"{SMART}\n4,4,4,4,4\n")
    assert whole.explanation == ("Tidak ada bagian berbobot di bawah 4, nilai yang tampaknya tertinggi.",)
    (above,) = judge("smart-city", f"{SMART}\n4.1,4,4,4,3\n")
    assert "Di atas 4, nilai yang tampaknya tertinggi: baseline 4,1; periksa nilainya." in above.explanation


def test_a_region_may_weigh_by_the_guide_of_its_year():
    own = ",".join(f"bobot_{name}" for name in SMART.split(","))
    (case,) = judge("smart-city", f"{SMART},{own}\n3,3,3,3,4,0,0,0,0,100\n")
    assert case.results["indeks"] == Decimal("4.00")
    assert case.steps[0].standing == "pilihan daerah"
    for wrong in ("10,20,30,20,30", "10,20,30,20,"):
        with pytest.raises(InputProblem, match="berjumlah 100"):
            judge("smart-city", f"{SMART},{own}\n3,3,3,3,4,{wrong}\n")
    (case,) = judge("smart-city", f"{SMART}\n3,3,,3,3\n")
    assert (case.status, case.reason) == (ValueStatus.INCOMPLETE, "bagian belum dinilai: outcome")


def test_scales_cover_every_value_once():
    rules = load_rules({})
    for scheme, top in (("sakip", 100), ("ikm", 100), ("kinerja", 200)):
        scale = rules.scale(scheme)
        names = [one.name for one in scale.classes]
        seen = [names.index(scale.predikat(Decimal(cents) / 100)) for cents in range(0, top * 100 + 1, 7)]
        assert seen == sorted(seen)
        assert set(seen) == set(range(len(names)))


@pytest.mark.real
def test_the_works_of_toba(real_data):
    with (real_data / "program" / "toba_kegiatan_fisik_2022.csv").open(encoding="utf-8", newline="") as file:
        lines = [[row[name] for name in TOBA] for row in csv.DictReader(file)]
    sums = [line for line in lines if float(line[2]) > 100]
    with pytest.raises(InputProblem) as refusal:  # one target is a sum of money
        judge("program", PHYSICAL + written(lines))
    assert len(refusal.value.messages) == len(sums) == 1
    latest = {(line[0], line[1]): line for line in lines if line not in sums}  # some dates stand there twice
    cases = [case for case in judge("program", PHYSICAL + written(latest.values())) if "deviasi_fisik" in case.results]
    for case in cases:
        points = {key: value for key, value in latest.items() if key[0] == case.key["kegiatan"] and value[3]}
        plan, actual = (float(text) for text in points[max(points)][2:])
        assert float(case.results["deviasi_fisik"]) == pytest.approx(actual - plan)
        assert case.results["kontrak_kritis"] == ("ya" if plan - actual > (10 if plan <= 70 else 5) else "tidak")
    assert len(cases) == len({key[0] for key in latest})


def written(lines) -> str:
    return "".join(f"{','.join(line)}\n" for line in lines)
