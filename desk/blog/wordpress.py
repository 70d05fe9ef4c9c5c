"""WordPress over its REST API: looked up by slug before anything is made, so that no post is ever made twice."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from desk import render
from desk.blog.rest import Answer, Rest, Unanswered
from desk.blog.target import BlogError, Put, digest, edited
from desk.centre import Blog
from desk.draft import Draft
from notices.links import web_link
from notices.store.views import Post

_POSTS = "/wp/v2/posts"


class WordPress:
    """One blog; `user` and `password` are an account and its application password."""

    def __init__(self, blog: Blog, user: str, password: str) -> None:
        self._blog = blog
        self._rest = Rest(blog.site, user, password)
        self._categories: dict[str, int | None] = {}

    def put(self, draft: Draft, post: Post, *, overwrite: bool) -> Put:
        """Create the post as a draft, or update the one that holds its slug, whose state stays as people set it."""
        said = {"title": escape(draft.title), "content": render.html(draft), "excerpt": escape(draft.excerpt)}
        found = self._find(post)
        if found is None:
            self._refuse_trashed(post.slug)
            made = self._create(said, post.slug, draft.heading)
            if made is not None:
                return self._put(made, created=True, note=self._note(draft.heading))
            found = self._find(post)
            if found is None:
                raise BlogError(
                    f"{self._blog.site}: 새 글을 만들고도 다시 찾지 못했습니다. 블로그의 글 목록을 보십시오."
                )
        known = (post.digest, digest(said["title"], said["content"]))
        if not overwrite and _digest(found) not in known:
            raise edited(f"{self._blog.site}의 글 {found['id']}번")
        changed = self._rest.ask("POST", f"{_POSTS}/{found['id']}?context=edit", said)
        return self._put(self._one(changed), created=False)

    def remove(self, post: Post) -> str:
        """Delete the post for good: what is withdrawn may not wait in the trash."""
        found = self._find(post) or self._trashed(post.slug)
        if found is not None:
            self._rest.ask("DELETE", f"{_POSTS}/{found['id']}?force=true", missing=True)
        return ""

    def _create(self, said: dict[str, Any], slug: str, heading: str) -> dict[str, Any] | None:
        """Make the post; None where it turned out that another one holds the slug.

        Where no answer came, the post may have been made all the same: it is looked for.
        """
        category = self._category(heading)
        body = {**said, "slug": slug, "status": self._blog.status, **({"categories": [category]} if category else {})}
        try:
            made = self._one(self._rest.ask("POST", f"{_POSTS}?context=edit", body))
        except Unanswered as silence:
            found = self._look_again(slug)
            if found is None:
                raise BlogError(
                    f"{silence} 글이 만들어졌는지 아직 모릅니다. 다시 하면 먼저 찾아보므로 글이 둘이 되지 않습니다."
                ) from None
            return found
        if made.get("slug", slug) != slug:
            self._rest.ask("DELETE", f"{_POSTS}/{made['id']}?force=true", missing=True)
            return None
        return made

    def _look_again(self, slug: str) -> dict[str, Any] | None:
        try:
            return self._by_slug(slug)
        except BlogError:
            return None

    def _find(self, post: Post) -> dict[str, Any] | None:
        """The post by its slug, else by the number it had when we made it: people rename slugs."""
        found = self._by_slug(post.slug)
        if found is None and post.remote and post.remote.isdecimal():
            answer = self._rest.ask("GET", f"{_POSTS}/{post.remote}?context=edit", missing=True)
            found = None if answer is None else self._one(answer)
            if found and found.get("status") == "trash":
                return None
        return found

    def _by_slug(self, slug: str, status: str = "any") -> dict[str, Any] | None:
        answer = self._rest.ask("GET", f"{_POSTS}?slug={quote(slug)}&status={status}&context=edit&per_page=2")
        found = answer.value if answer else None
        if not isinstance(found, list) or not all(_is_post(post) for post in found):
            raise self._rest.strange()
        return found[0] if found else None

    def _trashed(self, slug: str) -> dict[str, Any] | None:
        return self._by_slug(f"{slug}__trashed", "trash")

    def _refuse_trashed(self, slug: str) -> None:
        if self._trashed(slug):
            raise BlogError(
                f"{self._blog.site}: 이 공고의 글({slug})을 누군가 휴지통에 버렸습니다. 다시 올리려면 휴지통에서 되살리거나 "
                "완전히 지우고, 올리지 않으려면 jiballim blog hide 하십시오."
            )

    def _category(self, heading: str) -> int | None:
        """The number of the blog's category for a heading, None where it has none; asked once."""
        slug = self._blog.categories.get(heading)
        if slug and heading not in self._categories:
            answer = self._rest.ask("GET", f"/wp/v2/categories?slug={quote(slug)}")
            found = answer.value if answer else None
            if not isinstance(found, list):
                raise self._rest.strange()
            ids = [one["id"] for one in found if isinstance(one, dict) and type(one.get("id")) is int]
            self._categories[heading] = ids[0] if ids else None
        return self._categories.get(heading)

    def _note(self, heading: str) -> str:
        slug = self._blog.categories.get(heading)
        return f"블로그에 {slug!r} 분류가 없어 분류 없이 올렸습니다." if slug and not self._category(heading) else ""

    def _one(self, answer: Answer | None) -> dict[str, Any]:
        if answer is None or not _is_post(answer.value):
            raise self._rest.strange()
        post: dict[str, Any] = answer.value
        return post

    def _put(self, held: dict[str, Any], *, created: bool, note: str = "") -> Put:
        link = held.get("link")
        return Put(
            "posted", created, str(held["id"]), web_link(link if isinstance(link, str) else None), _digest(held), note
        )


def _is_post(value: object) -> bool:
    return isinstance(value, dict) and type(value.get("id")) is int


def _digest(held: dict[str, Any]) -> str:
    """Of what the blog holds, as it answers to those who may edit."""
    return digest(_raw(held, "title"), _raw(held, "content"))


def _raw(held: dict[str, Any], name: str) -> str:
    part = held.get(name)
    return str(part.get("raw", "")) if isinstance(part, dict) else ""
