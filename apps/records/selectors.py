"""The mapping files that ship with the platform, and where their data lies."""

from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Invalid
from apps.records.rules.mapping import Mapping, MappingFault, parse_mapping

FOLDER = Path(__file__).parent
MAPPINGS = FOLDER / "mappings"
DATA = FOLDER / "data"

#: Loaded in this order by `load_real_sets`.
REAL_SETS = (
    "open-university",
    "scholarship-holders",
    "carpentries-cohorts",
    "carpentries-applications",
    "carpentries-instructors",
    "carpentries-trainers",
    "carpentries-workshops",
)


@cache
def shipped_mappings() -> dict[str, Mapping]:
    """Every shipped mapping by name; read once, because they change only with the code."""
    paths = sorted(MAPPINGS.glob("*.toml"))
    return {path.stem: parse_mapping(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def mapping_named(name: str) -> Mapping:
    """Raises Invalid at the field `mapping` when there is none of this name."""
    try:
        return shipped_mappings()[name]
    except KeyError:
        raise Invalid(fields={"mapping": [_("Choose one of the listed kinds of file.")]}) from None


def mapping_at(path: Path) -> Mapping:
    """A mapping file of an operator's own. Raises MappingFault when it cannot be read."""
    try:
        return parse_mapping(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingFault(f"{path}: {error}") from error


def data_files(mapping: Mapping) -> list[Path]:
    return [DATA / name for name in mapping.data]
