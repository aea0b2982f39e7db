"""Burmese typed with a Zawgyi font looks right only on phones that have one; everyone else reads nonsense.

Detection is Google's published model (myanmartools), conversion ICU's "Zawgyi-my" transform.
"""

import re
import warnings
from typing import Any

from icu import Transliterator
from myanmartools import ZawgyiDetector

MYANMAR = re.compile("[\u1000-\u109f\uaa60-\uaa7f]")
#: The model's authors call above 0.95 Zawgyi and below 0.05 Unicode; between them nobody can tell.
SURELY = 0.95

with warnings.catch_warnings():  # the model is read in a way that Python 3.11 calls old-fashioned
    warnings.simplefilter("ignore", DeprecationWarning)
    _detector = ZawgyiDetector()
_converter = Transliterator.createInstance("Zawgyi-my")


def looks_like_zawgyi(text: str) -> bool:
    """True when a text is almost surely not in Unicode's order. A text without Burmese never is."""
    if not MYANMAR.search(text):
        return False
    return bool(_detector.get_zawgyi_probability(text) > SURELY)


def to_unicode(text: str) -> str:
    return str(_converter.transliterate(text))


def in_unicode(value: Any) -> Any:
    """The same answer, whatever its shape, with every Zawgyi text in it converted."""
    if isinstance(value, str):
        return to_unicode(value) if looks_like_zawgyi(value) else value
    if isinstance(value, list):
        return [in_unicode(each) for each in value]
    if isinstance(value, dict):
        return {key: in_unicode(each) for key, each in value.items()}
    return value
