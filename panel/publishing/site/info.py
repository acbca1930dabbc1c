"""What every page of the site needs to know about the site itself."""

from functools import cached_property

from pydantic import Field

from panel.domain.value import Digest, Value, digest_of


class SiteInfo(Value):
    """The site.

    Attributes:
        name: What it calls itself.
        url: Where readers find it, ending in a slash.
        contact: Where readers report a mistake; empty when nobody said.
        preview: Whether drafts that nobody approved are shown, marked as such.
        votes: Whether a server stands behind it that takes votes and subscriptions.
        assets: Address below the root by name of each asset, e.g. `site.css` ->
            `assets/site.3f2a9c.css`.
    """

    name: str
    url: str
    contact: str = ""
    preview: bool = False
    votes: bool = False
    assets: dict[str, str] = Field(default_factory=dict[str, str])

    @cached_property
    def digest(self) -> Digest:
        """Changes whenever any page may look different."""
        return digest_of("site", self)
