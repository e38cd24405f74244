"""Levels from thresholds: classes per indicator, the worst of a group, a matrix, gates, and how a level is kept."""
