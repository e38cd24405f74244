"""Names of table columns on a screen: the same as on paper."""

from __future__ import annotations

from reports.columns import column_words

__all__ = ["column_words"]
