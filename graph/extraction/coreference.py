"""Whom names, nominals and pronouns of a document mean, read from its first word to its last.

Rules only, and unresolved is better than wrong: a pronoun is resolved where one candidate stands out by nearness, by being the
subject, and by gender and number as far as the text tells them. The order of the preferences follows Hobbs (1978) and
Lappin and Leass (1994): same sentence, then the one before; subjects before objects; an object never means its own subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction import anaphora, lexicon
from graph.model import EntityType

if TYPE_CHECKING:

    from graph.extraction.cast import Member
    from graph.extraction.linking import Links
    from graph.extraction.names import Name
    from graph.extraction.nominals import Nominal
    from graph.extraction.words import Tokens

PEOPLE = {EntityType.person, EntityType.official}
HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
THEY = {"they", "them", "their", "theirs", "themselves"}
IT = {"it", "its", "itself"}
ME = {"i", "me", "my", "mine", "myself"}
PRONOUNS = {*HE, *THEY, *IT, *ME}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
WINDOW = 3
"""Sentences back that a pronoun may reach."""


@dataclass(slots=True, order=True)
class Seen:
    """A mention that has been resolved; offsets are of the document."""

    start: int
    end: int
    members: tuple[int, ...]
    sentence: int
    verb: int
    """The verb that governs it, as a number that no other verb of the document has."""
    subject: bool
    kind: str
    quoted: bool
    token: int = -1
    """The number of the token that heads it."""


@dataclass(slots=True)
class Item:
    """A name, a nominal or a pronoun that is to be resolved."""

    start: int
    end: int
    token: int
    name: Name | None = None
    nominal: Nominal | None = None
    quoted: int = -1
    """The number of the quotation it stands in, or -1."""


@dataclass(slots=True)
class Introduced:
    """Somebody without a name yet: the member, how many people it is, and the number of the page."""

    member: int
    number: int
    page: int


@dataclass(slots=True)
class Page:
    """A paragraph with all that is needed to resolve what it mentions."""

    offset: int
    text: str
    tokens: Tokens
    names: list[Name]
    nominals: list[Nominal]
    titles: dict[int, list[str]]
    first_sentence: int
    first_token: int


class Resolver:
    """Reads pages in order; `mentions` holds what it has found: start, end, type, kind, members."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.cast = links.cast
        self.seen: list[Seen] = []
        self.sets: list[tuple[int, tuple[int, ...]]] = []
        self.mentions: list[tuple[int, int, EntityType, str, tuple[int, ...]]] = []
        self.at: dict[int, tuple[int, ...]] = {}
        """Members by the document-wide number of the token that heads their mention."""
        self.narrator: int = -1
        self.introduced: list[Introduced] = []
        """People whom the opening of the document introduces without a name."""
        self.same: dict[int, tuple[int, ...]] = {}
        """A member without a name to the named ones that turned out to be meant."""
        self.pages = 0

    def read(self, page: Page) -> None:
        """Resolve one page: first what stands outside quotations, so that their speakers are known, then what is quoted."""
        quotes = anaphora.quotations(page.text)
        items = sorted(self._items(page, quotes), key=lambda item: (item.quoted >= 0, page.tokens.at[item.token], item.end))
        named = anaphora.appositions(page.text, page.names, page.nominals, page.tokens)
        lists = anaphora.coordinations(page.names, page.nominals, page.tokens)
        speakers: dict[int, int] = {}
        asked = False
        for item in items:
            while lists and lists[0][0] <= item.start:
                self._list(page, *lists.pop(0))
            if item.quoted >= 0 and not asked:
                speakers = self._speakers(page, quotes)
                asked = True
            speaker = speakers.get(item.quoted, -1) if item.quoted >= 0 else -1
            if item.name:
                self._name(page, item, item.name)
            elif item.nominal:
                self._nominal(page, item, item.nominal, named.get(item.nominal.head), speaker)
            else:
                self._pronoun(page, item, speaker)
        for end, heads in lists:
            self._list(page, end, heads)
        self.pages += 1

    # -- what is there

    def _items(self, page: Page, quotes: list[tuple[int, int]]) -> list[Item]:
        tokens = page.tokens
        items = [Item(n.start, n.end, tokens.root(*tokens.covering(n.start, n.end)), name=n) for n in page.names]
        taken = {item.token for item in items}
        items += [Item(n.start, n.end, n.head, nominal=n) for n in page.nominals]
        items += [Item(tokens.at[i], tokens.end[i], i) for i in range(tokens.n)
                  if tokens.lower[i] in PRONOUNS and i not in taken and (tokens.pos[i] in {"PRON", "DET"} or tokens.lower[i] in {"his", "her"})
                  and not (tokens.text[i] == "I" and i + 1 < tokens.n and tokens.text[i + 1] == ".")]
        for item in items:
            item.quoted = next((k for k, (a, b) in enumerate(quotes) if a <= item.start < b), -1)
        return items

    def _saw(self, page: Page, item: Item, members: tuple[int, ...], kind: str) -> None:
        tokens = page.tokens
        start, end = page.offset + item.start, page.offset + item.end
        if members:
            type_ = self.cast.members[members[0]].type if len(members) == 1 else EntityType.group
        else:
            type_ = item.nominal.type if item.nominal else EntityType.person
        self.mentions.append((start, end, type_, kind, members))
        if not members:
            return
        if kind == "name" and len(members) == 1:
            self._named_later(page, item, self.cast.members[members[0]], start)
        self.at[page.first_token + item.token] = members
        seen = Seen(start, end, members, page.first_sentence + tokens.sent[item.token], page.first_token + anaphora.verb_of(tokens, item.token),
                    anaphora.is_subject(tokens, item.token), kind, item.quoted >= 0, page.first_token + item.token)
        insort(self.seen, seen)
        for index in members:
            member = self.cast.members[index]
            member.last = max(member.last, start)
            member.count += kind != "nominal"
            member.patient = member.patient or anaphora.is_patient(tokens, item.token)
            member.first = start if member.first < 0 else min(member.first, start)

    # -- names

    def _name(self, page: Page, item: Item, name: Name) -> None:
        member = self.links.choose(name)
        if member is None:
            return
        for role in page.titles.get(name.start, ()):
            self._called(member, role, title=True)
        self._saw(page, item, (member.index,), "name")

    def _called(self, member: Member, role: str, *, title: bool = False) -> None:
        """Somebody is called by this noun: what it tells of gender, office and kind."""
        lex = lexicon.load()
        member.roles.add(role)
        if member.type in PEOPLE:
            if role in lex.gender and (not member.gender or title):
                member.gender = lex.gender[role]
            if lex.nouns.get(role) is EntityType.official:
                member.type = EntityType.official

    # -- nominals

    def _nominal(self, page: Page, item: Item, nominal: Nominal, named: Name | None, speaker: int) -> None:
        tokens = page.tokens
        lex = lexicon.load()
        owners: tuple[int, ...] = ()
        if nominal.possessor >= 0:
            owners = self.at.get(page.first_token + nominal.possessor, ())
            if not owners and tokens.lower[nominal.possessor] in ME and speaker >= 0:
                owners = (speaker,)
        within = self.links.choose(nominal.within) if nominal.within else None
        member = self.links.choose(named) if named else None
        if member is None:
            complement = anaphora.copula_subject(tokens, nominal.head)
            subject = self.at.get(page.first_token + complement, ()) if complement >= 0 else ()
            if len(subject) == 1 and nominal.number == 1 and _fits(self.cast.members[subject[0]], nominal):
                member = self.cast.members[subject[0]]
        if member is not None and _fits(member, nominal):
            self._called(member, nominal.lemma)
            member.roles.update(nominal.modifiers)
            if len(owners) == 1 and member.possessor < 0 and owners[0] != member.index:
                member.possessor = owners[0]
            self._saw(page, item, (member.index,), "nominal")
            return
        members = anaphora.meaning(self, nominal, owners, within, page.offset + item.start)
        if not members and not nominal.partitive:
            fresh = self._new(nominal, owners, within, lex)
            self._introduce(page, item, nominal, fresh)
            members = (fresh.index,)
        elif nominal.partitive:
            members = (self.cast.add(nominal.type, nominal.name, "nominal").index,)
        self._saw(page, item, members, "nominal")

    def _new(self, nominal: Nominal, owners: tuple[int, ...], within: Member | None, lex: lexicon.Lexicon) -> Member:
        name = nominal.whole if nominal.determiner == "poss" and not owners else nominal.name
        if len(owners) == 1 and nominal.determiner == "poss" and " of " not in name and self.cast.members[owners[0]].name not in name:
            owner = self.cast.members[owners[0]]
            name = f"{name} of {owner.name}" if owner.kind == "name" or nominal.whole == name else nominal.whole
        old = self.cast.get(name)
        if old is not None and old.kind == "nominal" and old.type is nominal.type and ((nominal.determiner != "a" and (nominal.number != 1 or owners))
                                                                                        or nominal.type is EntityType.organization):
            return old
        member = self.cast.add(nominal.type, name, "nominal")
        member.number = nominal.number
        member.roles = {nominal.lemma, *nominal.modifiers} - {""}
        member.gender = lex.gender.get(nominal.lemma, "")
        if len(owners) == 1:
            member.possessor = owners[0]
        if within is not None and nominal.type in {EntityType.organization, EntityType.group} and within.type in {EntityType.organization, EntityType.place}:
            member.parent = within.index
        elif nominal.nation and nominal.type is EntityType.organization and (country := self.cast.get(nominal.nation)) is not None:
            member.parent = country.index
        return member

    def _introduce(self, page: Page, item: Item, nominal: Nominal, member: Member) -> None:
        """Remember whom the first two paragraphs bring in without a name: "a Turkmen blogger", "two brothers"."""
        person = nominal.type is EntityType.person and nominal.determiner in {"a", ""} and nominal.number == 1 and nominal.possessor < 0
        group = nominal.type is EntityType.group and nominal.number > 1 and not nominal.partitive and "other" not in nominal.modifiers
        if self.pages < 3 and item.quoted < 0 and (person or group) and nominal.lemma not in anaphora.STRANGERS and \
                (anaphora.is_patient(page.tokens, item.token) or anaphora.is_subject(page.tokens, item.token)):
            self.introduced.append(Introduced(member.index, nominal.number, self.pages))

    def _named_later(self, page: Page, item: Item, member: Member, start: int) -> None:
        """The first new name at the start of the next paragraph is that of the one person whom the paragraph before introduced."""
        if re.search(r"\band\b|,", page.text[:item.start]):
            return
        if member.first >= 0 or member.type not in PEOPLE or item.quoted >= 0 or start - page.offset > 60 or len(member.name.split()) < 2 \
                or not anaphora.is_subject(page.tokens, item.token) or page.tokens.sent[item.token] > 0:
            return
        single = [one for one in self.introduced if one.number == 1 and one.page < self.pages]
        fresh = [one for one in single if one.member not in self.same and self.cast.members[one.member].gender in {"", member.gender or self.cast.members[one.member].gender}]
        listed = re.match(r"(?:, (?:aged )?\d+| \(\d+\))?,? (?:and|or|,) ", page.text[item.end:item.end + 20])
        if len(fresh) == 1 and len(single) == 1 and fresh[0].page == self.pages - 1 and not listed:
            nameless = self.cast.members[fresh[0].member]
            self.same[nameless.index] = (member.index,)
            member.roles |= nameless.roles
            member.gender = member.gender or nameless.gender

    # -- pronouns

    def _pronoun(self, page: Page, item: Item, speaker: int) -> None:
        tokens, low = page.tokens, page.tokens.lower[item.token]
        if low in ME:
            members: tuple[int, ...] = (speaker,) if item.quoted >= 0 and speaker >= 0 else (self.narrator,) if item.quoted < 0 and self.narrator >= 0 else ()
        elif low in IT and anaphora.empty_it(tokens, item.token):
            return
        else:
            members = self._antecedent(page, item, low, speaker)
        self._saw(page, item, members, "pronoun")

    def _antecedent(self, page: Page, item: Item, low: str, speaker: int) -> tuple[int, ...]:
        tokens = page.tokens
        start = page.offset + item.start
        sentence = page.first_sentence + tokens.sent[item.token]
        verb = page.first_token + anaphora.verb_of(tokens, item.token)
        doer = page.first_token + anaphora.subject_of(tokens, anaphora.verb_of(tokens, item.token))
        own = tokens.dep[item.token] == "poss" or low.endswith(("self", "selves"))
        subject = anaphora.is_subject(tokens, item.token)
        gender = HE.get(low, "")
        opening = tokens.sent[item.token] == 0 and bool(gender or low in THEY)
        most = max((m.count for m in self.cast.members if m.type in PEOPLE), default=1) or 1
        best: dict[tuple[int, ...], float] = {}
        for seen in reversed(self.seen[:bisect_left(self.seen, start, key=lambda s: s.start)]):
            distance = sentence - seen.sentence
            if distance > WINDOW + 2 * opening:
                break
            if seen.end > start or (speaker in seen.members and item.quoted >= 0) or (seen.kind == "nominal" and seen.end + 2 >= start and subject):
                continue
            if not own and seen.verb == verb and seen.subject and not subject and seen.token >= doer:
                continue
            fit = self._fit(seen, low, gender)
            if fit is None:
                continue
            score = fit - (min(distance, 1) + 0.3 * max(distance - 1, 0) if opening else distance) + (1.0 if seen.subject else 0.0) + (0.2 if seen.kind == "name" else 0.0)
            if distance == 0:
                score += 0.4 if seen.subject == subject else 0.0
                score += 0.3 * (seen.verb == verb)
            if gender and len(seen.members) == 1 and distance:
                score += (1.0 if opening else 0.6) * self.cast.members[seen.members[0]].count / most
            if seen.quoted != (item.quoted >= 0):
                score -= 0.4
            best[seen.members] = max(best.get(seen.members, -99.0), score) + (0.15 if seen.members in best else 0.0)
        for end, members in self.sets if low in THEY else ():
            if start - 700 < end <= start:
                score = 1.2 - (start - end) / 300
                best[members] = max(best.get(members, -99.0), score)
        if not best:
            return ()
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        winner, top = ranked[0]
        if top < (-0.5 if low in THEY else -1.4):
            return ()
        if len(ranked) > 1 and top - ranked[1][1] < 0.1 and low not in THEY:
            return ()
        if gender and len(winner) == 1 and not self.cast.members[winner[0]].gender and (len(ranked) == 1 or top - ranked[1][1] >= 0.8):
            self.cast.members[winner[0]].gender = gender
        return winner

    def _fit(self, seen: Seen, low: str, gender: str) -> float | None:
        """How well a mention fits a pronoun by type, number and gender; None where it cannot be meant."""
        members = [self.cast.members[i] for i in seen.members]
        first = members[0]
        if gender:
            if len(members) > 1 or first.type not in PEOPLE or first.gender not in {"", gender}:
                return None
            return (0.5 if first.gender == gender else 0.0) - (1.0 if first.kind == "nominal" and not first.gender else 0.0)
        if low in THEY:
            if len(members) > 1:
                return 0.8
            if first.type is EntityType.group:
                return 0.6
            if first.type is EntityType.organization:
                return 0.3 if first.number == 0 else -0.6
            return None
        if len(members) == 1 and first.type in {EntityType.organization, EntityType.work}:
            return 0.3 if first.type is EntityType.organization and first.number == 1 else -0.2
        if len(members) == 1 and first.type is EntityType.place:
            return -0.5
        return None

    # -- speakers and sets

    def _speakers(self, page: Page, quotes: list[tuple[int, int]]) -> dict[int, int]:
        tokens = page.tokens
        result: dict[int, int] = {}
        for number, subject in anaphora.speakers(tokens, quotes).items():
            members = self.at.get(page.first_token + subject, ())
            if len(members) == 1 and self.cast.members[members[0]].type in PEOPLE:
                result[number] = members[0]
        return result

    def _list(self, page: Page, end: int, heads: list[int]) -> None:
        """Remember people who were named one after the other."""
        members = tuple(dict.fromkeys(i for head in heads for i in self.at.get(page.first_token + head, ())))
        if len(members) > 1 and all(self.cast.members[i].type in PEOPLE for i in members):
            self.sets.append((page.offset + end, members))
            if min(self.cast.members[i].first for i in members) >= page.offset and all(self.cast.members[i].kind == "name" for i in members):
                group = next((one for one in self.introduced if one.number == len(members) and self.pages - 2 <= one.page and one.member not in self.same), None)
                if group:
                    self.same[group.member] = members


def _fits(member: Member, nominal: Nominal) -> bool:
    """Whether a noun can be said of a member: people are called by nouns for people, bodies by nouns for bodies."""
    if member.type in PEOPLE:
        return nominal.type in PEOPLE
    if member.type is EntityType.organization:
        return nominal.type is EntityType.organization or (nominal.lemma in lexicon.load().either) or nominal.type in {EntityType.work, EntityType.place}
    return member.type is nominal.type or {member.type, nominal.type} == {EntityType.place, EntityType.organization}
