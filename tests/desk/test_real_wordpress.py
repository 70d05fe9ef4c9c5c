"""Against a real WordPress: one post for one announcement, drafts by default, what people changed stays, nothing acts."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator

import pytest

from desk.blog.target import BlogError, EditedError, LoginError
from desk.blog.wordpress import WordPress
from desk.draft import Line, Section
from tests.desk import real
from tests.desk.made import HOSTILE, blog, draft, known, post

pytestmark = pytest.mark.xdist_group("wordpress")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Site]:
    if lacking := real.missing():
        pytest.skip(f"no WordPress here ({lacking}): apt-get install --no-install-recommends {real.PACKAGES}")
    with real.wordpress(tmp_path_factory.mktemp("wordpress")) as running:
        yield running


def target(site: real.Site, **said: str) -> WordPress:
    words = blog(
        "wordpress", site=site.url, categories={"임대주택 공고": "rental", "관내 주거복지사업": "none"}, **said
    )
    return WordPress(words, "writer", site.password)


def held(site: real.Site, slug: str) -> list[dict[str, str]]:
    """Every post in the database whose slug begins so, revisions left out."""
    said = site.php(
        'global $wpdb; echo json_encode($wpdb->get_results("SELECT ID, post_status, post_title, post_content, post_name'
        f" FROM wp_posts WHERE post_type='post' AND post_name LIKE '{slug}%' ORDER BY ID\"));"
    )
    found: list[dict[str, str]] = json.loads(said)
    return found


def test_one_draft_is_made_and_then_updated(site: real.Site) -> None:
    blog_, mine = target(site), post(slug="notice-a-1")
    made = blog_.put(draft(), mine, overwrite=False)
    assert (made.state, made.created, made.note) == ("posted", True, "")
    site.php(f"wp_publish_post({made.remote});")
    again = blog_.put(draft(title="[정정] 바뀐 제목"), known(mine, made), overwrite=False)
    assert (again.created, again.remote) == (False, made.remote)
    (only,) = held(site, "notice-a-1")
    assert (only["post_status"], only["post_title"]) == ("publish", "[정정] 바뀐 제목")
    assert site.php(f'echo implode(",", wp_get_post_categories({made.remote}, ["fields" => "slugs"]));') == "rental"


def test_a_post_that_the_store_lost_is_found_by_its_slug(site: real.Site) -> None:
    blog_, mine = target(site), post(slug="notice-b-1")
    blog_.put(draft(), mine, overwrite=False)
    blog_.put(draft(), mine, overwrite=False)
    assert len(held(site, "notice-b-1")) == 1


def test_what_a_person_changed_stays(site: real.Site) -> None:
    blog_, mine = target(site), post(slug="notice-c-1")
    made = blog_.put(draft(), mine, overwrite=False)
    site.php(f'wp_update_post(["ID" => {made.remote}, "post_content" => "<p>사람이 고친 글</p>"]);')
    with pytest.raises(EditedError, match="사람이 고친"):
        blog_.put(draft(), known(mine, made), overwrite=False)
    assert "사람이 고친" in held(site, "notice-c-1")[0]["post_content"]
    blog_.put(draft(), known(mine, made), overwrite=True)
    assert "한눈에 보기" in held(site, "notice-c-1")[0]["post_content"]


def test_what_a_person_threw_away_is_not_made_again(site: real.Site) -> None:
    blog_, mine = target(site), post(slug="notice-d-1")
    made = blog_.put(draft(), mine, overwrite=False)
    site.php(f"wp_trash_post({made.remote});")
    for before in (mine, known(mine, made)):
        with pytest.raises(BlogError, match="휴지통"):
            blog_.put(draft(), before, overwrite=False)
    assert len(held(site, "notice-d-1")) == 1
    assert blog_.remove(known(mine, made)) == ""
    assert held(site, "notice-d-1") == []


def test_a_post_whose_slug_a_person_changed_is_found_by_its_number(site: real.Site) -> None:
    blog_, mine = target(site), post(slug="notice-e-1")
    made = blog_.put(draft(), mine, overwrite=False)
    site.php(f'wp_update_post(["ID" => {made.remote}, "post_name" => "our-own-name"]);')
    assert blog_.put(draft(), known(mine, made), overwrite=False).remote == made.remote
    assert held(site, "notice-e-1") == []


def test_a_hostile_text_is_only_read(site: real.Site) -> None:
    blog_, mine = target(site, status="publish"), post(slug="notice-f-1")
    sections = (
        Section(HOSTILE, (Line(HOSTILE, HOSTILE), Line("https://evil.example/embed"))),
        Section(rows=((HOSTILE, HOSTILE),)),
    )
    made = blog_.put(
        draft(title=HOSTILE, excerpt=HOSTILE, sections=sections, heading="관내 주거복지사업"), mine, overwrite=False
    )
    assert "none" in made.note
    with urllib.request.urlopen(f"{site.url}/?p={made.remote}", timeout=30) as answer:
        page = answer.read().decode()
    assert "alert(1)" in page
    for acts in (
        "<script>alert",
        "<img src=x",
        "<iframe",
        "evil.example/embed</a>",
        'href="javascript',
        "wp-embedded-content",
    ):
        assert acts not in page, acts
    again = blog_.put(draft(title=HOSTILE, excerpt=HOSTILE, sections=sections), known(mine, made), overwrite=False)
    assert again.digest == made.digest, "what WordPress stores is what was sent"


def test_a_wrong_password_is_said(site: real.Site) -> None:
    words = blog("wordpress", site=site.url)
    with pytest.raises(LoginError, match="로그인") as refused:
        WordPress(words, "writer", "wrong wrong wrong").put(draft(), post(slug="notice-g-1"), overwrite=False)
    assert "wrong" not in str(refused.value)
    assert held(site, "notice-g-1") == []
