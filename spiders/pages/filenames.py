"""The name of a file from what stands around it: sizes, counts and buttons glued to a name come off."""

from __future__ import annotations

import re
from urllib.parse import unquote

from notices.korean import one_line

_EXTENSIONS = (
    "hwpx?|hwtx?|owpml|pdf|docx?|docm|xlsx?|xlsm|csv|pptx?|ppsx?|show|cell|txt|rtf|odt|zip|7z|alz|egg|rar|tar|gz|"
    "jpe?g|png|gif|bmp|tiff?|webp|svg|mp[34]|avi|wmv|mov|m4a|wav|html?|xml|ai|psd|dwg|exe"
)
ENDING = re.compile(rf"\.(?:{_EXTENSIONS})(?![A-Za-z0-9가-힣])", re.I)
IMAGE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|svg|tiff?)$", re.I)
_SIZE = r"\d[\d,.]{0,12}\s?(?:[KMGT]\s?[Bb]ytes?|[KMGT]i?B?|bytes?|byte|바이트|B)(?![A-Za-z가-힣])"
_LEADING = re.compile(
    rf"^(?:\s{{0,3}}[(\[]?\s?\d[\d,.]{{0,12}}\s?(?:[KMG]i?B|bytes?)\s?[)\]]?|\s{{0,3}}(?:첨부\s?파일|첨부|붙임\s?파일|파일\s?명|파일)\s?\d{{0,2}}\s?[:：]|\s{{0,3}}[:：·▶▷•-]\s|"
    rf"\s{{0,3}}(?:{_EXTENSIONS})\s?(?:파일|문서|아이콘|icon|file)\s)",
    re.I,
)
_JUNK = re.compile(
    rf"(?:[\s()\[\]<>,:：|/·ㅣ│;-]|{_SIZE}|\d[\d,]{{0,8}}\s?(?:건|회|번|hits?|명|downloads?)?|다운로드(?:\s?(?:수|횟수|받기|하기))?|다운\s?(?:로드|받기)?|내려받기|받기|"
    rf"저장|바로\s?보기|바로\s?듣기|미리\s?보기|미리\s?듣기|뷰어|문서\s?보기|새\s?창(?:으로)?(?:\s?열[림기])?|열기|첨부(?:\s?파일)?|파일|크기|용량|점자|음성|보기|"
    rf"file|size|download(?:ed|s)?|hits?|조회\s?수?|클릭|최종|등록일?|date|view|viewer|preview|new|{_EXTENSIONS})*",
    re.I,
)
_GENERIC = re.compile(
    r"(?:[\s()\[\]·:>-]|첨부|파일|붙임|다운로드|다운|내려받기|받기|저장|열기|보기|전체|모두|일괄|압축|하기|download|file|down|save|all|zip|icon|아이콘|이미지|새창|클릭|여기|링크|공고문|자료|원문|hwp|pdf|\d)*",
    re.I,
)
_QUOTED = re.compile(r"'((?:[^'\\]|\\.){1,300})'|\"((?:[^\"\\]|\\.){1,300})\"|&quot;(.{1,300}?)&quot;")
PREVIEW = re.compile(
    r"미리\s?보기|바로\s?보기|바로\s?듣기|뷰어|문서\s?보기|점자|음성|변환|웹\s?보기|문서\s?뷰|pre_?view|viewer|synap|docview|skinview|convert|htmlview|streamdocs|바로\s?열기|TTS",
    re.I,
)
WHOLE = re.compile(
    r"전체\s?(?:파일)?\s?(?:다운|받|내려|저장|선택)|일괄\s?(?:다운|받|내려|저장)|모두\s?(?:다운|받|내려|저장)|압축\s?(?:다운|받|파일)|zip_?down|download_?all|downall",
    re.I,
)


def tidy(text: str) -> str:
    """Return a file's name without what pages glue to it: "(136 KB)", "217.99KB", "다운로드 12회", "새창열림"."""
    name = one_line(text[:600])
    for _ in range(3):
        shorter = _LEADING.sub("", name).strip()
        if shorter == name or not shorter:
            break
        name = shorter
    ends = [match.end() for match in ENDING.finditer(name)]
    for end in reversed(ends):
        if _JUNK.fullmatch(name[end:].rstrip()):
            name = name[:end]
    return _once(name.strip(" \t,;|/·:"))


def _once(name: str) -> str:
    """Return a name that stands twice (bold and plain) once."""
    half = name[: len(name) // 2].strip()
    return half if half == name[len(name) // 2 :].strip() and ENDING.search(half) else name


def told(text: str) -> str:
    """Return what a link in a sentence calls its file: "신청서 내려받기" is 신청서."""
    return re.sub(r"\s?(?:내려\s?받기|다운\s?로드|다운\s?받기|받기|보기)$", "", tidy(text))


def names(text: str) -> list[str]:
    """Return the file names that a line of text lists, in order; only what ends like a file is one."""
    found = []
    start = 0
    for match in ENDING.finditer(text[:4000]):
        name = tidy(text[start : match.end()])
        name = re.sub(r"^(?:[\s,;/|·)\]]|\d[\d.,]{0,8}\s?[KMG]i?B)+", "", name)
        if len(name) > match.end() - match.start():
            found.append(name)
        start = match.end()
        junk = _GLUED.match(text, start)
        start = junk.end() if junk else start
    return found


_GLUED = re.compile(
    rf"\s?[(\[]\s?(?:{_SIZE}|{_EXTENSIONS}|[\s,/:]|\d{{1,6}}\s?(?:회|건|hits?)?|다운로드)+\s?[)\]]|\s{{0,2}}{_SIZE}",
    re.I,
)


def is_kind(text: str) -> bool:
    """Whether a text is but the word of an icon before a name: PDF, hwp."""
    return bool(_KIND.fullmatch(text.strip()))


_KIND = re.compile(
    rf"[\[(]?(?:{_EXTENSIONS}|한글|엑셀|워드|이미지|기타|첨부\s?파일|파일\s?첨부|첨부|파일|파일\s?다운로드|다운로드)(?:\s?(?:파일|문서|아이콘|icon|file))?[\])]?",
    re.I,
)


def generic(text: str) -> bool:
    """Whether a link's text names no file: 다운로드, 첨부파일 1, an icon."""
    return bool(_GENERIC.fullmatch(text.strip()))


def in_call(call: str) -> str:
    """Return the file name among the quoted arguments of a script call, else ""."""
    found = []
    for match in _QUOTED.finditer(call[:3000]):
        text = next(part for part in match.groups() if part is not None).replace("\\'", "'")
        if ENDING.search(text):
            found.append(tidy(unquote(text).replace("\\", "/").rsplit("/", 1)[-1]))
    return next((name for name in found if re.search("[가-힣]", name)), found[0] if found else "")


def in_address(href: str) -> str:
    """Return the file name that an address ends with or carries in a parameter, else ""."""
    for part in reversed(re.split(r"[?&=/;]", href[:3000])):
        text = _readable(part)
        match = ENDING.search(text)
        if match and match.end() == len(text):
            return tidy(text.rsplit("/", 1)[-1])
    return ""


def _readable(part: str) -> str:
    """Percent codes as text, UTF-8 or CP949."""
    text = unquote(part.replace("+", " "))
    return unquote(part.replace("+", " "), encoding="cp949") if "\ufffd" in text else text
