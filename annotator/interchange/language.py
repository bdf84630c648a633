"""The language of a text, from its commonest words or characters. Says nothing rather than something doubtful."""

import re
from collections import Counter

# Words that are frequent in any prose of the language, and few others have.
WORDS = {
    "en": "the of and to in that is was for with on by has not are be it this which have from its as",
    "fr": "le la les de des du et en un une que qui dans pour par sur est au aux il ne pas ce cette sont",
    "es": "el la los las de del y en un una que por con para se su es al no lo como más sus este",
    "pt": "o a os as de do da dos das e em um uma que por com para se não no na ao é seu sua",
    "it": "il lo la gli le di del della dei e in un una che per con non si è al alla nel sono ha",
    "de": "der die das und in den von zu mit ist des auf für nicht ein eine dem im sich wird hat auch als",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er door ook heeft worden die bij",
    "pl": "i w na z do się nie że jest o to od przez dla po za oraz które który ma jako przed",
    "cs": "a v na se je že do s z o pro by k ve jsou který které ale jako byl za není to",
    "hu": "a az és hogy nem is egy ez azt meg csak el már van volt mint ha vagy szerint ami",
    "ro": "și de în la a cu din pe care nu este o un pentru sa mai că prin al au fi",
    "tr": "ve bir bu da de için ile olarak olan daha çok gibi ne kadar değil en her sonra tarafından",
    "sv": "och i att det som en på är av för med den till inte om har ett de från var",
    "id": "yang dan di dengan untuk tidak dari dalam ini itu pada adalah ke oleh akan telah juga bahwa",
    "vi": "và của là có các cho không được trong với những một người đã này về để đến khi từ",
    "ru": "и в не на что с по а как его к из у за от для это о но при которые также все мы против был она или чтобы",
    "uk": "і в не на що з та у до як за це від для про його але є які був також або",
    "bg": "и на да се в за не от е са че с по като със до това при бъде които",
    "el": "και το να του η της με που για την από τα οι των τον στο στην είναι θα δεν",
    "ar": "في من على إلى أن التي الذي هذا هذه عن مع ما لا كان بين كل أو قد ذلك لم",
    "fa": "و در به از که این را با است برای آن یک خود تا های می بر نیز شده ها",
    "ur": "کے میں کی ہے اور سے کا کو نے پر یہ کہ ہیں اس کر بھی ان نہیں تھا گیا",
    "he": "של את על לא הוא כי זה עם גם אל כל היא בין אך או יש אשר אין כך מן",
}
# Characters that are frequent in scripts without blanks between words, and in Korean, whose endings stick to words.
CHARACTERS = {
    "ja": "のにはをたがでてとしれさいるなもかすらりこまっだくよ",
    "zh": "的一是不在了有和人这中大为上国我以要他会对發发表示这方出也和与與将必须須反对對",
    "ko": "이다의는을에고하가를은한로도지과정인대적서해어사국시자",
}
# Letters beyond a to z that a language writes: they tell its encodings apart.
LETTERS = {
    "en": "éèêëïçôöñü",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíóúüñªº",
    "pt": "áâãàçéêíóôõúüªº",
    "it": "àèéìíòóùú",
    "de": "äöüßé",
    "nl": "ëéïèöüó",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "tr": "çğıöşüâîû",
    "sv": "åäöé",
    "id": "é",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ",
    "ru": "а-яё",
    "uk": "а-щьюяґєії",
    "bg": "а-ъьюя",
    "el": "ά-ώϊΐ",
    "ar": "\u0621-\u0652\u0660-\u0669،؛؟",
    "fa": "\u0621-\u0652\u06f0-\u06f9پچژکگی،؛؟\u200c",
    "ur": "\u0600-\u06ff",
    "he": "\u05b0-\u05ea",
    "ja": "\u3000-\u30ff\u3400-\u9fff\uff00-\uff60",
    "zh": "\u3000-\u303f\u3400-\u9fff\uff00-\uff60",
    "ko": "\u3000-\u303f\u3400-\u9fff\uac00-\ud7a3",
}
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # of BCP 47, near enough
LOOKED_AT = 4000  # characters
RELIABLE = 0.12  # share of the words that must be among the frequent ones; twice that is usual
AHEAD = 1.6  # how far the best language must lead
FEWEST = 8  # words
SIGNS = "«»“”‘’„–—…°€№"  # not letters, in the encodings of many languages

_WORD = re.compile(r"[^\W\d_]+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LANGUAGES = {
    word: tuple(language for language, words in WORDS.items() if word in words.split())
    for word in " ".join(WORDS.values()).split()
}
_WRITTEN = {language: re.compile(f"[{letters}]") for language, letters in LETTERS.items()}


def likely(text: str) -> str:
    """The BCP 47 code of the language of a text, or "" when that is not plain."""
    scores = sorted(((score, language) for language, score in _scores(text[:LOOKED_AT]).items()), reverse=True)
    (best, language), (second, _) = scores[:2]
    return language if best >= RELIABLE and best >= AHEAD * second else ""


def fit(text: str) -> float:
    """How much a text is like one in a language it could be in: for telling encodings apart. Words count most; where
    they say nothing, that all letters beyond ASCII are those of one language."""
    letters = _letters(text)
    words = {language: score for language, score in _scores(text).items() if score >= RELIABLE}
    return (
        max((score * letters[language] for language, score in words.items()), default=0.0) + max(letters.values()) / 10
    )


def _scores(text: str) -> dict[str, float]:
    """Language -> share of the words, or of the characters, that are among its frequent ones."""
    words = [word for word in _WORD.findall(text.casefold()) if not _CJK.match(word)]
    hits = Counter(language for word in words for language in _LANGUAGES.get(word, ()))
    scores = {language: hits[language] / len(words) if len(words) >= FEWEST else 0.0 for language in WORDS}
    written = Counter(_CJK.findall(text))
    count = written.total()
    share = count / (count + sum(map(len, words))) if count >= FEWEST else 0.0
    for language, frequent in CHARACTERS.items():
        scores[language] = share * sum(written[one] for one in set(frequent)) / max(count, 1)
    if scores["ja"] > RELIABLE:  # kana: Chinese and Korean have none
        scores["zh"] = scores["ko"] = 0.0
    return scores


def _letters(text: str) -> dict[str, float]:
    """Language -> share of what is beyond ASCII that are letters it writes."""
    beyond = Counter(one for one in text.lower() if one > "\xa0" and one not in SIGNS)
    count = beyond.total()
    return {
        language: sum(times for one, times in beyond.items() if written.match(one)) / count if count else 1.0
        for language, written in _WRITTEN.items()
    }
