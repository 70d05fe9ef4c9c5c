"""Settings: all optional but the contact; a wrong one is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiballim import compose, config
from notices.errors import WrongUse


def write(home: Path, text: str) -> Path:
    """Write the settings of a home folder."""
    (home / config.NAME).write_text(text, "utf-8")
    return home


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = config.load(tmp_path)
    assert settings.database == tmp_path / "jiballim.db"
    with pytest.raises(WrongUse, match="contact"):
        settings.require_contact()


def test_reads_what_is_set(tmp_path: Path) -> None:
    settings = config.load(
        write(tmp_path, 'contact = "home@paju.example.kr"\ntitle = "파주 집알림"\noff = ["lh-rental"]\n')
    )
    assert (settings.require_contact(), settings.title, settings.off) == (
        "home@paju.example.kr",
        "파주 집알림",
        ("lh-rental",),
    )


BLOGS = """
feedback_url = "https://paju.example.kr/ask"

[[centre]]
name = "paju"
title = "파주시 주거복지센터"
regions = ["경기도 파주시"]

[[centre.route]]
name = "staff"
urls_env = ["URLS"]
audience = ["청년"]

[[centre.blog]]
kind = "wordpress"
site = "https://blog.example.kr/"
user_env = "WP_USER"
password_env = "WP_PASSWORD"
categories = { "임대주택 공고" = "rental" }

[[centre.blog]]
kind = "paste"
"""


def test_a_centre_has_a_desk_with_its_blogs(tmp_path: Path) -> None:
    (desk,) = config.load(write(tmp_path, BLOGS)).desks
    assert (desk.source, desk.codes, desk.regions, desk.audience) == ("centre-paju", ("41480",), ("4148",), ("청년",))
    assert desk.feedback_url == "https://paju.example.kr/ask"
    wordpress, paste = desk.blogs
    assert (wordpress.site, wordpress.status, dict(wordpress.categories)) == (
        "https://blog.example.kr", "draft", {"임대주택 공고": "rental"},
    )  # fmt: skip
    assert paste.folder == tmp_path / "out/blog"


def test_without_a_blog_there_are_texts_to_paste_in_a_folder_for_each_of_many(tmp_path: Path) -> None:
    settings = config.load(write(tmp_path, '[[centre]]\nname = "a"\n[[centre]]\nname = "b"\n'))
    assert [desk.blogs[0].folder for desk in settings.desks] == [tmp_path / "out/blog/a", tmp_path / "out/blog/b"]


def test_which_desk_is_meant(tmp_path: Path) -> None:
    assert compose.desk(config.load(tmp_path)).name == compose.HOME
    settings = config.load(write(tmp_path, '[[centre]]\nname = "a"\n[[centre]]\nname = "b"\n'))
    assert compose.desk(settings, "b").name == "b"
    for name in (None, "c"):
        with pytest.raises(WrongUse, match="a, b"):
            compose.desk(settings, name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BLOGS.replace("https://blog", "http://blog"), "site"),
        (BLOGS.replace('"WP_PASSWORD"', '"abcd efgh"'), "password_env"),
        (BLOGS.replace('kind = "paste"', 'kind = "naver"'), "kind"),
        (BLOGS.replace('kind = "paste"', 'kind = "markdown"'), "folder"),
        (BLOGS.replace('kind = "paste"', 'kind = "paste"\nnaem = "x"'), "naem"),
        ('[[centre]]\nname = "a"\n[[centre]]\nname = "a"\n', "2번"),
    ],
)
def test_a_wrong_blog_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        config.load(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contct = "a@b.kr"', "contact을"),
        ("contact = 1", "contact"),
        ('contact = "파주센터"', "전자우편"),
        ('base_url = "paju.kr"', "base_url"),
        ('feedback_url = "javascript:alert(1)"', "feedback_url"),
        ("title = [", "문법"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        config.load(write(tmp_path, text))
