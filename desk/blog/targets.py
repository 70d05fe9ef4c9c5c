"""Open the blogs of a centre, with the logins that the environment holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desk.blog.files import Markdown, Paste
from desk.blog.target import BlogError, LoginError, Target
from desk.blog.wordpress import WordPress
from desk.centre import Blog, Desk


def targets(desk: Desk, environment: Mapping[str, str], day: date) -> dict[str, Target | BlogError]:
    """Return each blog of a centre by name, or why it cannot be opened; files to paste lie in the folder of the day."""
    return {blog.name: _open(blog, environment, day) for blog in desk.blogs}


def _open(blog: Blog, environment: Mapping[str, str], day: date) -> Target | BlogError:
    if blog.kind == "markdown":
        return Markdown(blog)
    if blog.kind == "paste":
        return Paste(blog, day)
    user, password = environment.get(blog.user_env, ""), environment.get(blog.password_env, "")
    missing = [
        name for name, value in ((blog.user_env, user.strip()), (blog.password_env, password.strip())) if not value
    ]
    if missing:
        return LoginError(
            f"블로그 {blog.name}: 환경변수 {', '.join(missing)}이(가) 비어 있습니다. 워드프레스 사용자 이름과 응용 프로그램 "
            "비밀번호를 거기에 두십시오."
        )
    return WordPress(blog, user.strip(), password.strip())
