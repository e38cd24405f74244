"""Sources, deliveries, findings, quarantine, the release itself: `meta_` tables."""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.schema.base import metadata

meta_source = sa.Table(
    "meta_source",
    metadata,
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("target_table", sa.Text),  # empty: its files are only checked
    sa.Column("cadence", sa.Text, nullable=False),  # hourly, daily, weekly, monthly, quarterly, yearly, irregular
    sa.Column("grace_minutes", sa.Integer),  # all three empty: no due date agreed
    sa.Column("due_working_days", sa.Integer),
    sa.Column("due_days", sa.Integer),
    sa.Column("max_age_days", sa.Integer),
    sa.Column("description", sa.Text),
    sa.Column("owner", sa.Text),  # the unit that answers for it
    sa.Column("ms_keg", sa.Text),  # Satu Data: number, name and method of the statistical activity
    sa.Column("activity", sa.Text),
    sa.Column("method", sa.Text),
    sa.Column("license", sa.Text, nullable=False),
    sa.Column("provenance", sa.Text, nullable=False),
    sa.Column("contract_sha256", sa.Text, nullable=False),
)
meta_field = sa.Table(  # what each column of a source means
    "meta_field",
    metadata,
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("field_name", sa.Text, nullable=False),
    sa.Column("header_text", sa.Text, nullable=False),
    sa.Column("field_type", sa.Text, nullable=False),
    sa.Column("unit", sa.Text),
    sa.Column("ms_var", sa.Text),  # Satu Data: number of the variable
    sa.Column("description", sa.Text),
    sa.Column("is_required", sa.Boolean, nullable=False),
    sa.Column("is_personal", sa.Boolean, nullable=False),
)
meta_sender = sa.Table(  # who owes deliveries of a source: one clock each
    "meta_sender",
    metadata,
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
)
meta_submission = sa.Table(
    "meta_submission",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("byte_count", sa.BigInteger, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("data_from", sa.DateTime),  # the instant from which it is complete; empty: the day it ends in
    sa.Column("data_until", sa.DateTime),  # the instant the delivery says it is complete to
    sa.Column("is_sample", sa.Boolean, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),  # inbox, contoh, terbitan
    sa.Column("status", sa.Text, nullable=False),  # diterima, sebagian, ditahan, ditolak, digantikan, sudah diterima
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("sheet_name", sa.Text),
    sa.Column("row_count", sa.Integer, nullable=False),
    sa.Column("accepted_count", sa.Integer, nullable=False),
    sa.Column("rejected_count", sa.Integer, nullable=False),
    sa.Column("superseded_count", sa.Integer, nullable=False),  # valid rows replaced by a later delivery
)
meta_finding = sa.Table(
    "meta_finding",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),  # ditolak, ditahan, peringatan
    sa.Column("sheet_name", sa.Text),
    sa.Column("row_no", sa.Integer),
    sa.Column("cell", sa.Text),  # spreadsheet address such as C14, or "baris 14, kolom Waktu Masuk"
    sa.Column("field_name", sa.Text),
    sa.Column("header_text", sa.Text),
    sa.Column("value_text", sa.Text),  # empty for personal fields
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),  # Indonesian, with a right example
)
meta_quarantine = sa.Table(  # the rows held back, as delivered, without personal fields
    "meta_quarantine",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("row_no", sa.Integer, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("row_json", sa.Text, nullable=False),  # header text -> cell text
)
meta_confirmation = sa.Table(  # the word on a held delivery that this release was built with
    "meta_confirmation",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("confirmed_at", sa.DateTime, nullable=False),
)
meta_publication = sa.Table(  # when a release first held a delivery; of sample files nobody asks
    "meta_publication",
    metadata,
    sa.Column("submission_id", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("published_at", sa.DateTime, nullable=False),
)
meta_excuse = sa.Table(  # excuses of delays as they stood when this release was built
    "meta_excuse",
    metadata,
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("opd_code", sa.Text, nullable=False),
    sa.Column("period_end", sa.DateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("excused_by", sa.Text, nullable=False),
    sa.Column("excused_at", sa.DateTime, nullable=False),
    sa.Column("revoke_reason", sa.Text),  # all three empty: it stands
    sa.Column("revoked_by", sa.Text),
    sa.Column("revoked_at", sa.DateTime),
)
meta_release = sa.Table(
    "meta_release",
    metadata,
    sa.Column("release_id", sa.Text, nullable=False),
    sa.Column("built_at", sa.DateTime, nullable=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("content_digest", sa.Text, nullable=False),
    sa.Column("foundation", sa.Text),  # JSON of what a build on top of it needs; empty: it is not built upon
)
