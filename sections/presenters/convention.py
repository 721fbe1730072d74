"""The tints of articles in words."""

from django.utils.translation import gettext

from sections.queries.convention import TINTS


def tint_steps() -> list[tuple[int, str]]:
    """Each step of the tint and the numbers of paragraphs that it stands for, in words."""
    words = [gettext("nothing reported")]
    for fewest, following in zip(TINTS, [*TINTS[1:], None], strict=True):
        if following is None:
            words.append(gettext("%(fewest)s or more") % {"fewest": fewest})
        elif following - 1 > fewest:
            words.append(gettext("%(fewest)s to %(most)s") % {"fewest": fewest, "most": following - 1})
        else:
            words.append(str(fewest))
    return list(enumerate(words))
