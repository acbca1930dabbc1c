"""A persona claims no experience of its own, and may say everything else."""

import pytest

from tests.domain.checks.bench import flags_of, found, verdict_of, words_of

CLAIMS = (
    ("I ran it for a week on real tickets.", "I ran"),
    ("I've been testing this since Monday.", "I've been testing"),
    ("I have been using it every day.", "I have been using"),
    ("It flies on my 3090.", "on my 3090"),
    ("It holds up in my workflow.", "in my workflow"),
    ("We benchmarked it against the rest.", "We benchmarked"),
    ("My tests show a clear gap.", "My tests"),
    ("In my hands it stumbles.", "In my hands"),
    ("After a week with it the charm is gone.", "After a week with it"),
    ("I paid for the larger plan and regret it.", "I paid"),
    ("When I tried the long context it broke.", "I tried"),
    ("In our testing it was slow.", "In our testing"),
    ("I'm running it locally and it is fine.", "I'm running"),
    ("I am getting good results from it.", "I am getting"),
    ("I use it for reviews of contracts.", "I use it"),
    ("I run Tern on a small server.", "I run Tern"),
    ("I personally tested every mode.", "I personally tested"),
    ("We have deployed it to a pilot group.", "We have deployed"),
    ("We've already switched our pipeline.", "We've already switched"),
    ("I fed it forty contracts.", "I fed"),
    ("I got it working in an hour.", "I got it"),
    ("I found it slow on long files.", "I found it"),
    ("I spent three evenings with the weights.", "I spent"),
    ("I managed to break it twice.", "I managed to"),
    ("My team uses it for triage.", "My team uses it"),
    ("Our engineers tried the endpoint.", "Our engineers tried"),
    ("It ran out of memory on my laptop.", "on my laptop"),
    ("It compiled the project on our own hardware.", "on our own hardware"),
    ("Having tested it, the answer is easy.", "Having tested it"),
    ("After using it for a month, the habit sticks.", "After using it"),
    ("It gave me a working draft at once.", "It gave me"),
    ("The model saved me an afternoon.", "model saved me"),
    ("I speak from first-hand experience here.", "from first-hand experience"),
    ("As a paying customer I expected more.", "As a paying customer"),
    ("As someone who uses it daily, the verdict is plain.", "As someone who uses"),
    ("When tested on our machines it fell short.", "on our machines"),
    ("It was benchmarked by us in May.", "benchmarked by us"),
    ("I'm a daily user of the endpoint.", "I'm a daily"),
    ("I've used worse, but not by much.", "I've used"),
    ("I had early access, so believe me.", None),
    ("I installed the weights last night.", "I installed"),
    ("I asked it for a summary and got nonsense.", "I asked it"),
    ("We fine-tuned it on our tickets.", "We fine-tuned"),
    ("Hands-on testing showed the seams.", "Hands-on testing showed"),
    ("I pay for three seats already.", "I pay"),
    ("It works for me.", "It works for me"),
    ("I quantised the weights myself.", "I quantised"),
    ("I signed up on the first day.", "I signed up"),
    ("After months of running it, nothing surprises.", "After months of running it"),
    ("We see about 40 tokens a second.", "We see about 4"),
    ("It answered my prompts with care.", "my prompts"),
    ("I put it through the usual paces.", "I put it"),
    ("My first prototype was done by noon.", "My first prototype"),
    ("Yesterday I shipped a feature with it.", "I shipped"),
    ("Tested it myself, twice.", "Tested it myself"),
    ("I then compared it with the incumbent.", "I then compared it"),
    ("I\u2019ve been running this since launch.", "I\u2019ve been running"),
)

HARMLESS = (
    "I would run it on a workstation before anything else.",
    "I can't build on this.",
    "I want to see a report first.",
    "My question is who answers at night.",
    "My test for any release is whether it can be frozen.",
    "I haven't tested it, and nobody here has.",
    "We have not run it.",
    "I have not used it and claim nothing about its speed.",
    "I'd use it for drafts.",
    "I used to think that size settled the matter.",
    "If I ran a shop, the terms would worry me.",
    "I see no report and no date for one.",
    "I read the file twice.",
    "I doubt the vendor would say the same in June.",
    "I'm shipping it for the terms alone.",
    "I'm not persuaded by a table.",
    "A team that runs it on its own card knows the cost.",
    "Anyone who tested it would want the settings in writing.",
    "The vendor tested it on its own benchmark.",
    "They ran it on their own cards.",
    "The weekly says 'we ran it for a day' and gives no settings.",
    'The vendor writes "we tested it in our own lab" and leaves it there.',
    "In my book that is enough.",
    "In my view the gap is real.",
    "It would have to prove itself in my workflow.",
    "I could put it on my own hardware, the file says.",
    "Until it runs on my hardware the point is moot.",
    "It might save me a migration.",
    "I need to see it survive a change of schema.",
    "Give me a version that can be pinned.",
    "I will ship when the report is out.",
    "I have questions about the terms.",
    "I've seen no evidence either way.",
    "I have no quarrel with the price.",
    "We should ask who pays for the cards.",
    "I am asked to trust a table.",
    "I count two gaps in the record.",
    "My readers pay for their own cards.",
    "Nothing here has been tested by me, and the file does not pretend otherwise.",
    "A buyer has to test it before signing.",
    "Without having tested it, nobody can say.",
    "What I use to decide is the record.",
    "I found no report in the file.",
    "I find the terms short enough to read.",
    "It lets a small team run its own endpoint.",
    "I keep coming back to the missing report.",
    "Let me put the price first.",
    "The price lets me plan.",
)


@pytest.mark.parametrize(("said", "words"), CLAIMS)
def test_a_claim_of_experience_blocks(said: str, words: str | None) -> None:
    spans = found("first-hand", said)
    assert spans, said
    if words:
        assert words in spans


@pytest.mark.parametrize("said", HARMLESS)
def test_wishes_doubts_and_other_peoples_tests_are_fine(said: str) -> None:
    assert found("first-hand", said) == []


def test_every_field_is_read() -> None:
    flags = flags_of(headline="I ran it on my 3090")
    assert words_of("first-hand", flags) == ["I ran", "on my 3090"]
    assert {flag.span.field for flag in flags if flag.span} == {"headline"}
    assert verdict_of().headline != "I ran it on my 3090"
