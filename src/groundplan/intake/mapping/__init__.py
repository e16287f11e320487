"""How a source's files become the canonical tables: written as TOML, compiled to SQL."""
