"""Candidates become statements: who the words name, in whose words, how sure, when and where, with the exact quote."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from graph.extraction import gazetteer
from graph.extraction.attribution.context import Context, judge
from graph.extraction.attribution.speakers import is_quotation, quoted_speakers
from graph.extraction.circumstances import CARRIED, LASTING, place_of, time_before, time_of
from graph.extraction.confidence import confidence
from graph.extraction.constructions.absence import absent
from graph.extraction.constructions.clauses import clause_extent
from graph.extraction.cues import TELLING
from graph.extraction.syntax.tree import NOMINAL
from graph.model import EntityType, Method, Participant, Stance, Statement, Value, around, statement_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.extraction.constructions.candidates import Candidate
    from graph.extraction.constructions.patterns import Lexicon
    from graph.extraction.mentions import Mention, Reading
    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

EXTRACTOR = "rules/1"
_LED = frozenset({"Association", "Bureau", "Centre", "Center", "Commission", "Committee", "Department", "Federation", "Foundation", "Fund",
                  "Institute", "Ministry", "Network", "Office", "Organisation", "Organization", "Society", "Trust", "Union"})
_WEAPONS = frozenset("bomb shell bullet blast explosion missile rocket drone gunfire shrapnel grenade mine canister landmine airstrike strike bombardment fire".split())
"""What kills without saying who does."""
_PEOPLE = frozenset({EntityType.person, EntityType.official})
SPEECH_RELATIONS = frozenset({"said", "denied", "accused", "criticized", "called_on", "threatened", "witnessed"})


def made(candidates: Iterable[Candidate], tree: Tree, frames: Mapping[int, Frame], read: Reading, lexicon: Lexicon,
         before: Participant | None = None) -> Iterator[Statement]:
    """The statements of a paragraph's candidates, those that did not happen left out.

    `before` spoke last in the paragraph before: a paragraph that is nothing but a quotation goes on in that voice.
    """
    quoted = quoted_speakers(tree, frames)
    voice = before if is_quotation(tree) else None
    contexts: dict[tuple[int, bool], Context] = {}
    for candidate in candidates:
        key = candidate.trigger, candidate.negated
        if key not in contexts:
            contexts[key] = judge(tree, candidate.trigger, frames, negated=candidate.negated)
        context = contexts[key]
        if "respectively" in tree.low[tree.sent_starts[tree.sent[candidate.trigger]]:tree.sent_ends[tree.sent[candidate.trigger]]] and not (
                candidate.trigger in frames and frames[candidate.trigger].paired):
            continue
        if not context.real and not candidate.state:
            if context.reason == "negated":
                yield from _own_denial(candidate, context, quoted, tree, read, lexicon)
            continue
        for statement in _statements(_shifted(candidate, tree, lexicon), context, quoted, tree, read, lexicon):
            silent = voice is not None and statement.speaker is None and not candidate.state and statement.subject != voice
            yield replace(statement, speaker=voice) if silent else statement


def last_voice(tree: Tree, frames: Mapping[int, Frame], read: Reading) -> Participant | None:
    """Who is the last in a paragraph to say something, if that can be told."""
    for verb in sorted(frames, reverse=True):
        if tree.lemma[verb] in TELLING and not frames[verb].passive and frames[verb].subjects:
            return next((p for p, _ in _participants(tree, frames[verb].subjects, read)), None)
    return None


def _own_denial(candidate: Candidate, context: Context, quoted: Mapping[int, tuple[int, ...]], tree: Tree, read: Reading,
                lexicon: Lexicon) -> Iterator[Statement]:
    """"I have never threatened him", she said: who says "not" of their own deed denies it."""
    speakers = _participants(tree, (*context.speakers, *quoted.get(candidate.trigger, ())), read)
    if not speakers:
        return
    denial = replace(context, stance=Stance.denied)
    for statement in _statements(_shifted(candidate, tree, lexicon), denial, quoted, tree, read, lexicon):
        if statement.subject is not None and statement.subject.id == speakers[0][0].id:
            yield replace(statement, speaker=speakers[0][0], rule=statement.rule + ":own-denial")


def _shifted(candidate: Candidate, tree: Tree, lexicon: Lexicon) -> Candidate:
    """The candidate told as another relation where the vocabulary says so: beaten in a cell is tortured."""
    if candidate.relation == "operated" and any(not _LED.isdisjoint(mention.text.split()) for o in candidate.objects
                                                if (mention := tree.by_head.get(o)) is not None):
        return replace(candidate, relation="leader_of", rule=candidate.rule + ":shifted")
    if candidate.relation not in lexicon.becomes:
        return candidate
    other, words = lexicon.becomes[candidate.relation]
    first, last = clause_extent(tree, candidate.trigger, ())
    if words.isdisjoint(tree.lemma[first:last]):
        return candidate
    return replace(candidate, relation=other, rule=candidate.rule + ":shifted")


def mention_at(tree: Tree, token: int) -> Mention | None:
    """The mention that a token heads, or the one it stands in; an apposition's name where the noun itself names nobody."""
    mention = tree.by_head.get(token)
    if mention is not None and mention.entities:
        if mention.kind == "nominal":
            for k in tree.children(token, "appos"):
                inner = tree.by_head.get(k)
                if inner is not None and inner.entities and inner.kind == "name" and _set_off(tree, k) and (
                        inner.type is mention.type or {inner.type, mention.type} <= _PEOPLE):
                    return inner
            host = tree.by_head.get(tree.head[token])
            if tree.dep[token] == "appos" and host is not None and host.kind == "name" and host.entities and host.type is mention.type:
                return host
        return mention
    cover = tree.cover.get(token)
    if cover is not None and cover.entities and tree.pos[token] in {"PROPN", "PRON"}:
        return cover
    if mention is None and tree.dep[token] == "appos":
        host = tree.by_head.get(tree.head[token])
        if host is not None and host.entities and host.kind == "name":
            return host
    for k in tree.children(token, "appos"):
        inner = tree.by_head.get(k)
        if inner is not None and inner.entities and inner.kind == "name":
            return inner
    return mention


