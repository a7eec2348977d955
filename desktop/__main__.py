"""The `guitai` command, and `python -m desktop`."""

import sys
import traceback


def main() -> None:
    """Run the command line; end with its exit code."""
    from desktop.cli.app import run
    from desktop.cli.invocation import environment

    words = sys.argv[1:]
    try:
        code = run(words, environment())
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # noqa: BLE001 - the last door: what comes here is a bug
        code = _bug(error, as_json="--json" in words)
    sys.exit(code)


def _bug(error: Exception, *, as_json: bool) -> int:
    """Say that the program failed, with the trace for whoever mends it."""
    from desktop.cli.answers import BUG, write_json
    from desktop.cli.sentences import sentence

    traceback.print_exc()
    if as_json:
        write_json({"bug": {"code": type(error).__name__, "details": {}}})
    sys.stderr.write(sentence("bug", {}, "zh") + " " + sentence("bug", {}, "en") + "\n")
    return BUG


if __name__ == "__main__":
    main()
