"""Who speaks: a housing corporation, a ministry's press office or programme, a board that passes news on, a list."""

from __future__ import annotations

import re
from enum import Enum, auto

from notices.reading.subject import Subject


class Voice(Enum):
    """How a publisher's titles are to be taken."""

    HOUSING = auto()
    PRESS = auto()
    NEWS = auto()
    PROGRAMMES = auto()
    MINISTRY = auto()
    OFFICE = auto()


_HOUSING = re.compile(
    r"LH|SH|GH|iH|HUG|한국토지주택|서울주택|경기주택|마이홈|청약홈|BMC|DUDC|(?:도시|개발|주택)(?:도시|개발)?공사|주택도시기금|주택관리공단|청년안심주택"
)
_NEWS = re.compile(r"포럼|뉴스|신문|일보|언론|방송|타임즈|투데이|경제$|소식지|재단\s?소식")
_PRESS = re.compile(
    r"보도자료|정책브리핑|korea\.kr|국무조정실|국무총리|대통령|"
    r"(?:^|\s)[가-힣]{2,8}(?:부|처|위원회|본부)$|(?<![시군구도])청$"
)
_MINISTRY_ROOM = re.compile(
    r"(?:부|처|청|원회)\s+\S+(?:과|팀|관|단|센터|국)$|^중앙정부|^복지로|^온통청년|^보조금24|^정부24"
)
_PRESS_HEAD = re.compile(
    r"^\s*['\"]?[\[(<]\s?(?:보도\s?자료|보도\s?(?:참고|설명|해명)(?:\s?자료)?|참고(?:\s?자료)?|설명(?:\s?자료)?|해명(?:\s?자료)?|"
    r"(?:장관|차관|총리|청장|원장|사장|시장|군수)?\s?동정|카드\s?뉴스|브리핑|정책\s?뉴스|언론\s?보도|기고|칼럼|인터뷰|사설|기사)\s?[\])>]"
)
_PRESS_RELEASES = re.compile(r"보도\s?자료")
_PROGRAMME_NAME = re.compile(
    r"^(?!.*(?:확대|강화|추진|개최|발표|논의|협력|본격|시행|점검|개선|마련|대책|계획|방안|발굴|차질))[가-힣A-Za-z\s·ㆍ()]{2,36}"
    r"(?:지원|사업|대출|융자|바우처|급여|지원금|수당|장려금|공급|부여|이자지원|감면|적금|통장)(?:\([가-힣\s]{2,12}\))?$"
)
_HEADLINE = re.compile(
    r"^\s*(?:\([^)]{1,12}\)\s?|\[[^\]]{1,12}\]\s?)?['\"]?(?:[가-힣]{2,8}\s)?[가-힣]{1,14}(?:시|군|구|도|공사|센터|본부|LH|공단|재단|협의회)\s?,\s?(?![가-힣]{1,8}(?:시|군|구|도|권)(?:\s|,|\())|"
    r"봉사\s?활동.{0,3}(?:실시|전개|펼쳐|소식|진행)|기탁|업무\s?협약|협약\s?체결|성금|돌입|개장\s?$|성황리|획득|수상\s?$|출범\s?$|준공(?!\s?인가)|방문\s?$|"
    r"(?:한다|늘린다|된다|있다|선다|없다|나섰다|밝혔다|나서|나선다|앞장|총력|박차|본격화|눈길|호응|화제|성료|성황|논란|우려|촉구|강조|당부|기대|맞손|맞춘다|돕는다)\s*[.!]?\s*$|"
    r"(?:\.\.\.|…)(?!\s*$)|['\"].{4,40}['\"]\s?$"
)


def voice(subject: Subject) -> Voice:
    """Return who speaks in a notice, by its publisher and the form of its title."""
    org, title = subject.org, subject.title.plain
    if _PRESS_HEAD.match(title) or _PRESS_RELEASES.search(title):
        return Voice.PRESS
    if _MINISTRY_ROOM.search(org):
        return Voice.PROGRAMMES
    if _HOUSING.search(org):
        return Voice.HOUSING
    if is_news(org):
        return Voice.NEWS
    if _PRESS.search(org):
        return Voice.MINISTRY if _PROGRAMME_NAME.match(title) else Voice.PRESS
    if is_headline(title):
        return Voice.NEWS
    return Voice.OFFICE if org else Voice.PROGRAMMES


def is_news(org: str) -> bool:
    """Return whether a publisher passes on what it hears of others: a paper, a broadcaster, a forum."""
    return bool(_NEWS.search(org))


def is_headline(title: str) -> bool:
    """Return whether a title is worded as news are: "파주시, … 나서", "… 늘린다"."""
    return bool(_HEADLINE.search(title))
