"""Write the centre's own notice, and edit it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import Response

from desk import own
from desk.web import forms, keys
from desk.web.visit import Missing, Visit
from notices.errors import WrongUse
from notices.model import Notice
from notices.store import Store
from notices.store.views import Selection
from notices.strict import Table
from notices.vocabulary import SECTIONS

FIELDS = {
    "title": "제목", "text": "본문", "opens": "접수 시작", "closes": "접수 마감", "time": "마감 시각", "place": "장소",
    "phone": "전화", "link": "주소", "section": "분야",
}  # fmt: skip
_LABELS = FIELDS | {"id": "번호"}
SHOWN = 50


def listed(visit: Visit) -> Response:
    """Show what the centre said itself, the latest first."""
    with visit.office.reading() as store:
        found = store.announcements.select(Selection(sources=(visit.desk.source,), relevant=None), SHOWN, "posted")
    said = "내린 글이라 다시 실을 수 없습니다. 새 글로 쓰십시오." if visit.asked("said") == "withdrawn" else ""
    return visit.page("owns.html", found=found, said=said)


def fresh(visit: Visit) -> Response:
    """Show an empty form; its number is settled now, so that sending it twice makes one notice."""
    values = dict.fromkeys(FIELDS, "") | {"section": own.DEFAULT}
    return _form(visit, values, f"web-{visit.today:%Y%m%d}-{keys.token()[:8].strip('-_') or 'a'}", _version(None))


def edit(visit: Visit) -> Response:
    """Show the form of a notice that is kept."""
    with visit.office.reading() as store:
        kept = _kept(store, visit, visit.request.path_params["number"])
    return _form(visit, _values(kept), kept.key, _version(kept))


def save(visit: Visit) -> Response:
    """Keep a new notice or its next edition; what somebody else changed meanwhile is shown beside one's own."""
    values = {name: (forms.first if name == "text" else forms.line)(visit.form, name) for name in FIELDS}
    key, version = forms.line(visit.form, "id"), forms.first(visit.form, "version")
    try:
        notice = own.from_table(Table(_table(values), "양식"), key, visit.desk)
    except WrongUse as wrong:
        return _form(visit, values, key, version, 400, *_plain(wrong, values))
    with visit.office.writing(alone=True) as store, store.transaction():
        n = store.notices.find(visit.desk.source, key)
        before = store.notices.get(n) if n else None
        if _version(before) not in (version, _version(notice)):
            kept = _values(before) if before else {}
            return _form(visit, values, key, _version(before), 409, "그 사이에 다른 사람이 고쳤습니다.", (), kept)
        added = own.add(store, visit.desk, notice, visit.now, visit.today)
        if added.announcement_id is None:
            return visit.go(f"{visit.base}/own?said=withdrawn")
        visit.note(store, "own", added.announcement_id)
    return visit.go(f"{visit.base}/a/{added.announcement_id}?said=own")


def _form(
    visit: Visit,
    values: Mapping[str, str],
    key: str,
    version: str,
    status: int = 200,
    wrong: str = "",
    at: tuple[str, ...] = (),
    kept: Mapping[str, str] | None = None,
) -> Response:
    """The form; `at` names the fields that are wrong."""
    return visit.page(
        "own.html", status, values=values, id=key, version=version, wrong=wrong, at=at, kept=kept or {}, names=FIELDS,
        sections=SECTIONS,
    )  # fmt: skip


def _kept(store: Store, visit: Visit, number: int) -> Notice:
    found = store.notices.get(min(number, 2**62))
    if found is None or found.source != visit.desk.source:
        raise Missing("센터가 쓴 글 가운데 그런 번호가 없습니다.")
    return found


def _table(values: Mapping[str, str]) -> dict[str, str]:
    """The values as a file of an own notice would hold them."""
    opens, closes = values["opens"], f"{values['closes']} {values['time']}".strip()
    period = f"{opens} ~ {closes}".strip() if opens or closes else ""
    names = ("title", "text", "place", "phone", "link", "section")
    return {name: values[name] for name in names if values[name]} | {"title": values["title"], "period": period}


def _values(notice: Notice) -> dict[str, str]:
    """A kept notice as the form shows it."""
    closes, _, at = notice.fields.get("closes", "").partition("T")
    return {
        "title": notice.title, "text": notice.body, "opens": notice.fields.get("opens", "")[:10], "closes": closes,
        "time": at[:5], "place": notice.fields.get("address", ""), "phone": notice.fields.get("contact", ""),
        "link": notice.url or "", "section": notice.fields.get("category", own.DEFAULT),
    }  # fmt: skip


def _version(notice: Notice | None) -> str:
    return forms.version(*_values(notice).values()) if notice else forms.version()


def _plain(wrong: WrongUse, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """A refusal with the form's own names, and the fields that it is about."""
    found = re.match(r"양식의 (\w+): (.*)", str(wrong))
    if found is None:
        return str(wrong), ()
    if found[1] != "period":
        return f"{_LABELS.get(found[1], found[1])}: {found[2]}", (found[1],)
    if values["time"] and not values["closes"]:
        return "마감 시각만 있고 날짜가 없습니다. 접수 마감 날짜도 고르십시오.", ("closes",)
    days = [one for one in (values["opens"], values["closes"]) if re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    if len(days) == 2 and days[0] > days[1]:
        return "접수 마감이 접수 시작보다 앞섭니다. 두 날짜를 다시 보십시오.", ("opens", "closes")
    return "접수 시작과 마감을 2026-12-05처럼 있는 날짜로, 시각을 18:00처럼 적으십시오.", ("opens", "closes", "time")
