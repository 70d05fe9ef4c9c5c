"""Several centres in one installation: each acts for itself, the central one for all; what each sees and ends is its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from desk.centre import check
from desk.web import passwords
from desk.web.app import routes
from tests.desk import made
from tests.desk.web.office import PASSWORD, Place, form_key, keep, login, open_place

OWN, OTHER, CENTRAL = "파주 언덕 파란 대문", "전주 언덕 하얀 대문", "중앙 언덕 붉은 대문"
JEONJU = made.desk(
    name="jeonju", title="전주시 주거복지센터", regions=("4511",), blogs=(made.blog("paste", name="jeonju-paste"),)
)
GYEONGGI = made.desk(name="gyeonggi", title="경기도 주거복지센터", regions=("41",), acts_for=("*",))
OF_CENTRES = [route for route in routes() if "{centre}" in route.path]
POSTS = [route.path for route in OF_CENTRES if route.methods and "POST" in route.methods]
PAGES = [route.path for route in OF_CENTRES if route.methods and "GET" in route.methods]
FORM = {
    "state": "picked", "title": "남의 제목", "summary": "남의 요약", "version": "", "target": "paste", "notice": "2", "to": "1",
    "slug": "notice-haetsal-101", "url": "https://blog.example.kr/1", "id": "web-1", "text": "글", "section": "주거복지사업",
}  # fmt: skip


@pytest.fixture
def city(tmp_path: Path) -> Place:
    """Three centres, each with a password of its own, and one for all."""
    place = open_place(tmp_path, beside=(JEONJU, GYEONGGI))
    keep(tmp_path, paju=OWN, jeonju=OTHER, gyeonggi=CENTRAL)
    return place


def inside(city: Place, door: str, password: str, label: str = "김주무관") -> TestClient:
    return city.inside(label, password, door=door)


def at(path: str, centre: str) -> str:
    """The address of a route."""
    return "/desk" + path.replace("{centre}", centre).replace("{number:int}", "1").replace("{which}", "picked")


def changes(city: Place) -> tuple[object, ...]:
    """What forms could change, of all centres."""
    with city.store() as store:
        picks = [store.curation.picks(desk.name) for desk in city.office.desks]
        log = [action.what for action in store.log.recent() if action.what not in ("login", "refused")]
        return picks, log, store.curation.posts(), store.announcements.count(), store.events.last_id()


def test_the_routes_of_centres_are_known() -> None:
    assert {"/{centre}/down", "/{centre}/own", "/{centre}/a/{number:int}/publish"} <= set(POSTS)
    assert len(POSTS) >= 8 and len(PAGES) >= 11


@pytest.mark.parametrize("path", POSTS)
def test_no_form_acts_for_another_centre(city: Place, path: str) -> None:
    client = inside(city, "paju", OWN)
    key, before = form_key(client.get("/desk/paju/own/new")), changes(city)
    answer = client.post(at(path, "jeonju"), data={"key": key, **FORM})
    assert answer.status_code == 403 and "다른 센터의 일" in answer.text and "남의" not in answer.text
    assert client.post(at(path, "none"), data={"key": key, **FORM}).status_code == 404
    assert changes(city) == before


@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_another_centre(city: Place, path: str) -> None:
    client = inside(city, "paju", OWN)
    answer = client.get(at(path, "jeonju"))
    assert answer.status_code == 403 and "햇살" not in answer.text and "전주시" not in answer.text
    assert client.get(at(path, "none")).status_code == 404


def test_the_central_one_acts_for_all_and_the_log_says_so(city: Place) -> None:
    central, district = inside(city, "gyeonggi", CENTRAL, "이팀장"), inside(city, "jeonju", OTHER, "최주무관")
    assert "전주시" in central.get("/desk/").text and "파주시" in central.get("/desk/").text
    key = form_key(central.get("/desk/jeonju/"))
    assert central.post("/desk/jeonju/a/1/decide", data={"key": key, "state": "picked"}).status_code == 303
    shown = district.get("/desk/jeonju/log").text
    assert "이팀장" in shown and "(경기도 주거복지센터)" in shown and "최주무관" in shown
    assert "이팀장" not in inside(city, "paju", OWN).get("/desk/paju/log").text
    everything = city.inside(door="*").get("/desk/paju/log").text
    assert "이팀장" in everything and "최주무관" in everything and "(모든 센터)" in everything


def test_a_district_goes_straight_to_its_own_queue(city: Place) -> None:
    client = inside(city, "paju", OWN)
    assert client.get("/desk/").headers["location"] == "/desk/paju/"
    queue = client.get("/desk/paju/").text
    assert "다른 센터" not in queue and "전주시" not in queue and "김주무관 (파주시 주거복지센터)" in queue


@pytest.mark.parametrize(
    ("door", "password"),
    [("paju", OTHER), ("jeonju", OWN), ("*", OWN), ("", OWN), ("none", OWN), ("paju", PASSWORD), ("gyeonggi", OWN)],
)
def test_a_password_opens_its_own_door_only(city: Place, door: str, password: str) -> None:
    refused = login(city.client(), password, door=door)
    assert refused.status_code == 403 and "센터도 맞게 골랐는지" in refused.text


def test_what_changes_all_centres_is_for_whoever_acts_for_all(city: Place) -> None:
    client, central = inside(city, "paju", OWN), inside(city, "gyeonggi", CENTRAL)
    view = client.get("/desk/paju/a/2")
    assert "중앙 센터에" in view.text and "나란히 보기" not in view.text
    form, before = {"notice": "2", "to": "1"}, changes(city)
    for refused in (
        client.post("/desk/paju/a/2/join", data={"key": form_key(view), **form}),
        client.get("/desk/paju/a/2/join?notice=2&to=1"),
        client.post("/desk/paju/a/2/split", data={"key": form_key(view), **form}),
    ):
        assert refused.status_code == 403 and "중앙 센터에" in refused.text
    assert changes(city) == before
    shown = central.get("/desk/paju/a/2")
    assert central.post("/desk/paju/a/2/join", data={"key": form_key(shown), **form}).status_code == 303


def test_a_new_password_ends_the_sessions_of_its_centre_alone(city: Place) -> None:
    paju, jeonju, central = inside(city, "paju", OWN), inside(city, "jeonju", OTHER), inside(city, "gyeonggi", CENTRAL)
    passwords.keep(city.office.home, "새 언덕 파란 대문 열쇠", "paju")
    assert [c.get(f"/desk/{n}/").status_code for c, n in ((paju, "paju"), (jeonju, "jeonju"), (central, "paju"))] == [
        303, 200, 200,
    ]  # fmt: skip
    passwords.drop(city.office.home, "jeonju")
    assert jeonju.get("/desk/jeonju/").status_code == 303
    assert central.get("/desk/jeonju/").status_code == 200
    assert "전주시" not in city.client().get("/desk/login").text, "a door without a password is not offered"


def test_letting_everybody_out_is_for_ones_own_centre(city: Place) -> None:
    one, two = inside(city, "paju", OWN), inside(city, "paju", OWN)
    jeonju, central = inside(city, "jeonju", OTHER), inside(city, "gyeonggi", CENTRAL)
    assert "지금 열린 로그인 <strong>2</strong>" in one.get("/desk/paju/log").text
    one.post("/desk/end", data={"key": form_key(one.get("/desk/paju/"))})
    assert two.get("/desk/paju/").status_code == 303
    assert jeonju.get("/desk/jeonju/").status_code == central.get("/desk/paju/").status_code == 200
    central.post("/desk/end", data={"key": form_key(central.get("/desk/paju/"))})
    assert jeonju.get("/desk/jeonju/").status_code == 303


def test_what_was_sent_is_told_to_its_centre(city: Place) -> None:
    assert "도착했는지 모름" in inside(city, "paju", OWN).get("/desk/paju/sent").text
    assert "도착했는지 모름" not in inside(city, "jeonju", OTHER).get("/desk/jeonju/sent").text


def test_a_centre_that_is_gone_lets_nobody_in(city: Place) -> None:
    keep(city.office.home, elsewhere=OWN)
    assert login(city.client(), OWN, door="elsewhere").status_code == 403
    with city.store() as store:
        assert [action.centre for action in store.log.recent(1)] == [""], "what was typed as a door is not kept"


def test_whom_a_centre_acts_for_is_checked() -> None:
    assert check([GYEONGGI, JEONJU]) == ()
    (wrong,) = check([made.desk(acts_for=("seoul",))])
    assert "acts_for" in wrong and "seoul" in wrong
