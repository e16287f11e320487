"""The week: what is due over all plans."""
