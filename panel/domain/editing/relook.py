"""Which drafts deserve another look when their dossier changes, and the reasons in words."""

from collections.abc import Iterator

from panel.domain.dossier import Dossier
from panel.domain.editing.content import Content
from panel.domain.fact import Conflict, Fact

_CARRIED = ("topic", "attribute", "statement", "value", "unit", "as_of", "standing")
"""What of a fact a verdict may rest on; more witnesses change nothing in it."""


def reasons_to_look(
    seen: Dossier, now: Dossier, content: Content, price_facts: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Why a draft written over one dossier should be read again over another.

    Only what the draft rests on counts: facts it cites, facts that carry its prices, and topics it
    names as what would change a call.

    Args:
        seen: The dossier when the draft was last looked at, settlements included.
        now: The dossier today, likewise.
        content: The draft's words.
        price_facts: Facts that carry its prices.

    Returns:
        The reasons, one sentence each; empty when nothing it rests on has changed.
    """
    if seen.digest == now.digest:
        return ()
    return tuple(dict.fromkeys(_reasons(seen, now, content, price_facts)))


def _reasons(
    seen: Dossier, now: Dossier, content: Content, price_facts: tuple[str, ...]
) -> Iterator[str]:
    citing: dict[str, list[str]] = {fact: ["the price"] for fact in price_facts}
    for seat in content.seats:
        if seat.verdict and not seat.rejected:
            for fact in sorted(seat.verdict.cited()):
                citing.setdefault(fact, []).append(seat.persona)
    for fact_id, who in sorted(citing.items(), key=lambda item: int(item[0][1:])):
        why = _change(seen, now, fact_id)
        if why:
            yield f"{fact_id} {why}; cited by {', '.join(dict.fromkeys(who))}"
    yield from _news(seen, now, content)


def _change(seen: Dossier, now: Dossier, fact_id: str) -> str:
    old, new = seen.fact(fact_id), now.fact(fact_id)
    if old is None:
        return ""
    if new is None:
        return "is no longer in the dossier"
    if _carried(old) != _carried(new):
        return f"now reads: {new.statement}"
    if now.disputes(fact_id) and not seen.disputes(fact_id):
        return f"is disputed now ({', '.join(one.id for one in now.disputes(fact_id))})"
    lost = _lost_in(now, fact_id)
    if lost and not _lost_in(seen, fact_id):
        return f"lost in {lost}, where another fact holds now"
    return ""


def _carried(fact: Fact) -> tuple[object, ...]:
    return tuple(getattr(fact, name) for name in _CARRIED)


def _lost_in(dossier: Dossier, fact_id: str) -> str:
    return next((one.id for one in dossier.conflicts if loses(one, fact_id)), "")


def loses(conflict: Conflict, fact_id: str) -> bool:
    """Whether a settled conflict went against a fact.

    Args:
        conflict: The conflict.
        fact_id: The fact.
    """
    settlement = conflict.settlement
    if settlement is None or settlement.fact is None or fact_id not in conflict.facts:
        return False
    return settlement.fact != fact_id


def _news(seen: Dossier, now: Dossier, content: Content) -> Iterator[str]:
    known = {_carried(fact) for fact in seen.facts}
    fresh = [fact for fact in now.facts if _carried(fact) not in known]
    for seat in content.seats:
        if seat.verdict is None or seat.rejected:
            continue
        told = {fact for fact in seat.verdict.cited() if seen.fact(fact)}
        for flip in seat.verdict.flip_conditions:
            on_topic = [fact.id for fact in fresh if fact.topic == flip.topic]
            ids = [fact for fact in on_topic if fact not in told]
            if ids:
                news = f"{', '.join(ids)} on {flip.topic}"
                yield f"{news}: {seat.persona} said that could change the call"
