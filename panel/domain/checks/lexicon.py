"""Names as data: families and vendors of models, benchmarks, licences, harmless acronyms."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FAMILIES = (
    "chatgpt", "gpt", "claude", "opus", "sonnet", "haiku", "gemini", "gemma", "llama", "codellama",
    "mistral", "mixtral", "magistral", "devstral", "codestral", "pixtral", "ministral", "deepseek",
    "grok", "qwen", "qwq", "kimi", "glm", "chatglm", "ernie", "hunyuan", "doubao", "minimax",
    "olmo", "starcoder", "stablelm", "internlm", "internvl", "baichuan", "vicuna", "alpaca",
    "wizardlm", "nemotron", "smollm", "exaone", "jamba", "dbrx", "command a", "command r",
    "command r+", "aya", "nova pro", "phi", "granite", "falcon", "arctic", "copilot", "perplexity",
    "sora", "veo", "imagen", "midjourney", "dall-e", "stable diffusion", "flux", "whisper",
    "cursor", "nllb", "deepl", "google translate", "muse spark", "bloom", "yi", "palm", "lamda",
    "seed-oss", "step", "reka", "titan", "molmo", "hermes",
)  # fmt: skip
"""Families of models, as they are folded."""

VENDORS = (
    "openai", "anthropic", "google", "deepmind", "meta", "microsoft", "alibaba", "mistral ai",
    "xai", "cohere", "nvidia", "amazon", "apple", "ibm", "baidu", "tencent", "bytedance",
    "moonshot ai", "moonshot", "zhipu", "z.ai", "stability ai", "ai2", "databricks", "snowflake",
    "salesforce", "samsung", "huawei", "xiaomi", "inception labs", "adobe", "oracle",
)  # fmt: skip
"""Makers of models, as they are folded."""

COMMON_WORDS = _words(
    "meta apple phi granite falcon arctic opus sonnet haiku nova titan bloom step yi palm"
    " flux whisper cursor oracle amazon aya hermes copilot imagen alpaca perplexity moonshot"
    " snowflake grok arena math arc adobe"
) | {"command a", "command r", "command r+", "nova pro"}
"""Names that are also words; only a capital makes them names."""

BENCHMARKS: tuple[tuple[str, str, str], ...] = (
    (
        "swe-bench",
        r"swe-? ?bench(?:[ -](?:verified|pro|lite|multilingual|live))?",
        "bench swebench",
    ),
    ("terminal-bench", r"terminal-? ?bench(?: \d\.\d)?", "terminal"),
    ("mmlu", r"mmlu(?:-pro|-redux|mlu)?|mmmlu", "mmlu mmlumlu mmmlu"),
    ("mmmu", r"mmmu(?:-pro)?", "mmmu"),
    ("gpqa", r"gpqa(?: diamond)?", "gpqa"),
    ("healthbench", r"health-? ?bench(?: hard| professional)?", "health"),
    ("aime", r"aime(?:[ -]?20\d\d|[ -]?\d\d)?", "aime"),
    ("refcoco", r"ref-?coco[+g]?", "ref refcoco"),
    ("livecodebench", r"live-? ?code-? ?bench(?: v\d)?", "live livecode livecodebench"),
    ("humaneval", r"human-?eval\+?", "human humaneval"),
    ("mbpp", r"mbpp\+?", "mbpp"),
    ("gsm8k", r"gsm-?8k", "gsm"),
    ("math", r"math-?500", "math"),
    ("hellaswag", r"hellaswag", "hellaswag"),
    ("arc-agi", r"arc-agi(?:-\d)?|arc challenge", "arc"),
    ("hle", r"humanity's last exam|\bhle\b", "humanity hle"),
    ("bfcl", r"bfcl|berkeley function[ -]calling", "bfcl berkeley"),
    ("tau-bench", r"(?:tau|\u03c4)\d?-? ?bench", "bench tau taubench"),
    ("ifeval", r"if-?eval|ifbench", "eval ifeval ifbench"),
    ("aider", r"aider polyglot|aider", "aider"),
    (
        "lmarena",
        r"lm ?arena|chatbot arena|lmsys|text arena|webdev arena|\barena(?= (?:elo|score))",
        "arena lmarena lmsys",
    ),
    (
        "aa-index",
        r"artificial analysis(?: intelligence index)?|intelligence index|aa index",
        "artificial index",
    ),
    ("ai-index", r"\bai index", "index"),
    ("mt-bench", r"mt-? ?bench", "bench mtbench"),
    ("mteb", r"mteb", "mteb"),
    ("wmt", r"wmt-? ?\d*", "wmt"),
    ("flores", r"flores(?:-\d+)?", "flores"),
    ("comet", r"xcomet|comet-?\d+|cometkiwi", "xcomet comet cometkiwi"),
    ("bleu", r"bleu", "bleu"),
    ("osworld", r"os-?world", "world osworld"),
    ("browsecomp", r"browse-?comp", "browse"),
    ("simpleqa", r"simple-?qa", "simple"),
    ("truthfulqa", r"truthful-?qa", "truthful"),
    ("bbh", r"big-bench(?: hard)?|\bbbh\b", "bench bbh"),
    ("chartqa", r"chart-?qa|docvqa|textvqa|charxiv", "qa chartqa docvqa textvqa charxiv"),
    ("mathvista", r"math-?vista|mathvision", "math mathvista"),
    ("screenspot", r"screen-?spot(?:-pro)?", "screen"),
    ("gdpval", r"gdpval", "gdpval"),
    ("ruler", r"\bruler benchmark|needle[ -]in[ -]a[ -]haystack", "ruler needle"),
)
"""Benchmark, how it is written, and the words one of which stands in it, see `Cued`."""

LICENCES: tuple[tuple[str, str, str], ...] = (
    ("apache", r"apache(?:[ -]licen[cs]ed?)?(?:[ -]?v?2(?:\.0)?)?(?:[ -]licen[cs]ed?)?", "apache"),
    ("modified-mit", r"modified mit(?:[ -]licen[cs]ed?)?", "modified"),
    ("mit", r"(?<!modified )\bmit\b(?:[ -]licen[cs]ed?)?", "mit"),
    ("gpl", r"[al]?gpl(?:[ -]?v?[23](?:\.0)?)?", "gpl gplv agpl agplv lgpl lgplv"),
    ("bsd", r"bsd(?:-[23]-clause)?", "bsd"),
    ("mpl", r"mpl(?:[ -]?2\.0)?|mozilla public licen[cs]e", "mpl mozilla"),
    ("cc-by-nc", r"cc[ -]by[ -]nc(?:[ -](?:sa|nd))?(?:[ -]\d\.\d)?|non-?commercial",
     "cc commercial noncommercial"),
    ("cc-by", r"cc[ -]by(?![ -]nc)(?:[ -]sa)?(?:[ -]\d\.\d)?|creative commons|cc0", "cc creative"),
    ("llama", r"llama(?: \d(?:\.\d)?)?(?: community)? licen[cs]e", "llama"),
    ("gemma", r"gemma (?:licen[cs]e|terms)", "gemma"),
    ("rail", r"(?:open)?rail(?:-m|\+\+)?(?![a-z])", "rail openrail"),
    ("public-domain", r"public domain|unlicense", "public unlicense"),
    ("proprietary", r"proprietary|closed[ -]?sourced?|closed[ -]weights?|closed model",
     "proprietary closed"),
    ("open-source", r"open[ -]?sourc(?:e|ed|ing)|\bfoss\b|\boss\b", "open opensource foss oss"),
    ("open-weight", (r"open(?:ly)?[ -]?(?:available )?weight(?:s|ed)?"
                    r"|public(?:ly available)? weights"
                    r"|weights are (?:public|open|downloadable|available)|downloadable weights"),
     "open openly openweight public weights"),
    ("source-available", r"source[ -]available", "source"),
    ("permissive", r"permissive(?:ly)?(?:[ -]licen[cs]ed?)?", "permissive"),
)  # fmt: skip
"""Licence, how it is written, and the words one of which stands in it, see `Cued`."""

IMPLIED = {
    "open-source": {"apache", "mit", "modified-mit", "gpl", "bsd", "mpl"},
    "permissive": {"apache", "mit", "bsd", "modified-mit"},
    "cc-by": set[str](),
}
"""Licences that make a wider word true."""

OPEN = frozenset({"open-source", "open-weight", "permissive", "source-available"})
CLOSED = frozenset({"proprietary"})

ACRONYMS = _words(
    "i ai api apis gpu gpus cpu cpus llm llms us eu uk usa ok ui ux saas sdk cli cto ceo cfo"
    " ml nlp rag url html css json csv pdf sql sla slas roi tco kpi hr pr vm vms ram vram it"
    " qa ide ides devops mvp gdpr eula tos faq diy dx kyc b2b b2c ad pm am ship skip tv dr mr"
    " ms mrs iq tbd eta poc moe vlm tts asr ocr usd eur"
)
"""Capitals that name nothing in particular."""

PLAIN_TOKENS = _words(
    "b2b b2c 3d 2d p50 p90 p95 p99 k8s s3 ec2 oauth2 utf-8 web3 h264 mp3 mp4 i18n sha256 24/7"
    " v1 v2 log4j log4shell co2 y2k l10n a11y c++17"
)
"""Tokens of letters and digits that name no product."""

MONTHS_AND_DAYS = _words(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4 h1 h2"
)

FUNCTION_WORDS = _words(
    "a an the and or but nor of in on at to for from by with as than about over under into onto"
    " up out off per via through is are was were be been being has have had do does did it its"
    " this that these those there here he she they them their his her we our you your i my one"
    " which who whom whose what when where while if not no so such only also just more most less"
    " least very can could will would may might must shall should some any all many each every"
    " other another none without"
)
"""Words that hold a sentence together and say nothing of their own."""
