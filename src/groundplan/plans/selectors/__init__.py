"""Everything that reads plans; each takes the viewer."""
