"""`python -m shared.runtime.cli` is `bangfu`."""

from shared.runtime.cli.main import main

main()
