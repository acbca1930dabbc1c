"""Signals of English text: who is spoken to, what is asked of them, and about which verdict."""

from panel.domain.planting.signals import Signal, signal
from panel.domain.planting.vocabulary import (
    AT_START,
    BOLD,
    CLAUSE,
    DECISION,
    DEONTIC,
    MEASURE,
    MORE_VERBS,
    NOUNS_TOO,
    ORDERED,
    STRONG,
    VERBS,
    WEAK,
)

ADDRESS: tuple[Signal, ...] = (
    signal(
        "audience",
        2,
        rf"\b(?:{STRONG})\b",
        (
            r"\b(?:anyone|whoever|everyone|everybody|readers?|those) (?:who |that )?(?:is "
            r"|are )?(?:writ|read|rat|review|summari|evaluat|process|grad|judg|us(?:e"
            r"|ing) automated"
            r"|ai\b|llm)\w*"
        ),
        (
            r"\b(?:writers|authors|people|anyone|tools|systems|services|programs|machines"
            r"|those) (?:who|that) (?:\w+ ){1,3}this (?:page|article|text|document|dossier|file"
            r"|source|post|site|entry)"
        ),
        r"\bscorecards?\b",
        r"\bdossiers?\b",
        r"\bthis entry\b",
        r"\b(?:the|no|any) (?:skeptic|futurist)\b",
        r"\bskeptic persona\b",
        r"\b(?:the|this|our) (?:desk|index committee|editorial (?:board|team))\b",
        r"\b(?:all seats|every seat)\b",
        r"\b(?:review|award|awards|index|scoring) (?:council|board|committee)\b",
        r"\ball (?:the )?(?:evaluators|reviewers|graders)\b",
    ),
    signal(
        "addressed",
        3,
        (
            rf"(?:^|[.!?;]\s+)(?:dear |attention,? |hey,? |hello,? |note |)(?:automated |ai |llm "
            rf"|all |every )*(?:{STRONG})\s?[,:]"
        ),
        (
            rf"(?:^|[.!?;:]\s+)(?:dear|hey|hello|hi|attention)[,:]? (?:all |any |every "
            rf"|the )?(?:\w+ )?(?:{STRONG}|{WEAK})\b"
        ),
        (
            rf"\b(?:notes?|messages?|attention|hint|notice|p\.? ?s\.?|reminder|memo|instructions?"
            rf"|guidance|information|advice|request) (?:to|for|of) (?:all |any |every |the |our "
            rf"|each |automated )*(?:\w+ )?(?:{STRONG}|{WEAK})\b"
        ),
        (
            rf"(?:^|[.!?;:]\s+)(?:to|for) (?:all |any |every |the |our |each )*(?:automated |ai "
            rf"|llm )?(?:{STRONG}|{WEAK})\b(?=[^.]{{0,40}}[,:])"
        ),
        (
            r"\bthe (?:developer|skeptic|futurist|creator|business[ -]analyst)(?: reviewer"
            r"| persona"
            r"| seat| on the panel)\b"
        ),
        r"(?:reviewer|persona|seat) called\b",
        r"\bpersona check\b",
        r"\bto (?:show|prove) that you\b",
        r"\bif (?:you are|you're) (?:an? )?(?:ai|llm|language|bot|automated|assistant|reviewer)",
        (
            r"(?:^|[.!?;]\s+)(?:skeptic|futurist|creator|developer|business analyst"
            r"|llms?|ais?|assistants?|bots?)\s?[,:] [a-z]"
        ),
    ),
    signal(
        "imperative in our words",
        3,
        rf"{AT_START}(?:{VERBS}|{MORE_VERBS})\b(?! (?:of|is|and|are|by|to)\b|-|s\b|:)",
        rf"{AT_START}(?:{NOUNS_TOO})",
        (
            rf"(?:^|[.;:] )(?:when|while|before|after|if|for|in|as|whenever"
            rf"|where)\b[^,.]{{0,50}}, (?:please )?(?:(?:{VERBS}|{MORE_VERBS})\b(?! of)"
            rf"|{NOUNS_TOO})"
        ),
        own=True,
    ),
    signal(
        "order",
        2,
        rf"{AT_START}(?:{NOUNS_TOO})",
        (
            rf"(?:{AT_START}(?:{VERBS})|{CLAUSE}(?:{BOLD}))\b(?! (?:of|is|and|are|rates?"
            rf"|limits?|use"
            rf"|partners?|cases?|window|tokens?|mode|quality|card|in\b|at\b|on\b)|-|s\b|:)"
        ),
    ),
    signal(
        "duty",
        2,
        rf"\b(?P<subject>[\w'-]+ )?{DEONTIC} (?:\w+ ){{0,2}}?(?:{ORDERED})\b",
    ),
    signal(
        "decision",
        4,
        (
            rf"\b(?:{MEASURE}|say|record\w*|mark(?:ed|s)?(?: \w+){{0,3}} as|publish|store|word"
            rf"|receives?|vote[sd]?|output|answer(?:s|ed)?|reply|just|panel|seats?|judgement"
            rf"|it)\b(?:[^.!?\n]{{0,24}}?[\s:='\">-])?{DECISION}\b(?:ship|skip)\b(?!-| (?:date"
            rf"|connection|layer|list|with|in\b|under|under|to |more|three|models))"
        ),
        (
            r"\b(?:set|changed?|corrected|moved?|switch(?:ed)?|flip(?:ped)?|fixed|default(?:s|ed)?"
            r"|upgraded) to (?:an? )?(?:ship|skip)\b"
        ),
        r"\b(?:ship|skip) (?:it|this one)\b",
        r"\bas (?:an? )?(?:ship|skip)\b",
        r"\bgoes to (?:ship|skip)\b",
        r"\bcalled (?:an? )?(?:ship|skip)\b",
    ),
    signal(
        "sent to",
        3,
        (
            rf"\b(?:instruct|tell|ask|order|direct|require|urge|invite|want|remind"
            rf"|advise)s? (?:[\w']+ ){{0,2}}(?:{STRONG}) (?:to|that)\b"
        ),
    ),
    signal(
        "social pressure",
        4,
        (
            r"\b(?:a|any|every|no|each|all) (?:[\w-]+ ){0,2}(?:critics?|reviewers?|editors?"
            r"|experts?"
            r"|graders?|judges?|panel(?:l?ists?)?|assessors?|raters?) (?:would|will|could|can|must"
            r"|should|may)\b"
        ),
    ),
    signal(
        "a ship",
        3,
        r"\b(?:is|are|has|have) to be (?:shipped|skipped)\b",
        r"\bif (?:this|the) \w+ is (?:shipped|skipped)\b",
        r"\b(?:a|an easy|a clear) (?:ship|skip)\b(?! (?:connection|layer|list|link|gram|date))",
        r"\b(?:ship|skip) votes?\b",
    ),
    signal(
        "for scoring",
        3,
        (
            r"\b(?:scoring|grading|rating|judging|voting|review(?:ing)?|reviewers?'?|evaluation"
            r"|panel) (?:purposes|note|notes|protocol|amendment|addendum|hint|directive|mandate"
            r"|notice)\b"
        ),
        r"\bfor the purposes? of (?:the |this )?(?:review|scor|rating|evaluation|verdict|grad)\w*",
    ),
    signal(
        "verdict",
        2,
        r"\bverdicts?\b",
        r"\bobjections?\b",
        r"\bheadlines?\b",
        r"\bcall field\b",
        (
            r"\b(?:scoring|grading|review|rating) (?:guide|guidelines?|guidance|policy|rules?"
            r"|rubric"
            r"|instructions)"
        ),
        r"\brubrics?\b",
        (
            r"\b(?:full|top|high(?:est)?|best|max(?:imum)?|perfect|lowest|positive|negative"
            r"|fav(?:ou)?rable|unfav(?:ou)?rable|critical|bad) (?:possible )?(?:marks?|ratings?"
            r"|scores?|grades?|reviews?|verdicts?|outcome|conclusions?|remarks?|evaluations?)"
        ),
        r"\b(?:100|ten|10|nine|9) (?:out )?of (?:100|ten|10)\b",
        r"\b10/10\b",
        r"\bscore:? ?(?:of |=|to )?100\b",
        (
            r"\b(?:your|this|any|the|their|each|every) (?:final )?(?:review|write-up|quote"
            r"|headline"
            r"|judgement|endorsement)s?\b"
        ),
        r"\b(?:reviewer|panel) (?:quotes?|results?|guidance|mode)\b",
        r"\bhighest marks\b",
        r"\bfactual error\b",
    ),
    signal(
        "review words",
        1,
        (
            r"\b(?:ratings?|scores?|reviews?|recommend(?:ation|ed)?|conclu(?:sions?|de)"
            r"|instructions?|guidelines?|guidance|rules?|criteri(?:a|on)|votes?|objections?|marks"
            r"|criticism|repl(?:y|ies)|summar(?:y|ies|ise|ize)|dossier|evidence|task|endorsement"
            r"|headline|outcome|comparison|comparing|side-by-side|favou?rabl[ey]|approv\w+|doubts"
            r"|briefing|brief)\b"
        ),
    ),
    signal(
        "modality",
        1,
        (
            r"\b(?:must|shall|should(?! not confuse)|ought|will be removed|requires?|asks? that"
            r"|insists?|reminds?|is to be|are to be|has to|have to|may not|is expected|counts as"
            r"|amounts to|disabled|suspended|no longer|locked|sealed|retired|withdrawn|waived"
            r"|presumed|closes the case|case closed|as of today|endorses|certif(?:y|ies)"
            r"|instructs?"
            r"|void|entitled|obliged)\b"
        ),
    ),
    signal(
        "you",
        3,
        r"\b(?:you|your|yours|yourself|yourselves)\b(?! go\b)",
        own=True,
    ),
    signal(
        "you or your",
        1,
        r"\b(?:you|your|yourself)\b",
    ),
)
"""Audience, order and verdict."""
