"""Code lists: `ref_` tables."""

from __future__ import annotations

import sqlalchemy as sa

from warehouse.schema.base import metadata

ref_region = sa.Table(
    "ref_region",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),  # provinsi, kabupaten, kota, kecamatan
    sa.Column("parent_code", sa.Text),
    sa.Column("tile_column", sa.Integer),
    sa.Column("tile_row", sa.Integer),
    sa.Column("standing", sa.Text, nullable=False),
)
ref_boundary = sa.Table(  # outlines for maps, as far as the region has a file of them; simplified, for looking only
    "ref_boundary",
    metadata,
    sa.Column("code", sa.Text, nullable=False),  # of a kecamatan, Kemendagri
    sa.Column("outline_json", sa.Text, nullable=False),  # GeoJSON geometry, longitude first
    sa.Column("label_longitude", sa.Double, nullable=False),  # a point inside
    sa.Column("label_latitude", sa.Double, nullable=False),
)
ref_opd = sa.Table(
    "ref_opd",
    metadata,
    sa.Column("region_code", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
)
ref_incident_type = sa.Table(
    "ref_incident_type",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("is_fire", sa.Boolean, nullable=False),
)
ref_call_kind = sa.Table(
    "ref_call_kind",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)
ref_handling_status = sa.Table(
    "ref_handling_status",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)
ref_alias = sa.Table(
    "ref_alias",
    metadata,
    sa.Column("reference", sa.Text, nullable=False),  # the ref_ table meant, for example ref_region
    sa.Column("scope", sa.Text, nullable=False),  # region code the spelling holds in, "" for everywhere
    sa.Column("alias_key", sa.Text, nullable=False),  # spelling, lower case, letters and digits only
    sa.Column("code", sa.Text, nullable=False),
)
ref_dimension = sa.Table(  # the six dimensions of a smart-city masterplan
    "ref_dimension",
    metadata,
    sa.Column("code", sa.Text, nullable=False),  # "1" to "6"
    sa.Column("name", sa.Text, nullable=False),  # the leaders' own title: Smart Environment
    sa.Column("name_id", sa.Text, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
)
ref_sub_dimension = sa.Table(
    "ref_sub_dimension",
    metadata,
    sa.Column("code", sa.Text, nullable=False),  # "6.2"
    sa.Column("dimension_code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
)
ref_fund_source = sa.Table(
    "ref_fund_source",
    metadata,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)
ref_horizon = sa.Table(
    "ref_horizon",
    metadata,
    sa.Column("code", sa.Text, nullable=False),  # quick_win, pendek, menengah, panjang
    sa.Column("name", sa.Text, nullable=False),
)
