"""Takes the text out of a PDF page that its reader does not see, before it is extracted.

Followed are what files hide text with: the render mode, the colour against what was painted below,
the size, the place, and layers that are switched off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject

from panel.domain.intake.reading import Hidden, HiddenKind, shown
from panel.intake.colours import Rgb, contrast
from panel.intake.styles import LEAST_CONTRAST, TINY_PX

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_INVISIBLE_MODES = frozenset({3, 7})
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PAINTING = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_DEPTH = 6


@dataclass(frozen=True)
class _State:
    """What the operators have set so far."""

    matrix: Matrix = _IDENTITY
    color: Rgb | None = (0.0, 0.0, 0.0)
    size: float = 12.0
    mode: int = 0


@dataclass
class _Canvas:
    """A page while its operators are followed.

    Attributes:
        box: Left, bottom, right and top of what is shown of it.
        painted: Painted rectangles with their colours, the last on top; an image has none.
        path: Rectangles that are not painted yet.
    """

    box: tuple[float, float, float, float]
    painted: list[tuple[float, float, float, float, Rgb | None]] = field(
        default_factory=list[tuple[float, float, float, float, Rgb | None]]
    )

    path: list[tuple[float, float, float, float]] = field(
        default_factory=list[tuple[float, float, float, float]]
    )

    def below(self, x: float, y: float) -> Rgb | None:
        """Colour under a point; None when it cannot be told."""
        for left, bottom, right, top, color in reversed(self.painted):
            if left <= x <= right and bottom <= y <= top:
                return color
        return (1.0, 1.0, 1.0)


def without_hidden(page: PageObject, off: frozenset[int], number: int) -> tuple[Hidden, ...]:
    """Remove the text of a page that cannot be seen.

    Args:
        page: The page; changed in place.
        off: Numbers of the objects that are layers switched off.
        number: Its number, counted from 1, for the list.

    Returns:
        What was removed.
    """
    contents = page.get_contents()
    if contents is None:
        return ()
    box = page.cropbox
    canvas = _Canvas((float(box.left), float(box.bottom), float(box.right), float(box.top)))
    resources: Any = page.get("/Resources", DictionaryObject()).get_object()
    stream = ContentStream(contents, page.pdf)
    found = _Filter(canvas, off, number).run(stream, resources, _State(), 0)
    page[NameObject("/Contents")] = stream
    return tuple(found)


class _Filter:
    """Follows the operators of one page.

    Args:
        canvas: The page.
        off: Numbers of the objects that are layers switched off.
        number: Number of the page.
    """

    def __init__(self, canvas: _Canvas, off: frozenset[int], number: int) -> None:
        self._canvas = canvas
        self._off = off
        self._place = f"page {number}"

    def run(self, stream: ContentStream, resources: Any, state: _State, depth: int) -> list[Hidden]:
        """Drop what is hidden from a stream.

        Args:
            stream: The operators; changed in place.
            resources: What they may name.
            state: How things stand where the stream is drawn.
            depth: In how many forms it stands.

        Returns:
            What was dropped.
        """
        kept: list[tuple[Any, bytes]] = []
        found: list[Hidden] = []
        stack: list[_State] = []
        layers: list[bool] = []
        pen = _Pen()
        for operands, operator in stream.operations:
            given = cast("Sequence[Any]", operands)
            if operator == b"q":
                stack.append(state)
            elif operator == b"Q" and stack:
                state = stack.pop()
            elif operator in {b"BDC", b"BMC"}:
                layers.append(self._is_off(given, resources))
            elif operator == b"EMC" and layers:
                layers.pop()
            elif operator == b"Do" and given:
                found += self._drawn(given[0], resources, state, depth)
            pen.follow(operator, given)
            self._painted(operator, given, state)
            if operator in _SHOWING and _words(given).strip():
                why = "display" if any(layers) else self._why(state, _times(pen.at, state.matrix))
                if why:
                    found.append(Hidden(kind=why, place=self._place, text=shown(_words(given))))
                    continue
            state = _changed(state, operator, given)
            kept.append((operands, operator))
        stream.operations = kept
        return found

    def _painted(self, operator: bytes, given: Sequence[Any], state: _State) -> None:
        """Remember the rectangles of a path, and their colour once they are painted."""
        canvas = self._canvas
        if operator == b"re" and len(given) == 4:
            canvas.path.append(_corners(given, state.matrix))
        elif operator in _PAINTING:
            canvas.painted += [(*one, state.color) for one in canvas.path]
            canvas.path = []
        elif operator in {b"n", b"S", b"s"}:
            canvas.path = []

    def _why(self, state: _State, at: Matrix) -> HiddenKind | None:
        if state.mode in _INVISIBLE_MODES:
            return "visibility"
        size = state.size * max(abs(at[0]) + abs(at[1]), abs(at[2]) + abs(at[3]))
        if abs(size) < TINY_PX * 0.75:  # points
            return "tiny"
        left, bottom, right, top = self._canvas.box
        x, y = at[4], at[5]
        if x > right or x < left - 200 or y > top or y < bottom - 5:
            return "off-screen"
        ground = self._canvas.below(x + size * 0.2, y + size * 0.2)
        if state.color and ground and contrast(state.color, ground) < LEAST_CONTRAST:
            return "same-colour"
        return None

    def _is_off(self, given: Sequence[Any], resources: Any) -> bool:
        if len(given) < 2 or given[0] != "/OC":
            return False
        known = _named(resources, "/Properties")
        reference = known.raw_get(given[1]) if given[1] in known else None
        return getattr(reference, "idnum", -1) in self._off

    def _drawn(self, name: Any, resources: Any, state: _State, depth: int) -> list[Hidden]:
        """Follow a form that is drawn here; remember where an image lies."""
        objects = _named(resources, "/XObject")
        one: Any = objects[name].get_object() if name in objects else None
        if one is None or depth >= _DEPTH:
            return []
        if one.get("/Subtype") == "/Image":
            corners = _corners((0, 0, 1, 1), state.matrix)
            self._canvas.painted.append((*corners, None))
        if one.get("/Subtype") != "/Form":
            return []
        inner = ContentStream(one, None)
        own = one.get("/Resources", resources).get_object()
        placed = _times(_matrix(one.get("/Matrix", _IDENTITY)), state.matrix)
        found = self.run(inner, own, replace(state, matrix=placed), depth + 1)
        if found:
            one.set_data(inner.get_data())
        return found


class _Pen:
    """Where the next text is shown, in the space of the text."""

    def __init__(self) -> None:
        self.at: Matrix = _IDENTITY
        self._leading = 0.0

    def follow(self, operator: bytes, given: Sequence[Any]) -> None:
        """Move as an operator says."""
        if operator == b"BT":
            self.at = _IDENTITY
        elif operator == b"Tm" and len(given) == 6:
            self.at = _matrix(given)
        elif operator in {b"Td", b"TD"} and len(given) == 2:
            if operator == b"TD":
                self._leading = -float(given[1])
            self.at = _times((1, 0, 0, 1, float(given[0]), float(given[1])), self.at)
        elif operator == b"TL" and given:
            self._leading = float(given[0])
        elif operator in {b"T*", b"'", b'"'}:
            self.at = _times((1, 0, 0, 1, 0, -self._leading), self.at)


def resources_of(page: Any, kind: str) -> Any:
    """The named resources of one kind that a page may draw; empty when it has none.

    Args:
        page: A page of pypdf.
        kind: E.g. `/XObject`.
    """
    own = page.get("/Resources")
    return _named(own.get_object(), kind) if own is not None else DictionaryObject()


def _named(resources: Any, kind: str) -> Any:
    found = resources.get(kind)
    return found.get_object() if found is not None else DictionaryObject()


def _changed(state: _State, operator: bytes, given: Sequence[Any]) -> _State:
    """The state after an operator that sets something."""
    try:
        if operator == b"cm":
            return replace(state, matrix=_times(_matrix(given), state.matrix))
        if operator == b"Tf":
            return replace(state, size=float(given[1]))
        if operator == b"Tr":
            return replace(state, mode=int(given[0]))
        if operator in {b"g", b"rg", b"k", b"sc", b"scn", b"cs"}:
            return replace(state, color=_colour(operator, given))
    except (ValueError, TypeError, IndexError):
        return state
    return state


def _colour(operator: bytes, given: Sequence[Any]) -> Rgb | None:
    if operator == b"cs":
        return (0.0, 0.0, 0.0)
    parts = [float(one) for one in given if not isinstance(one, (NameObject, ArrayObject))]
    if len(parts) == 1:
        return parts[0], parts[0], parts[0]
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        rest = 1 - black
        return (1 - cyan) * rest, (1 - magenta) * rest, (1 - yellow) * rest
    return None


def _words(given: Sequence[Any]) -> str:
    last: Any = given[-1] if given else ""
    parts = cast("list[Any]", last) if isinstance(last, list) else [last]
    return "".join(str(part) for part in parts if isinstance(part, str))


def _matrix(given: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in given)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m  # fmt: skip  # noqa: E501


def _corners(given: Sequence[Any], matrix: Matrix) -> tuple[float, float, float, float]:
    x, y, width, height = (float(one) for one in given)
    a, b, c, d, e, f = matrix
    across = sorted((a * x + c * y + e, a * (x + width) + c * (y + height) + e))
    up = sorted((b * x + d * y + f, b * (x + width) + d * (y + height) + f))
    return across[0], up[0], across[1], up[1]
