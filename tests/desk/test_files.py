"""Blogs that are files: the name keeps a post one, what a person changed stays, nothing is written outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk.blog.files import Markdown, Paste
from desk.blog.target import BlogError, EditedError
from tests.desk.made import TODAY, blog, draft, known, post


def markdown(folder: Path) -> Markdown:
    return Markdown(blog("markdown", folder=folder / "posts"))


def lying(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_markdown_is_one_file_a_post_and_updated_in_place(tmp_path: Path) -> None:
    put = markdown(tmp_path).put(draft(), post(), overwrite=False)
    assert (put.created, put.state, lying(tmp_path)) == (True, "posted", {"posts/notice-haetsal-101.md"})
    again = markdown(tmp_path).put(draft(title="새 제목"), known(post(), put), overwrite=False)
    assert (again.created, lying(tmp_path)) == (False, {"posts/notice-haetsal-101.md"})
    assert "새 제목" in (tmp_path / "posts/notice-haetsal-101.md").read_text("utf-8")


def test_a_file_that_a_person_changed_stays(tmp_path: Path) -> None:
    put = markdown(tmp_path).put(draft(), post(), overwrite=False)
    path = tmp_path / "posts/notice-haetsal-101.md"
    path.write_text(path.read_text("utf-8") + "사람이 덧붙인 말\n", "utf-8")
    with pytest.raises(EditedError, match="사람이 고친"):
        markdown(tmp_path).put(draft(title="새 제목"), known(post(), put), overwrite=False)
    assert "덧붙인" in path.read_text("utf-8")
    markdown(tmp_path).put(draft(title="새 제목"), known(post(), put), overwrite=True)
    assert "덧붙인" not in path.read_text("utf-8")


def test_a_file_is_whole_after_a_crash_between_writing_and_noting(tmp_path: Path) -> None:
    markdown(tmp_path).put(draft(), post(), overwrite=False)
    assert markdown(tmp_path).put(draft(), post(), overwrite=False).created is False


def test_removing_deletes_and_may_be_done_twice(tmp_path: Path) -> None:
    put = markdown(tmp_path).put(draft(), post(), overwrite=False)
    for _ in range(2):
        assert markdown(tmp_path).remove(known(post(), put)) == ""
    assert lying(tmp_path) == set()


def test_texts_to_paste_lie_in_the_folder_of_the_day_and_only_there(tmp_path: Path) -> None:
    ours = blog("paste", folder=tmp_path)
    put = Paste(ours, TODAY).put(draft(), post(), overwrite=False)
    assert lying(tmp_path) == {f"{TODAY}/notice-haetsal-101.html", f"{TODAY}/notice-haetsal-101.txt"}
    assert (put.state, "blog done" in put.note) == ("written", True)
    later = TODAY + timedelta(days=2)
    Paste(ours, later).put(draft(), known(post(), put), overwrite=False)
    assert lying(tmp_path) == {f"{later}/notice-haetsal-101.html", f"{later}/notice-haetsal-101.txt"}
    assert not (tmp_path / str(TODAY)).exists()


def test_what_was_pasted_only_a_person_can_delete(tmp_path: Path) -> None:
    ours = Paste(blog("paste", folder=tmp_path), TODAY)
    put = ours.put(draft(), post(), overwrite=False)
    assert ours.remove(known(post(), put)) == ""
    gone = replace(known(post(), put), state="gone", url="https://blog.naver.example/1")
    assert "https://blog.naver.example/1" in ours.remove(gone)
    assert lying(tmp_path) == set()
    assert ours.remove(replace(gone, remote="../../etc/passwd")) != ""


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "posts").write_text("a file, not a folder", "utf-8")
    with pytest.raises(BlogError, match="쓸 수 없습니다") as refused:
        markdown(tmp_path).put(draft(), post(), overwrite=False)
    assert str(tmp_path) in str(refused.value) and "\n" not in str(refused.value)
