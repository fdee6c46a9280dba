"""What a cell means: an entity by its id, name or alias."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Entity


def fold(name: str) -> str:
    """A name as it is compared: compatibility characters, case, accents and white space do not count."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """The last part of an id made from a name: letters and digits of any script, joined by `-`; never empty."""
    return re.sub(r"[\W_]+", "-", fold(name)).strip("-")[:80].strip("-") or "unnamed"


class Names:
    """Entities by id, name and alias."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id: dict[str, Entity] = {}
        self._by_name: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            self._by_id[entity.id] = entity
            for key in dict.fromkeys(map(fold, (entity.name, *entity.aliases))):
                self._by_name[key].append(entity)

    def find(self, cell: str) -> list[Entity]:
        """Every entity that the cell may mean: one where it is an id; else by name or alias."""
        if cell in self._by_id:
            return [self._by_id[cell]]
        found = self._by_name.get(fold(cell), [])
        exact = [e for e in found if fold(e.name) == fold(cell)]
        return exact if len(exact) == 1 else found

    def nearest(self, cell: str) -> list[str]:
        """The three names most like the cell."""
        close = nearest(fold(cell), list(self._by_name))
        return list(dict.fromkeys(self._by_name[key][0].name for key in close))
