"""Checking and importing files of records."""
