"""Where a row came from: source systems, keys, import runs, field overrides, redirects."""
