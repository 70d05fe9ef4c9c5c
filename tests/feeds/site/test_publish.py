"""Publishing the page: the same bytes, only what changed, nothing left behind, nobody else's files touched."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from feeds import files
from feeds.channel import Site
from feeds.site import list_page
from feeds.site.list_page import SIZE
from feeds.site.publish import publish_site
from notices.errors import Refusal
from tests.feeds.made import fact
from tests.feeds.site import town
from tests.feeds.site.shelf import MadeSiteShelf

DAY = town.DAY


def prints(folder: Path) -> dict[str, str]:
    """Every file but the feeds, by path, with its digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != "feeds"
    }


def xpath(page: Path, asked: str) -> list[str]:
    """What an XPath finds on a page, as text."""
    found: Any = html.fromstring(page.read_bytes()).xpath(asked)
    return [str(one) for one in found]


def test_the_same_store_and_day_give_the_same_bytes_whatever_came_before(tmp_path: Path) -> None:
    once, often = tmp_path / "once", tmp_path / "often"
    town.publish(once)
    made = town.shelf()
    for days in (-60, -3, -1, 0):
        town.publish(often, made, DAY + timedelta(days=days))
    assert prints(once) == prints(often)


def test_nothing_changed_reads_and_writes_nothing(tmp_path: Path) -> None:
    made = town.shelf()
    first = town.publish(tmp_path, made)
    before, made.asked = prints(tmp_path), 0
    again = town.publish(tmp_path, made)
    assert (again.written, again.removed, made.asked) == ((), (), 0)
    assert prints(tmp_path) == before
    assert again.unchanged == len(first.written) == len(before) - 1


def test_one_changed_notice_touches_its_pages_and_the_lists_it_stands_in(tmp_path: Path) -> None:
    made = town.shelf()
    town.publish(tmp_path, made)
    changed = replace(made.all[3], title="별빛뜰 영구임대 추가 모집", supply=("영구임대",))
    made.put(changed)
    made.asked = 0
    done = town.publish(tmp_path, made)
    assert made.asked == 1
    pages = {path for path in done.written if "notice/" in path}
    assert pages == {"notice/haetsal.3.html", "en/notice/haetsal.3.html", "notice/haetsal.3.ics"}
    assert "index.html" in done.written and "region/41480.html" in done.written
    assert not any(path.startswith(("region/11", "supply/happy")) for path in done.written)
    fresh = tmp_path / "fresh"
    town.publish(fresh, made)
    assert prints(fresh) == {p: d for p, d in prints(tmp_path).items() if not p.startswith("fresh")}


def test_overnight_only_pages_that_speak_of_the_day_change(tmp_path: Path) -> None:
    made = town.shelf()
    town.publish(tmp_path, made)
    done = town.publish(tmp_path, made, DAY + timedelta(days=1))
    notices = {path.rsplit("/", 1)[-1] for path in done.written if "notice/" in path and path.endswith(".html")}
    assert notices == {"haetsal.1.html", "haetsal.102.html", "haetsal.8.html"}, "those counted down, and no other"
    assert not [path for path in done.written if path.endswith(".ics")]


def test_what_is_gone_is_removed_and_what_is_lost_comes_back(tmp_path: Path) -> None:
    made = town.shelf()
    town.publish(tmp_path, made)
    whole = prints(tmp_path)
    for path in (
        "notice/haetsal.9.html",
        "en/notice/haetsal.1.html",
        "region/41480.html",
        "site.css",
        "notice/haetsal.1.ics",
    ):
        (tmp_path / path).unlink()
    town.publish(tmp_path, made)
    assert prints(tmp_path) == whole
    made.drop(9)
    assert "notice/haetsal.9.html" in town.publish(tmp_path, made).removed
    assert not (tmp_path / "notice/haetsal.9.html").exists()


def test_a_lost_manifest_leaves_nothing_behind_and_spares_other_files(tmp_path: Path) -> None:
    made = town.shelf()
    town.publish(tmp_path, made)
    (tmp_path / ".site.json").write_text("{broken")
    (tmp_path / "notice" / "old.html").write_text("x")
    (tmp_path / "verify123.html").write_text("the operator's own")
    (tmp_path / "notice" / ".half.html.part").write_text("x")
    town.publish(tmp_path, made)
    assert not (tmp_path / "notice/old.html").exists()
    assert not (tmp_path / "notice/.half.html.part").exists()
    assert (tmp_path / "verify123.html").exists()


