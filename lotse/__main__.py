"""Lets `python -m lotse` do what the command `lotse` does."""

from lotse.config.cli import main

main()
