"""Where everything on the site lies: one rule for links, files, feeds and redirects.

Pages link relatively, so that the site works below any address and from any host.
"""

INDEX = "index.html"

HOME = ""
LEADERBOARD = "leaderboard/"
COMPARISONS = "compare/"
PERSONAS = "personas/"
DIGESTS = "digest/"
CORRECTIONS = "corrections/"
ABOUT = "about/"
EXPORT = "export/"
FEEDS_FOLDER = "feeds/"
SEARCH = "search/"
ROBOTS = "robots.txt"
ICON = "favicon.ico"
SITEMAP = "sitemap.xml"

FEEDS = (
    ("new and corrected (Atom)", "application/atom+xml", f"{FEEDS_FOLDER}atom.xml"),
    ("new and corrected (RSS)", "application/rss+xml", f"{FEEDS_FOLDER}rss.xml"),
    ("new and corrected (JSON Feed)", "application/feed+json", f"{FEEDS_FOLDER}feed.json"),
)
"""Title, media type and address of each feed of the whole site."""


def model_path(slug: str) -> str:
    """The page of a model."""
    return f"models/{slug}/"


def comparison_path(one: str, two: str) -> str:
    """The page of a pair; the same whichever is named first."""
    first, second = sorted((one, two))
    return f"compare/{first}/{second}/"


def persona_path(persona: str) -> str:
    """The page of a persona."""
    return f"personas/{persona}/"


def calls_path(persona: str) -> str:
    """Everything a persona said; pages of a list begin here."""
    return f"personas/{persona}/verdicts/"


def predictions_path(persona: str) -> str:
    """Everything a persona predicted; pages of a list begin here."""
    return f"personas/{persona}/predictions/"


def board_path(kind: str, name: str = "") -> str:
    """A leaderboard of some models only.

    Args:
        kind: `category`, `vendor`, `outcome` or `date`.
        name: Which, as an address names it; empty for the list of all there are.
    """
    return f"{LEADERBOARD}{kind}/" + (f"{name}/" if name else "")


def numbered(path: str, number: int) -> str:
    """A page of a list, e.g. `leaderboard/page/2/`; the first one is the list's own address."""
    return path if number == 1 else f"{path}page/{number}/"


def digest_path(name: str) -> str:
    """The page of a weekly digest, e.g. `2026-w47`."""
    return f"digest/{name}/"


def file_of(path: str) -> str:
    """The file that a page is read from, e.g. `models/x/index.html` for `models/x/`."""
    return path + INDEX if not path or path.endswith("/") else path


def up(path: str) -> str:
    """What leads from a page back to the root of the site, e.g. `../../` from `models/x/`."""
    return "../" * path.count("/")


def image_of(path: str) -> str:
    """The drawing that links to a page show, e.g. `models/x/card.png` for `models/x/`."""
    return f"{path}card.png"


def data_of(slug: str) -> str:
    """Everything the page of a model says, for other programs."""
    return f"{model_path(slug)}data.json"
