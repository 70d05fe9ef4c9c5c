"""Write the sample pages: templates that keep each site's own structure, and the forms in which sites write days."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, select_autoescape

from jiballim.demo.world import LH_CODES


def pages(root: Traversable) -> Environment:
    """Return the templates of a folder, which may lie in a package; values are escaped in HTML and XML."""

    def load(name: str) -> str | None:
        return (root / name).read_text("utf-8") if (root / name).is_file() else None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=select_autoescape(["html", "xml"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "dots": dots, "compact": compact, "rfc822": rfc822, "runs": runs, "b64": b64, "tojson": _json,
    }  # fmt: skip
    environment.globals["lh"] = LH_CODES
    return environment


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def dots(value: date | str, form: str = "{}.{}.{}") -> str:
    """Write a day or moment the way pages do: 2026.11.09, 2026.11.09 10:00."""
    said = str(value)
    return " ".join(filter(None, (form.format(*said[:10].split("-")), said[11:]))) if said else ""


def compact(value: date | str) -> str:
    """Write a day or moment in digits: 20261109, 202611091000."""
    return re.sub(r"\D", "", str(value))


def b64(value: str) -> str:
    """Write a text in base64."""
    return b64encode(value.encode()).decode()


def rfc822(value: date) -> str:
    """Write a day as the morning that feeds date it by."""
    return datetime(value.year, value.month, value.day, 10, tzinfo=UTC).strftime("%a, %d %b %Y %H:%M:%S +0900")


def runs(line: str) -> Iterator[str]:
    """Split a line where digits, letters and signs meet."""
    yield from re.findall(r"[0-9]+|[가-힣]+|[^0-9가-힣]+", line)
