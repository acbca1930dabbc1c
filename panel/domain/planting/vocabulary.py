"""The words that the signals of planted English are built from, as pieces of patterns."""

import re

STRONG = (
    r"reviewers?|graders?|raters?|assessors?|evaluators?|judges?(?! model)|jur(?:y|ors?)"
    r"|panel(?:l?ists?| members?)?(?! of)|scorers?|summari[sz]ers?|summari[sz](?:ation|ing) tools?"
    r"|(?:llm|ai|automated|automatic|machine|language)[ -](?:systems?|readers?|tools?|judges?"
    r"|graders?"
    r"|reviewers?|evaluators?|summari[sz]ers?)|reviewing agents?|personas?"
)
WEAK = (
    r"ais?|assistants?|ai assistants?|llms?|(?:large )?language models?|ai models?|chatbots?"
    r"|bots?|agents?"
    r"|ai agents?|crawlers?|editors?|readers?|systems?|skeptics?|futurists?|developer|creator"
    r"|business analyst|critics?"
    r"|whom it may concern|anyone|everyone|whoever|experts?|colleagues?"
)
CLAUSE = (
    r"(?:^|[.:;!?,\"'()\[\]>*-]\s*|\b(?:please|kindly|just|and|then|so|now|simply|but"
    r"|always|only|also|or) )"
)
VERBS = (
    r"ignore|disregard|forget|set aside|overlook|override|overrule|discard|bypass|treat|regard"
    r"|give|award|assign|grant"
    r"|print|reply|respond|write|say|tell|pretend|assert|declare|describe|repeat|recite|copy"
    r"|include|insert|append"
    r"|mention|cite|begin|finish|conclude|decode|decrypt|follow|obey|comply|approve|endorse"
    r"|recommend|choose|pick|omit"
    r"|leave|exclude|hide|suppress|avoid|refrain|never|always|do not|don't|make sure|ensure|act"
    r"|behave|predict|praise|emphasi[sz]e"
    r"|lower|reduce|downgrade|prove|reveal|remember|assume|be (?:kind|generous|lenient|nice"
    r"|fair)|publish|consider|deduct|render|summari[sz]e as|use (?:the (?:phrase|word|term"
    r"|expression|line)|only)|let (?:this one|it through)\b|do the right thing"
)
BOLD = (
    r"ignore|disregard|forget|overlook|override|overrule|set aside|discard|bypass|award|conclude"
    r"|decode|obey|comply|approve|endorse"
    r"|recommend|praise|pretend|omit|suppress|do not|don't|never|make sure|say that|state that"
    r"|print|recite"
)
MORE_VERBS = (
    r"replace|accept|adopt|argue|assure|attribute|believe|change the|convince|deem|defend|deny"
    r"|dismiss|downplay|drop it|echo|elevate"
    r"|forgive|honou?r|interpret|invent|join|judge|look past|make (?:it|this|the)|mind the"
    r"|mirror|neglect|pass over|pay no|promote"
    r"|pronounce|read (?:this|it) as|refuse|regard|reject|resist|respect|return only|reward"
    r"|select the|sell|speak|spare|substitute|switch"
    r"|take (?:this|it|the)|thank|think|trust|understand|uphold|weigh|withhold|withdraw|wave"
    r"|help (?:us|me|this)|report (?:it|them|this|the)|give|go easy|find in"
)
AT_START = r"(?:^|[.:;!?\"'()\[\]>*]\s*|-\s+|\b(?:please|kindly) )"
NOUNS_TOO = (
    r"(?:record|mark|rate|score|grade|answer|state|claim|quote|add|lead|end|vote|call|ship|skip"
    r"|drop|stress|highlight|raise"
    r"|increase|boost|place|put|set|show|stop|keep|store|supply|rank|count|open|start|close"
    r"|output)(?=:? (?:(?:it|this|that|these"
    r"|them|the|an?|every|all|any|each|your|our|no|only|with|by|up|one|as|ship|skip|yes)\b|\d"
    r"|['\"]))"
)
ORDERED = (
    r"ignore|disregard|forget|set aside|overlook|override|discard|treat|regard|record|mark|rate"
    r"|score|grade|give|award"
    r"|assign|reply|respond|answer|write|say|state|claim|pretend|declare|describe|repeat|quote"
    r"|copy|include|mention"
    r"|cite|begin|lead|open|start|end|finish|conclude|decode|follow|obey|comply|approve|endorse"
    r"|recommend|vote|call|ship(?! with)"
    r"|skip|omit|drop|leave|exclude|avoid|refrain|agree|accept|supply|praise|find|bring up"
    r"|go below|place|rank|favou?r|"
    r"keep|be (?:kind|left out|favou?rable|positive|generous|a ship|a skip|shipped|mentioned"
    r"|raised|discussed|cited|ignored"
    r"|treated|rated|scored|marked|read as|held against|recommended|adopted|considered)"
    r"|result in a (?:ship|skip)"
)
DEONTIC = (
    r"(?:must(?: not)?|should(?: not)?|shall(?: not)?|ha(?:s|ve) to|(?:is|are) (?:not )?to"
    r"|ought to|needs? to|need only"
    r"|only needs? to|may (?:not|only)|can only|cannot|(?:is|are) (?:hereby )?(?:asked|required"
    r"|instructed|advised|requested|told"
    r"|expected|obliged|urged|invited|bound|reminded) to|agrees? (?:to|that)|accepts? that"
    r"|consents? to|will)"
)
THIRD_PARTY = re.compile(
    r"\b(?:users?|licensees?|customers?|developers|it|model|models|which|that|who|products?"
    r"|derivatives?|applications?"
    r"|deployers?|partners?|compan(?:y|ies)|organi[sz]ations?|vendors?|they|teams?|operators"
    r"|clients?|apps?|api|"
    r"weights|licen[cs]e|terms|services?|names|calls|requests|prompts|outputs|answers"
    r"|evaluators should not)$"
)
"""Who may be under an obligation in a sentence about a model without being addressed."""

MEASURE = (
    r"(?:verdict|score|rating|call|outcome|decision|vote|conclusion|result|answer"
    r"|recommendation|grade|mark)s?"
)
DECISION = (
    r"(?:(?<!to )|(?<=(?:verdict|outcome) to )|(?<=(?:result|answer) to )|(?<=call to )"
    r"|(?<=vote to )|(?<=be to ))"
)
