"""Drawings for the funder's dashboard, made on the server. The table beside each is the page's own."""

from apps.inclusion.charts.plain import Chart, bars

__all__ = ["Chart", "bars"]
