"""SVG drawn from numbers, with literal fills; no Django."""
