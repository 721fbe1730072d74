"""Queries that ask for something of the site itself, such as its data or who runs it, in three languages. Pure.

A page is asked for where the query has a word of each of its groups, and every other word of the query frames a
question or may stand beside them: "data protection" does not ask for the page of the data.
"""

import re
from collections.abc import Collection, Iterable

from .fold import fold

# Words of a question that say nothing of what is asked.
_FRAME = """
    a about all an and any are as at be been by can could did do does for from get give has have how i in is it its me
    of on one or our please say said says see show tell that the their them there these they this to us was we were
    what when where which who whose with would you your report reports state party committee site website page
    pages un
    al como con cual cuales cuando de del desde donde dice dicen e el en es esa ese eso esta este esto estan fue ha han
    hay la las le lo los me mi o para pasado por puede puedo que quien se si sobre son su sus tiene toda todas todo
    todos un una y ver informe informes estado parte comite sitio web pagina paginas onu
    au aux avec ce celui ces cet cette c comment d dans des dit dont du elle est et etat il ils j je l la le les leur
    m mon nous on ou par partie passe peut peux pour qu quand quel quelle quelles quels qui quoi rapport rapports s sa
    ses son sont sur t tous tout toute toutes trouver un une vous y
"""
_NOTHING = """
    nothing no not none without silent silence missing missed leave* left omit* ignor* unaddressed unmentioned
    unreported uncovered unlinked gap gaps absent lack* never nada ningun* sin silencio* falta* omit* omis* vacio*
    ausente* rien aucun* sans ne n pas muet* manqu* lacune*
"""
_ARTICLES = "article articles articulo* provision provisions disposicion* disposition*"
_SAY = """
    mention* cover* address* discuss* treat* deal* refer* report* inform* talk* speak* link* paragraph* convention
    mencion* trata* aborda* habla* vincul* parrafo* convencion cubre* cubiert* evoqu* abord* parle* couv* trait* lie*
    associe* paragraphe* rapporte* respond* respuesta* repond* part parte partie i
    ii iii iv v vi vii viii ix
"""
_ON_SITE = "site website page sitio web pagina blog service servicio"
_DOCUMENT = """
    text* texto* texte* document* documento* pdf docx version* copy copies copia file files archivo* fichier* source
    fuente report informe rapport
"""
# For each page: ways to ask for it, each of groups of which it needs a word, and the words that may stand beside them.
# A word with a star stands for all that begin so.
_PAGES: dict[str, tuple[list[tuple[str, ...]], str]] = {
    "unlinked": ([(_ARTICLES, _NOTHING), ("cover* address* mention* aborda* mencion* couv* evoqu*", _NOTHING)], _SAY),
    "data": (
        [
            (
                "api csv xls xlsx excel json rdf xml spreadsheet* download* export dataset* hoja* descarg* "
                "exportar tableur* telecharg* exporter",
            )
        ],
        "data datos donnees open abiertos ouvertes list* liste* table* tabla* cuadro* tableau* institution* "
        "institucion* law* ley* loi* programme* programa* figure* cifra* chiffre* article* calculo use usar utiliser "
        f"{_DOCUMENT}",
    ),
    "changes": (
        [("change* update* modifi* cambi* actualiz* novedad* nouveaute* feed rss atom",)],
        "last since month week year day today new recent* latest what's ultim* mes semana ano dia hoy nuevo* dernier* "
        "depuis mois semaine annee jour hier yesterday ayer history historial historique content contenido contenu",
    ),
    "responsibility": (
        [
            ("contact* owner* contacto* proprietaire* webmaster imprint",),
            (
                "run runs made maintain* behind responsib* responsab* publish* operat* gestiona* administra* "
                "publi* gere",
                _ON_SITE,
            ),
        ],
        f"{_ON_SITE} editor* editeur* email mail e-mail correo courriel direccion adresse address",
    ),
    "report-an-error": (
        [("error* mistake* wrong incorrect* correction* errata typo* erreur* faute* errores equivoc* correccion*",)],
        f"{_ON_SITE} report* notify signal* avis* notific* comunic* inform* link* enlace* lien* paragraph* parrafo*",
    ),
    "fidelity": (
        [
            (
                "official original authentic* real really genuine exact* true unchanged complete* faithful* fidel* "
                "oficial* autentic* realmente integr* complet* verdader* officiel* vraiment",
                _DOCUMENT,
            ),
            ("pdf docx fidelity fidelidad fidelite authenticity autenticidad authenticite",),
        ],
        "submit* sent send presen* enviad* soumis* download* descarg* telecharg* same mismo meme english ingles "
        f"anglais spanish espanol espagnol french frances francais word {_DOCUMENT}",
    ),
    "documents": (
        [
            ("concluding", "observation* remark* comment*"),
            ("finales", "observacion* observation*"),
            ("list lista liste", "issue* cuestion* point*"),
            ("summary acta* compte*", "record* resumid* rendu*"),
            ("recommend* recomend* recommand* conclu*", "committee comite"),
        ],
        "question* pregunta* prior antes avant conclude* concluy* concl* meeting* sesion* seance* [0-9]*",
    ),
    "convention": (
        [("text* texto* texte* wording full", "convention convencion treaty tratado traite icrmw")],
        "official",
    ),
    "citing": (
        [("cite cites citing citation citations citar cita citas citer zotero bibtex oscola",)],
        f"paragraph* parrafo* paragraphe* footnote* nota* note* style* estilo* {_DOCUMENT}",
    ),
    "rights": (
        [
            (
                "licence license copyright licencia reuse reutiliz* reutilis* droits derechos",
                "licence license copyright licencia reuse reutiliz* reutilis* autor auteur",
            )
        ],
        f"creative commons {_DOCUMENT}",
    ),
    "basket": ([("basket cart cesta carrito panier",)], ""),
    "accessibility": (
        [("accessibility accesibilidad accessibilite", "statement declaracion declaration site sitio web")],
        "",
    ),
}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace("*", "[a-z0-9'-]*") for word in words.split()) or "(?!)")


_WAYS = {
    page: ([[_pattern(group) for group in way] for way in ways], _pattern(" ".join([_FRAME, beside, *sum(ways, ())])))
    for page, (ways, beside) in _PAGES.items()
}
_MOST_WORDS = 16  # of a query that may ask for a page


def pages_asked_for(query: str, names: Iterable[str] = ()) -> list[str]:
    """The pages of the site that a query asks for, by the keys above; `names` of the State only frame a question."""
    framing = {word for name in names for word in _words(name)}
    words = [word for word in _words(query) if word not in framing]
    if not words or len(words) > _MOST_WORDS:
        return []
    return [page for page, (ways, known) in _WAYS.items() if _is_asked(words, ways, known)]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))


def _is_asked(words: Collection[str], ways: list[list[re.Pattern[str]]], known: re.Pattern[str]) -> bool:
    if not all(known.fullmatch(word) for word in words):
        return False
    return any(all(any(group.fullmatch(word) for word in words) for group in way) for way in ways)
