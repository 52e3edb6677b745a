"""`python -m consult_assist`, and the `consult-assist` command."""

import sys

from consult_assist.cli import main

if __name__ == "__main__":
    sys.exit(main())
