"""Where the frozen application starts: the spawned worker must be told apart before anything else is imported."""

from __future__ import annotations

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()

    from desktop_app.cli import main

    sys.exit(main())
