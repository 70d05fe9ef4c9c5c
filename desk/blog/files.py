"""Blogs that are files: Markdown for static sites, and texts to paste into editors that no program may write to."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from desk import render
from desk.blog.target import BlogError, Put, digest, edited
from desk.centre import Blog
from desk.draft import Draft
from notices.store.views import Post


class Markdown:
    """One file a post; its name is what keeps it one."""

    def __init__(self, blog: Blog) -> None:
        assert blog.folder is not None
        self._name, self._folder = blog.name, blog.folder

    def put(self, draft: Draft, post: Post, *, overwrite: bool) -> Put:
        """Write the file, whole or not at all."""
        path, said = self._folder / f"{post.slug}.md", render.markdown(draft)
        before = _read(path)
        if before is not None and not overwrite and digest(before) not in (post.digest, digest(said)):
            raise edited(f"{path} 파일")
        _write(path, said)
        return Put("posted", before is None, path.name, None, digest(said), str(path))

    def remove(self, post: Post) -> str:
        """Delete the file."""
        _delete(self._folder / f"{post.slug}.md")
        return ""


class Paste:
    """HTML and plain text of the day, to be pasted into Naver, Tistory or any other editor."""

    def __init__(self, blog: Blog, day: date) -> None:
        assert blog.folder is not None
        self._name, self._folder, self._day = blog.name, blog.folder, day

    def put(self, draft: Draft, post: Post, *, overwrite: bool) -> Put:
        """Write both files into today's folder; those of another day go."""
        stem = f"{self._day.isoformat()}/{post.slug}"
        html, text = render.html(draft), render.text(draft)
        title = f'<meta charset="utf-8">\n<title>{render.safe(draft.title)}</title>\n'
        _write(self._folder / f"{stem}.html", title + html)
        _write(self._folder / f"{stem}.txt", text)
        if post.remote and post.remote != stem:
            self._clear(post.remote)
        note = f"{self._folder / stem}.html, .txt를 편집기에 붙여 넣고 jiballim blog done 하십시오."
        return Put("written", post.remote is None, stem, post.url, digest(html, text), note)

    def remove(self, post: Post) -> str:
        """Delete both files; what was pasted only a person can delete."""
        if post.remote:
            self._clear(post.remote)
        if post.state == "written":
            return ""
        where = post.url or f"{self._name}에 붙여 넣은 글"
        return f"{where}: 블로그에서 직접 지운 뒤 jiballim blog done {post.slug} 하십시오."

    def _clear(self, stem: str) -> None:
        if ".." in stem or stem.startswith("/"):
            return
        for ending in ("html", "txt"):
            _delete(self._folder / f"{stem}.{ending}")
        with suppress(OSError):  # other posts of that day
            (self._folder / stem).parent.rmdir()


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as wrong:
        raise _refusal(path, wrong) from None


def _write(path: Path, said: str) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", errors="replace") as file:
            file.write(said)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as wrong:
        raise _refusal(path, wrong) from None


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as wrong:
        raise _refusal(path, wrong) from None


def _refusal(path: Path, wrong: OSError) -> BlogError:
    return BlogError(f"{path} 파일을 쓸 수 없습니다({wrong.strerror}): 폴더와 권한, 디스크의 빈 자리를 확인하십시오.")
