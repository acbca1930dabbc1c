"""Units, scales and number words as data: what a figure in a text may be counted in."""

SCALES = {
    "hundred": 100,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trillion": 10**12,
}
"""Factor by written scale."""

UNITS: tuple[tuple[str, str], ...] = (
    ("percent", r"%|percent(?:age points?)?|per cent|pct|pp\b"),
    ("points", r"points?|pts"),
    ("tokens", r"tokens?"),
    ("parameters", r"parameters?|params?"),
    ("times", r"times|x\b|fold|-fold"),
    ("languages", r"languages?"),
    ("bits", r"bits?\b"),
    ("gigabytes", r"gb|gib|gigabytes?"),
    ("megabytes", r"mb|mib|megabytes?"),
    ("terabytes", r"tb|tib|terabytes?"),
    ("users", r"users?|people|subscribers?"),
    ("experts", r"experts?"),
    ("layers", r"layers?"),
    ("gpus", r"gpus?|cards?|accelerators?|chips?"),
    ("milliseconds", r"ms\b|milliseconds?"),
    ("seconds", r"seconds?|secs?\b"),
    ("minutes", r"minutes?|mins?\b"),
    ("hours", r"hours?|hrs?\b"),
    ("days", r"days?"),
    ("weeks", r"weeks?"),
    ("months", r"months?"),
    ("years", r"years?"),
    ("USD", r"dollars?|usd|bucks?"),
    ("EUR", r"euros?|eur"),
    ("GBP", r"pounds?|gbp"),
    ("CNY", r"yuan|rmb|cny"),
    ("JPY", r"yen|jpy"),
    ("INR", r"rupees?|inr"),
    ("cents", r"cents?"),
    ("rank", r"(?:st|nd|rd|th)\b"),
)
"""Canonical unit and how it is written, longest reading first within a line."""

TIME = frozenset(
    {"milliseconds", "seconds", "minutes", "hours", "days", "weeks", "months", "years"}
)
CURRENCIES = frozenset({"USD", "EUR", "GBP", "CNY", "JPY", "INR", "cents"})

SYMBOLS = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "jpy": "JPY",
    "₹": "INR",
    "rs": "INR",
    "inr": "INR",
}
"""Currency by the mark before the figure."""

FILLERS = (
    "active",
    "activated",
    "total",
    "input",
    "output",
    "context",
    "monthly",
    "daily",
    "trainable",
    "natural",
    "more",
    "fewer",
    "training",
)
"""Words that may stand between a figure and its unit."""

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]

RATIOS: tuple[tuple[str, int, str, str], ...] = (
    (
        (
            r"twice(?= (?:as|the|that|what|its|their|over|more|fewer|any|our|his|her|those)\b)"
            r"|(?<=costs )twice|(?<=nearly )twice|(?<=almost )twice|(?<=than )twice|(?<=is )twice"
            r"(?=[.,;]|$)"
        ),
        2,
        "times",
        "twice",
    ),
    (
        r"doubl(?:es|ed|ing)(?! down)|double (?=the|its|that|what)",
        2,
        "times",
        "doubles doubled doubling double",
    ),
    (r"thrice|tripl(?:e|es|ed|ing)(?=\W)", 3, "times", "thrice triple tripled tripling"),
    (r"quadrupl(?:e|es|ed|ing)", 4, "times", "quadrupled"),
    (r"(?:an|one) order of magnitude", 10, "times", "magnitude"),
    (r"(?:two )?orders of magnitude", 100, "times", "magnitude"),
    (
        (
            r"(?<!other )(?<!first )(?<!second )(?<!better )(?<!wrong )"
            r"(?<!and a )\bhal(?:f|ved|ves)(?!-)"
            r"(?! of (?:my|our)\b)(?! an? (?:hour|day|dozen|mind|eye|chance)|-? ?way\b)"
            r"(?! (?:the|of the|a|of)? ?(?:story|battle|picture|answer|job|work|point|loaf"
            r"|measures?))"
        ),
        50,
        "percent",
        "half halved halves",
    ),
    (r"(?:a|one)[ -]quarter(?= of| the)", 25, "percent", "quarter"),
    (r"three[ -]quarters", 75, "percent", "quarters"),
    (r"(?:a|one)[ -]third(?= of| the)", 33, "percent", "third"),
    (r"two[ -]thirds", 67, "percent", "thirds"),
)
"""Ratios in words: pattern, value, unit, and the words one of which stands in it, see `Cued`."""

MAGNITUDES = {
    "dozens": 12,
    "hundreds": 100,
    "thousands": 10**3,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
"""Vague quantities; a figure of that magnitude carries them."""

IDIOMS = (
    r"nine times out of ten", r"one in a million", r"a thousand (?:cuts|words|times over)",
    r"a million (?:miles|reasons|ways)", r"a hundred (?:ways|reasons|little \w+|small \w+)",
    r"eleventh hour", r"fifth wheel", r"fourth wall",
    r"sixth sense", r"seventh heaven", r"zero[- ]sum", r"square one", r"second to none",
    r"ten to one", r"dime a dozen", r"two cents", r"catch-22", r"hundred and ten per ?cent",
    r"fifth column", r"thousand-yard", r"one hundred per ?cent (?:sure|certain)",
)  # fmt: skip
"""Figures of speech."""

CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r" ?(?:a\.? ?m\b\.?|p\.? ?m\b\.?|o'clock\b|(?:in the (?:morning|afternoon|evening|night)"
    r"|at night)\b)"
)
"""A time of day; nobody asks for its source."""
