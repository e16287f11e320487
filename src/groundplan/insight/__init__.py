"""Runs measures, keeps their results and explains a number; tier overrides."""
