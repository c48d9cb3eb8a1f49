"""`python -m shared.runtime.cli` is `bangfu`."""

from shared.runtime.cli.group import main

main()
