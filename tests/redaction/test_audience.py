"""Who is protected is not in the public export: not by name, not by words, not by an id computed from them."""

from __future__ import annotations

import base64
import json
import unicodedata
from dataclasses import replace
from urllib.parse import quote as percent

import pytest

from graph import redaction
from graph.errors import ExportError, UsageError
from graph.export import jsonl
from graph.model import (
    Claim,
    Entity,
    EntityType,
    KnowledgeBase,
    Method,
    Note,
    Participant,
    Source,
    Stance,
    Statement,
    StoryStep,
    Value,
    claim_id,
    statement_id,
)

SECRET = Entity(id="person/yldana-quorvish", type=EntityType.person, name="Yldana Quorvish", aliases=("Yldanka", "Квориш"), description="canary-description",
                country="canary-country", wikidata="Q99887766", latitude=61.98765, longitude=71.98765, protected="yes", curated=True)
BODY = Entity(id="organization/harbour-watch", type=EntityType.organization, name="Harbour Watch", aliases=("Friends of Quorvish",), description="helped Yldanka")
HOME = Entity(id="place/home-of-quorvish", type=EntityType.place, name="home of Yldana Quorvish")
TOWN = Entity(id="place/canarytown", type=EntityType.place, name="Canarytown")
KIN = Entity(id="group/relatives-of-quorvish", type=EntityType.group, name="relatives of Quorvish")


def of(entity, mention=""):
    return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention or entity.name)


def knowledge_base():
    about = Statement(
        id=statement_id("yldana-interview", 3, 9, "detained", "Harbour Watch", "Quorvish"), subject=of(BODY), relation="helped", object=of(SECRET, "Quorvish"),
        stance=Stance.asserted, speaker=of(SECRET, "Yldana"), via=(of(KIN),), time="2021-02-04", place=of(TOWN), qualifiers=(("what", "canary-what"), ("role", "canary-role")),
        source="yldana-interview", quote="canary-quote about Quorvish", start=3, end=9, prefix="canary-prefix", suffix="canary-suffix", locator="canary-locator",
        method=Method.extracted, rule="active", note="canary-note", doubts=("canary-doubt",))
    said = Statement(id="st-aaaaaaaaaaaaaaaa", subject=of(SECRET), relation="said", object=Value("canary-value"), stance=Stance.alleged, source="gazette", method=Method.curated)
    near = Statement(id="st-bbbbbbbbbbbbbbbb", subject=of(BODY), relation="criticized", object=of(KIN), stance=Stance.denied, source="gazette",
                     quote="the mother of Kvorish wept", start=0, end=26, method=Method.curated, qualifiers=(("reason", "for what Yldana's sister did"),))
    plain = Statement(id="st-cccccccccccccccc", subject=of(BODY), relation="located_in", object=of(TOWN), stance=Stance.asserted, source="gazette",
                      quote="Harbour Watch sits in Canarytown", start=40, end=72, method=Method.curated)
    statements = (about, said, near, plain)
    claims = tuple(Claim(id=claim_id(s.subject.id, s.relation, getattr(s.object, "id", "value")), subject=s.subject.id, relation=s.relation,
                         object=s.object.value if isinstance(s.object, Value) else s.object.id, literal=isinstance(s.object, Value), statements=(s.id,),
                         stances=(s.stance,), speakers=1, contested=False) for s in statements)
    return KnowledgeBase(
        title="The case of Yldana Quorvish", base="https://quorvish.example/", entities=(SECRET, BODY, HOME, TOWN, KIN), statements=statements, claims=claims,
        sources=(Source(id="yldana-interview", file="reports/yldana-interview.txt", title="Talk with Y. Quorvish", url="https://n.example/%59ldana", sha256="c" * 64),
                 Source(id="gazette", title="The Gazette", url="https://gazette.example/1"),
                 Source(id="canary-confidential", title="canary-title", publisher="canary-publisher", confidential=True)),
        notes=(Note(kind="silence", source="gazette", message="nothing about Quorvish", quote="Yldana left"), Note(kind="undated", source="gazette", message="no date")),
        story=(StoryStep(title="Yldana is taken", text="canary", statements=(about.id, plain.id)),))


CANARIES = ("yldan", "quorvish", "квориш", "kvorish", "canary-description", "canary-country", "Q99887766", "61.98765", "71.98765", "canary-what", "canary-role",
            "canary-quote", "canary-prefix", "canary-suffix", "canary-locator", "canary-note", "canary-doubt", "canary-value", "c" * 64, "canary-confidential",
            "canary-title", "canary-publisher", "2021-02-04")


def everything(kb, tmp_path):
    """All that any export is made from, and one export's own bytes, in every form that a leak may take."""
    jsonl.write(kb, tmp_path / "statements.jsonl")
    text = repr(replace(kb, relations={})) + (tmp_path / "statements.jsonl").read_text("utf-8")
    return " ".join((text, json.dumps(text), unicodedata.normalize("NFKC", text))).casefold()


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_of_a_protected_person_is_in_a_public_knowledge_base(canary, tmp_path):
    public, _ = redaction.redact(knowledge_base(), "public")
    text = everything(public, tmp_path)
    forms = {canary.casefold(), percent(canary).casefold(), base64.b64encode(canary.encode()).decode().casefold()}
    assert not [form for form in forms if form in text]


