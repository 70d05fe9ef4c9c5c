"""Read object and array literals of JavaScript as values: bare names, single quotes and trailing commas, unlike JSON."""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(
    r"""(?:\s|//[^\n]{0,500}|/\*.{0,500}?\*/){0,50}(?:
      (?P<mark>[\[\]{}:,])
    | '(?P<single>(?:[^'\\\n]|\\.){0,20000})' | "(?P<double>(?:[^"\\\n]|\\.){0,20000})" | `(?P<tick>(?:[^`\\]|\\.){0,20000})`
    | (?P<number>-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?)
    | (?P<word>[A-Za-z_$][\w$.]{0,80})
    )""",
    re.X | re.S,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_DEEP, _MANY = 40, 200_000


class NotLiteralError(ValueError):
    """The text is no literal: a call, an expression, or cut off."""


def read_literal(text: str, at: int) -> tuple[Any, int]:
    """Return the value that begins at a place of a script and where it ends; names of variables are None."""
    reader = _Reader(text, at)
    value = reader.value(0)
    return value, reader.at


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self.text, self.at, self.left = text, at, _MANY

    def next(self) -> re.Match[str]:
        self.left -= 1
        match = _TOKEN.match(self.text, self.at)
        if not match or self.left < 0:
            raise NotLiteralError
        self.at = match.end()
        return match

    def value(self, depth: int) -> Any:
        return self._of(self.next(), depth)

    def _of(self, token: re.Match[str], depth: int) -> Any:
        if depth > _DEEP:
            raise NotLiteralError
        mark = token["mark"]
        if mark == "{":
            return self._object(depth)
        if mark == "[":
            return self._array(depth)
        if mark:
            raise NotLiteralError
        if token["number"] is not None:
            number = token["number"]
            return int(number) if number.lstrip("-").isdigit() else float(number)
        if token["word"] is not None:
            return _WORDS.get(token["word"])
        return _string(token)

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while True:
            token = self.next()
            if token["mark"] == "}":
                return found
            if token["mark"] == ",":
                continue
            name = token["word"] or token["number"] or (None if token["mark"] else _string(token))
            if name is None or self.next()["mark"] != ":":
                raise NotLiteralError
            found[name] = self.value(depth + 1)

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while True:
            token = self.next()
            if token["mark"] == "]":
                return found
            if token["mark"] != ",":
                found.append(self._of(token, depth + 1))


def _string(token: re.Match[str]) -> str:
    text = next((token[name] for name in ("single", "double", "tick") if token[name] is not None), "")
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _PLAIN.get(code, code)
