"""`python -m groundplan.project` is the groundplan command."""

from .main import main

main()
