"""Patterns that are tried only where their letters stand, which is hardly anywhere.

A regular expression is tried at every place of a text. Asking first for the letters that each of
its matches must hold takes a tenth of the time and can never change what is found.
"""

import importlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any

_MOST = 32
"""Most spellings that are kept apart while a pattern is taken to pieces."""


def _parser() -> Any:
    """The parser of Python's own expressions: its tree says for certain what a match must hold.

    Python promises nothing about it; without it every pattern is simply tried.
    """
    try:
        return importlib.import_module("re._parser")
    except ImportError:
        return None


_PARSER = _parser()

_Options = tuple[str, ...]


class Sifted:
    """A pattern with the letters that stand in every match.

    Attributes:
        pattern: The pattern.

    Args:
        pattern: The pattern, in which case counts; it is taken to pieces when it is first used.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Texts, one of which stands in every match; empty when none could be told."""
        if _PARSER is None:
            return ()
        found = _needs(_PARSER.parse(self.pattern.pattern, self.pattern.flags))
        return _shortest(found)

    def may_match(self, text: str) -> bool:
        """Whether a text holds what every match holds; False is certain, True is not.

        Args:
            text: Any text.
        """
        return not self.needs or any(map(text.__contains__, self.needs))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, as `re.Pattern.search` finds it.

        Args:
            text: Any text.
        """
        return self.pattern.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, as `re.Pattern.finditer` finds them.

        Args:
            text: Any text.
        """
        return self.pattern.finditer(text) if self.may_match(text) else iter(())


class Sieve:
    """Many patterns at once, told apart by three letters in a row.

    Args:
        patterns: The patterns; none passes over case.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = tuple(patterns)

    def numbers(self, text: str) -> list[int]:
        """Which patterns may match, by their places in the order given.

        Args:
            text: Any text.
        """
        always, index = self._index
        found = set(always)
        for letters in index.keys() & {text[at : at + 3] for at in range(len(text) - 2)}:
            for need, number in index[letters]:
                if need in text:
                    found.add(number)
        return sorted(found)

    @cached_property
    def _index(self) -> tuple[frozenset[int], Mapping[str, Sequence[tuple[str, int]]]]:
        """Patterns that any text may match, and those told by what follows three letters."""
        always: set[int] = set()
        index: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, pattern in enumerate(self._patterns):
            needs = Sifted(pattern).needs
            if min(map(len, needs), default=0) < 3:
                always.add(number)
                continue
            for need in needs:
                starts = (need[at : at + 3] for at in range(len(need) - 2))
                rare = min(starts, key=lambda letters: len(index.get(letters, ())))
                index[rare].append((need, number))
        return frozenset(always), dict(index)


def _needs(tree: Iterable[Any]) -> _Options:
    """The best set of texts one of which stands in whatever a sequence matches."""
    found: list[_Options] = []
    run: _Options = ("",)
    for item in tree:
        exact = _exact(item)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = tuple(map("".join, product(run, exact)))
            continue
        found.append(run)
        run = ("",) if exact is None else exact
        found.append(_inside(item))
    return max((*found, run), key=_worth)


def _shortest(options: Iterable[str]) -> _Options:
    """The options without those that hold a shorter one."""
    kept: list[str] = []
    for option in sorted(set(options), key=lambda option: (len(option), option)):
        if not any(short in option for short in kept):
            kept.append(option)
    return () if kept == [""] else tuple(kept)


def _worth(options: _Options) -> tuple[int, int]:
    """Long texts are rare ones, and few are looked for quickly."""
    return (min(6, *map(len, options)), -len(options)) if options else (0, 0)


def _inside(item: Any) -> _Options:
    """What must stand in a part that has many spellings."""
    name, value = str(item[0]), item[1]
    if name == "BRANCH":
        branches = [_needs(branch) for branch in value[1]]
        return tuple(need for branch in branches for need in branch) if all(branches) else ()
    if name == "SUBPATTERN" and not value[1]:
        return _needs(value[3])
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and value[0]:
        return _needs(value[2])
    return ()


def _exact(item: Any) -> _Options | None:
    """Every spelling of a part, when they are few."""
    spell = _SPELL.get(str(item[0]))
    return spell(item[1]) if spell else None


def _letters(value: Any) -> _Options | None:
    plain = len(value) <= _MOST and all(str(one[0]) == "LITERAL" for one in value)
    return tuple(chr(one[1]) for one in value) if plain else None


def _group(value: Any) -> _Options | None:
    return None if value[1] else _spelled(value[3])  # with flags of its own it says more


def _either(value: Any) -> _Options | None:
    branches = [_spelled(branch) for branch in value[1]]
    spelled = tuple(one for branch in branches for one in branch or ())
    return spelled if None not in branches and len(spelled) <= _MOST else None


def _maybe(value: Any) -> _Options | None:
    once = _spelled(value[2]) if tuple(value[:2]) == (0, 1) else None
    return None if once is None else ("", *once)


def _nothing(value: Any) -> _Options:
    del value
    return ("",)


def _spelled(tree: Iterable[Any]) -> _Options | None:
    """Every spelling of a sequence, when they are few."""
    run: _Options = ("",)
    for item in tree:
        exact = _exact(item)
        if exact is None or len(run) * len(exact) > _MOST:
            return None
        run = tuple(map("".join, product(run, exact)))
    return run


_SPELL: Mapping[str, Callable[[Any], _Options | None]] = {
    "LITERAL": lambda value: (chr(value),),
    "IN": _letters,
    "SUBPATTERN": _group,
    "BRANCH": _either,
    "MAX_REPEAT": _maybe,
    "AT": _nothing,
    "ASSERT": _nothing,
    "ASSERT_NOT": _nothing,
}
"""How a part is spelled out, by its name in Python's tree; the last three take no room."""
