#!/usr/bin/env python
"""The command `lotse` for a checkout in which nothing is installed."""

from lotse.config.cli import main

if __name__ == "__main__":
    main()