def _set_off(tree: Tree, apposition: int) -> bool:
    """Whether no verb stands between an apposition and what it names: "the group, which … sued the Bank" is a slip of the parser."""
    return not any(tree.tag[k] in {"VBD", "VBN"} for k in tree.children(apposition, "amod", "acl") if k < apposition)


def _named(tree: Tree, token: int) -> list[int]:
    """The names that spell out a group: "three of the printers, X, Y and Z"; else the token itself."""
    mention = tree.by_head.get(token)
    if mention is not None and mention.type is not EntityType.group:
        return [token]
    names = [c for k in tree.children(token, "appos") for c in tree.conjuncts(k)
             if (named := mention_at(tree, c)) is not None and named.type in _PEOPLE]
    return names if len(names) > 1 else [token, *_among(tree, token)]


def _among(tree: Tree, token: int) -> list[int]:
    """"two men were freed, among them the printer X and Y": those of a group who are named."""
    end = tree.sent_ends[tree.sent[token]]
    if tree.tag[token] != "NNS" or end - token < 4:
        return []
    them = next((i for i in range(token + 1, end) if tree.low[i] == "them" and tree.low[i - 1] == "among" and tree.low[i - 2] == ","), None)
    if them is None or any(tree.tag[i] == "NNS" and i in tree.by_head for i in range(token + 1, them)):
        return []
    found = []
    for i in range(them + 1, end):
        mention = tree.by_head.get(i)
        if tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"} or tree.words[i] in {";", ":"}:
            break
        if mention is not None and mention.kind == "name" and mention.type in _PEOPLE and mention.entities:
            found.append(i)
    return found


