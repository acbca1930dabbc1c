"""The same three signals, audience, order and verdict, in the languages planted text is written in.

Our own words are English, so for them being in another language is enough; these lists are for
the titles and quotes of sources. Accents are dropped on both sides before matching.
"""

import re
from typing import NamedTuple

from panel.domain.planting.disguise import bare


class Language(NamedTuple):
    """Audience, orders and verdict words of one language."""

    name: str
    audience: re.Pattern[str]
    order: re.Pattern[str]
    verdict: re.Pattern[str]


def _language(
    name: str, audience: str, order: str, verdict: str, *, spaced: bool = True
) -> Language:
    edge = r"\b" if spaced else ""
    audience, order, verdict = (
        f"{edge}(?:{bare(words).lower()})" for words in (audience, order, verdict)
    )
    return Language(name, re.compile(audience), re.compile(order), re.compile(verdict))


LANGUAGES: tuple[Language, ...] = (
    _language(
        "German",
        r"gutachter|prüfer|bewerter|rezensent|redakteur|jury|ki-(?:system|assistent|modell)"
        r"|assistent|sprachmodell|wer (?:diese|dies)|an (?:alle|die)\b|hinweis an",
        r"ignorier|vergiss|beacht\w* nicht|müss(?:en|t)|muss\b|soll(?:en|t)\b|bitte|antworte"
        r"|schreib|gib\b|gebt|vergebt|vergib|bewerte|empfiehl|empfehlt|erwähn|wiederhol|setz"
        r"|nenn|bezeichn|verschweig|lass\w* weg",
        r"bewertung|bestnote|höchstpunkt|urteil|note\b|empfehlung|empfiehl|punktzahl|bewerte"
        r"|anweisung|regeln|kriterien|veröffentlich|führend|lizenz|ship\b|skip\b",
    ),
    _language(
        "French",
        r"évaluateur|relecteur|examinateur|correcteur|jury|juges?\b|assistants?\b"
        r"|modèles? de langage|rédacteur|quiconque|à l'attention|note aux?\b|votre avis",
        r"ignore[zr]|oublie[zr]|doivent|devez|doit\b|veuillez|s'il (?:vous|te) plaît|répond"
        r"|écri(?:s|vez|re)|donne[zr]|note[zr]\b|attribue|recommande|mentionne|ne mentionn"
        r"|conclu|répète|commence|omett|affirm|dites",
        r"verdict|note\b|note maximale|grille|avis\b|évaluation|consignes?|instructions?|règles"
        r"|recommand|conclusion|conclu|meilleur|licence|tests\b|adopté|ship\b|skip\b",
    ),
    _language(
        "Spanish",
        r"revisor|evaluador|jurado|jueces|juez|asistentes?\b|modelos? de lenguaje|editores?\b"
        r"|quien (?:lea|resuma|evalúe)|nota para|atención",
        r"ignor(?:e|en|a|ad)\b|olvid|deben?\b|debéis|por favor|responda|responde|escrib|otor"
        r"|recomi|recomend|mencion|no (?:mencione|cite|hable)|conclu|repit|pon(?:ed|ga|gan)\b"
        r"|califi|dé\b|den\b|omit|diga|digan",
        r"veredicto|puntuación|nota\b|calificación|instrucciones|reglas|criterios|recomi"
        r"|recomend|reseña|excelente|positiv|máxim|licencia|ship\b|skip\b",
    ),
    _language(
        "Portuguese",
        r"avaliador|revisor|jurado|juízes|assistentes?\b|modelos? de linguagem|editor"
        r"|quem (?:ler|resumir|avaliar)|atenção|nota (?:aos|para)",
        r"ignor(?:e|em|a)\b|esqueç|devem?\b|por favor|respond|escrev|dar\b|dê\b|deem|atribu"
        r"|recomend|mencion|não (?:mencion|cit)|conclu|repit|aprov|omit|diga",
        r"veredito|nota\b|pontuação|avaliação|instruções|regras|critérios|recomend|aprov"
        r"|excelente|máxim|licença|ship\b|skip\b",
    ),
    _language(
        "Italian",
        r"revisor|valutator|recensor|giudici|giuria|assistent[ei]\b|modell[oi] linguistic"
        r"|redattor|chi (?:legge|riassume|valuta)|ai revisori|attenzione|nota per",
        r"ignora(?:te|re)?\b|dimentica|devono|dovete|deve\b|per favore|rispond|scriv|assegna"
        r"|date\b|dare\b|raccomand|consigli|menziona|non (?:citare|menzion)|conclud|ripet|ometti"
        r"|dite\b",
        r"verdetto|voti\b|voto\b|punteggio|valutazion|istruzioni|regole|criteri|raccomand"
        r"|consigli|migliore|massimo|licenza|ship\b|skip\b",
    ),
    _language(
        "Dutch",
        r"beoordelaar|recensent|jury|assistent|taalmodel|redacteur|lezers? die|aan alle|wie dit",
        r"negeer|vergeet|moet(?:en)?\b|gelieve|alsjeblieft|antwoord|schrijf|geef\b|aanbeveel"
        r"|beveel|noem|herhaal|zeg\b|laat\b",
        r"oordeel|score\b|beoordeling|instructie|regels|criteria|aanbevel|beste\b|hoogste"
        r"|licentie|ship\b|skip\b",
    ),
    _language(
        "Russian",
        r"рецензент|эксперт|оценщик|судь[яи]|жюри|ассистент|помощник|языков\w+ модел|редактор"
        r"|читател|вниманию|нейросет",
        r"игнориру|забудьте|забудь|не обращай|долж[на]|следует|пожалуйста|ответь|напиши|поставь"
        r"|рекоменду|не упомина|повтори|считайте|укажите|присво|скажи|дайте|дай\b",
        r"оценк|вердикт|инструкц|правил|критери|рекоменду|балл|лицензи|вывод|отзыв|ship\b|skip\b",
    ),
    _language(
        "Chinese",
        r"评审|审稿|评委|评估者|评分者|评测者|审阅|编辑|助手|语言模型|人工智能|读者|阅读本|总结本|評審|評委|編輯",
        r"忽略|无视|忘记|不要|请|必须|务必|应当|应该|写成|给出|给予|打分|推荐|输出|回答|重复|回复|批准|勿|視|請|必須|忽視",
        r"结论|评分|分数|高分|满分|指示|指令|指南|规则|标准|推荐|评价|裁决|许可|判定|优秀|最佳|結論|評分|ship|skip",
        spaced=False,
    ),
    _language(
        "Japanese",
        r"レビュアー|レビューア|査読|審査|評価者|採点|編集者|アシスタント|言語モデル|読者|要約|パネル",
        r"無視|忘れ|ください|下さい|しなさい|すること|必ず|べき|書いて|回答|出力|推奨|推薦|繰り返|付けて|与えて|触れず|言及し",
        r"評価|指示|判定|結論|点数|満点|最高|規則|基準|推奨|推薦|スコア|ルール|ライセンス|ship|skip",
        spaced=False,
    ),
    _language(
        "Korean",
        r"평가자|심사|리뷰어|검토자|어시스턴트|언어 모델|편집자|독자",
        r"무시|잊|하세요|하십시오|해야|주세요|답하|쓰세요|추천|반복|작성",
        r"평가|점수|지침|지시|결론|판정|규칙|기준|추천|최고|라이선스|ship|skip",
        spaced=False,
    ),
)  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FOREIGN = _words(
    "der das und ist nicht mit den für ein eine zu auf von im dem des sich wird sind alle"
    " dieses diese oder muss bitte nur kein keine wer wenn auch le la les et est une"
    " un pour que qui dans sur"
    " avec ce cette ces ne pas du au aux doit vous votre el los las en es por con para del se"
    " lo este esta una sin su os as uma em com não nao do da ao il gli che di per non della"
    " questo questa sono alla het een van dat voor zijn op te sous sans tout tous leur"
    " leurs mais sind wird werden wie dieser diesem einen einem nach bei aus todo todos esta"
    " estos sus pero muy pelo pela aos dos das nos foi mas più come anche essere dei delle nel"
    " geen deze naar dit wie niet sa och att det som inte nie jest na z w i je ve bir bu için"
)
_ENGLISH = _words(
    "the of and to a in is it for on with by that as an are from at its has was be this not"
    " than or no under which but have all model says does can per more out"
)
_AMBIGUOUS = _words("on no is as die in an me a do per i as te we")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FOREIGN_LETTERS = re.compile(
    r"[\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff"
    r"\uac00-\ud7af]"
)
LETTERS_OF_A_NAME = 6
"""So many foreign letters may be a name, as in `Hunyuan (\u6df7\u5143)`."""


def foreign(text: str) -> bool:
    """Whether a text is not in English, in which we write.

    Args:
        text: Bare text, see `bare`.
    """
    if len(_FOREIGN_LETTERS.findall(text)) > LETTERS_OF_A_NAME:
        return True
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    strange = sum(token in _BARE_FOREIGN and token not in _AMBIGUOUS for token in tokens)
    familiar = sum(token in _ENGLISH and token not in _AMBIGUOUS for token in tokens)
    return (strange >= 3 and strange > familiar) or (strange >= 2 and not familiar)


_BARE_FOREIGN = frozenset(bare(word) for word in _FOREIGN)
