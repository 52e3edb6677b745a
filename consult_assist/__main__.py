"""`python -m consult_assist`, and the `consult-assist` command."""

import sys


def main() -> int:
    """Run the command; Ctrl+C while its modules are read ends it as quietly as later."""
    try:
        from consult_assist.cli import main as run  # noqa: PLC0415 - reading it takes a moment

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
