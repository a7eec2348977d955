"""`python -m sync.server HOME [HOST] [PORT]`: head office as a process of its own."""

import sys
from pathlib import Path

from sync.server.app import LOOPBACK, PORT, serve
from sync.server.workers import WORKER, work


def main(arguments: list[str]) -> int:
    """Serve the head office in a folder until stopped; 2 when the folder is not named."""
    if not arguments:
        sys.stderr.write("python -m sync.server HOME [HOST] [PORT]\n")
        return 2
    if arguments[0] == WORKER:
        work(int(arguments[1]), Path(arguments[2]))
        return 0
    home, *rest = arguments
    host = rest[0] if rest else LOOPBACK
    port = int(rest[1]) if len(rest) > 1 else PORT
    serve(Path(home), host, port)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
