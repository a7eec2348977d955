"""Putting a finished file in the place of another, so that a power cut cannot undo it.

A rename is whole or not at all, but it is in the folder, and the folder is on the disk only once
it was flushed too. What is written after it (a counter that belongs to a head office from now on)
may rest on it (the key it is known by there), so the rename has to be there first.
"""

import os
from pathlib import Path


def put_in_place(partial: Path, path: Path) -> None:
    """Rename a flushed file and wait until the rename is on the disk."""
    partial.replace(path)
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders, and needs none: NTFS logs renames in their order
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
