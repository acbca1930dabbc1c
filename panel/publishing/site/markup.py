"""What search engines are told about a page, and no more than is true of it.

A scorecard is an editorial that AI personas drafted and a named human edited: nobody used the
product, so there is no rating, no aggregate of one and no person as reviewer.
"""

import json
from typing import Any

from markupsafe import Markup

from panel.domain.publication.entry import Entry
from panel.domain.publication.release import Published
from panel.publishing.site import paths
from panel.publishing.site.info import SiteInfo
from panel.publishing.words import listed, one_line, web_address

_DRAFTED = "https://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""How the press names content that a trained algorithm drafted and people edited."""
_UNSAFE = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def site_markup(site: SiteInfo) -> Markup | None:
    """The site itself, for its home page; None when nobody said where readers find it.

    Args:
        site: The site.
    """
    return _script(site, {"@type": "WebSite", "name": one_line(site.name), "url": site.url})


def model_markup(site: SiteInfo, published: Published) -> Markup | None:
    """The review of one model; None for drafts and when nobody said where readers find the site.

    Args:
        site: The site.
        published: The model.
    """
    edition = published.edition
    card, dossier = edition.card, edition.dossier
    if published.last.kind == "draft":
        return None
    url = f"{site.url}{paths.model_path(published.slug)}"
    review = {
        "@type": "Review",
        "@id": url,
        "url": url,
        "name": f"{one_line(card.name)}: the panel's scorecard",
        "itemReviewed": _reviewed(card.name, card.vendor, dossier.category),
        "reviewAspect": "Whether to ship with it, judged from published facts",
        "reviewBody": one_line(dossier.summary or dossier.tagline),
        "datePublished": published.releases[0].at.date().isoformat(),
        "dateModified": published.last.at.date().isoformat(),
        "isBasedOn": [one.url for one in dossier.sources if web_address(one.url)],
        **_made(site, edition.edited_by or (edition.approved_by,)),
    }
    return _script(site, review)


def comparison_markup(site: SiteInfo, one: Entry, two: Entry) -> Markup | None:
    """A comparison of two models, derived from their scorecards.

    Args:
        site: The site.
        one: One model.
        two: The other.
    """
    first, second = sorted((one, two), key=lambda entry: entry.slug)
    url = f"{site.url}{paths.comparison_path(one.slug, two.slug)}"
    article = {
        "@type": "Article",
        "@id": url,
        "url": url,
        "headline": f"{one_line(first.name)} or {one_line(second.name)}",
        "about": [_reviewed(each.name, each.vendor, each.category) for each in (first, second)],
        "datePublished": max(first.first, second.first).date().isoformat(),
        "dateModified": max(first.at, second.at).date().isoformat(),
        "isBasedOn": [f"{site.url}{paths.model_path(each.slug)}" for each in (first, second)],
        **_made(site, ()),
    }
    return _script(site, article)


def _reviewed(name: str, vendor: str, category: str) -> dict[str, Any]:
    return {
        "@type": "SoftwareApplication",
        "name": one_line(name),
        "applicationCategory": one_line(category),
        "author": {"@type": "Organization", "name": one_line(vendor)},
    }


def _made(site: SiteInfo, editors: tuple[str, ...]) -> dict[str, Any]:
    """Who answers for it, and that no human reviewer stands behind the quotes."""
    house = {"@type": "Organization", "name": one_line(site.name), "url": site.url}
    names = [one_line(name) for name in editors if name]
    edited = f", edited by {listed(names)}" if names else ""
    made: dict[str, Any] = {
        "author": house,
        "publisher": house,
        "creditText": f"Drafted by a panel of AI personas{edited}",
        "digitalSourceType": _DRAFTED,
        "inLanguage": "en",
    }
    if names:
        made["editor"] = [{"@type": "Person", "name": name} for name in names]
    return made


def _script(site: SiteInfo, content: dict[str, Any]) -> Markup | None:
    """JSON that cannot end the script element it stands in."""
    if not site.url:
        return None
    plain = {"@context": "https://schema.org", **content}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 -- nothing of HTML is left in it
