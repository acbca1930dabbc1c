"""Text that tries to become markup, in every place where outside text reaches a page."""

from panel.domain.verdict import Citation, FlipCondition, Prediction, Reason
from tests.publishing import dossiers as made
from tests.publishing import factories as make
from tests.publishing.cases import Case

PAYLOADS = (
    "<script>fetch('/approve/1',{method:'POST'})</script>",
    "Aster</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[terms](javascript:alert(1)) and <javascript:alert(2)>",
    "![chart](https://collector.invalid/p.png)",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<base href=https://evil.invalid/><meta http-equiv=refresh>",
    "x onmouseover=alert(1) y='",
    '" autofocus onfocus="alert(1)',
    "</style><link rel=stylesheet href=//evil.invalid>",
    "{{ card.run }} {% include 'card.css' %}",
    "]]> <!-- <![CDATA[ &lt;b&gt; &#60;",
    "| a | `b` | **c** ~~d~~ | \\",
    "# heading - list > quote",
    "https://evil.invalid www.evil.invalid a@evil.invalid",
)


def hostile_case(payload: str) -> Case:
    """A scorecard with the payload in every text that a source, an editor or an llm can fill.

    Args:
        payload: At most sixty characters, so that every field takes it.
    """
    source = made.sources()[0]
    odd = source.model_copy(update={"title": payload, "publisher": payload, "note": payload})
    facts = made.facts()
    about = made.dossier(
        name=payload,
        vendor=payload,
        category=payload,
        tagline=payload,
        licence=payload,
        access=payload,
        summary=payload,
        sources=(odd, *made.sources()[1:]),
        facts=(made.fact(1, payload, brief=payload, value=payload), *facts[1:]),
        conflicts=(made.dossier().conflicts[0].model_copy(update={"note": payload}),),
        price=made.dossier().price.model_copy(update={"entry": payload}),
    )
    words = make.verdict(
        "skip",
        headline=payload,
        quote=f"Before. {payload} After.",
        citations=(Citation(phrase=payload, facts=("F1", "F99")),),
        reasons_for=(Reason(text=payload, facts=("F1",)),),
        flip_conditions=(FlipCondition(condition=payload, topic="access"),),
        predictions=(Prediction(statement=payload, by=made.DAY),),
    )
    flags = (make.flag(make.span(words.quote, payload)).model_copy(update={"message": payload}),)
    broken = make.failure(detail=payload, remedy=payload)
    panel = tuple(
        make.persona(who, name=payload, title=payload, lens=payload, known_bias=payload)
        for who in make.NAMES
    )
    answers = (words, words, words, broken, "ship")
    reviews = tuple(
        make.review(about, who, answer, flags=flags if answer is words else (), answered_by=payload)
        for who, answer in zip(panel, answers, strict=True)
    )
    card = make.scorecard(about, reviews, drafted_by=payload)
    return Case(card, reviews, about, panel, make.run((about,), panel))
