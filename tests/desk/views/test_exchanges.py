import asyncio
import json
from dataclasses import replace

from panel.domain.exchange import Call, Charge, Exchange, tape_key
from panel.domain.reduction import reduce
from panel.domain.value import canonical_json
from panel.editing.seats import taken
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, words_of
from tests.domain.editing.papers import citing, make_papers
from tests.editing.desk import keep_sample, run_of

BODY = canonical_json(
    {"messages": [{"role": "user", "content": "Judge it.\n</pre><script>alert(1)"}]}
)
KEY = tape_key("/v1/chat/completions", BODY, 1)
ANSWER = json.dumps({"choices": [{"message": {"content": '{"call": "skip", "quote": "No.\\n"}'}}]})


def asked(desk: LiveDesk) -> Drafted:
    """A draft whose skeptic was asked once in vain and once with success."""
    papers = make_papers()
    reviews = tuple(
        one.model_copy(update={"exchanges": (KEY, KEY)}) if one.persona == "skeptic" else one
        for one in papers.reviews
    )
    card = reduce(papers.run, papers.dossier, reviews)
    draft = Drafted(desk, replace(papers, reviews=reviews, card=card))
    review = next(one for one in reviews if one.persona == "skeptic")
    call = Call(
        run=draft.ref.run, review=review.key, key=KEY, path="/v1/chat/completions", body=BODY
    )
    ends = (
        {"status": None, "fault": "timeout", "seconds": 2.0},
        {"status": 200, "content_type": "application/json", "response": ANSWER, "seconds": 0.5},
    )

    async def tape() -> None:
        store = desk.context.store
        for end in ends:
            attempt = await store.begin_attempt(call)
            assert attempt
            ended = Exchange.model_validate({"key": KEY, "path": call.path, "request": BODY, **end})
            await store.end_attempt(draft.ref.run, attempt, ended, Charge())

    asyncio.run(tape())
    return draft


def test_what_was_sent_and_received_stands_there_escaped(desk: LiveDesk) -> None:
    draft = asked(desk)
    page = desk.person("viewer").get(f"{draft.path}/exchange/skeptic/1")
    words = words_of(page)
    assert page.status_code == 200
    for told in ("Judge.", "The record.", "The reviewer.", "no answer: timeout, 2.0 s"):
        assert told in words
    assert "status 200, 0.5 s" in words
    assert "choices.0.message.content" in words
    assert "Judge it.\n&lt;/pre&gt;&lt;script&gt;alert(1)" in page.text
    assert "<script>" not in page.text
    assert page.text.count("Call 1") == 2


def test_a_seat_of_which_no_llm_was_asked_says_so(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    viewer = desk.person("viewer")
    assert "No llm was asked" in words_of(viewer.get(f"{draft.path}/exchange/developer/1"))
    for path in ("exchange/nobody/1", "exchange/developer/2", "exchange/%3Cb%3E/1"):
        assert viewer.get(f"{draft.path}/{path}").status_code == 404
    assert viewer.get(f"{draft.path}/exchange/developer/x").status_code == 422


def test_another_sample_is_shown_beside_the_first(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    review = keep_sample(desk.context.store, draft.papers, "skeptic", citing("F3"), 2)
    seat = draft.now.content.seat("skeptic", 1)
    assert seat
    draft.edit(taken(seat, run_of(draft.papers, 2), review), "sample")
    person = desk.person("viewer")
    assert "another sample, asked for at the desk" in words_of(person.get(draft.path))
    words = words_of(person.get(f"{draft.path}/exchange/skeptic/1"))
    assert words.index("Another sample, asked for at the desk") < words.index("The draft itself")
    assert run_of(draft.papers, 2) in words
