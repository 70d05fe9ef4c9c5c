"""Judge pairs given as JSON lines: {"a": {"title", "org", "date", "id", "url", "status", "region", "deadline"}, "b": …}."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from notices.matching.judge import judge
from notices.matching.numbers import family
from notices.matching.side import Side

_SOURCES = {"mh": "myhome", "청약홈": "applyhome", "마이홈": "myhome"}


def answer(line: Mapping[str, Any]) -> dict[str, str]:
    """Return {"relation", "why"} of one pair."""
    found = judge(_side(line.get("a")), _side(line.get("b")))
    return {"relation": found.relation.value, "why": found.reason}


def answers(lines: Iterable[str]) -> Iterator[str]:
    """Yield one JSON line for each that is not blank; a line that is no pair says so under "error"."""
    for line in lines:
        if not line.strip():
            continue
        try:
            yield json.dumps(answer(json.loads(line)), ensure_ascii=False)
        except (ValueError, TypeError, AttributeError) as error:
            yield json.dumps({"error": f"짝이 아닌 줄: {error}"}, ensure_ascii=False)


def _side(record: Any) -> Side:
    if not isinstance(record, Mapping):
        raise TypeError("a와 b에 공고가 있어야 함")
    text = {name: str(value).strip() for name, value in record.items() if value is not None}
    prefix, _, number = text.get("id", "").partition(":")
    source = _SOURCES.get(prefix.lower(), prefix.lower()) if number else ""
    url = text.get("url") or None
    posted = _day(text.get("date"))
    return Side(
        title=text.get("title", ""),
        source=source,
        org=text.get("org", ""),
        key=number or prefix,
        url=url,
        posted=posted,
        status=text.get("status") or None,
        regions=(text["region"],) if text.get("region") else (),
        closes=_day(text.get("deadline")),
        first_posted=posted if family(source, url) == "myhome" else None,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10].replace(".", "-").replace("/", "-"))
    except ValueError:
        return None


def main() -> None:
    """Answer standard input on standard output."""
    for line in answers(sys.stdin):
        print(line, flush=True)  # noqa: T201 - this is the output


if __name__ == "__main__":
    main()
