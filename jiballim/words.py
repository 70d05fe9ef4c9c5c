"""How the command line names what the rooms keep under English names."""

from __future__ import annotations

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "done": "좋음", "partial": "일부", "failed": "실패", "aborted": "끊김", "running": "읽는 중",
}  # fmt: skip
"""What became of a run."""

KINDS: Mapping[str, str] = {
    "rental": "임대공고", "gosi": "고시공고", "notice": "공지", "press": "보도자료", "centre": "센터",
}  # fmt: skip
"""What a source carries."""

ANSWERS: Mapping[str, str] = {
    "ok": "읽음", "empty": "글 없음", "shell": "껍데기(내용은 스크립트로 옵니다)", "guard": "다른 화면(로그인·차단·오류)",
    "unreadable": "읽을 수 없음",
}  # fmt: skip
"""What kind of answer a page is."""

DOCUMENTS: Mapping[str, str] = {"title": "제목", "body": "본문", "source": "출처"}


def document(name: str) -> str:
    """Return where words stand: "제목", "본문", "칸 접수마감", "첨부 공고문.pdf"."""
    from notices.vocabulary import FIELDS

    place, _, rest = name.partition(":")
    if place == "field":
        return f"칸 {FIELDS.get(rest, '기관' if rest == 'publisher' else rest)}"
    return f"첨부 {rest}" if place == "attachment" else DOCUMENTS.get(place, place)
