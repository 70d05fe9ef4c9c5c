"""Tell a newcomer on one screen what the sample mornings showed, and what to type next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiballim import account
from jiballim.cli.output import width
from jiballim.demo.play import KEYS_FROM, LETTERS, Played
from jiballim.demo.world import DAYS, SEOUL
from notices.store.views import Event, RunView
from notices.wording import changes, say

SHOWN = 3
"""How many new announcements are named."""

LETTER = 8
"""How many lines of the last letter are shown."""


def lines(played: Played) -> Iterator[str]:
    """Give the account line by line, in plain Korean."""
    told = played.told
    first, last = DAYS[0], DAYS[-1]
    yield f"견본 사이트로 {first:%-m월 %-d일}부터 {last:%-m월 %-d일}까지 나흘 아침을 해 보았습니다."
    yield ""
    yield from _heard(told)
    yield from _new(told.new)
    yield from _once(told.new)
    yield f"정정      {len(told.corrected)}건: 새 번호로 다시 실린 것도, 말없이 고친 것도 무엇이 바뀌었는지 알립니다."
    yield from (f"  · {event.title}: {changes(event.changes)}" for event in told.corrected)
    yield f"후속      {len(told.follow_ups)}건: 발표는 처음 공고에 이어 붙입니다."
    yield from (f"  · {event.title}" for event in told.follow_ups)
    yield f"고장      {len(told.troubled)}건: 읽지 못한 날은 아무것도 지우지 않고 직원에게 알립니다."
    yield from (f"  · {_trouble(told, run)}" for run in told.troubled)
    yield f"알림      {len(played.subjects)}통을 이 컴퓨터 안의 받는 곳에 보냈습니다."
    yield from (f"  · {subject}" for subject in played.subjects)
    yield ""
    yield from _letter(played)
    yield ""
    yield from _next(played)


def _heard(told: account.Account) -> Iterator[str]:
    by_day = [{run.source for run in told.runs if run.started.astimezone(SEOUL).date() == day.date()} for day in DAYS]
    later = set().union(*by_day[KEYS_FROM - 1 :]) - by_day[0]
    listed = sum(run.listed for run in told.heard)
    yield (
        f"들은 것   출처 {len(set().union(*by_day))}곳을 {len(told.runs)}번 읽어 목록 {listed:,}줄을 보았습니다."
        f" (첫날은 열쇠 없이 {len(by_day[0])}곳, 둘째 날부터 견본 열쇠로 API {len(later)}곳을 더)"
    )


def _new(events: Iterable[Event]) -> Iterator[str]:
    homes = [event for event in events if event.announcement.section == "임대주택공고"]
    rest = sum(1 for event in events) - len(homes)
    yield f"새 공고   임대주택 {len(homes)}건, 지원사업과 소식 {rest}건. 먼저 마감되는 것:"
    still = sorted((closes, event.title) for event in homes if (closes := _closes(event)) >= f"{DAYS[-1]:%Y-%m-%d}")
    yield from (f"  · {title} — {say('closes', closes)}까지" for closes, title in still[:SHOWN])


def _closes(event: Event) -> str:
    fact = event.announcement.facts.get("closes")
    return str(fact.value) if fact else ""


def _once(events: Iterable[Event]) -> Iterator[str]:
    most = max(events, key=lambda event: (len(_places(event)), event.announcement.uid))
    many = sum(1 for event in events if len(_places(event)) > 1)
    yield f"한 번만   {many}건은 여러 출처에 실렸지만 한 번씩만 알렸습니다. 가장 여러 곳({len(_places(most))}곳)에 실린 것:"
    yield f"  · {most.title}"
    yield f"    {', '.join(_places(most))}"


def _places(event: Event) -> list[str]:
    return list(dict.fromkeys(seen.source_title for seen in event.announcement.seen))


def _trouble(told: account.Account, run: RunView) -> str:
    said = (run.sentence or "읽지 못했습니다.").split(". ")[0].rstrip(".")
    return f"{run.source_title}: {said}." + (" → 다음 날 다시 읽혔습니다." if told.healed(run) else "")


def _letter(played: Played) -> Iterator[str]:
    said = played.letter.rstrip().splitlines()
    yield "마지막 아침 알림은 이렇게 시작합니다."
    yield from (f"  │ {line}" for line in said[:LETTER])
    if len(said) > LETTER:
        yield f"  │ … 그 밖에 {len(said) - LETTER}줄"


def _next(played: Played) -> Iterator[str]:
    home = played.settings.home
    typed = f".venv/bin/jiballim --home {home}"
    steps = (
        (f"{typed} open", "주민이 보는 쪽을 브라우저로 열기"),
        (f"{typed} search 파주", "저장된 공고 찾기"),
        (f"{typed} explain 1", "읽은 값마다 그 값이 나온 글"),
        (".venv/bin/jiballim doctor", "실제로 쓰려면 무엇이 더 필요한지"),
    )
    widest = max(width(command) for command, _ in steps)
    yield f"{home}에 모두 있습니다: public(주민 쪽과 피드 {played.feeds}가지), {LETTERS}(알림), jiballim.db(저장소)"
    yield "견본이라 링크의 공고는 실제로는 없습니다. 다음에 해 볼 것"
    yield from (f"  {command}{' ' * (widest - width(command))}   {what}" for command, what in steps)
