"""What is known about metrics by their names, in the languages the exporters print: one place, tables and patterns.

Says whether values may be summed, which columns measure and which only describe, what a ratio divides, and what a
totals row is called. Refuses to look at values: that is the work of ``numbers`` and ``tables``.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST = 256
"""Characters of a name that are looked at; no exporter writes more, and patterns over more would take for ever."""


def fold(name: str) -> str:
    """Lower case, no accents, underscores as spaces, single spaces: the form all patterns below are written for."""
    return _fold(name[:LONGEST])


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    text = name.replace("_", " ")
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))
    return " ".join(text.casefold().split())


# --- additivity -----------------------------------------------------------------------------------------------------

_PEOPLE = (
    r"users?|utilisateurs?|nutzer(?:innen)?|usuari[oa]s?|utenti|gebruikers|visitors?|visiteurs?|besucher|visitantes"
    r"|visitatori|purchasers?|buyers|followers?|subscribers?|abonnes|abonnenten|reach|reichweite|couverture|portee"
    r"|alcance|copertura|bereik|uniques?|eindeutige|returning"
)
_MEANS = (
    r"ctr|cpc|cpm|cpa|cpv|cpl|cpi|roas|roi|acos|arpu|arppu|ltv|nps|rates?|ratio|quote|taux|tasa|taxa|tasso|avg|average"
    r"|mean|median|moyen(?:ne)?s?|durchschn\w*|ø|promedio|medio|mediana|positions?|posicion|posicao|posizione|rank|rang"
    r"|ranking|share|lost is|anteil|scores?|frequency|haufigkeit|frequence|frecuencia|percent\w*|prozent"
    r"|pourcentage|porcentaje"
    r"|max|maximum|min|minimum|weighted|depth"
)
_NOT_ADDITIVE = re.compile(
    rf"\b(?:{_PEOPLE}|{_MEANS})\b|\w*rate\b(?<=rate)|\w*quote\b|%|\S ?/ ?\S|\S (?:per|par|pro|por) \S"
    rf"|^\d+ ?-?(?:day|jour|tag|dia|giorn)"
)
_NEW_PEOPLE = re.compile(
    r"^(?:new|first time|nouve\w*|neue\w*|nuev[oa]s|nuov[ei]|nov[oa]s)\s+"
    r"(?:users?|visitors?|followers?|subscribers?|utilisateurs?|visiteurs?|abonnes|nutzer|besucher"
    r"|abonnenten|usuari[oa]s|utenti"
    r"|purchasers?|buyers)$"
)


@lru_cache(maxsize=4096)
def is_additive(name: str) -> bool:
    """Whether values of this metric may be summed. People counted once per stretch, averages and rates may not.

    New users are the exception among people: each is new exactly once.
    """
    folded = fold(name)
    return bool(_NEW_PEOPLE.match(folded)) or not _NOT_ADDITIVE.search(folded)


# --- units ----------------------------------------------------------------------------------------------------------

_RATE = re.compile(
    r"\b(?:ctr|rates?|ratio|quote|taux|tasa|taxa|tasso|share|lost is|anteil|conversion purchaser"
    r"|purchaser conversion)\b"
    r"|\w+(?:rate|quote)\b|%|\bpercent\w*|\bprozent"
)
_POSITION = re.compile(r"\b(?:positions?|posicion|posicao|posizione|rang|rank|ranking)\b")
_DURATION = re.compile(
    r"\b(?:durations?|duree|dauer|duracion|duracao|durata|engagement time|time on (?:page|site)|watch time \(s"
    r"|session length|seconds|sekunden|secondes)\b|\w+dauer\b|temps d.engagement|interaktionszeit"
)
_MONEY = re.compile(
    r"\b(?:cost|costs|spend|spent|revenue|amount|budget|cpc|cpm|cpa|cpv|cpl|price|conv\.? value"
    r"|conversion value|value of sales"
    r"|turnover|profit|aov|arpu|arppu|ltv|kosten|umsatz|ausgaben|ausgegebener|betrag|preis|cout|couts|depense[es]?"
    r"|montant|revenus?|chiffre d.affaires|coste|costo|gasto|gastado|ingresos|importe|custo|receita|spesa|ricavi)\b"
)
_NOT_MONEY = re.compile(r"\bvalue ?/ ?cost\b|\broas\b|\bshare\b|\banteil\b|\blost is\b")
_WHOLE = re.compile(
    r"^(?:clicks?|klicks?|clics?|cliques|clic|impr\.?|impressions?|impressionen|impresiones|impressoes|impressioni"
    r"|views?|aufrufe|seitenaufrufe|vues|vistas|pageviews?|page views|sessions?|sitzungen|sesiones|sessoes|sessioni"
    r"|(?:active |total |new |aktive |neue )?(?:users|nutzer)|utilisateurs(?: actifs)?"
    r"|nouveaux utilisateurs|visits?|visites"
    r"|besuche|visitors?|besucher|visiteurs?|event count|interactions|interaktionen|bounces|reach|reichweite|sign-?ups?"
    r"|orders?|bestellungen|commandes)$"
)


@lru_cache(maxsize=4096)
def is_rate(name: str) -> bool:
    """Named as a fraction or percentage: CTR, bounce rate, share."""
    folded = fold(name)
    return bool(_RATE.search(folded)) and not _MONEY.search(folded.replace("cost share", ""))


@lru_cache(maxsize=4096)
def is_money(name: str) -> bool:
    folded = fold(name)
    return bool(_MONEY.search(folded)) and not _NOT_MONEY.search(folded) and not re.search(r"\brate\b", folded)


def is_position(name: str) -> bool:
    return bool(_POSITION.search(fold(name)))


def is_duration(name: str) -> bool:
    return bool(_DURATION.search(fold(name)))


def is_whole(name: str) -> bool:
    """Whether the metric counts things, so that ``1.234`` can only mean 1234."""
    return bool(_WHOLE.match(fold(name)))


_KNOWN_METRIC = re.compile(
    r"^(?:key events|conversions?|conv\..*|all conv.*|event count.*|active users|total users|new users"
    r"|users|returning users|sessions"
    r"|engaged sessions.*|engagement rate|bounce rate|views?|views per.*|total revenue|purchase revenue|items purchased"
    r"|average .*|avg\..*|transactions|purchases|exits|entrances|stickiness|cost.*|ctr|position|optimi[sz]ation score)$"
)


def is_known_metric(name: str) -> bool:
    """Whether the name alone says that this column measures something."""
    folded = fold(name)
    return bool(_WHOLE.match(folded) or _KNOWN_METRIC.match(folded)) or is_rate(name) or is_position(name)


# --- columns that describe ------------------------------------------------------------------------------------------

_IDENTIFYING = re.compile(
    r"^(?:campaign|campaign name|kampagne|kampagnenname|campagne|nom de la campagne|campana"
    r"|nombre de la campana|campanha|campagna"
    r"|ad ?group|ad group name|anzeigengruppe|groupe d.annonces|grupo de anuncios|gruppo di annunci"
    r"|ad set name|ad name|ad"
    r"|asset group|keyword|search keyword|match type|keyword-option|type de correspondance"
    r"|tipo de concordancia|suchkeyword|mot cle.*|palabra clave.*|search term|suchbegriff"
    r"|terme de recherche|termino de busqueda|device|gerat|appareil|dispositivo|network.*|netzwerk|location|standort"
    r"|country.*|land|pays|pais|region|city|stadt|ville|age|age range|gender|landing page|conversion action|audience"
    r"|placement|product title|account|account name|customer|konto|kontoname|nom du compte|hour of the day|hour)$"
)
_DESCRIBING = re.compile(
    r"(?:^|\b)(?:status|state|statut|estado|stato|zustellung|delivery|budget|budgets?|budgettyp|campaign type"
    r"|kampagnentyp|type de campagne|tipo de campana|bid strategy.*|gebotsstrategie.*"
    r"|strategie d.encheres.*|status reasons"
    r"|statusgrunde|currency.*|wahrung.*|devise|moneda|moeda|valuta|labels?|attribution setting"
    r"|result indicator|ends|id|url|criterion"
    r"|added/excluded|final url|policy details|row type|action|optimi[sz]ation score|optimierungsfaktor"
    r"|score d.optimisation)(?:\b|$)"
)
_CURRENCY_COLUMN = re.compile(
    r"^(?:currency(?: code)?|account currency|wahrung(?:scode)?|code (?:de )?devise|devise"
    r"|(?:codigo de )?moneda|(?:codigo da )?moeda"
    r"|(?:codice )?valuta|통화 코드|通貨コード|货币代码)$"
)
_METRIC_COLUMN = re.compile(
    r"^(?:metrics?|kpi|measure|metrik|kennzahl|metrique|indicateur|indicador|metrica|metriche|series|variable)$"
)


_SHARE = re.compile(r"\blost is\b|\bshare\b|\banteil\b|\brate\b|verlorene|taux d.impressions|cuota de impr")


def is_identifying(header: str) -> bool:
    return bool(_IDENTIFYING.match(fold(header)))


def is_describing(header: str) -> bool:
    """A setting or a state of the row, never a measure and not what tells rows apart."""
    folded = fold(header)
    return bool(_DESCRIBING.search(folded)) and not _SHARE.search(folded) and not is_identifying(header)


def is_currency_column(header: str) -> bool:
    return bool(_CURRENCY_COLUMN.match(fold(header)))


def is_metric_column(header: str) -> bool:
    """A column whose cells are the names of metrics."""
    return bool(_METRIC_COLUMN.match(fold(header)))


_ID = re.compile(r"(?:^|\W)id$")


def is_identifier(header: str) -> bool:
    """A column of numbers that are names: Campaign ID, Customer id."""
    return bool(_ID.search(fold(header)))


# --- totals rows ----------------------------------------------------------------------------------------------------

_TOTAL = re.compile(
    r"^(?:(?:grand |sub)?totals?|gesamt(?:summe|ergebnis|wert)?e?|insgesamt|summe|total(?:e)? general(?:e)?"
    r"|totaux|totale(?: complessivo)?"
    r"|totais|total geral|totaal|eindtotaal|totalt|totalsumma|yhteensa|suma(?: calkowita)?|razem|celkem"
    r"|toplam|genel toplam|итого|всего"
    r"|общии итог|合計|総計|总计|總計|合计|합계|총계|총합계)"
    r"\s*(?:[:：–—(].*|- .*)?$"
)
_RESULTS = re.compile(r"^(?:results from|ergebnisse aus|resultats (?:de|pour)|resultados de) \d+ ")


def is_total(cell: str) -> bool:
    """Whether a row's label names a totals row, in the languages the exporters print."""
    return len(cell) <= LONGEST and _is_total(cell.strip())