def _participants(tree: Tree, tokens: tuple[int, ...], read: Reading) -> list[tuple[Participant, int]]:
    found: list[tuple[Participant, int]] = []
    seen: set[str] = set()
    nations = gazetteer.load().demonyms
    for token in (named for outer in tokens for named in _named(tree, outer)):
        if tree.words[token] in nations and tree.dep[token] in {"amod", "compound", "nmod"}:
            found.extend((place, token) for place in _nation(tree, token, read) if place.id not in seen)
            continue
        mention = mention_at(tree, token)
        if mention is None:
            continue
        for index in mention.entities:
            entity = read.entities[index]
            if entity.id not in seen:
                seen.add(entity.id)
                found.append((Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention.text,
                                          start=mention.start, end=mention.end), token))
    return found


def _nation(tree: Tree, token: int, read: Reading) -> list[Participant]:
    """The country or region of a word of nationality, where the document names it."""
    gaz = gazetteer.load()
    name = gaz.demonyms[tree.words[token]]
    return [Participant(id=e.id, name=e.name, type=e.type, mention=tree.words[token], start=tree.start[token], end=tree.end[token])
            for e in read.entities if e.type is EntityType.place and gaz.countries.get(e.name) == name][:1]


def _statements(candidate: Candidate, context: Context, quoted: Mapping[int, tuple[int, ...]], tree: Tree,
                read: Reading, lexicon: Lexicon) -> Iterator[Statement]:
    subjects = _participants(tree, candidate.subjects, read)
    doubts: list[str] = []
    if not subjects:
        unknown = all(tree.low[s] in {"they", "them"} or tree.lemma[s] in _WEAPONS for s in candidate.subjects)
        if (candidate.named_agent and not unknown) or (candidate.state and not candidate.agentless) or candidate.literal or candidate.value:
            return
        subjects = [(None, candidate.trigger)]  # type: ignore[list-item]
    objects: list[tuple[Participant | Value, int]]
    if candidate.literal is not None:
        objects = [(Value(tree.slice(*candidate.literal)), candidate.literal[1] - 1)]
    elif candidate.value:
        objects = [(Value(candidate.value), candidate.trigger)]
    else:
        allowed = lexicon.objects[candidate.relation]
        objects = [(p, t) for p, t in _participants(tree, candidate.objects, read) if p.type.value in allowed]
        if candidate.relation == "denied_existence":
            objects = [(replace(p, name=absent(p.name), mention=absent(p.mention)) if isinstance(p, Participant) else p, t) for p, t in objects]
    if not objects:
        return
    said = quoted.get(candidate.trigger, ()) if candidate.relation not in {"denied_existence", "located_in", "part_of"} else ()
    aside = candidate.relation in LASTING and tree.dep[candidate.trigger] in {"relcl", "acl"}  # "X, who works for Y, was held, the group said"
    chain = said if aside or (candidate.state and not candidate.voiced) else (*context.speakers, *said)
    voices = _voices(tree, (*candidate.speakers, *chain), read)
    stance = context.stance if not candidate.state else Stance.asserted
    if candidate.relation == "at_risk_from" and stance is Stance.alleged and any(
            tree.low[k] in {"likely", "probably", "possibly", "perhaps"} for k in tree.kids[candidate.trigger]):
        stance = Stance.asserted  # a risk is a likelihood; "likely" hedges nothing more
    if candidate.hedged and stance is Stance.asserted:
        stance = Stance.alleged
    time = "" if candidate.state else time_of(tree, candidate.trigger, candidate.relation)
    carried = "" if time or candidate.state else time_before(tree, candidate.trigger, candidate.relation)
    place = None if candidate.state else place_of(tree, candidate.trigger, read)
    qualifiers = tuple(sorted((key, tree.slice(*span)) for key, span in candidate.qualifiers))
    for (subject, s), (object_, o) in product(subjects, objects):
        if isinstance(object_, Participant) and subject is not None and subject.id == object_.id:
            continue
        if subject is not None and not candidate.state and candidate.literal is None and not candidate.value and _overlap(tree, s, o):
            continue  # "they handed the two men over": who "they" are was misread
        known = object_ if candidate.agentless else subject if candidate.rule.startswith("nominal:") else None
        if isinstance(known, Participant) and (
                not known.name[:1].isupper() or (not candidate.agentless and _bare(known.mention) in known.name.casefold())):
            continue  # "a jailed printer" whom nobody names
        wanted = tuple(t for t in (*candidate.extent, s, o) if t is not None)
        first, last = span_of(tree, candidate, wanted)
        start, end = tree.start[first], tree.end[last - 1]
        for node in (subject, object_):
            if isinstance(node, Participant) and node.start is not None and node.end is not None and (
                    tree.offset <= node.start and node.end <= tree.offset + len(tree.text)):
                start, end = min(start, node.start), max(end, node.end)
        speakers = [_of_these(together, subject, object_) for together in voices]
        speakers = [v for v in speakers if (
            subject is None or stance is Stance.denied or candidate.relation not in SPEECH_RELATIONS or v.id != subject.id)]
        low, high = tree.offset, tree.offset + len(tree.text)
        text = read.document.text
        prefix, suffix = around(text, start, end, low, high)
        statement = Statement(
            id=statement_id(read.document.source.id, start, end, candidate.relation, read.written(subject) if subject else "",
                            object_.value if isinstance(object_, Value) else read.written(object_)),
            subject=subject, relation=candidate.relation, object=object_, stance=stance,
            speaker=speakers[0] if speakers else None, via=tuple(speakers[1:]), time=time, place=place, qualifiers=qualifiers,
            source=read.document.source.id, quote=text[start:end], start=start, end=end,
            prefix=prefix, suffix=suffix,
            locator=read.document.locate(start), method=Method.extracted, extractor=EXTRACTOR, rule=candidate.rule,
            doubts=tuple(doubts))
        sure = confidence(statement)
        yield replace(statement, confidence=sure, time=carried, doubts=(*doubts, CARRIED)) if carried else replace(statement, confidence=sure)


