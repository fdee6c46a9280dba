"""Whom names, nominals and pronouns of a document mean, read from its first word to its last.

Rules only, and unresolved is better than wrong. `pronouns.py` ranks whom a pronoun can mean, `anaphora.py` says whom a noun means
and reads what a sentence says of it, `introductions.py` joins people whom the opening introduces with their later names.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from graph.extraction import lexicon
from graph.extraction.entities import anaphora, pronouns
from graph.extraction.entities.introductions import Introductions
from graph.extraction.entities.pages import PEOPLE, Item, Page, Seen
from graph.model import EntityType

if TYPE_CHECKING:

    from graph.extraction.entities.cast import Member
    from graph.extraction.entities.linking import Links
    from graph.extraction.entities.names import Name
    from graph.extraction.entities.nominals import Nominal

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
        self.house = ""
        """Who publishes the document, and says "we" in it."""
        self.nameless = Introductions(self.cast)

    def read(self, page: Page) -> None:
        """Resolve one page: first what stands outside quotations, so that their speakers are known, then what is quoted."""
        quotes = anaphora.quotations(page.text)
        items = sorted(self._items(page, quotes), key=lambda item: (
            item.quoted >= 0, item.end if item.nominal and item.nominal.partitive else page.tokens.at[item.token], item.end))
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
        self.nameless.turn += 1
        tells = len(page.text) > 60 and page.text.rstrip()[-1:] in '.!?”"'
        self.nameless.begin = page.offset if tells and self.nameless.begin < 0 else self.nameless.begin
        self.nameless.pages += tells

    # -- what is there

    def _items(self, page: Page, quotes: list[tuple[int, int]]) -> list[Item]:
        tokens = page.tokens
        items = [Item(n.start, n.end, tokens.root(*tokens.covering(n.start, n.end)), name=n) for n in page.names]
        taken = {item.token for item in items}
        items += [Item(n.start, n.end, n.head, nominal=n) for n in page.nominals]
        items += [Item(tokens.at[i], tokens.end[i], i) for i in range(tokens.n)
                  if tokens.lower[i] in pronouns.PRONOUNS and i not in taken and (tokens.pos[i] in {"PRON", "DET"} or tokens.lower[i] in {"his", "her"})
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
            self.nameless.named_later(page, item, self.cast.members[members[0]], start)
        self.at[page.first_token + item.token] = members
        seen = Seen(start, end, members, page.first_sentence + tokens.sent[item.token], page.first_token + anaphora.verb_of(tokens, item.token),
                    anaphora.is_subject(tokens, item.token), kind, item.quoted >= 0, page.first_token + item.token, anaphora.is_patient(tokens, item.token))
        self._keep(seen)
        if kind == "name" and tokens.dep[item.token] == "compound" and tokens.lemma[tokens.head[item.token]] in _FAMILIES:
            return  # "the Solh family" names nobody yet
        for index in members:
            member = self.cast.members[index]
            member.last = max(member.last, start)
            member.count += kind != "nominal"
            member.patient = member.patient or seen.patient
            member.spoke = member.spoke or (seen.subject and anaphora.speaks(tokens, item.token))
            self.cast.mentioned(member)
            member.first = start if member.first < 0 else min(member.first, start)

    def _keep(self, seen: Seen) -> None:
        """Keep what was seen in the order of the text; almost always it comes last."""
        if self.seen and seen < self.seen[-1]:
            insort(self.seen, seen)
        else:
            self.seen.append(seen)

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
            if not owners and tokens.lower[nominal.possessor] in pronouns.ME and speaker >= 0:
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
        members = self._spelled_out(page, nominal) or anaphora.meaning(self, nominal, owners, within, page.offset + item.start,
                                                                              speaks=anaphora.speaks(tokens, nominal.head))
        if not members and not nominal.partitive:
            fresh = self._new(nominal, owners, within, lex)
            self.nameless.introduce(page, item, nominal, fresh)
            members = (fresh.index,)
            if nominal.type is EntityType.group and nominal.number > 1:
                self.nameless.ends[page.offset + nominal.end] = self.nameless.ends[page.offset + nominal.long_end] = fresh.index
        elif nominal.partitive and not (members := self._whole(page, nominal)):
            members = (self.cast.add(nominal.type, nominal.name, "nominal").index,)
        self._saw(page, item, members, "nominal")

    def _spelled_out(self, page: Page, nominal: Nominal) -> tuple[int, ...]:
        """For the nominal of "X, Y and Z, farmers from Drobno," those of the list right before it."""
        if nominal.type is not EntityType.group or nominal.determiner or nominal.possessor >= 0 or not self.sets:
            return ()
        end, members = self.sets[-1]
        if page.offset + nominal.start - 2 != end or page.text[nominal.start - 2:nominal.start] != ", " or nominal.number not in {0, len(members)}:
            return ()
        return members if page.text[nominal.long_end:nominal.long_end + 1] in {",", "."} else ()

    def _whole(self, page: Page, nominal: Nominal) -> tuple[int, ...]:
        """For "one of them" the body that they are, if they are one; for "both of them" they themselves."""
        end = page.offset + nominal.end
        whole = next((seen for seen in reversed(self.seen) if seen.end == end and seen.start > page.offset + nominal.start), None)
        if whole and page.tokens.lower[nominal.first] in {"both", "all", "any", "neither", "none", "each", "either"} and (len(whole.members) > 1 or self.cast.members[whole.members[0]].type is EntityType.group):
            return whole.members
        return whole.members if whole and len(whole.members) == 1 and self.cast.members[whole.members[0]].type is EntityType.organization else ()

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

    # -- pronouns

    def _pronoun(self, page: Page, item: Item, speaker: int) -> None:
        tokens, low = page.tokens, page.tokens.lower[item.token]
        if low in pronouns.ME:
            members: tuple[int, ...] = (speaker,) if item.quoted >= 0 and speaker >= 0 else (self.narrator,) if item.quoted < 0 and self.narrator >= 0 else ()
        elif low in pronouns.US:
            members = self._we(item)
            if not members:
                return
        elif low in pronouns.IT and anaphora.empty_it(tokens, item.token):
            return
        else:
            before = bisect_left(self.seen, page.offset + item.start, key=lambda s: s.start)
            members = pronouns.antecedent(page, item, speaker, self.seen, before, self.sets, self.cast)
            first = next((k for k in range(tokens.n) if tokens.sent[k] == tokens.sent[item.token]), 0)
            opener = next((seen for seen in reversed(self.seen[max(0, before - 8):before]) if seen.start == page.offset + tokens.at[first] and seen.kind == "nominal"), None)
            if opener and members and low in {"he", "she"} and page.text[item.start - 2:item.start] == ", " and len(opener.members) == 1 \
                    and self.cast.members[opener.members[0]].kind == "nominal" and self.cast.members[opener.members[0]].type in PEOPLE \
                    and not any(tokens.pos[k] in {"VERB", "AUX"} for k in range(first, item.token)):
                self.nameless.same[opener.members[0]] = members  # "The son of a miller, he …"
        self._saw(page, item, members, "pronoun")

    def _we(self, item: Item) -> tuple[int, ...]:
        """Outside quotations those who publish the document; whom somebody quoted means is not known."""
        if item.quoted >= 0 or not self.house or self.narrator >= 0:
            return ()
        return ((self.cast.get(self.house) or self.cast.add(EntityType.organization, self.house)).index,)

    # -- speakers and sets

    def _speakers(self, page: Page, quotes: list[tuple[int, int]]) -> dict[int, int]:
        tokens = page.tokens
        result: dict[int, int] = {}
        for number, subject in anaphora.speakers(tokens, quotes).items():
            members = self.at.get(page.first_token + subject, ())
            if len(members) == 1 and self.cast.members[members[0]].type in PEOPLE:
                result[number] = members[0]
        return result

    def _list(self, page: Page, end: int, heads: list[tuple[int, int]]) -> None:
        """Remember people who were named one after the other."""
        named = [(start, self.at.get(page.first_token + head, ())) for start, head in heads]
        members = tuple(dict.fromkeys(i for _, there in named for i in there))
        self.nameless.listed(page, named)
        if len(members) > 1 and all(self.cast.members[i].type in PEOPLE for i in members):
            for i in members:
                self.cast.members[i].patient = any(self.cast.members[j].patient for j in members)
            self.sets.append((page.offset + end, members))
            self._saw_together(page, end, heads, members)
            self.nameless.named_together(page, members)

    def _saw_together(self, page: Page, end: int, heads: list[tuple[int, int]], members: tuple[int, ...]) -> None:
        """A list of people can be meant as a whole."""
        start, head = heads[0]
        tokens = page.tokens
        self._keep(Seen(page.offset + start, page.offset + end, members, page.first_sentence + tokens.sent[head],
                               page.first_token + anaphora.verb_of(tokens, head), anaphora.is_subject(tokens, head), "list",
                               False, page.first_token + head, anaphora.is_patient(tokens, head)))


def _fits(member: Member, nominal: Nominal) -> bool:
    """Whether a noun can be said of a member: people are called by nouns for people, bodies by nouns for bodies."""
    if member.type in PEOPLE:
        return nominal.type in PEOPLE
    if member.type is EntityType.organization:
        return nominal.type in {EntityType.organization, EntityType.work} or nominal.lemma in lexicon.load().either or nominal.lemma in _HOUSES
    return member.type is nominal.type


_FAMILIES = {"family", "clan", "brother", "sister", "sibling", "twin", "couple", "case", "trial"}
_HOUSES = {"station", "shelter", "clinic", "hospital", "school", "centre", "center", "hostel", "prison", "mosque", "church", "monastery", "university", "theatre", "embassy", "consulate"}
