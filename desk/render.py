"""Write a draft down as HTML, plain text or Markdown, so that whatever a page said is only read and never acts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape

from desk.draft import Draft, Line, Section

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$^=@&])")
_STARTS = re.compile(r"^(\s*)([-+]|\d{1,9}[.)])(?=\s|$)")
_ADDRESS = re.compile(r"(://|(?i:www)\.)")


def html(draft: Draft) -> str:
    """Return a post as HTML for any editor: no script, style, shortcode or address that a blog would unfold by itself."""
    return "\n".join(piece for section in draft.sections for piece in _html(section)) + "\n"


def _html(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"<h2>{safe(section.heading)}</h2>"
    if section.lines and section.listed:
        yield "<ul>"
        yield from (f"<li>{_html_line(line)}</li>" for line in section.lines)
        yield "</ul>"
    else:
        yield from (f"<p>{_html_line(line)}</p>" for line in section.lines)
    if section.rows:
        yield "<table><tbody>"
        yield from ("<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>" for row in section.rows)
        yield "</tbody></table>"


def _html_line(line: Line) -> str:
    text = safe(line.text)
    if line.link:
        text = f'<a href="{escape(line.link)}">{text}</a>'
    return f"<strong>{safe(line.label)}</strong> {text}" if line.label else text


def safe(text: str) -> str:
    """Escape text for HTML, with brackets (WordPress shortcodes) and addresses (embeds) made inert.

    The entities are spelled as WordPress itself spells them, so that what it stores is what was sent.
    """
    text = escape(text, quote=False).replace("[", "&#091;").replace("]", "&#093;")
    return text.replace("://", ":&#047;&#047;")


def text(draft: Draft) -> str:
    """Return a post as plain text for editors that take nothing else: 📍 headings, • lines, "항목: 값", "글 (주소)"."""
    parts = ("\n".join(_text(section)) for section in draft.sections)
    return draft.title + "\n\n" + "\n\n".join(part for part in parts if part) + "\n"


def _text(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"📍 {section.heading}"
    for line in section.lines:
        said = f"{line.label}: {line.text}" if line.label else line.text
        link = f" ({line.link})" if line.link and line.link not in line.text else ""
        yield f"{'• ' if section.listed else ''}{said}{link}"
    yield from _text_rows(section.rows)


def _text_rows(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Rows of two cells as "항목: 값"; wider ones under the names of the first row."""
    if not rows or len(rows[0]) == 2:
        yield from (f"• {row[0]}: {', '.join(row[1:])}" for row in rows)
        return
    head, *rest = rows
    if not rest:
        yield f"• {', '.join(head)}"
    for row in rest:
        named = (f"{name}: {cell}" if name else cell for name, cell in zip(head[1:], row[1:], strict=False) if cell)
        yield f"• {row[0]} — {', '.join((*named, *row[len(head) :]))}"


def markdown(draft: Draft) -> str:
    """Return a post as Markdown with front matter (JSON strings, which YAML reads as they stand), for static sites."""
    front = {
        "title": draft.title,
        "date": draft.posted.isoformat(),
        "updated": draft.updated.isoformat(),
        "slug": draft.slug,
        "categories": [draft.heading],
        "tags": list(draft.tags),
        "source_url": draft.source_url,
        "source_org": draft.source_org,
        "kogl": draft.licence,
        "uid": draft.uid,
        "edition": draft.edition,
    }
    head = "\n".join(f"{key}: {_yaml(value)}" for key, value in front.items())
    parts = ("\n".join(_markdown(section)) for section in draft.sections)
    return f"---\n{head}\n---\n\n" + "\n\n".join(part for part in parts if part) + "\n"


def _yaml(value: object) -> str:
    """JSON is YAML but for characters that a YAML stream may not hold; those stand as escapes."""
    said = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", said)


def _markdown(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"## {mark(section.heading)}\n"
    lines = [_markdown_line(line) for line in section.lines]
    if lines:
        yield "\n".join(f"- {line}" for line in lines) if section.listed else "\n\n".join(lines)
    if section.rows:
        yield "\n".join(_markdown_rows(section.rows))


def _markdown_line(line: Line) -> str:
    said = mark(line.text)
    if line.link:
        said = f"[{said}](<{line.link.replace('{', '%7B').replace('}', '%7D')}>)"
    return f"**{mark(line.label)}** {said}" if line.label else said


def _markdown_rows(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        yield "| " + " | ".join(mark(cell) for cell in (*row, *[""] * (width - len(row)))) + " |"
        if number == 0:
            yield "|" + " --- |" * width


def mark(text: str) -> str:
    """Escape text for Markdown and the template languages of static sites ({{, {%); no address becomes a link by itself."""
    text = _ADDRESS.sub(lambda m: m[0].replace(":", "\\:").replace(".", "\\."), _MARKS.sub(r"\\\1", text))
    return _STARTS.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", text)
