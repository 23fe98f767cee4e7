"""
Runs djade (which formats) and djlint over our templates; --mend lets djade write.

Both would complain if there were no template to look at.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def main() -> int:
    templates = [str(path) for path in sorted((ROOT / "lotse").rglob("templates/**/*.html"))]
    if not templates:
        return 0
    only_look = [] if "--mend" in sys.argv else ["--check"]
    commands = [
        [str(BIN / "djade"), "--target-version", "5.2", *only_look, *templates],
        [str(BIN / "djlint"), "--quiet", "--lint", *templates],
    ]
    # Both are run, so that one look shows everything there is to mend.
    return max(subprocess.run(one, cwd=ROOT, check=False).returncode for one in commands)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
