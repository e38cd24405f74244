"""Ringkasan: what needs action, headline figures of each dimension, what is nearest to its limit, the data clock."""

from __future__ import annotations

import streamlit as st

from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import ringkasan
from warehouse.filters import read_filters

desk = open_desk(ringkasan.TITLE)
filters = read_filters(st.query_params.to_dict())
show_content(desk, ringkasan.build(desk, filters))
