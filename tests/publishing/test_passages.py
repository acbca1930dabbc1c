"""Segments: marks sit on the words, whatever flags overlap."""

from hypothesis import given
from hypothesis import strategies as st

from panel.domain.flag import Flag, Severity, Span
from panel.domain.verdict import Citation
from panel.publishing.passages import FactRef, locate, marks_at, segments
from panel.publishing.words import visible


def _flag(start: int, end: int, severity: Severity = "warns", field: str = "quote") -> Flag:
    span = Span(field=field, start=start, end=end, text="")
    return Flag(kind="leak", severity=severity, message="m", span=span)


def _ref(fact_id: str) -> FactRef:
    return FactRef(id=fact_id, known=True, disputed=False)


_FLAGS = st.lists(
    st.builds(
        _flag,
        st.integers(0, 40),
        st.integers(0, 40),
        st.sampled_from(["warns", "blocks"]),
    ),
    max_size=6,
)


@given(st.text(max_size=30), _FLAGS)
def test_segments_put_together_are_the_text(text: str, flags: list[Flag]) -> None:
    parts = segments(text, "quote", flags)
    assert "".join(part.text for part in parts) == visible(text)


@given(st.text(min_size=1, max_size=30), _FLAGS)
def test_every_span_inside_the_text_opens_and_closes_once(text: str, flags: list[Flag]) -> None:
    parts = segments(text, "quote", flags)
    shown = {
        number
        for number, flag in enumerate(flags, start=1)
        if flag.span and flag.span.start < min(flag.span.end, len(text))
    }
    assert sorted(number for part in parts for number in part.opens) == sorted(shown)
    assert sorted(number for part in parts for number in part.closes) == sorted(shown)
    for number in shown:
        span = flags[number - 1].span
        covered = "".join(part.text for part in parts if number in part.flags)
        assert span is not None
        assert covered == visible(text[span.start : span.end])


def test_overlapping_flags_take_the_worse_severity() -> None:
    parts = segments("abcdef", "quote", [_flag(0, 4), _flag(2, 6, "blocks")])
    assert [(part.text, part.flags, part.severity) for part in parts] == [
        ("ab", (1,), "warns"),
        ("cd", (1, 2), "blocks"),
        ("ef", (2,), "blocks"),
    ]


def test_flags_of_other_fields_leave_the_text_alone() -> None:
    parts = segments("abc", "headline", [_flag(0, 2)])
    assert [(part.text, part.severity) for part in parts] == [("abc", None)]


def test_phrases_are_found_through_retyped_dashes_quotes_and_case() -> None:
    text = "It\u2019s the vendor\u2019s own \u2014 closed \u2014 licence."
    assert locate(text, "the vendor's own - closed") == (5, 30)
    assert locate(text, "IT'S") == (0, 4)
    assert locate(text, "open") is None
    assert locate(text, "") is None


def test_marks_stand_at_the_end_of_their_phrase_and_lost_ones_are_told() -> None:
    text = "Free to use and closed."
    refs = {fact_id: _ref(fact_id) for fact_id in ("F1", "F2", "F3")}
    placed, lost = marks_at(
        text,
        [
            Citation(phrase="to use", facts=("F1",)),
            Citation(phrase="Free to use", facts=("F1", "F2")),
            Citation(phrase="open", facts=("F3",)),
        ],
        refs,
    )
    assert placed == {11: (refs["F1"], refs["F2"])}
    assert lost == (refs["F3"],)
    parts = segments(text, "quote", [], placed)
    assert [(part.text, len(part.marks)) for part in parts] == [
        ("Free to use", 2),
        (" and closed.", 0),
    ]
