"""What a page says about two models side by side, declared once: page and terminal only lay it out.

Whatever is said of both stands in fields `a` and `b`, so that swapping the models swaps the columns
and changes nothing else.
"""

from panel.domain.publication.comparison import Reading
from panel.domain.publication.questions import Answer, Says
from panel.domain.value import Value
from panel.publishing.card import CardView
from panel.publishing.passages import FactRef
from panel.publishing.seats import SeatView, Shape


class SideView(Value):
    """One of the two models.

    Attributes:
        slug: Slug of its dossier.
        name: Its name.
        draft: Whether nobody approved it.
        by: Who answers for its words.
        live: Day its edition went live, in words.
        card: Its scorecard in words.
    """

    slug: str
    name: str
    draft: bool
    by: str
    live: str
    card: CardView


class FactLine(Value):
    """A fact as one side of something.

    Attributes:
        ref: Its mark.
        brief: The fact as a noun phrase.
    """

    ref: FactRef
    brief: str


class CallView(Value):
    """How a seat came out on one model.

    Attributes:
        word: The call in words.
        shape: The mark that goes with it.
        seat: What it said; None when it was not asked.
    """

    word: str
    shape: Shape
    seat: SeatView | None


class SeatPairView(Value):
    """One seat on both models.

    Attributes:
        persona: Id of the persona.
        name: What pages call it.
        a: How it came out on A.
        b: How it came out on B.
        words: Both together, e.g. `ships Tern 2 only`.
    """

    persona: str
    name: str
    a: CallView
    b: CallView
    words: str


class RowView(Value):
    """One property on both sides.

    Attributes:
        topic: What it is about.
        attribute: The property in words.
        a: What the dossier of A states; empty when it does not.
        b: What the dossier of B states.
        reading: How they compare, as the domain names it.
        words: The same in words.
    """

    topic: str
    attribute: str
    a: tuple[FactLine, ...]
    b: tuple[FactLine, ...]
    reading: Reading
    words: str


class BillView(Value):
    """What stated work costs a month on both sides.

    Attributes:
        work: The work in words.
        a: What it costs with A.
        b: What it costs with B.
        words: Who costs less.
    """

    work: str
    a: str
    b: str
    words: str


class SaysView(Value):
    """What one dossier says to a question.

    Attributes:
        says: The answer, as the domain names it.
        words: The same in words.
        facts: The facts it rests on.
    """

    says: Says
    words: str
    facts: tuple[FactLine, ...]


class QuestionView(Value):
    """A question of a reader with its answer.

    Attributes:
        about: What it is about.
        ask: The question.
        answer: Whom to pick on this alone, as the domain names it.
        words: The same in words, e.g. `Pick Tern 2`.
        a: What the dossier of A says.
        b: What the dossier of B says.
    """

    about: str
    ask: str
    answer: Answer
    words: str
    a: SaysView
    b: SaysView


class CompareView(Value):
    """Everything said about two models side by side.

    Attributes:
        a: One of them.
        b: The other.
        apart: Whether the panels tell them apart, as a sentence.
        seats: Every seat on both, in order of the panel.
        rows: Properties side by side, by topic.
        more_rows: Properties left out for their number.
        benchmarks: Whether a test was taken by both on one scale.
        bills: What stated work costs.
        questions: Questions that at least one dossier says something to.
        silent: Questions that neither says anything to.
        panel: How both panels were asked, in words.
        digest: Digest of that.
    """

    a: SideView
    b: SideView
    apart: str
    seats: tuple[SeatPairView, ...]
    rows: tuple[RowView, ...]
    more_rows: int
    benchmarks: bool
    bills: tuple[BillView, ...]
    questions: tuple[QuestionView, ...]
    silent: tuple[str, ...]
    panel: str
    digest: str
