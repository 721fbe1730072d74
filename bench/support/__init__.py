"""What the benchmarks stand on: a site of their own, engines to compare with, measures, and a client that counts."""

import sys
from pathlib import Path

# Benchmarks are run as scripts, whose folder is on the path instead of the project's.
ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
