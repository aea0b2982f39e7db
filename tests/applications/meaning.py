"""What a converted form means: bindings, texts by language, choices and structure, without the order of
attributes, spaces, and the row numbers that pyxform puts into names of its own.
"""

import re
from typing import Any
from xml.etree import ElementTree

GENERATED = re.compile(
    r"(generated_table_list_label|reserved_name_for_field_list_labels|generated_note_name)_\d+"
)


def meaning_of(xform: str) -> Any:
    return _element(ElementTree.fromstring(GENERATED.sub(r"\1", xform)))


def _element(element: ElementTree.Element) -> Any:
    return (
        element.tag,
        sorted((name, _words(value)) for name, value in element.attrib.items()),
        _words(element.text),
        [(_element(child), _words(child.tail)) for child in element],
    )


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
