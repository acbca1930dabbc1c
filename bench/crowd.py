"""Desks with as many drafts as wanted: a real panel's reviews, told again about copies.

The panel is the offline judge; asking it ten thousand times would take longer than all else. Each
copy has its own dossier, prompts, reviews and scorecard, so that nothing is read from a cache that
would not be on a desk of as many real drafts.
"""

import asyncio
import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.house import made_dossiers, run, workspace
from panel.bootstrap.house import House
from panel.desk.secrets import key_id
from panel.domain.editing.effective import Papers
from panel.domain.editing.people import Event, Key, User
from panel.domain.reduction import reduce
from panel.domain.review import Review, review_key
from panel.domain.run import OrderedDossier, Run, run_id
from panel.editing.adoption import adopt
from panel.editing.drafts import Drafts, Ref
from panel.store.document import Document
from panel.store.store import Store

_RUN = 1000
"""Drafts of one run: a list as somebody leaves it overnight."""


@dataclass(frozen=True)
class Crowd:
    """What visitors of a desk need to know.

    Attributes:
        root: Its workspace.
        paths: The pages of its drafts.
        sessions: The secret of each editor's session.
    """

    root: Path
    paths: tuple[str, ...]
    sessions: tuple[str, ...]


def filled(root: Path, drafts: int, editors: int) -> Crowd:
    """Fill a workspace.

    Args:
        root: An empty folder.
        drafts: How many drafts.
        editors: How many people are signed in.
    """
    (root / "dossiers").mkdir(parents=True)
    slugs = made_dossiers(root / "dossiers", drafts)
    house, patterns = House.open(root, {}, {}), _patterns()
    with house.store(write=True) as store:
        refs: list[Ref] = []
        for at in range(0, drafts, _RUN):
            own = slugs[at : at + _RUN]
            papers = [patterns[(at + number) % len(patterns)] for number in range(len(own))]
            refs += _copied(house, store, own, papers)
        adopt(store, Drafts(store, lambda _: None))
        sessions = tuple(_signed_in(store, f"editor-{number}") for number in range(editors))
    return Crowd(root, tuple(f"/drafts/{ref.run}/{ref.slug}" for ref in refs), sessions)


def _patterns() -> list[Papers]:
    """What the offline judge leaves for each real dossier, in the order of `made_dossiers`."""
    with workspace(None, 8) as house:
        slugs = sorted(house.dossiers.slugs())
        run(house, slugs)
        with house.store(write=False) as store:
            (found,) = store.runs()
            drafts = Drafts(store, lambda _: None)
            papers = [drafts.papers(Ref(found.id, slug)) for slug in slugs]
            return [replace(one, prompts=dict(one.prompts)) for one in papers]


def _copied(
    house: House, store: Store, slugs: Sequence[str], patterns: Sequence[Papers]
) -> list[Ref]:
    """One run whose panel says of each copy what it said of the original."""
    dossiers = [house.dossiers.load(slug) for slug in slugs]
    first = patterns[0].run
    ordered = tuple(OrderedDossier(slug=one.slug, digest=one.digest) for one in dossiers)
    now = dt.datetime.now(dt.UTC)
    made: Run = first.model_copy(
        update={
            "id": run_id(now, secrets.token_hex(3)),
            "created": now,
            "order": first.order.model_copy(update={"dossiers": ordered}),
        }
    )
    documents = [Document.of("order", made.order)]
    documents += [Document.of("dossier", one) for one in dossiers]
    documents += [Document.of("persona", one) for one in patterns[0].personas.values()]
    store.create_run(made, documents)

    async def keep() -> None:
        for dossier, papers in zip(dossiers, patterns, strict=True):
            reviews, prompts = _told_again(papers, dossier.slug, dossier.digest)
            await store.keep_documents(prompts)
            kept = (store.keep_review(made.id, one, started=now, seconds=1) for one in reviews)
            await asyncio.gather(*kept)
            await store.keep_scorecard(reduce(made, dossier, reviews))

    asyncio.run(keep())
    return [Ref(made.id, slug) for slug in slugs]


def _told_again(papers: Papers, slug: str, digest: str) -> tuple[list[Review], list[Document]]:
    """Reviews of a copy, and the prompts they answer."""
    reviews: list[Review] = []
    documents: list[Document] = []
    for one in papers.reviews:
        prompt = papers.prompts[one.prompt]
        made_of = {**prompt.made_of, "dossier": digest}
        document = Document.of("prompt", prompt.model_copy(update={"made_of": made_of}))
        key = review_key(digest, one.persona_digest, document.digest, one.llm, one.sample)
        changes = {"slug": slug, "dossier": digest, "prompt": document.digest, "key": key}
        reviews.append(one.model_copy(update=changes))
        documents.append(document)
    return reviews, documents


def _signed_in(store: Store, login: str) -> str:
    now, secret = dt.datetime.now(dt.UTC), secrets.token_urlsafe(32)
    event = Event(at=now, by=login, act="user.add", subject=f"user/{login}")
    store.add_user(User(login=login, name=login.title(), role="editor"), event)
    expires = now + dt.timedelta(days=1)
    key = Key(id=key_id(secret), kind="session", login=login, created=now, expires=expires)
    store.add_key(key)
    return secret
