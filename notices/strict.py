"""Strict reading of TOML: every key is taken with its type or refused by name, with the nearest known key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from notices.errors import Refusal, WrongUse

T = TypeVar("T")
_TYPES = {
    str: "글자",
    int: "정수",
    float: "숫자",
    bool: "true/false",
    list: "목록 [ ]",
    dict: "표",
    date: "날짜(2026-11-24처럼)",
}
REQUIRED: Any = object()


class Table:
    """One table of a TOML file; take its keys, then call `end`."""

    def __init__(self, values: Mapping[str, Any], where: str, error: type[Refusal] = WrongUse) -> None:
        self._values, self._where, self._error = dict(values), where, error
        self._known: list[str] = []

    @classmethod
    def read(cls, path: Path, error: type[Refusal] = WrongUse) -> Table:
        """Read a file; a file that cannot be read or parsed is refused with its place."""
        try:
            return cls(tomllib.loads(path.read_text("utf-8-sig")), str(path), error)
        except UnicodeDecodeError:
            raise error(f"{path} 파일이 UTF-8 글이 아닙니다: 편집기에서 UTF-8로 저장하십시오.") from None
        except OSError as wrong:
            raise error(f"{path} 파일을 읽을 수 없습니다({wrong.strerror}): 파일과 권한을 확인하십시오.") from None
        except tomllib.TOMLDecodeError as wrong:
            raise error(f"{path} 파일의 TOML 문법이 틀렸습니다({wrong}): 그 줄을 고치십시오.") from None

    @property
    def empty(self) -> bool:
        """Whether nothing is left to take."""
        return not self._values

    def refuse(self, key: str, sentence: str) -> Refusal:
        """Make the refusal that names file, key and remedy."""
        return self._error(f"{self._where}의 {key}: {sentence}")

    def take(self, key: str, kind: type[T], default: T = REQUIRED) -> T:
        """Take a value of a type; an integer passes for a number, true/false does not pass for an integer."""
        self._known.append(key)
        if key not in self._values:
            if default is REQUIRED:
                raise self.refuse(key, f"이 값이 꼭 있어야 합니다(꼴: {_TYPES[kind]}).")
            return default
        value = self._values.pop(key)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise self.refuse(key, f"{_TYPES[kind]} 꼴이어야 하는데 {value!r}입니다. 고쳐 적으십시오.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; empty where the key is missing."""
        values = self.take(key, list, [])
        if wrong := [v for v in values if not isinstance(v, str)]:
            raise self.refuse(key, f"글자의 목록이어야 하는데 {wrong[0]!r}이(가) 있습니다. 따옴표로 감싸십시오.")
        return tuple(values)

    def choice(self, key: str, allowed: tuple[str, ...], default: str = REQUIRED) -> str:
        """Take one of the allowed texts."""
        value = self.take(key, str, default)
        if value not in allowed:
            raise self.refuse(key, f"{value!r}은(는) 없는 값입니다. {', '.join(allowed)} 가운데서 고르십시오.")
        return value

    def table(self, key: str) -> Table:
        """Take a table inside this one; empty where the key is missing."""
        return Table(self.take(key, dict, {}), f"{self._where} [{key}]", self._error)

    def tables(self, key: str) -> list[Table]:
        """Take an array of tables; empty where the key is missing."""
        values = self.take(key, list, [])
        if not all(isinstance(v, dict) for v in values):
            raise self.refuse(key, f"[[{key}]] 꼴의 표 묶음이어야 합니다.")
        return [Table(v, f"{self._where} [[{key}]] {n}번째", self._error) for n, v in enumerate(values, 1)]

    def mapping(self, key: str) -> dict[str, str]:
        """Take a table of texts; numbers are taken as text."""
        values = self.take(key, dict, {})
        if wrong := [k for k, v in values.items() if isinstance(v, (dict, list, bool))]:
            raise self.refuse(f"{key}.{wrong[0]}", "글자나 숫자여야 합니다.")
        return {k: str(v) for k, v in values.items()}

    def end(self) -> None:
        """Refuse what was not taken, naming the nearest key that exists."""
        for key in self._values:
            near = difflib.get_close_matches(key, self._known, 1)
            hint = f"{near[0]}을(를) 뜻하셨나요?" if near else f"쓸 수 있는 것: {', '.join(self._known)}."
            raise self.refuse(key, f"모르는 이름입니다. {hint}")
