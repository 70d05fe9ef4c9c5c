"""One writer at a time: a lock that the system drops when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notices.store.errors import StoreError


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the right to write to this database file; a second holder is refused with one sentence, at once."""
    place = path.with_name(path.name + ".lock")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = place.open("a+", encoding="utf-8")
    except OSError as wrong:
        raise StoreError(f"{place} 파일을 쓸 수 없습니다({wrong.strerror}): 폴더의 권한을 고치십시오.") from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            holder = handle.read(20).strip() or "?"
            raise StoreError(
                f"{path} 데이터베이스에 다른 집알림(프로세스 {holder})이 쓰고 있습니다: 그것이 끝난 뒤 다시 하십시오."
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
