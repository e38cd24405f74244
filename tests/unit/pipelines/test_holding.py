"""Which deliveries are held, with the two numbers that do not fit; and which are not, though they look odd."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from pipelines.contracts.contract import Basis, load_contracts
from pipelines.deliveries.submissions import Confirmation
from pipelines.judging.loading import load_source
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.budget_deliveries import (
    LRA,
    Sent,
    csv_report,
    declare_pagu,
    declare_pagu_delivery,
    judge_all,
)
from tests.unit.pipelines.loaded import warehouse
from warehouse.schema import core_budget_ceiling

MONTHLY = LRA.model_copy(update={"basis": Basis(default="kumulatif", senders={"BAPPEDA": "bulanan"})})


def day(number, hour=9):
    return datetime(2022, 12, number, hour)


def send_months(folder, opd, amounts, budget=1000, first=2):
    """One delivery for each month from `first` on, all received on following days."""
    months = enumerate(amounts, start=first)
    return [Sent(csv_report(folder, opd, month, (budget, amount)), day(month)) for month, amount in months]


def held(judged):
    return {name: judged.rules(name) for name in judged.outcomes if judged.rules(name)}


@pytest.mark.parametrize(
    ("pagu", "rules", "words"),
    [
        ({"DINSOS": 1000}, [], ""),
        ({"DINSOS": 999}, ["pagu"], "ANGGARAN Rp 1.000 melebihi pagu DINSOS tahun 2022, Rp 999 (lebih Rp 1)"),
        ({"DINSOS": Decimal("1.75")}, ["pagu"], "(570 kali)"),
        ({"DINSOS": 0}, ["pagu"], "Rp 0 (lebih Rp 1.000)"),
        ({"DINKES": 5}, [], ""),
    ],
)
def test_a_first_delivery_is_held_against_the_declared_pagu(tmp_path, pagu, rules, words):
    path = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    judged = judge_all([Sent(path, day(1))], pagu=pagu)
    assert judged.rules(path.name) == rules
    assert words in judged.outcomes[path.name].reasons
    assert len(judged.rows) == (0 if rules else 1)


def test_without_a_pagu_a_note_says_that_nothing_was_compared(tmp_path):
    path = csv_report(tmp_path, "DINSOS", 10, (10**12, 400))
    judged = judge_all([Sent(path, day(1))])
    assert judged.rules(path.name) == []
    (note,) = [item for item in judged.findings if item["rule"] == "pagu"]
    assert (note["severity"], note["message"]) == (
        "peringatan",
        "Pagu DINSOS tahun 2022 belum dinyatakan, jadi tidak dapat dibandingkan.",
    )


def test_a_pagu_of_real_agencies_does_not_judge_a_sample_delivery(tmp_path):
    path = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    assert judge_all([Sent(path, day(1), is_sample=True)], pagu={"DINSOS": 1}).rules(path.name) == []


@pytest.mark.parametrize(
    ("pagu", "declared_at", "rules"),
    [(900, day(1), ["pagu"]), (900, day(3), []), (300, day(3), ["pagu"])],
    ids=["declared before", "cut afterwards", "another size"],
)
def test_a_pagu_cut_after_a_report_does_not_take_the_report_away(tmp_path, pagu, declared_at, rules):
    path = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    with warehouse() as connection:
        declare_pagu(connection, "35.16", {"DINSOS": pagu})
        declare_pagu_delivery(connection, declared_at)
        open_staging(connection, LRA)
        item = Staged(0, "kiriman", False, read_delivery(path, LRA, tmp_path), day(2), "DINSOS")
        stage_delivery(connection, LRA, item)
        outcome = load_source(connection, LRA, "35.16", [item])["kiriman"]
    assert [doubt.rule for doubt in outcome.doubts] == rules


@pytest.mark.parametrize(
    ("other", "month", "rules"),
    [
        ((1000, 400), 10, ["kembar"]),
        ((1000, 401), 10, []),
        ((1000, 400), 9, []),
        ((1000, ""), 10, []),
    ],
    ids=["all equal", "one differs", "another month", "not told"],
)
def test_totals_of_another_sender_are_held(tmp_path, other, month, rules):
    first = Sent(csv_report(tmp_path, "DINKES", month, other), day(1))
    second = Sent(csv_report(tmp_path, "DINSOS", 10, (1000, 400)), day(2))
    judged = judge_all([first, second])
    assert judged.rules(second.path.name) == rules
    assert judged.rules(first.path.name) == []  # what was loaded stays


def test_of_twins_that_arrive_together_both_are_held(tmp_path):
    sent = [Sent(csv_report(tmp_path, opd, 10, (1000, 400)), day(1)) for opd in ("DINKES", "DINSOS")]
    judged = judge_all(sent)
    assert set(held(judged)) == {"lra_DINKES_2022-10.xls", "lra_DINSOS_2022-10.xls"}
    assert judged.rows == []
    assert "ANGGARAN Rp 1.000 dan REALISASI Rp 400 sama persis dengan kiriman DINKES" in " ".join(
        finding["message"] for finding in judged.findings if finding["severity"] == "ditahan"
    )


def test_two_agencies_without_any_budget_are_no_twins(tmp_path):
    sent = [Sent(csv_report(tmp_path, opd, 10, (0, 0)), day(1)) for opd in ("DINKES", "DINSOS")]
    assert held(judge_all(sent)) == {}


@pytest.mark.parametrize(
    ("budgets", "rules"),
    [
        ((1000, 3000), []),
        ((1000, 3001), ["tingkat"]),
        ((1000, 333), ["tingkat"]),
        ((1000, 334), []),
        ((1000, 0), ["tingkat"]),
        ((0, 1000), []),
    ],
)
def test_a_level_that_shifts_is_held(tmp_path, budgets, rules):
    sent = [
        Sent(csv_report(tmp_path, "DINSOS", month, (budget, month)), day(month))
        for month, budget in enumerate(budgets, start=9)
    ]
    assert judge_all(sent).rules(sent[-1].path.name) == rules


def test_the_level_is_that_of_the_last_loaded_delivery_not_of_a_held_one(tmp_path):
    budgets = (1000, 9000, 1000)
    sent = [
        Sent(csv_report(tmp_path, "DINSOS", month, (budget, month)), day(month))
        for month, budget in enumerate(budgets, start=8)
    ]
    assert held(judge_all(sent)) == {"lra_DINSOS_2022-09.xls": ["tingkat"]}


def test_cumulative_amounts_that_turn_monthly_are_held_month_by_month(tmp_path):
    judged = judge_all(send_months(tmp_path, "DINSOS", (220, 346, 807, 409, 439), budget=2000))
    assert held(judged) == {"lra_DINSOS_2022-05.xls": ["basis"], "lra_DINSOS_2022-06.xls": ["basis"]}
    assert (
        "Rp 409 s.d. 2022-05-31 turun dari Rp 807 s.d. 2022-04-30" in judged.outcomes["lra_DINSOS_2022-05.xls"].reasons
    )
    assert judged.total("realised_idr") == 220 + 346 + 807


def test_a_month_that_comes_late_is_held_against_later_months_too(tmp_path):
    sent = [
        Sent(csv_report(tmp_path, "DINSOS", 4, (1000, 400)), day(1)),
        Sent(csv_report(tmp_path, "DINSOS", 2, (1000, 500)), day(2)),
        Sent(csv_report(tmp_path, "DINSOS", 3, (1000, 300)), day(3)),
    ]
    assert held(judge_all(sent)) == {"lra_DINSOS_2022-02.xls": ["basis"]}


def test_files_taken_in_together_are_judged_in_order_of_their_months(tmp_path):
    sent = [Sent(csv_report(tmp_path, "DINSOS", month, (1000, 10 * month)), day(1)) for month in (9, 3, 6)]
    assert held(judge_all(sent)) == {}


def test_cumulative_amounts_named_by_one_month_are_fine(tmp_path):
    sent = [
        Sent(csv_report(tmp_path, "DINSOS", month, (1000, amount), start=date(2022, month, 1)), day(month))
        for month, amount in ((2, 112), (3, 168), (11, 900), (12, 900))
    ]
    judged = judge_all(sent)
    assert held(judged) == {}
    assert {row["basis"] for row in judged.rows} == {"kumulatif"}


def test_a_lower_amount_for_the_same_period_replaces_and_is_told(tmp_path):
    (tmp_path / "lagi").mkdir()
    sent = [
        Sent(csv_report(tmp_path, "DINSOS", 11, (1000, 900)), day(1)),
        Sent(csv_report(tmp_path / "lagi", "DINSOS", 11, (1000, 600)).rename(tmp_path / "lra_DINSOS_baru.xls"), day(2)),
    ]
    judged = judge_all(sent)
    assert held(judged) == {}
    assert [row["realised_idr"] for row in judged.rows] == [600]
    (note,) = [item for item in judged.findings if item["rule"] == "basis"]
    assert "turun dari Rp 900 pada kiriman sebelumnya menjadi Rp 600" in note["message"]


def add_account(path, *cells):
    with path.open("a", encoding="utf-8") as stream:
        stream.write(",".join(("2022-01-01", "2022-10-31", *cells)) + "\n")
    return path


def test_a_report_sent_again_under_another_name_replaces_all_of_its_accounts(tmp_path):
    first = add_account(csv_report(tmp_path, "DINSOS", 10, (900, 390)), "5.2", "BELANJA MODAL", "100", "10")
    first = first.rename(tmp_path / "lra_DINSOS_awal.xls")
    revised = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    judged = judge_all([Sent(first, day(1)), Sent(revised, day(2))])
    assert {row["account_code"]: row["realised_idr"] for row in judged.rows} == {"5.1": 400}
    assert judged.outcomes[first.name].kept == 0


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        (("5.2", "BELANJA MODAL", "banyak", "7"), ["tidak_lengkap"]),
        (("5.1", "BELANJA OPERASI", "100", "7"), ["tidak_lengkap"]),
        (("5.2", "BELANJA MODAL", "100", "7"), []),
    ],
    ids=["unreadable", "the same account twice", "whole"],
)
def test_a_report_that_cannot_be_added_up_is_held(tmp_path, cells, rules):
    path = add_account(csv_report(tmp_path, "DINSOS", 10, (1000, 400)), *cells)
    judged = judge_all([Sent(path, day(1))])
    assert judged.rules(path.name) == rules
    assert ("1 dari 2 baris tidak dapat dimuat" in judged.outcomes[path.name].reasons) == bool(rules)


@pytest.mark.parametrize(("amounts", "rules"), [((1000, 1000), []), ((400, 1000), ["melebihi"])])
def test_more_spent_than_budgeted_is_held(tmp_path, amounts, rules):
    path = csv_report(tmp_path, "DINSOS", 10, amounts)
    judged = judge_all([Sent(path, day(1))])
    assert judged.rules(path.name) == rules
    assert ("REALISASI Rp 1.000 melebihi ANGGARAN Rp 400" in judged.outcomes[path.name].reasons) == bool(rules)


def test_a_changed_pagu_replaces_all_that_the_agency_was_given_before(tmp_path):
    pagu = next(contract for contract in load_contracts() if contract.source_id == "bpkad_pagu")
    rows = {
        "pagu_opd_2022.csv": ("DINSOS;2022;5;1.000", "DLH;2022;5;7"),
        "pagu_opd_2022_dppa.csv": ("DINSOS;2022;5.1;1.500",),
    }
    with warehouse() as connection:
        open_staging(connection, pagu)
        staged = []
        for number, (file_name, lines) in enumerate(rows.items()):
            path = tmp_path / file_name
            path.write_text("\n".join(("OPD;Tahun;Kode Rekening;Pagu (Rp)", *lines)), "utf-8")
            staged.append(Staged(number, file_name, False, read_delivery(path, pagu, tmp_path), day(number + 1)))
            stage_delivery(connection, pagu, staged[-1])
        load_source(connection, pagu, "35.16", staged)
        found = connection.execute(sa.select(*core_budget_ceiling.c["opd_code", "account_code", "ceiling_idr"])).all()
    assert sorted(map(tuple, found)) == [("DINSOS", "5.1", 1500), ("DLH", "5", 7)]


@pytest.mark.parametrize(
    ("pagu", "rules"),
    [((400, 400), ["pagu"]), ((400, 1000), []), ((1000, 400), []), ((400, 999), ["pagu"])],
    ids=["declared again", "raised", "cut", "raised, not enough"],
)
def test_a_later_pagu_judges_an_earlier_report_by_what_was_in_force_too(tmp_path, pagu, rules):
    declared = next(contract for contract in load_contracts() if contract.source_id == "bpkad_pagu")
    with warehouse() as connection:
        open_staging(connection, declared)
        staged = []
        for number, amount in enumerate(pagu):
            path = tmp_path / f"pagu_opd_2022_{number}.csv"
            path.write_text(f"OPD;Tahun;Kode Rekening;Pagu (Rp)\nDINSOS;2022;5;{amount}\n", "utf-8")
            staged.append(Staged(number, f"pagu:{number}", False, read_delivery(path, declared, tmp_path)))
            stage_delivery(connection, declared, staged[-1])
            declare_pagu_delivery(connection, day(1 + 4 * number), f"pagu:{number}")
        load_source(connection, declared, "35.16", staged)
        open_staging(connection, LRA)
        report = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
        item = Staged(0, "kiriman", False, read_delivery(report, LRA, tmp_path), day(2), "DINSOS")
        stage_delivery(connection, LRA, item)
        outcome = load_source(connection, LRA, "35.16", [item])["kiriman"]
    assert [doubt.rule for doubt in outcome.doubts] == rules


def resend(folder, opd, month, versions, name="lra_sama.xls"):
    """The same report sent again and again under one name."""
    sent = []
    for number, amounts in enumerate(versions, start=1):
        path = csv_report(folder, opd, month, amounts)
        sent.append(Sent(path.rename(folder / f"lra_{opd}_v{number}.xls"), day(number), named=name))
    return sent


@pytest.mark.parametrize(
    ("versions", "held_versions", "loaded"),
    [
        (((1000, 400), (1100, 450)), [], 450),
        (((1000, 400), (9000, 450)), [2], 400),
        (((1000, 400), (9000, 450), (1000, 460)), [2], 460),
        (((1000, 900), (1000, 600)), [], 600),
    ],
    ids=["replaced", "held, so the first stays", "held, then right", "corrected downwards"],
)
def test_a_file_sent_again_is_held_against_the_one_it_would_replace(tmp_path, versions, held_versions, loaded):
    judged = judge_all(resend(tmp_path, "DINSOS", 10, versions))
    assert held(judged) == {f"lra_DINSOS_v{number}.xls": ["tingkat"] for number in held_versions}
    assert [row["realised_idr"] for row in judged.rows] == [loaded]


def test_what_was_replaced_no_longer_holds_others(tmp_path):
    sent = resend(tmp_path, "DINSOS", 9, ((1000, 900), (1000, 500)))
    sent.append(Sent(csv_report(tmp_path, "DINSOS", 10, (1000, 600)), day(5)))
    sent.append(Sent(csv_report(tmp_path, "DINKES", 9, (1000, 900)), day(6)))
    judged = judge_all(sent)
    assert held(judged) == {}
    assert sum(outcome.is_replaced for outcome in judged.outcomes.values()) == 1


def monthly(folder, amounts, **period):
    return [
        Sent(
            csv_report(folder, "BAPPEDA", month, (9000, amount), start=period.get("start", date(2022, month, 1))),
            day(month),
        )
        for month, amount in enumerate(amounts, start=1)
    ]


@pytest.mark.parametrize(
    ("amounts", "rules"),
    [
        ((100, 100, 100, 299), []),
        ((100, 100, 100, 300), ["basis"]),
        ((100, 100, 500), []),
        ((0, 0, 0, 5), []),
        ((100, 100, 100, 0), []),
    ],
    ids=["below the sum", "as large as the sum", "too few months", "nothing yet", "nothing this month"],
)
def test_monthly_amounts_that_turn_cumulative_are_held(tmp_path, amounts, rules):
    sent = monthly(tmp_path, amounts)
    judged = judge_all(sent, MONTHLY)
    assert judged.rules(sent[-1].path.name) == rules
    assert {row["basis"] for row in judged.rows} == {"bulanan"}


def test_a_monthly_sender_that_writes_a_longer_period_is_held(tmp_path):
    path = csv_report(tmp_path, "BAPPEDA", 3, (1000, 100), start=date(2022, 1, 1))
    judged = judge_all([Sent(path, day(1))], MONTHLY)
    assert judged.rules(path.name) == ["basis"]
    assert "2022-01-01 s.d. 2022-03-31" in judged.outcomes[path.name].reasons


def test_held_rows_are_in_quarantine_with_the_reason_and_findings_are_kept(tmp_path):
    path = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    with path.open("a", encoding="utf-8") as stream:
        stream.write("2022-01-01,2022-10-31,5.2,BELANJA MODAL,banyak,7\n")
    judged = judge_all([Sent(path, day(1))], pagu={"DINSOS": 10})
    outcome = judged.outcomes[path.name]
    assert (outcome.staged, outcome.accepted, outcome.rejected, outcome.kept) == (2, 0, 2, 0)
    assert [row["row_no"] for row in judged.quarantine] == [2, 3]
    assert all("Kiriman ditahan: ANGGARAN Rp 1.000 melebihi pagu" in row["reasons"] for row in judged.quarantine)
    assert '"banyak" di kolom "ANGGARAN"' in judged.quarantine[1]["reasons"]
    assert {(item["severity"], item["rule"]) for item in judged.findings} >= {("ditahan", "pagu"), ("ditolak", "angka")}


@pytest.mark.parametrize(("rules", "loaded"), [(("pagu",), 1), (("unit", "pagu"), 1), (("unit",), 0)])
def test_a_confirmation_counts_only_for_what_was_shown(tmp_path, rules, loaded):
    said = Confirmation("Kepala BPKAD (uji)", day(2), "DPPA belum dikirim.", "Unit belum diisi.", rules)
    path = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    judged = judge_all([Sent(path, day(1), said)], pagu={"DINSOS": 10})
    assert len(judged.rows) == loaded
    told = "Konfirmasi Kepala BPKAD (uji) dahulu menyangkut hal lain: Unit belum diisi."
    assert (told in judged.outcomes[path.name].message) == (not loaded)


def test_a_confirmed_delivery_is_loaded_and_its_message_says_by_whom(tmp_path):
    said = Confirmation("Kepala BPKAD (uji)", day(2), "DPPA belum dikirim.", "ANGGARAN melebihi pagu.", ("pagu",))
    path = csv_report(tmp_path, "DINSOS", 10, (1000, 400))
    judged = judge_all([Sent(path, day(1), said)], pagu={"DINSOS": 10})
    outcome = judged.outcomes[path.name]
    assert (outcome.is_loaded, outcome.accepted, len(judged.rows)) == (True, 1, 1)
    assert outcome.message == (
        "Dimuat atas konfirmasi Kepala BPKAD (uji), 2 Desember 2022 pukul 09.00: DPPA belum dikirim. "
        "Alasan ditahan: ANGGARAN melebihi pagu."
    )
    assert [item["severity"] for item in judged.findings if item["rule"] == "pagu"] == ["peringatan"]
