"""Words and times narrow a selection first; places and types are then looked at one by one, with the same result."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from notices.store import selection
from notices.store.views import Selection
from tests.desk import made


def test_times_and_words_change_how_is_asked_and_not_what_comes(tmp_path: Path) -> None:
    since, closes = made.NOW - timedelta(days=30), made.TODAY - timedelta(days=400)
    with made.store(tmp_path) as store:
        made.take(store, made.notice(), made.notice("201", "달빛마을 국민임대 모집", fields={"supply": "국민임대"}))
        wishes: tuple[dict[str, Any], ...] = (
            {"regions": ("4148",)},
            {"regions": ("11",)},
            {"supply": ("국민임대",)},
            {"sources": ("haetsal",)},
        )
        furthers: tuple[dict[str, Any], ...] = ({"since": since}, {"words": "마을"})
        for wish in wishes:
            plain = {told.id for told in store.announcements.select(Selection(**wish))}
            for more in furthers:
                asked = Selection(**wish, **more)
                assert {told.id for told in store.announcements.select(asked)} == plain
                assert {event.announcement.id for event in store.events.select(asked)} == plain
        assert [told.id for told in store.announcements.select(Selection(regions=("4148",), closes_from=closes))] == [1]


def test_of_common_words_the_newest_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "COMMON", 2)
    with made.store(tmp_path) as store:
        made.take(store, *(made.notice(str(n), f"햇살마을 {n}단지 매입임대 입주자 모집") for n in range(1, 6)))
        found = store.announcements.select(Selection(words="햇살마을"))
        assert len(found) == 2 and {told.title.split()[1] for told in found} == {"4단지", "5단지"}
