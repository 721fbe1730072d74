"""Words in quotation marks, as each language sets them."""

import re

from django.utils.translation import gettext

_MARKS = '"“”„‟«»＂'
_QUOTED = re.compile(rf"[{_MARKS}]\s*([^{_MARKS}]*[^{_MARKS}\s])\s*[{_MARKS}]")


def quoted(words: str) -> str:
    """The words between the marks of the reader's language, once: those that are quoted already get no second pair.

    What is quoted within them stands between the inner marks of the language.
    """
    if whole := _QUOTED.fullmatch(words.strip()):
        words = whole[1]
    inner = _QUOTED.sub(lambda match: gettext("‘%(words)s’") % {"words": match[1]}, words)
    return gettext("“%(words)s”") % {"words": inner}
