import datetime as dt

from panel.domain.publication.entry import entry_of
from panel.domain.publication.weekly import weekly
from panel.publishing.site.digest_view import digest_text, digest_view, result_words
from tests.domain.publication.test_weekly import MONDAY, SUNDAY, at, entry, release
from tests.publishing.site.published import make_published

URL = "https://reviews.example/"
ENTRIES = (
    entry("fresh", release(12, ships=3), tagline="A small model. " * 12),
    entry("flip", release(1, ships=4), release(13, "skip", 1)),
    entry("wrong", release(1), release(14, kind="corrected", note="The price was wrong.")),
    entry("gone", release(1), retracted=at(15), why_retracted="Another model."),
    entry("few", release(16, "no_quorum", 1, answered=2, rate=None, low=None, high=None, n=None)),
)
VIEW = digest_view(weekly(ENTRIES, MONDAY, SUNDAY))


def test_a_week_in_words() -> None:
    assert (VIEW.title, VIEW.when) == ("Week 20 of 2026", "11 May 2026 to 17 May 2026")
    assert VIEW.summary == "2 new verdicts, 1 changed verdict, 1 correction and 1 retraction."
    titles = [section.title for section in VIEW.sections]
    assert titles == [
        *("New verdicts", "Changed their verdict", "Closest calls", "Corrections", "Retracted"),
    ]


def test_every_result_carries_its_count_and_interval() -> None:
    assert (
        result_words(release(1, ships=3)) == "3 of 5 seats ship (95 % interval 10 % to 90 %, n = 5)"
    )
    some = result_words(release(1, ships=2, answered=4, n=4))
    assert some == ("2 of 5 seats ship (95 % interval 10 % to 90 %, n = 4); 4 of 5 seats answered")
    few = next(line for line in VIEW.sections[0].lines if line.name == "Few")
    assert few.result == "2 of 5 seats answered: too few for a result"
    assert "%" not in few.result


def test_a_flip_says_what_was_before() -> None:
    (flip,) = VIEW.sections[1].lines
    assert (flip.word, flip.moved) == ("Skip", "Before, since 1 May 2026: Ship, 4 of 5 seats.")


def test_plain_text_is_narrow_and_leads_to_the_pages() -> None:
    text = digest_text(VIEW, URL, ["Unsubscribe: https://reviews.example/unsubscribe/" + "x-" * 40])
    lines = text.splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 72
    assert "  https://reviews.example/models/fresh/" in lines
    assert any(line.endswith("x-" * 40) for line in lines), "a link is never broken"
    assert "  15 May 2026: Another model." in lines


def test_nothing_is_said_when_nothing_happened() -> None:
    view = digest_view(weekly([], MONDAY, dt.date(2026, 5, 12)))
    assert (view.title, view.sections) == ("11 May 2026 to 12 May 2026", ())
    assert view.summary == "Nothing was published."


def test_hostile_words_stay_words() -> None:
    bad = entry("x", release(12), name="a\u202eb\r\nBcc: c\x1b[31m", tagline="d\u200be")
    text = digest_text(digest_view(weekly([bad], MONDAY, SUNDAY)), URL)
    assert text.replace("\n", "").isprintable()
    assert "\nBcc:" not in text


def test_a_quote_says_whose_words_it_is() -> None:
    shown = entry_of(make_published("some-model"))
    text = digest_text(digest_view(weekly([shown], MONDAY, SUNDAY)), URL)
    flat = " ".join(text.split())
    assert 'The Skeptic disagrees: "' in flat
    assert "(an AI persona's words, edited by Ana Roy)" in flat


def test_what_was_retracted_since_says_so() -> None:
    gone = entry("a", release(12), retracted=at(25), why_retracted="Gone.", tagline="Praise.")
    ((line,),) = [one.lines for one in digest_view(weekly([gone], MONDAY, SUNDAY)).sections]
    assert (line.moved, line.tagline) == ("Retracted since, on 25 May 2026.", "")
