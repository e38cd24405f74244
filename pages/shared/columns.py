"""Names of table columns as readers know them; an unknown column keeps its own name rather than a guess."""

from __future__ import annotations

from gettext import gettext as _

WORDS = {
    "file_name": _("berkas"),
    "sheet_name": _("lembar"),
    "row_no": _("baris"),
    "region_code": _("kode daerah"),
    "submission_id": _("kiriman"),
    "is_sample": _("contoh"),
    # SPBE
    "result_year": _("tahun"),
    "institution_name": _("instansi"),
    "institution_kind": _("jenis instansi"),
    "group_name": _("kelompok"),
    "domain_1_index": _("domain 1"),
    "domain_2_index": _("domain 2"),
    "domain_3_index": _("domain 3"),
    "domain_4_index": _("domain 4"),
    "spbe_index": _("indeks SPBE"),
    "predikat": _("predikat"),
    # waste
    "data_year": _("tahun"),
    "province_name": _("provinsi"),
    "region_name": _("daerah"),
    "generation_daily_ton": _("timbulan, ton/hari"),
    "generation_ton": _("timbulan, ton"),
    "reduced_ton": _("pengurangan, ton"),
    "reduced_pct": _("pengurangan, %"),
    "handled_ton": _("penanganan, ton"),
    "handled_pct": _("penanganan, %"),
    "managed_ton": _("terkelola, ton"),
    "managed_pct": _("terkelola, %"),
    "recycled_ton": _("daur ulang, ton"),
    "raw_material_ton": _("bahan baku, ton"),
    "recycling_rate_pct": _("laju daur ulang, %"),
    # 112
    "call_id": _("ID panggilan"),
    "ticket_no": _("nomor tiket"),
    "call_kind_code": _("jenis panggilan"),
    "offered_at": _("waktu masuk"),
    "answered_at": _("waktu dijawab"),
    "ended_at": _("waktu selesai"),
    "wait_seconds": _("lama tunggu, detik"),
    "talk_seconds": _("lama bicara, detik"),
    "incident_type_code": _("jenis kejadian"),
    "kecamatan_code": _("kecamatan"),
    "opd_code": _("OPD penangan"),
    "handling_status_code": _("status"),
    "reported_at": _("waktu lapor"),
    "dispatched_at": _("waktu penugasan"),
    "arrived_at": _("waktu tiba"),
    "closed_at": _("waktu selesai"),
    "sender": _("OPD pelapor"),
    "age_seconds": _("umur, detik"),
}


def column_words(name: str) -> str:
    return WORDS.get(name, name)
