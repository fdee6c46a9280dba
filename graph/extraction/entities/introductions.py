"""People whom the opening of a document introduces without a name, and the names that turn out to be theirs.

News does it all the time: "A blogger was deported …", and the next paragraph starts with the blogger's name; "Two brothers …", and
then come two names; "two colleagues, X and Y".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction import lexicon
from graph.extraction.entities import anaphora
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.extraction.entities.cast import Cast, Member
    from graph.extraction.entities.nominals import Nominal
    from graph.extraction.entities.pages import Item, Page


_AMONG = re.compile(r",? (?:among (?:them|whom)(?: were| are)?|including)(?: [\w'’-]+){0,3} $")


@dataclass(slots=True)
class Introduced:
    """Somebody without a name yet: the member, how many people it is, and the number of the page."""

    member: int
    number: int
    page: int
    lemma: str
    turn: int


class Introductions:
    """`same` leads from a member without a name to the named ones that turned out to be meant."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.introduced: list[Introduced] = []
        self.same: dict[int, tuple[int, ...]] = {}
        self.ends: dict[int, int] = {}
        """Where a group without names ends, and the group."""
        self.turn = 0
        """Paragraphs read so far, and of these the ones that tell something, not headlines."""
        self.pages = 0
        self.begin = -1
        """Where the first paragraph that tells something starts; what is named before it stands in a headline or under a picture."""

    def introduce(self, page: Page, item: Item, nominal: Nominal, member: Member) -> None:
        """Remember whom the first two paragraphs bring in without a name: "a Turkmen blogger", "two brothers"."""
        kin = nominal.lemma in lexicon.load().gender and nominal.possessor >= 0
        person = nominal.type is EntityType.person and nominal.number == 1 and (kin or (nominal.possessor < 0 and (
            nominal.determiner == "a" or (nominal.determiner == "" and page.text.rstrip()[-1:] not in '.!?”"'))))
        group = nominal.type is EntityType.group and nominal.number > 1 and not nominal.partitive and "other" not in nominal.modifiers
        if self.pages < 3 and item.quoted < 0 and (person or group) and (
                nominal.lemma not in anaphora.STRANGERS or (group and anaphora.is_patient(page.tokens, item.token))) and \
                (kin or anaphora.is_patient(page.tokens, item.token) or anaphora.is_subject(page.tokens, item.token)
                 or (group and anaphora.receives(page.tokens, item.token))):
            self.introduced.append(Introduced(member.index, nominal.number, self.pages, nominal.lemma, self.turn))

    def named_later(self, page: Page, item: Item, member: Member, start: int) -> None:
        """The first new name at the start of the next paragraph is that of the one person whom the paragraph before introduced."""
        if re.search(r"\band\b|,", page.text[:item.start]):
            return
        if member.first >= 0 or member.type is not EntityType.person or item.quoted >= 0 or start - page.offset > 60 or len(member.name.split()) < 2 \
                or not anaphora.is_subject(page.tokens, item.token) or page.tokens.sent[item.token] > 0:
            return
        single = [one for one in self.introduced if one.number == 1 and one.turn == self.turn - 1 and (
            self.cast.members[one.member].possessor < 0 or (member.gender and self.cast.members[one.member].gender == member.gender))]
        fresh = [one for one in single if one.member not in self.same and self.cast.members[one.member].gender in {"", member.gender or self.cast.members[one.member].gender}]
        listed = re.match(r"(?:, (?:aged )?\d+| \(\d+\))?(?:,? (?:and|or|,) |, (?:a|an|his|her|their) )", page.text[item.end:item.end + 20])
        if len(fresh) == 1 and len(single) == 1 and not listed:
            nameless = self.cast.members[fresh[0].member]
            self.same[nameless.index] = (member.index,)
            member.roles |= nameless.roles
            member.gender = member.gender or nameless.gender

    def listed(self, page: Page, named: Sequence[tuple[int, tuple[int, ...]]]) -> None:
        """Those in a list right after "two colleagues, " are these colleagues; `named` has start and members of each in the list."""
        for index, (start, _) in enumerate(named):
            group = self.ends.get(page.offset + start - 2) if page.text[start - 2:start] in {", ", ": "} else None
            members = tuple(dict.fromkeys(i for _, there in named[index:] for i in there))
            if index == 0 and members and _AMONG.search(page.text[max(0, start - 60):start]):
                larger = [end for end, one in self.ends.items() if page.offset <= end < page.offset + start and self.cast.members[one].number > len(members)]
                if larger and (some := self.ends[max(larger)]) not in self.same:
                    self.same[some] = (some, *members)
            if group is not None and len(members) == self.cast.members[group].number:
                self.same[group] = members

    def named_together(self, page: Page, members: tuple[int, ...]) -> None:
        """A first list of as many new names as the opening counted people names them."""
        people = [self.cast.members[i] for i in members]
        if all(one.kind == "name" and (one.first >= page.offset or one.first < self.begin) for one in people):
            gender = {one.gender for one in people} - {""}
            known = lexicon.load().gender
            groups = [one for one in self.introduced if one.number == len(members) and self.pages - 2 <= one.page and one.member not in self.same
                      and gender <= {known.get(one.lemma, "m"), known.get(one.lemma, "f")}]
            for group in groups:
                if group.lemma == groups[0].lemma:
                    self.same[group.member] = members
