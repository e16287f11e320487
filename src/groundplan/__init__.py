"""Groundplan: account and territory plans built on facts.

docs/tour.md says what is in which room, and in what order things happen.
"""

import os

__version__ = "0.1.0"
# Linear algebra is done on blocks, by threads of ours: a pool of threads within each product of
# small matrices waits more than it works. It counts only where NumPy isn't loaded yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