def test_a_full_disk_leaves_the_pages_of_yesterday_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = town.shelf()
    town.publish(tmp_path, made)
    whole = prints(tmp_path)
    made.put(replace(made.all[3], title="별빛뜰 두 번째 모집"))
    real, count = files.replace, [0]

    def full(path: Path, content: bytes, *, forced: bool = True) -> bool:
        count[0] += 1
        if count[0] > 2:
            raise OSError(28, "No space left on device", str(path))
        return real(path, content, forced=forced)

    monkeypatch.setattr(files, "replace", full)
    with pytest.raises(Refusal, match="그대로 온전합니다"):
        publish_site(made, tmp_path, town.SITE, DAY, town.FAQ)
    monkeypatch.undo()
    now = prints(tmp_path)
    assert now.keys() == whole.keys() and sum(now[p] != whole[p] for p in whole) <= 2
    town.publish(tmp_path, made)
    fresh = tmp_path / "fresh"
    town.publish(fresh, made)
    assert prints(fresh) == {p: d for p, d in prints(tmp_path).items() if not p.startswith("fresh")}


def test_one_bad_notice_is_named_and_spoils_no_other(tmp_path: Path) -> None:
    made = town.shelf()
    made.all[4] = replace(made.all[4], title=7)  # type: ignore[arg-type]
    done = publish_site(made, tmp_path, town.SITE, DAY)
    assert len(done.left_out) == 1 and "haetsal:4" in done.left_out[0]
    assert done.notices == 8


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    town.publish(tmp_path)
    lost = []
    for page in tmp_path.rglob("*.html"):
        for link in xpath(page, "//@href | //@src | //@action | //@data-index"):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            root = tmp_path if parts.path.startswith("/") else page.parent
            target = (root / unquote(parts.path).lstrip("/")).resolve()
            if not (target.is_file() or (target / "index.html").is_file()):
                lost.append((str(page.relative_to(tmp_path)), link))
    assert lost == []


def test_ids_are_single_and_images_of_elsewhere_are_none(tmp_path: Path) -> None:
    town.publish(tmp_path)
    for page in tmp_path.rglob("*.html"):
        ids = xpath(page, "//@id")
        assert len(ids) == len(set(ids)), page
        assert not xpath(page, "//img | //iframe | //style | //*[@style] | //script[not(@src)]"), page
        assert len(xpath(page, "//h1")) == 1 and xpath(page, "/html/@lang")[0] in ("ko", "en")


def test_the_first_view_is_light(tmp_path: Path) -> None:
    made = town.shelf()
    for n in range(100, 400):
        made.put(
            replace(
                made.all[1],
                id=n,
                uid=f"haetsal:{n}",
                title=f"{n} " + "햇살마을 긴 이름의 국민임대주택 예비입주자 추가 모집공고 알림",
            )
        )
    town.publish(tmp_path, made)
    for name in ("index.html", "index-2.html", "en/index.html"):
        parts = [name, "site.css", "site.js", "icon.svg"]
        assert sum((tmp_path / part).stat().st_size for part in parts) <= 100_000
    assert len(xpath(tmp_path / "index.html", "//li[contains(@class, 'card')]")) == SIZE
    assert "".join(xpath(tmp_path / "index.html", "//h2[@id='open']//text()")).endswith("302")


def test_lists_stand_by_deadline_and_every_open_home_stands_in_one_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_page, "SIZE", 2)
    made = town.shelf()
    for n, closes in ((31, "2026-09-14"), (32, "2026-09-12"), (33, "2026-09-13T10:00"), (34, "2026-09-13")):
        made.put(replace(made.all[1], id=n, uid=f"haetsal:{n}", facts={"closes": fact("closes", closes)}))
    town.publish(tmp_path, made)
    order: list[str] = []
    for number in range(1, 20):
        path = tmp_path / ("index.html" if number == 1 else f"index-{number}.html")
        if path.exists():
            order += re.findall(r'<h3><a href="notice/haetsal\.(\d+)\.html"', path.read_text("utf-8"))
    assert order[:6] == ["1", "32", "33", "34", "31", "102"]
    assert len(order) == len(set(order))


def test_a_region_shows_its_own_and_the_wide_ones_and_no_other(tmp_path: Path) -> None:
    town.publish(tmp_path)
    words = (tmp_path / "region/11500.html").read_text("utf-8")
    assert "haetsal.1.html" in words and "haetsal.6.html" in words, "its own and the whole country's"
    assert "haetsal.102.html" not in words
    index = town.current(tmp_path)
    assert {row[0] for row in index["rows"]} >= {"haetsal.1", "haetsal.102", "haetsal.8"}


def test_the_feedback_address_stands_on_every_page_or_on_none(tmp_path: Path) -> None:
    town.publish(tmp_path / "with")
    town.publish(tmp_path / "without", by=Site("https://feeds.example.org/", "집알림"))
    for page in (tmp_path / "with").rglob("*.html"):
        assert "https://feeds.example.org/ask" in page.read_text("utf-8"), page
    assert not any("/ask" in page.read_text("utf-8") for page in (tmp_path / "without").rglob("*.html"))


def test_a_made_shelf_has_what_the_real_one_has() -> None:
    from feeds.site.shelf import SiteShelf, StoreSiteShelf

    names = {name for name in vars(SiteShelf) if name[0] != "_"}
    assert names <= set(vars(StoreSiteShelf)) and names <= set(vars(MadeSiteShelf))