@pytest.mark.parametrize("canary", ["yldan", "quorvish", "квориш", "canary-description", "canary-quote", "canary-publisher"])
def test_a_partner_sees_no_name_and_no_words_that_name_it(canary, tmp_path):
    partner, _ = redaction.redact(knowledge_base(), "partner")
    assert canary not in everything(partner, tmp_path)


def test_a_partner_keeps_the_date_and_the_place():
    partner, _ = redaction.redact(knowledge_base(), "partner")
    helped = next(s for s in partner.statements if s.relation == "helped")
    assert (helped.time, helped.place.name) == ("2021-02-04", "Canarytown")


def test_the_public_keeps_the_year_alone():
    public, _ = redaction.redact(knowledge_base(), "public")
    helped = next(s for s in public.statements if s.relation == "helped")
    assert (helped.time, helped.place) == ("2021", None)


def test_what_touches_nobody_protected_stays_as_it_is():
    kb = knowledge_base()
    public, _ = redaction.redact(kb, "public")
    assert next(s for s in public.statements if s.relation == "located_in") == next(s for s in kb.statements if s.relation == "located_in")


def test_inside_the_house_everything_stays():
    kb = knowledge_base()
    assert redaction.redact(kb, "internal") == (kb, {})


def test_labels_and_ids_are_new_in_every_export():
    first, names = redaction.redact(knowledge_base(), "public")
    second, _ = redaction.redact(knowledge_base(), "public")
    ids = {s.id for s in knowledge_base().statements if s.relation in {"helped", "said"}}
    assert "Yldana Quorvish" in names.values()
    assert not ids & {s.id for s in first.statements}
    assert {e.id for e in first.entities} != {e.id for e in second.entities}


def test_every_reference_still_leads_somewhere():
    public, _ = redaction.redact(knowledge_base(), "public")
    entities, sources, statements = ({x.id for x in xs} for xs in (public.entities, public.sources, public.statements))
    for s in public.statements:
        people = [p for p in (s.subject, s.object, s.speaker, s.place, *s.via) if isinstance(p, Participant)]
        assert {p.id for p in people} <= entities
        assert s.source in sources
    for claim in public.claims:
        assert set(claim.statements) <= statements
        assert claim.subject in entities
        assert claim.literal or claim.object in entities


def test_quotes_alone_can_be_protected():
    kb = knowledge_base()
    kb = replace(kb, entities=tuple(replace(e, protected="quotes") if e.id == SECRET.id else e for e in kb.entities))
    public, _ = redaction.redact(kb, "public")
    assert "Yldana Quorvish" in {e.name for e in public.entities}
    assert not [s.quote for s in public.statements if "quorvish" in s.quote.casefold() or (s.relation == "helped" and s.quote)]


def test_a_place_that_only_withheld_words_speak_of_is_gone():
    kb = knowledge_base()
    kb = replace(kb, statements=tuple(s for s in kb.statements if s.relation != "located_in"), claims=())
    assert "Canarytown" in {e.name for e in redaction.redact(kb, "partner")[0].entities}
    assert "Canarytown" not in {e.name for e in redaction.redact(kb, "public")[0].entities}


def test_an_unknown_audience_is_refused():
    with pytest.raises(UsageError, match="internal, partner, public"):
        redaction.redact(knowledge_base(), "everyone")


def crowd(count, extra=()):
    people = [Entity(id=f"person/p{n}", type=EntityType.person, name=f"Person {n}", protected="yes" if n == 0 else "") for n in range(count)]
    lines = [Statement(id=f"st-{n:016}", subject=of(BODY), relation="helped", object=of(p), stance=Stance.asserted, source="gazette", method=Method.curated)
             for n, p in enumerate(people)]
    return KnowledgeBase(title="t", base="https://x.example/", entities=(*people, BODY), sources=(Source(id="gazette"),), statements=(*lines, *extra))


@pytest.mark.parametrize(("count", "exposed"), [(1, 1), (4, 1), (5, 0), (9, 0)])
def test_a_person_hides_among_five_who_look_the_same(count, exposed):
    assert len(redaction.exposures(crowd(count))) == exposed


def test_a_refusal_says_whom_it_would_expose_and_what_tells_them_apart():
    told = Statement(id="st-x", subject=of(Entity(id="person/p0", type=EntityType.person, name="Person 0")), relation="fled_to", object=of(TOWN),
                     stance=Stance.asserted, time="2021", source="gazette", method=Method.curated)
    kb = crowd(9, (told,))
    with pytest.raises(ExportError, match=r"Somebody: 1 alike; to blend in, drop fled_to 2021"):
        redaction.refuse(kb, {"Person 0": "Somebody"})
    redaction.refuse(kb, {}, k=1)
