"""Measures Groundplan on a seeded workload and prints ratios."""
