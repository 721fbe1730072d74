"""What the benchmarks stand on: a site of their own, engines to compare with, measures, and a client that counts."""
