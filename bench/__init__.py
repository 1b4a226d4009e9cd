"""Benchmarks: each prints what ran, on what, against what, in one run."""
