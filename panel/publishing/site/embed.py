"""A scorecard for other sites: a fragment of HTML that needs no frame, no script and no style."""

from markupsafe import Markup

from panel.domain.publication.entry import Entry
from panel.publishing.site import paths
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.phrases import name_of, result_line
from panel.publishing.words import day, one_line

_CALLS = {"ship": "Ship", "skip": "Skip", None: "No answer"}


def embed(site: SiteInfo, entry: Entry) -> str:
    """The fragment; empty when nobody said where readers find the site.

    Args:
        site: The site it links back to.
        entry: The model.

    Returns:
        HTML in which all text is escaped; a page that shows it as text escapes it once more.
    """
    if not site.url:
        return ""
    url = f"{site.url}{paths.model_path(entry.slug)}"
    rows = Markup("\n").join(
        Markup("<li>{}: <b>{}</b>{}</li>").format(
            seat.persona,
            _CALLS[seat.call],
            f" \u2013 {one_line(seat.headline)}" if seat.headline else "",
        )
        for seat in entry.seats
    )
    return str(
        _FRAGMENT.format(
            url=url,
            name=name_of(entry),
            vendor=one_line(entry.vendor),
            result=result_line(entry),
            rows=rows,
            day=day(entry.at.date()),
            site=one_line(site.name),
        )
    )


_FRAGMENT = Markup(
    """<blockquote cite="{url}">
<p><strong>{name}</strong> ({vendor}). {result}.</p>
<ul>
{rows}
</ul>
<p>Drafted by AI personas, edited by a human; {day}. <cite><a href="{url}">{site}</a></cite></p>
</blockquote>
"""
)
