"""What a signal is: a hint that a text speaks to somebody. None is proof by itself.

A sentence that names an audience, gives an order and speaks of the verdict adds up; each of the
three alone is how people write about models every day.
"""

import re
from typing import NamedTuple


class Signal(NamedTuple):
    """One kind of hint.

    Attributes:
        name: What it is; counted once in a window.
        weight: How much it adds.
        pattern: Where it stands in a lower-case text without accents.
        own: Whether it counts only in our own words, which never address a reader.
    """

    name: str
    weight: int
    pattern: re.Pattern[str]
    own: bool = False


def signal(name: str, weight: int, *alternatives: str, own: bool = False) -> Signal:
    """A signal from the patterns it may take.

    Args:
        name: What it is.
        weight: How much it adds.
        alternatives: Patterns, any of which is enough.
        own: Whether it counts only in our own words.
    """
    return Signal(name, weight, re.compile("|".join(alternatives)), own)
