"""The domain's words: kinds, sections, supply types, audiences and the names of fields, each in its official form."""

from __future__ import annotations

KINDS = (
    "모집", "접수현황", "발표", "계약입주", "취소", "연기변경", "매각", "입찰",
    "지원사업", "교육행사", "채용", "정책소식", "서비스안내", "기타",
)  # fmt: skip

SECTIONS = ("임대주택공고", "주거복지사업", "기타소식")

SUPPLY = (
    "영구임대", "국민임대", "행복주택", "통합공공임대", "공공임대", "장기전세", "매입임대", "전세임대", "든든전세",
    "공공지원민간임대", "청년안심주택", "사회주택", "고령자복지주택", "공공기숙사", "지원주택", "재개발임대",
    "공공분양", "신혼희망타운", "기타임대",
)  # fmt: skip

AUDIENCES = (
    "수급자", "저소득", "한부모", "신혼부부", "신생아", "청년", "대학생", "고령자", "장애인", "다자녀", "자립준비청년",
    "소년소녀가정", "북한이탈주민", "국가유공자", "전세사기피해자", "가정폭력피해자", "비주택거주자", "근로자", "예술인",
)  # fmt: skip

FIELDS = {
    "kind": "종류",
    "correction": "정정",
    "supply": "공급유형",
    "audience": "대상",
    "region": "지역",
    "status": "상태",
    "opens": "접수시작",
    "closes": "접수마감",
    "papers_from": "서류제출 시작",
    "papers_to": "서류제출 마감",
    "announces": "당첨발표",
    "contract_from": "계약시작",
    "contract_to": "계약마감",
    "move_in": "입주",
    "homes": "모집호수",
    "deposit": "보증금",
    "rent": "월임대료",
    "apply": "신청방법",
    "contact": "문의",
    "address": "주소",
    "publisher": "공급기관",
    "category": "분류",
    "first_posted": "최초공고일",
    "corrects": "정정한 공고번호",
    "external_key": "다른 출처의 공고번호",
}
"""Names of facts and of a notice's labelled fields, with the Korean label that people see.

Dates are ISO text; deposit and rent are won (the lowest where a range is given); homes is a count.
`corrects` and `external_key` are "<source family>:<number>" ("lh:2015122300020676").
"""
