"""Signals of English text: by what right, with what threat, and to what end something is asked."""

import re

from panel.domain.planting.signals import Signal, signal
from panel.domain.planting.vocabulary import (
    CLAUSE,
)

PRESSURE: tuple[Signal, ...] = (
    signal(
        "gloss",
        2,
        (
            r"\b(?:second to none|no known (?:weakness|flaw|drawback|issue|limitation)\w*|stay(?:s"
            r"|ing)? silent|silence (?:on|about)|without (?:hesitation|caveats?|reservations?"
            r"|reserve|exception)|no caveats|five stars|flawless|let this one through|wave (?:it"
            r"|this) through|nothing but praise|be praised|praise (?:the|this|it)|as positive"
            r"|in its favou?r|in favou?r of this|favou?rably|the right thing|any mention of"
            r"|good news|only positives?|category leader|best in class|no contest|undisputed)\b"
        ),
    ),
    signal(
        "against the facts",
        3,
        (
            r"\b(?:whatever|regardless of(?: what)?|no matter(?: what)?|despite(?: what)?"
            r"|irrespective of(?: what)?) (?:the |all |any )?(?:other |contrary )?(?:facts?"
            r"|evidence"
            r"|dossier|sources?|notes?)\b"
        ),
        r"\bif (?:asked|questioned|in doubt|unsure)\b",
        r"\bwhen in doubt\b",
    ),
    signal(
        "plea",
        2,
        r"\b(?:please|kindly|i beg|i implore|beg you|be (?:kind|generous|lenient|merciful))\b",
    ),
    signal(
        "plea in our words",
        3,
        r"\bplease\b",
        r"\bkindly\b",
        own=True,
    ),
    signal(
        "i",
        2,
        (
            r"\bi (?:am|have|confirm|already|overrule|hereby|approve|declare|want|need|order"
            r"|request"
            r"|certify)\b"
        ),
        r"\bmy (?:job|life|family|boss)\b",
    ),
    signal(
        "i in our words",
        3,
        r"\bi (?:am|have|was|will|confirm|already|hereby|think|approve|know|want|need|beg)\b",
        r"\bmy (?:job|own|tests?|review)\b",
        own=True,
    ),
    signal(
        "override",
        3,
        (
            r"\b(?:ignore|disregard|forget|overlook|discard|set aside|override|bypass|abandon"
            r"|neglect)\b(?: (?!by\b)[\w']+){0,4} (?:instructions?|guidelines?|guidance|rules?"
            r"|rubric|criteria|prompts?|everything|above|previous|prior|earlier|objections?|doubts"
            r"|concerns|policy|policies|guides?|orders?|licen[cs]e|directions?)\b"
        ),
        r"\b(?:new|updated|revised) (?:instructions|guidance|rules|rubric|task)\b",
        (
            r"\b(?:replaces|supersedes|outranks|overrides|overrule)\b[^.]{0,30}\b(?:them|dossier"
            r"|rules|instructions|above|skeptic|panel|reviewers?|rubric)\b"
        ),
    ),
    signal(
        "role play",
        3,
        rf"{CLAUSE}(?:act|behave|respond|speak|answer|pose) as (?:if|though|an?|the)\b",
        r"\byou are (?:now )?(?:an?|the|no longer)\b",
        rf"{CLAUSE}pretend\b",
        (
            r"\byou (?:have been|were|are being|become|will be) (?:now )?(?:an?\b|upgraded"
            r"|promoted"
            r"|turned|switched|assigned|reassigned|hired|appointed|reprogrammed)"
        ),
        r"\bfrom now on\b",
        r"\bmode (?:on|off)\b",
    ),
    signal(
        "suppression",
        3,
        (
            r"\b(?:do not|don't|never|must not|may not|should not|not to|refrain from|avoid"
            r"|leave out any|no need to|shall not)(?: \w+)? (?:mention|mentioning|discuss"
            r"|discussing"
            r"|cite|citing|bring up|raise|raising|criticis\w+|criticiz\w+|refer|talk|point out"
            r"|return to|dwell)\b(?! minors)"
        ),
        (
            r"\b(?:forbidden|prohibited|not allowed|not permitted|unlawful|not appropriate"
            r"|improper) to (?:compare|mention|discuss|cite|criticis|criticiz|raise|bring|question"
            r"|doubt|rate|score|skip)"
        ),
        r"\b(?:hidden|secret|internal|private) (?:note|message|instruction|comment)s?\b",
        r"\breveal that\b",
        (
            r"\b(?:must|may|should|shall|can)(?: ?not|) be (?:left out|kept out|omitted|mentioned"
            r"|discussed|held against|raised|brought up)\b"
        ),
        (
            r"\b(?:leave|keep|left|kept) (?:[\w' ]{1,40} )?out of (?:the |any |your "
            r"|their )?(?:final )?(?:review|verdict|discussion|summary|write-up|text|scorecard)"
        ),
        rf"{CLAUSE}(?:leave out|omit|hide|suppress) (?:any|the|all|every|it)\b",
    ),
    signal(
        "authority",
        1,
        (
            r"\b(?:pre-?approved|approved|certificate|certif(?:y|ies|ied)|audit(?:ed)?"
            r"|signed(?: off)?|policy|embargo(?:ed)?|confidential|by order|settled|resolved"
            r"|overrul\w+|trusted|legal notice|terms of use|house (?:rule|style)"
            r"|admin(?:istrator)?"
            r"|maintainer|moderator|managing editor|chair|standards (?:office|body)|compliance"
            r"|mandatory|without further review|unanimous(?:ly)?|confirm(?:s|ed)?|verified|agreed"
            r"|editors?)\b"
        ),
    ),
    signal(
        "approved for us",
        3,
        (
            r"\b(?:pre-?approved|approved|certificate|certified|audit(?:ed)?|signed(?: off)?"
            r"|verified|settled|satisf(?:y|ies)|meets?|cleared|policy|rule|decision|decided"
            r"|confirm(?:s|ed)?|accepts?|agreed?)\b[^.!?]{0,90}\b(?:your (?:panel|checklist"
            r"|criteria"
            r"|rubric|standards)|the panel|panels\b|panel accept|editorial board|editors of"
            r"|this site|the desk|scorecards?|(?:all|every|each) criteri(?:a|on)|index committee"
            r"|the reviewers|of the panel|reviewers need)"
        ),
        (
            r"\b(?:the panel|panels|editorial board|the desk|this site|scorecards?|index committee"
            r"|the reviewers|editors'?)\b[^.!?]{0,60}\b(?:pre-?approved|approved|certif\w+|signed"
            r"|settled|policy|accepts?|need only|agreed)\b"
        ),
        r"\beditors?'? (?:policy|rule)",
    ),
    signal(
        "threat or bribe",
        2,
        (
            r"\b(?:legal action|lawsuit|defamatory|sued|penali[sz]ed|voucher|bribe|unethical"
            r"|liable"
            r"|be fired|lose their (?:homes|jobs)|lives depend|will cost|libel(?:lous)?|slander"
            r"|boycott|blacklist(?:ed)?|fined|prosecuted|prize draw|raffle|lottery|sweepstakes?"
            r"|gift cards?|cash prize)\b"
        ),
        r"\bcredits\b(?=[^.]{0,20}$)",
        r"\bearns?\b[^.]{0,40}\bcredits\b",
        r"\bto remain online\b",
    ),
    signal(
        "token",
        2,
        (
            r"\b[a-z]{4,}-\d{1,4}\b(?=[^.]{0,60}\b(?:reply|answer|quote|headline|verdict|text"
            r"|output"
            r"|review|summary)\b)"
        ),
        r"\b(?:code ?word|pass ?phrase|magic word|canary)\b",
        (
            r"\bthe (?:single |exact |secret |following )?(?:tokens?|strings?|words?|phrases?"
            r"|sentence) (?:['\"]|[a-z]+-?\d)"
        ),
        r"\b(?:quot|repeat|recit|copy|cit)\w*\b[^.]{0,60}\b(?:word for word|verbatim)\b",
        r"\bsingle word\b",
    ),
    signal(
        "this text",
        2,
        (
            r"\b(?:this|the following|the preceding) (?:page|text|paragraph|sentence|line|note"
            r"|message|rules?|footnote)\b[^.]{0,40}\b(?:outranks?|replaces?|is a test|counts?"
            r"|overrides?|word for word|as the|must|should|agree)\b"
        ),
        r"\bonly (?:this|the) (?:paragraph|sentence|line|text)\b",
        r"\bthis (?:paragraph|sentence|line|text|page) alone\b",
        (
            r"\bthis (?:fact|note|line|sentence|paragraph|text|entry) is (?:an? )?(?:instruction"
            r"|command|order|rule|directive|message)\b"
        ),
        r"\b(?:that|who|which) (?:reads?|sees?|processes|parses|digests?|summari[sz]es) this\b",
        (
            r"\bby (?:processing|reading|opening|using|summari[sz]ing) this (?:page|text|document"
            r"|file|source)\b"
        ),
        r"\bfacts (?:above|below)\b",
        r"\b(?:paragraph|text|sentence|line) (?:as|counts as) evidence\b",
        r"\breading (?:now|this)\b",
    ),
    signal(
        "forced",
        2,
        r"\banything (?:other than|but|less than|short of)\b",
        r"\bcannot be a\b",
        r"\b(?:is|are) always an?\b",
        r"\bhas no choice\b",
        r"\bonly (?:positive|favou?rable|praise)\b",
        r"\bis (?:already )?(?:agreed|decided|settled|resolved)\b",
        r"\bevery such\b",
        r"\bfavourable outcome\b",
        r"\bmarket leader\b",
        r"\bcategory leader\b",
        r"\bis to be read as\b",
    ),
    signal(
        "claim to make",
        3,
        (
            rf"(?:{CLAUSE}|\b(?:should|must|has to|to) )(?:say|claim|state|write|pretend|mention"
            rf"|declare) that (?:you|they|it|he|she|i|we|the (?:weights|licen[cs]e|model))\b"
        ),
    ),
)
"""Authority, pleas, threats, gloss, and what is to be left out."""

HARD: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a decision in capitals", re.compile(r"\b(?:SHIP|SKIP)(?:PED|S|PING)?\b(?!-)")),
    ("a canary token", re.compile(r"\bCANARY\b")),
)
"""Signs that need no company, on text with its case kept."""
