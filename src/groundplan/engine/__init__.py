"""Schemas of the facts, Parquet layers and running SQL stages on DuckDB; no Django."""
