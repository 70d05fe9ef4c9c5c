"""Turn what SQLite says into one sentence that names the file and the remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notices.errors import Refusal


class StoreError(Refusal):
    """The store cannot be opened, read or written; nothing stored before is lost."""


_REMEDIES = (
    ("SQLITE_FULL", "파일을 더 쓸 자리가 없습니다(디스크가 찼습니다). 자리를 비우고 다시 하십시오."),
    ("SQLITE_IOERR", "파일을 읽거나 쓸 수 없습니다(디스크가 찼거나 고장입니다). 디스크를 살피고 다시 하십시오."),
    ("SQLITE_BUSY", "파일을 다른 프로그램이 쓰고 있습니다. 그것이 끝난 뒤 다시 하십시오."),
    ("SQLITE_LOCKED", "파일을 다른 프로그램이 쓰고 있습니다. 그것이 끝난 뒤 다시 하십시오."),
    ("SQLITE_NOTADB", "파일은 데이터베이스가 아닙니다. 다른 곳으로 옮기고 다시 하거나 --home을 확인하십시오."),
    ("SQLITE_CORRUPT", "데이터베이스가 깨졌습니다. 백업에서 되살리십시오."),
    ("SQLITE_READONLY", "파일에 쓸 수 없습니다(읽기 전용). 파일과 폴더의 권한을 고치고 다시 하십시오."),
    ("SQLITE_PERM", "파일에 쓸 수 없습니다. 파일과 폴더의 권한을 고치고 다시 하십시오."),
    ("SQLITE_CANTOPEN", "파일을 열 수 없습니다. 폴더가 있는지와 권한을 확인하십시오."),
)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Raise StoreError for what SQLite refuses inside."""
    try:
        yield
    except sqlite3.Error as wrong:
        name = getattr(wrong, "sqlite_errorname", "") or ""
        remedy = next((text for start, text in _REMEDIES if name.startswith(start)), None)
        remedy = remedy or f"데이터베이스에서 오류가 났습니다({wrong}). 이 문장을 개발자에게 알려 주십시오."
        raise StoreError(f"{path} {remedy}") from wrong
