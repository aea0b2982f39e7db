"""Measurements for `make bench`: what a page costs in processor time, web and PostgreSQL together."""
