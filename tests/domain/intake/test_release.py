import datetime as dt

import pytest

from panel.domain.intake.release import (
    MAX_ENTRIES,
    MAX_SIGHTINGS,
    Entry,
    Sighting,
    gathered,
    keys_of,
    model_in,
    vendor_in,
    without_dossier,
)

DAY = dt.date(2026, 5, 4)


def seen(name: str, vendor: str = "", address: str = "https://a.example/1") -> Sighting:
    return Sighting(name=name, vendor=vendor, address=address, seen_in="feed")


def entries(*sightings: Sighting) -> tuple[Entry, ...]:
    return gathered((), sightings, DAY)


@pytest.mark.parametrize(
    ("name", "vendor"),
    [
        ("Nova-7", ""),
        ("nova 7", "Acme"),
        ("acme/Nova-7", "acme"),
        ("acme/Nova-7-FP8", "acme"),
        ("Nova-7-GGUF", ""),
        ("Nova-7-AWQ-4bit", ""),
        ("nova-7:free", "acme"),
        ("Acme: Nova 7 (free)", "Acme"),
        ("Acme Nova-7", "Acme"),
    ],
)
def test_all_spellings_of_a_name_meet(name: str, vendor: str) -> None:
    assert "nova7" in keys_of(name, vendor)


@pytest.mark.parametrize("name", ["Nova-7 mini", "Nova-7-70B", "Nova-70", "Nova-7.1", "Nova"])
def test_another_size_or_version_is_another_model(name: str) -> None:
    assert "nova7" not in keys_of(name)


def test_a_name_is_not_cut_to_a_scrap() -> None:
    assert keys_of("Qwen-Max", "Qwen") == ("qwenmax",)
    assert keys_of("Qwen3.6-27B", "Qwen") == ("qwen3627b",)
    assert keys_of("!!!") == ()


@pytest.mark.parametrize(
    ("headline", "model"),
    [
        ("Acme releases Nova-7 with open weights", "Nova-7"),
        ("Qwen3.6-35B-A3B is out", "Qwen3.6-35B-A3B"),
        ("Tencent Releases Hy-MT2: 1.8B Translation Model", "Hy-MT2"),
        ("Introducing GPT-5.5", "GPT-5.5"),
        ("How to serve a 70B model on one H100", ""),
        ("OpenAI raises $40B at a valuation of 1T", ""),
        ("Why Gemini matters", ""),
        ("RTX-5090 and MI-300 compared", ""),
        ("", ""),
    ],
)
def test_the_model_of_a_headline(headline: str, model: str) -> None:
    assert model_in(headline) == model


def test_the_vendor_of_a_headline() -> None:
    assert vendor_in("Tencent releases Hy-MT2") == "Tencent"
    assert vendor_in("Nova-7 is out") == ""


def test_one_model_is_one_entry() -> None:
    (entry,) = entries(
        seen("Nova-7"),
        seen("Nova-7-FP8", "acme", "hf:acme/Nova-7-FP8"),
        seen("nova 7", "", "https://b.example/2"),
        seen("Nova-7", "", "https://b.example/2"),
    )
    assert (entry.id, entry.name, entry.vendor, entry.first_seen) == (
        "nova-7",
        "Nova-7",
        "acme",
        DAY,
    )
    assert entry.addresses == ("https://a.example/1", "hf:acme/Nova-7-FP8", "https://b.example/2")


def test_a_model_seen_again_later_gets_no_second_entry() -> None:
    first = entries(seen("Nova-7"))
    again = gathered(first, [seen("Nova-7", "Acme", "https://b.example/2")], DAY.replace(day=9))
    assert [one.first_seen for one in again] == [DAY]
    assert len(again[0].sightings) == 2
    assert gathered(again, [seen("Nova-7")], DAY) == again


def test_nothing_grows_without_end() -> None:
    many = entries(*(seen("Nova-7", "", f"https://a.example/{at}") for at in range(99)))
    assert len(many[0].sightings) == MAX_SIGHTINGS
    assert len(entries(*(seen(f"Nova-{at}x") for at in range(MAX_ENTRIES + 9)))) == MAX_ENTRIES


def test_what_has_a_dossier_is_no_news() -> None:
    found = entries(seen("Nova-7", "Acme"), seen("Muse Spark", "Meta"), seen("Other-1"))
    assert [one.id for one in without_dossier(found, ["acme-nova-7", "muse-spark"])] == ["other-1"]
