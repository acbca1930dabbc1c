"""How large a document may be: more than any article, less than what stalls a machine."""

from panel.domain.intake.reading import Trouble

MAX_BYTES = 5_000_000
"""Most bytes of a page, after unpacking."""

MAX_PDF_BYTES = 25_000_000
"""Most bytes of a PDF that is read from a file."""

MAX_LETTERS = 600_000
"""Letters of the longest text that is read, a book's."""

MAX_ELEMENTS = 40_000
"""Elements of the largest page that is read."""

MAX_PAGES = 300
"""Pages of the longest PDF that is read."""

_CUT = "cut out the part that is about the model, and name that file"

TOO_LONG = Trouble(kind="too-big", message="its text is longer than any article", remedy=_CUT)

OVERSTYLED = Trouble(
    kind="too-big",
    message="its style sheets hold more rules than any article needs",
    remedy="save the page as plain text and name that file",
)

TOO_MUCH_WORK = Trouble(
    kind="too-big",
    message="it takes more time or memory to read than any article does",
    remedy="copy the part that is about the model into a text file, and name that file",
)


def too_big(most: int) -> Trouble:
    """The trouble of a document that is larger than is read.

    Args:
        most: Most bytes that are read.
    """
    return Trouble(kind="too-big", message=f"it is larger than {most / 1e6:g} MB", remedy=_CUT)