@lru_cache(maxsize=16384)
def _is_total(text: str) -> bool:
    folded = fold(text)
    return bool(_TOTAL.match(folded) or _RESULTS.match(folded))


_ACCOUNT = re.compile(
    r"^(?:account|konto|compte|cuenta|conta|rekening|konto-?gesamt|hesap|аккаунт|アカウント|계정|帐号|帳戶|账号)$"
)


def names_account(part: str) -> bool:
    """Whether a totals row is the whole account's: ``Total: Account``, ``Gesamt: Konto``."""
    return bool(_ACCOUNT.match(fold(part)))


# --- ratios ---------------------------------------------------------------------------------------------------------

_CLICKS = ("clicks", "clics", "klicks", "cliques", "clic")
_IMPRESSIONS = ("impressions", "impr.", "impressionen", "impresiones", "impressoes", "impressioni")
_COST = ("cost", "kosten", "cout", "coste", "costo", "custo", "spend")
_CONVERSIONS = ("conversions", "conv.", "conversiones", "conversoes", "conversioni")
_RATIOS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ctr": (_CLICKS, _IMPRESSIONS),
    "click-through rate": (_CLICKS, _IMPRESSIONS),
    "interaction rate": (("interactions",), _IMPRESSIONS),
    "conv. rate": (_CONVERSIONS, ("interactions", *_CLICKS)),
    "conversion rate": (_CONVERSIONS, (*_CLICKS, "sessions", "visits", "visitors")),
    "avg. cpc": (_COST, _CLICKS),
    "cpc": (_COST, _CLICKS),
    "durchschn. cpc": (_COST, _CLICKS),
    "cpc moy.": (_COST, _CLICKS),
    "avg. cost": (_COST, ("interactions",)),
    "cost / conv.": (_COST, _CONVERSIONS),
    "kosten/conv.": (_COST, _CONVERSIONS),
    "conv. value / cost": (("conv. value", "conversion value"), _COST),
    "bounce rate": (("bounces",), ("visits", "sessions")),
    "engagement rate": (("engaged sessions",), ("sessions",)),
    "views per visit": (("pageviews",), ("visits",)),
}
_PER = re.compile(r"^(?P<top>.+?)s? (?:per|/) (?P<bottom>.+)$")


def ratio_parts(name: str, siblings: list[str]) -> tuple[str, str]:
    """The sibling metrics a ratio divides, spelt as in ``siblings``; empty strings where they are not there."""
    folded = {fold(sibling): sibling for sibling in siblings if sibling != name}
    wanted = _RATIOS.get(fold(name))
    if wanted is None:
        match = _PER.match(fold(name))
        if match is None:
            return "", ""
        top, bottom = match["top"], match["bottom"]
        wanted = ((top, top + "s"), (bottom, bottom + "s"))
    numerator = next((folded[n] for n in wanted[0] if n in folded), "")
    denominator = next((folded[n] for n in wanted[1] if n in folded), "")
    return (numerator, denominator) if numerator and denominator else ("", "")
