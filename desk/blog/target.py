"""What every kind of blog can do: hold a post under its slug, once, and let it go again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Protocol

from desk.draft import Draft
from notices.errors import Refusal
from notices.store.views import Post


class BlogError(Refusal):
    """A blog did not do what it was asked; the sentence names the blog and what to do."""


class LoginError(BlogError):
    """A blog does not take the login: asking for more posts would only annoy it."""


class EditedError(BlogError):
    """A person changed the post since we put it there; it is overwritten only on request."""


@dataclass(frozen=True, slots=True)
class Put:
    """How a blog holds a post now: by which id or file, at which address, the digest of what it holds.

    `state` is "posted", or "written" where a person has to paste it. `note` says what else is to be known.
    """

    state: str
    created: bool
    remote: str
    url: str | None
    digest: str
    note: str = ""


class Target(Protocol):
    """A blog."""

    def put(self, draft: Draft, post: Post, *, overwrite: bool) -> Put:
        """Create or update the post; raises BlogError, and EditedError for what a person changed."""

    def remove(self, post: Post) -> str:
        """Take a post down; returns "" or a sentence on what a person has to do. Raises BlogError."""


def digest(*parts: str) -> str:
    """Return a digest of what a post says."""
    return hashlib.sha256("\0".join(part.strip() for part in parts).encode("utf-8", "replace")).hexdigest()


def edited(where: str) -> EditedError:
    """Make the refusal to overwrite what a person changed."""
    return EditedError(
        f"{where}: 올린 뒤에 사람이 고친 글이라 덮어쓰지 않았습니다. jiballim blog draft로 새 글을 보고 손으로 옮기거나, "
        "jiballim blog publish에 --overwrite를 붙이십시오."
    )
