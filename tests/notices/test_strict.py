"""A wrong key, type or file is refused in one sentence that names it and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices.errors import WrongUse
from notices.strict import Table


def table(**values: object) -> Table:
    """A table as of a file f.toml."""
    return Table(values, "f.toml")


def test_takes_what_is_there() -> None:
    t = table(name="a", pages=3, delay=1, words=["전세"], form={"mi": 1026}, on=True)
    assert (t.take("name", str), t.take("pages", int), t.take("delay", float)) == ("a", 3, 1.0)
    assert (t.texts("words"), t.mapping("form"), t.take("on", bool)) == (("전세",), {"mi": "1026"}, True)
    assert t.texts("none") == ()
    t.end()


@pytest.mark.parametrize(
    ("values", "take", "said"),
    [
        ({}, lambda t: t.take("name", str), "f.toml의 name: 이 값이 꼭"),
        ({"pages": True}, lambda t: t.take("pages", int), "정수 꼴이어야 하는데 True"),
        ({"pages": "3"}, lambda t: t.take("pages", int, 1), "정수 꼴이어야 하는데 '3'"),
        ({"words": ["a", 1]}, lambda t: t.texts("words"), "1이(가) 있습니다"),
        ({"kind": "rent"}, lambda t: t.choice("kind", ("rental", "press")), "rental, press 가운데"),
        ({"route": [1]}, lambda t: t.tables("route"), "[[route]]"),
        ({"form": {"a": []}}, lambda t: t.mapping("form"), "form.a"),
    ],
)
def test_refuses_by_name(values: dict[str, object], take: object, said: str) -> None:
    with pytest.raises(WrongUse) as refusal:
        take(table(**values))  # type: ignore[operator]  # a table of small functions
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_unknown_key_names_the_nearest() -> None:
    t = table(contct="a@example.org")
    t.take("contact", str, "")
    with pytest.raises(WrongUse, match="contact을"):
        t.end()


def test_broken_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = [", "utf-8")
    with pytest.raises(WrongUse, match="문법"):
        Table.read(tmp_path / "x.toml")
    with pytest.raises(WrongUse, match="읽을 수 없습니다"):
        Table.read(tmp_path / "none.toml")


def test_a_file_in_another_charset_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('contact = "a@b.kr"', "utf-16")
    with pytest.raises(WrongUse, match=r"x\.toml 파일이 UTF-8 글이 아닙니다"):
        Table.read(tmp_path / "x.toml")
