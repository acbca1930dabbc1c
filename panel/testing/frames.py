"""Sentence frames of the well-behaved fake llm; `{a|b|c}` stands for one of its alternatives.

The slots stand close together, so that two answers seldom share a run of eight words, and no
alternative is a number, a name, a licence, a price or a claim to have used anything.
"""

from panel.domain.verdict import Call

_WORDS = {
    "WHO": "{a small team|a careful builder|anybody with a deadline|a modest shop|a patient maker}",
    "WORK": "{everyday|routine|narrow|unglamorous|ordinary} {work|chores|tasks|jobs|duties}",
    "RECORD": "{the record|the evidence|what is written down|the file|the documentation}",
}


def _variants(text: str) -> tuple[str, ...]:
    """The frames of a text, which are paragraphs of it, with the shared slots filled in."""
    for name, slot in _WORDS.items():
        text = text.replace(name, slot)
    return tuple(" ".join(frame.split()) for frame in text.split("\n\n"))


_OPEN_SHIP = _variants("""
    WHO {can start|may begin|gets to work|has reason to begin} with WORK here, because RECORD
    {holds together|hangs together|stands up} {better|more firmly|more plainly|more evenly} than
    {its tone|its packaging|its neighbours|the noise around it}
    {suggests|implies|lets on|would lead you to expect}.

    There is {enough|ample|sufficient|decent} {substance|ground|material|detail} in RECORD for WHO
    to {plan around|build upon|lean on|schedule against} this, {provided|as long as|so long as} the
    {scope|ambition|assignment|remit} stays at WORK.
""")

_OPEN_SKIP = _variants("""
    WHO {loses little|gives up little|risks nothing|is well served} by
    {waiting|holding off|standing aside|sitting still}, since RECORD
    {leaves out|passes over|skirts|goes quiet about} {the part|the chapter|the detail|the piece}
    that {decides|settles|governs|tips} {the matter|the question|the choice|the plan}.

    RECORD {reads|comes across|presents itself} {smoothly|neatly|confidently|politely}, yet
    {it stops|it ends|it breaks off} {short of|well before|just before} what WHO would
    {need|want|require} for WORK {under load|on a bad day|after the launch|in earnest}.
""")

_BODY_FOR = _variants("""
    The {claims|statements|figures} that {matter|count|carry weight} {come with|rest on|arrive with}
    {a visible source|a named origin|a traceable page}, {which is|and that is}
    {rarer|less common|more unusual} than {it should be|anyone admits|it sounds}
    {at this stage|so early|in this field}.

    What {is promised|is on offer|is described} {lines up|agrees|fits} with what
    {can be inspected|is published|is laid open}, {so the gap|so the distance|so the drop} between
    {brochure|announcement|poster} and {workbench|daily practice|delivery} {looks|seems|appears}
    {bridgeable|manageable|short}.
""")

_BODY_AGAINST = _variants("""
    The {weak|thin|soft|frayed} {side|spot|corner|edge} is {easy|simple|not hard} to
    {name|point at|describe}: {support|upkeep|follow-through|aftercare} {is|remains|stays}
    {a promise|an intention|a sketch}, and {promises|intentions|sketches} {age|wear|fade}
    {badly|quickly|without warning}.

    Where {it falls short|it gives way|it disappoints}, it does so
    {in the open|quietly|in familiar places}, and {the bill|the burden|the repair}
    {lands on|falls to|ends up with} {whoever|the people who|the desk that}
    {adopted it early|trusted it most|never asked}.
""")

_WEIGH = _variants("""
    {Weighed|Set|Held} against {each other|the alternatives|the usual excuses},
    {the merits|the strengths|the gains} are {specific|concrete|tangible} and
    {the risks|the doubts|the gaps} are {named|known|bounded|visible},
    {a balance|a mixture|a proportion} {worth|deserving of}
    {a mention|a plain sentence|some daylight}.

    {None of this|Nothing here|Little of it} {calls for|asks for|deserves}
    {applause|alarm|a parade}; it {calls for|asks for|rewards}
    {a short list|a written plan|an ordinary checklist} of
    {what to watch|what may fail|what to ask next} and {somebody|a person|an owner}
    {to keep it|to read it|to mind it}.
""")

_CLOSE_SHIP = _variants("""
    {Begin|Start|Open} with {something reversible|a small corner|a dull assignment}, {keep|hold}
    {a way back|the old route|a fallback} {ready|warm|in sight}, and {widen|extend|stretch} the
    {use|remit|scope} {only when|once|as soon as} the {failures|surprises|errors} turn
    {boring|predictable|small}.
""")

_CLOSE_SKIP = _variants("""
    {Come back|Return|Look again} when {the missing pages|the open answers|the absent details} are
    {public|written|on the table}; until then {the sober|the plain|the dull} {choice|course|move}
    is to {keep|stay with|hold on to} {what already works|the tools at hand|the present setup} and
    {let others|leave it to others to} {go ahead|take the lead|find out}.
""")

QUOTE: dict[Call, tuple[tuple[str, ...], ...]] = {
    "ship": (_OPEN_SHIP, _BODY_FOR, _BODY_AGAINST, _WEIGH, _CLOSE_SHIP),
    "skip": (_OPEN_SKIP, _BODY_AGAINST, _BODY_FOR, _WEIGH, _CLOSE_SKIP),
}
"""Per call, the sentences of a quote in order, each with its variants."""

HEADLINES: dict[Call, tuple[str, ...]] = {
    "ship": _variants("""
        {Solid|Sound|Plain|Honest} {enough|ground} for {a careful start|narrow work|daily chores}

        {Ready|Fit} for {a small|a modest|a narrow} {start|task}, {eyes open|with a fallback}
    """),
    "skip": _variants("""
        {Too much|A good deal|The main part} is {left unsaid|still missing|not written down}

        {Wait|Hold off|Stand aside} until {the gaps close|the answers arrive|the record fills}
    """),
}
"""Per call, the variants of a headline."""

REASON_FOR, REASON_AGAINST = _variants("""
    What {is stated|is on record|is published} {can be planned around|can be inspected|is specific}.

    What {is left out|is missing|stays vague} {would decide|could undo|may change}
    {the plan|the choice}.
""")

FLIPS: dict[Call, tuple[str, ...]] = {
    "ship": _variants("""
        {A failure|A regression|A withdrawal} that {the vendor|the maker}
        {does not explain|leaves unexplained}.
    """),
    "skip": _variants("""
        {A written answer|A public account|Documentation} on {the open points|what is missing}.
    """),
}
"""Per call, what would turn it."""
