"""Shape a message for channels with hard limits: KakaoTalk counts characters, text messages count CP949 bytes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from notices.links import web_link
from notices.personal import mask
from notify.digest import Digest
from notify.workdays import seoul

KAKAO = 200
"""Characters of a KakaoTalk text template."""

SMS, LMS = 90, 2000
"""Bytes of a short and a long Korean text message, in CP949."""

_INSTEAD = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
    "・": "·", "ㆍ": "·", "․": "·", "•": "·", "‧": "·", "∙": "·", "⋅": "·",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "─": "-",
    "…": "...", "\u00a0": " ", "\u3000": " ", "～": "~", "〜": "~", "∼": "~", "₩": "원", "￦": "원",
})  # fmt: skip
"""What text messages cannot carry, by what is read for it (also signs that CP949 has and phones show badly)."""


def cp949(text: str) -> str:
    """Return text of characters a text message carries: syllables whole, letters without their accents, nothing unseen.

    What has no counterpart becomes "?".
    """
    whole = unicodedata.normalize("NFC", text).translate(_INSTEAD)
    return "".join(one for letter in whole for one in _carried(letter))


def _carried(letter: str) -> str:
    if letter < "\x80" or _fits(letter):
        return letter
    if unicodedata.category(letter) in ("Cf", "Mn", "Cs"):
        return ""
    plain = unicodedata.normalize("NFKD", letter)[:1]
    return plain if plain != letter and _fits(plain) else "?"


def _fits(letter: str) -> bool:
    try:
        return bool(letter.encode("cp949"))
    except UnicodeEncodeError:
        return False


def size(text: str) -> int:
    """Return the bytes a text takes in a text message: two for a Korean letter, one for a Latin one."""
    return len(cp949(text).encode("cp949"))


def kind(text: str) -> str:
    """Return what a text is sent as: "SMS" up to 90 bytes, "LMS" up to 2,000, else "too long"."""
    taken = size(text)
    return "SMS" if taken <= SMS else "LMS" if taken <= LMS else "too long"


def sms(digest: Digest) -> str:
    """Return a digest in one short message of at most 90 bytes: counts and our own address, where it fits."""
    day = seoul(digest.at)
    counts = [f"{name.replace(' ', '')}{number}" for name, number in digest.counts] or ["새 소식 없음"]
    return fit_sms([f"[집알림]{day.month}.{day.day}", *counts], web_link(digest.centre.page))


def fit_sms(words: Iterable[str], link: str | None) -> str:
    """Join as many words as 90 bytes hold beside the address; an address that leaves no room is left out."""
    room = SMS - (size(link) + 1 if link and size(link) < SMS - 30 else 0)
    said = ""
    for word in map(cp949, words):
        longer = f"{said} {word}".strip()
        if size(longer) > room:
            break
        said = longer
    return f"{said}\n{link}" if link and room < SMS else said


def kakao(digest: Digest) -> str:
    """Return a digest in one KakaoTalk message of at most 200 characters: counts, first lines and our own address."""
    first = [f"· {line.title}" for group in digest.groups for line in group.lines]
    failed = [f"· {t.title} {t.sentence}" if t.healed else f"! {t.title} 수집 이상" for t in digest.troubles]
    return summary(digest.subject, [*failed, *first], web_link(digest.centre.page), KAKAO)


def summary(subject: str, lines: Iterable[str], link: str | None, most: int) -> str:
    """Return subject, as many whole lines as fit and the address last, at most so many characters."""
    foot = f"\n{link}" if link and len(link) < most // 2 else ""
    said = _cut(subject, most - len(foot))
    for line in lines:
        if len(said) + len(line) + 1 + len(foot) > most:
            break
        said += f"\n{line}"
    return said + foot


def alert(subject: str, lines: Iterable[str], link: str | None, shape: str) -> str:
    """Return an alert as a phone gets it: 90 bytes of a text message ("sms") or 200 characters of KakaoTalk ("kakao")."""
    link = web_link(link)
    return fit_sms(subject.split(" "), link) if shape == "sms" else summary(subject, lines, link, KAKAO)


def fit(text: str, most: int, link: str | None = None) -> str:
    """Return a text of at most so many characters, cut between lines, with the address of the rest."""
    text = mask(text)
    if most <= 0 or len(text) <= most:
        return text
    first, *lines = text.split("\n")
    more = "… 이하 줄임"
    foot = f"{more} → {link}" if link and len(link) + len(more) + 4 < most // 2 else more
    return summary(first, lines, None, most - len(foot) - 1) + "\n" + foot


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
