"""Replace files so that a reader always finds a whole one, and only when their bytes change."""

from __future__ import annotations

import os
from pathlib import Path

_MARK = ".part"


def replace(path: Path, content: bytes, *, forced: bool = True) -> bool:
    """Write a file beside its place, force it to disk and put it there; return whether anything had to be written.

    Without `forced` the caller forces many files at once, before it notes anywhere that they are there.
    """
    if _same(path, content):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}{_MARK}")
    try:
        with part.open("wb") as file:
            file.write(content)
            if forced:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return True


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Remove what a killed run left half written."""
    for part in folder.rglob(f".*{_MARK}"):
        part.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Force the names in a folder to disk, so that a power cut does not bring the old ones back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
