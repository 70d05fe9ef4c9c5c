"""Search: a word is found inside longer ones, whatever a person types is safe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.intake import Intake
from notices.model import PageRead
from notices.store import Store
from notices.store.views import Selection
from tests.notices.test_intake import AT, LH, SOURCES, call

TITLES = (
    "파주운정3 A30블록 행복주택 예비입주자 모집",
    "햇살시 국민임대주택 예비입주자 모집",
    "달빛군 GREEN 마을 영구임대 '청년' 모집",
    "햇살시 동 매입임대 안내",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("search") / "jiballim.db") as store:
        notices = tuple(call(str(n), title, body="보증금은 공고문에 있습니다.") for n, title in enumerate(TITLES))
        Intake(store, SOURCES).take(None, PageRead(LH.name, "list", AT, notices, {}))
        yield store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("파주", [0]),
        ("운정", [0]),
        ("운정3", [0]),
        ("파주 모집", [0]),
        ("임대", [1, 2, 3]),
        ("green", [2]),
        ("ＧＲＥＥＮ", [2]),
        ("보증금", [0, 1, 2, 3]),
        ("파주 햇살시", []),
        ("정운", []),
        ("동", [3]),
        ("'청년'", [2]),
        ("", []),
        ("🏠", []),
        ('"', []),
        ('" OR title : "', []),
        ("파주 OR 햇살시", []),
        ("title : 파주", []),
        ("NEAR(파주)", []),
        ("파주*", [0]),
        ("-파주", [0]),
        ("_", []),
        ("\x00파주\x00", [0]),
    ],
)
def test_words_are_found(store: Store, words: str, found: list[int]) -> None:
    assert sorted(TITLES.index(a.title) for a in store.search(words)) == found
    assert sorted(TITLES.index(a.title) for a in store.announcements.select(Selection(words=words))) == (
        found if words.strip() else [0, 1, 2, 3]
    )


@settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(codec=None)) | st.text('"*()^:+-파주 \x00\ud800', max_size=12))
def test_any_text_is_safe(store: Store, words: str) -> None:
    store.search(words)
    store.index.resembling(words)
    store.announcements.select(Selection(words=words))


def test_the_index_can_be_made_anew(store: Store) -> None:
    before = [a.id for a in store.search("모집")]
    store.index.rebuild()
    assert [a.id for a in store.search("모집")] == before
    assert len(store.search("파주")) == 1


def test_a_changed_title_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    with Store.open(tmp_path / "jiballim.db") as store:
        intake = Intake(store, SOURCES)
        for title in ("햇살마을 국민임대 모집", "달빛마을 국민임대 모집"):
            intake.take(None, PageRead(LH.name, "list", AT, (call("1", title),), {}))
        assert store.search("햇살") == []
        assert len(store.search("달빛")) == 1
