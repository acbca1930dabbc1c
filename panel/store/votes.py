"""Readers' votes: one that counts for each visitor and model, and crowds held back as they come.

A vote is never changed: a change of mind and a ruling are rows that follow it. The salt of a day
is deleted when the day is over; from then on nobody can tell which address a vote came from.
"""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select

from panel.domain.publication.votes import (
    BURST_LENGTH,
    BURST_VISITORS,
    HELD_BURST,
    HELD_NETWORK,
    NETWORK_VISITORS,
    RULES,
    CastVote,
    Ruling,
    Tally,
    Vote,
    is_burst,
    is_crowd,
    state_after,
)
from panel.domain.value import Slug, Value
from panel.store.insertion import append, insert_if_free, insert_or_keep
from panel.store.keeper import Keeper, now
from panel.store.public_tables import public_secrets, salts, vote_rulings, votes
from panel.store.rows import Row

_BYTES = 32


class VoteRuling(Value):
    """A decision about a visitor's vote on a model.

    Attributes:
        slug: The model.
        visitor: The visitor.
        act: The decision.
        by: Who decided.
        reason: Why.
    """

    slug: Slug
    visitor: str
    act: Ruling
    by: str
    reason: str


class Votes(Keeper):
    """Writes and reads of votes."""

    def cast_vote(self, vote: Vote) -> bool:
        """Store a vote; the visitor's last one on a model is the one that stands.

        Args:
            vote: The vote.

        Returns:
            Whether it was stored; False when the visitor has said the same before.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(cast_votes, vote).result()

    def rule_on_votes(self, rulings: Sequence[VoteRuling]) -> None:
        """Store decisions about votes, all or none.

        Args:
            rulings: The decisions.

        Raises:
            StoreError: When the database refuses.
        """
        self._writer().submit(rule_on_votes, tuple(rulings)).result()

    def tallies(self, *slugs: str) -> Mapping[str, Tally]:
        """What counted votes come to, by slug; models without any are left out.

        Args:
            slugs: Only these models; all unless given.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = _standing(votes.c.slug, votes.c.call, func.count(), func.max(votes.c.at)).where(
            or_(_LAST_RULING.c.act.is_(None), _LAST_RULING.c.act == "release"), *_only(slugs)
        )
        found: dict[str, dict[str, Any]] = {}
        grouped = query.group_by(votes.c.slug, votes.c.call).order_by(votes.c.slug)
        for slug, call, count, at in self._all(grouped):
            fields = found.setdefault(slug, {"as_of": at})
            fields[f"{call}s"] = count
            fields["as_of"] = max(fields["as_of"], at)
        return {slug: Tally.model_validate(fields) for slug, fields in found.items()}

    def votes(self, *slugs: str) -> list[CastVote]:
        """Votes as they stand, by model and time.

        Args:
            slugs: Only those on these models; all unless given.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = _standing(*votes.c, *_RULED).where(*_only(slugs))
        rows = self._records(query.order_by(votes.c.slug, votes.c.at, votes.c.visitor))
        return [_cast_vote(row) for row in rows]

    def vote_of(self, slug: str, visitor: str) -> CastVote | None:
        """A visitor's vote on a model as it stands; None without one.

        Args:
            slug: The model.
            visitor: The visitor.

        Raises:
            StoreError: When the database cannot be read.
        """
        here = (votes.c.slug == slug, votes.c.visitor == visitor)
        rows = self._records(_standing(*votes.c, *_RULED).where(*here))
        return _cast_vote(rows[0]) if rows else None

    def take_salt(self, day: dt.date) -> str:
        """The salt of a day; those of days before are deleted.

        Args:
            day: The day, today.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(take_salts, day).result()

    def take_secret(self, name: str) -> str:
        """A secret that is made once and kept.

        Args:
            name: What it is for.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(take_secrets, name).result()


_NEWER = votes.alias("newer_vote")
_IS_LAST = votes.c.seq == (
    select(func.max(_NEWER.c.seq))
    .where(_NEWER.c.slug == votes.c.slug, _NEWER.c.visitor == votes.c.visitor)
    .scalar_subquery()
)
_LAST_RULING = vote_rulings.alias("last_ruling")
_NEWER_RULING = vote_rulings.alias("newer_ruling")
_RULED_ON = and_(
    _LAST_RULING.c.slug == votes.c.slug,
    _LAST_RULING.c.visitor == votes.c.visitor,
    _LAST_RULING.c.seq
    == select(func.max(_NEWER_RULING.c.seq))
    .where(_NEWER_RULING.c.slug == votes.c.slug, _NEWER_RULING.c.visitor == votes.c.visitor)
    .scalar_subquery(),
)
_RULED = (
    _LAST_RULING.c.act,
    _LAST_RULING.c.by.label("ruled_by"),
    _LAST_RULING.c.at.label("ruled_at"),
    _LAST_RULING.c.reason,
)


def _standing(*columns: ColumnElement[Any]) -> Select[Any]:
    """The last vote of each visitor on each model, with the last ruling about it."""
    joined = votes.join(_LAST_RULING, _RULED_ON, isouter=True)
    return select(*columns).select_from(joined).where(_IS_LAST)


def _only(slugs: Sequence[str]) -> list[ColumnElement[bool]]:
    return [votes.c.slug.in_(slugs)] if slugs else []


def _cast_vote(row: Row) -> CastVote:
    fields = {**row, "state": state_after(row["act"])}
    fields.update({name: row[name] or "" for name in ("ruled_by", "reason")})
    return CastVote.model_validate({k: v for k, v in fields.items() if k != "act"})


def cast_votes(connection: Connection, items: Sequence[Vote]) -> list[bool]:
    """Store votes that say something new, and hold back what is a crowd; whether each was new."""
    found: dict[int, bool] = {}
    for at in sorted(range(len(items)), key=lambda at: (items[at].slug, items[at].visitor)):
        found[at] = _cast(connection, items[at])
    return [found[at] for at in range(len(items))]


def rule_on_votes(connection: Connection, items: Sequence[tuple[VoteRuling, ...]]) -> list[None]:
    """Store decisions about votes."""
    at = now()
    for ruling in sorted((one for item in items for one in item), key=_place):
        place = ruling.model_dump(include={"slug", "visitor"})
        row = ruling.model_dump(exclude={"slug", "visitor"})
        append(connection, vote_rulings, place, {**row, "at": at})
    return [None] * len(items)


def take_salts(connection: Connection, items: Sequence[dt.date]) -> list[str]:
    """The salts of days, made where there are none; salts of earlier days are deleted."""
    rows = [{"day": day, "salt": secrets.token_hex(_BYTES)} for day in sorted(set(items))]
    insert_or_keep(connection, salts, rows)
    found = {row.day: row.salt for row in connection.execute(select(salts))}
    connection.execute(delete(salts).where(salts.c.day < max(items)))
    return [found[day] for day in items]


def take_secrets(connection: Connection, items: Sequence[str]) -> list[str]:
    """Secrets by name, made where there are none."""
    at = now()
    rows = [{"name": one, "secret": secrets.token_hex(_BYTES), "at": at} for one in set(items)]
    insert_or_keep(connection, public_secrets, rows)
    found = {row.name: row.secret for row in connection.execute(select(public_secrets))}
    return [found[name] for name in items]


def _place(ruling: VoteRuling) -> tuple[str, str]:
    return ruling.slug, ruling.visitor


def _cast(connection: Connection, vote: Vote) -> bool:
    last = (
        select(votes.c.seq, votes.c.call)
        .where(votes.c.slug == vote.slug, votes.c.visitor == vote.visitor)
        .order_by(votes.c.seq.desc())
        .limit(1)
    )
    while True:
        found = connection.execute(last).first()
        if found is not None and found.call == vote.call:
            return False
        seq = found.seq + 1 if found else 1
        if insert_if_free(connection, votes, {**vote.model_dump(), "seq": seq}):
            break
    if seq == 1:
        _hold_back(connection, vote)
    return True


def _hold_back(connection: Connection, vote: Vote) -> None:
    """Hold a crowd back, those who came before it was one included."""
    here = (votes.c.slug == vote.slug, votes.c.seq == 1)
    # Whoever came later was held on arrival, so that the first few are enough to look at.
    crowd = (
        select(votes.c.visitor, vote_rulings.c.reason)
        .select_from(_WITH_FIRST_RULING)
        .where(*here, votes.c.network == vote.network)
        .order_by(votes.c.at)
        .limit(4 * NETWORK_VISITORS)
    )
    found = connection.execute(crowd).all()
    if is_crowd(len(found)):
        _hold(connection, vote, found, HELD_NETWORK)
        return
    reason = vote_rulings.c.reason
    newcomers = (
        select(votes.c.visitor, reason)
        .select_from(_WITH_FIRST_RULING)
        .where(*here, votes.c.at >= vote.at - BURST_LENGTH)
        .where(or_(reason.is_(None), reason == HELD_BURST))
        .order_by(votes.c.at.desc())
        .limit(4 * BURST_VISITORS)
    )
    found = connection.execute(newcomers).all()
    if is_burst(len(found)):
        _hold(connection, vote, found, HELD_BURST)


def _hold(connection: Connection, vote: Vote, found: Sequence[Any], reason: str) -> None:
    """Hold votes that nobody ruled on; what an editor released stays released."""
    visitors = {vote.visitor} | {row.visitor for row in found if row.reason is None}
    row = {"slug": vote.slug, "seq": 1, "act": "hold", "by": RULES, "at": vote.at}
    rows = [{**row, "visitor": visitor, "reason": reason} for visitor in sorted(visitors)]
    insert_or_keep(connection, vote_rulings, rows)


_WITH_FIRST_RULING = votes.join(
    vote_rulings,
    and_(
        vote_rulings.c.slug == votes.c.slug,
        vote_rulings.c.visitor == votes.c.visitor,
        vote_rulings.c.seq == 1,
    ),
    isouter=True,
)