def _voices(tree: Tree, tokens: tuple[int, ...], read: Reading) -> list[list[Participant]]:
    """Who says it, then who relays that, and so on: those who say it together ("X and Y said", "the pair said") are one voice."""
    voices: list[tuple[int, list[Participant]]] = []
    for participant, token in _participants(tree, tokens, read):
        if voices and (token == voices[-1][0] or token in tree.conjuncts(voices[-1][0])):
            voices[-1][1].append(participant)
        else:
            voices.append((token, [participant]))
    return [together for _, together in voices]


def _of_these(together: list[Participant], subject: Participant | None, object_: Participant | Value) -> Participant:
    """The one of a voice that speaks for it: whom the statement is about, else the first named."""
    about = {p.id for p in (subject, object_) if isinstance(p, Participant)}
    return next((p for p in together if p.id in about), together[0])


def _overlap(tree: Tree, one: int, other: int) -> bool:
    """Whether two phrases name a person in common: nobody who is done something to is among those who do it."""
    first, second = mention_at(tree, one), mention_at(tree, other)
    return first is not None and second is not None and not set(first.entities).isdisjoint(second.entities)


def _bare(mention: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", mention.casefold())


def span_of(tree: Tree, candidate: Candidate, wanted: tuple[int, ...]) -> tuple[int, int]:
    """The tokens of the quote: the clause of the trigger, or the phrase around the words of a title."""
    if candidate.state or tree.pos[candidate.trigger] in NOMINAL:
        first, last = min((*wanted, candidate.trigger)), max((*wanted, candidate.trigger)) + 1
        if candidate.literal:
            first, last = min(first, candidate.literal[0]), max(last, candidate.literal[1])
        return first, last
    first, last = clause_extent(tree, candidate.trigger, wanted)
    if candidate.literal:
        first, last = min(first, candidate.literal[0]), max(last, candidate.literal[1])
    return first, last
