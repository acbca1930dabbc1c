import datetime as dt

import pytest

from panel.cli.inbox_view import MOST_SHOWN, print_entries, tell
from panel.domain.intake.release import Sighting, gathered
from panel.intake.inbox import Polled

DAY = dt.date(2026, 5, 4)


def test_entries_show_where_they_were_seen(capsys: pytest.CaptureFixture[str]) -> None:
    seen = [
        Sighting(
            name="Nova-7", vendor="Acme", address=f"https://a.example/{at}", title="Nova-7 is out",
            published=DAY, seen_in="feed",
        )
        for at in range(5)
    ]  # fmt: skip
    print_entries(gathered((), seen, DAY), as_json=False)
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "nova-7  Nova-7 by Acme, first seen 2026-05-04",
        *(f"    2026-05-04 Nova-7 is out: https://a.example/{at}" for at in range(3)),
        "    and 2 more",
    ]
    assert "1 model waits" in said.err


def test_a_long_list_is_cut_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    seen = [Sighting(name=f"Nova-{at}x", address="a", seen_in="f") for at in range(MOST_SHOWN + 4)]
    print_entries(gathered((), seen, DAY), as_json=False)
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2 * MOST_SHOWN
    assert "and 4 older ones" in said.err


def test_nothing_new_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    print_entries((), as_json=False)
    assert capsys.readouterr() == ("", "nothing new\n")


def test_every_subscription_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    new = Polled(subscription="a", state="new", seen=1)
    failed = Polled(subscription="b", state="failed", note="n")
    tell([new, failed, Polled(subscription="c", state="unchanged")])
    assert capsys.readouterr().err.splitlines() == [
        "new       a: 1 model",
        "failed    b: n",
        "unchanged c",
    ]
