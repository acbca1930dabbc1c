"""Whatever changes how pages look changes the digest of the site."""

from panel.publishing.site.info import SiteInfo


def test_every_field_counts() -> None:
    site = SiteInfo(name="A", url="https://a.example/")
    changes = ({"name": "B"}, {"url": "https://b.example/"}, {"contact": "c"}, {"preview": True})
    more = ({"votes": True}, {"assets": {"site.css": "assets/site.1.css"}})
    found = {site.model_copy(update=change).digest for change in (*changes, *more)}
    assert len(found | {site.digest}) == 7
