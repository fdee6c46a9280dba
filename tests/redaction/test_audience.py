"""Who is protected is not in the public export: not by name, not by words, not by an id computed from them."""

from __future__ import annotations

import base64
import json
import unicodedata
from dataclasses import replace
from urllib.parse import quote as percent

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Relation,
    Source,
    Stance,
    Statement,
    StoryStep,
    Value,
    claim_id,
    statement_id,
)
from graph.redaction import audience
from graph.redaction.names import Secrets

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


def test_what_is_doubtful_stays_so_for_the_public():
    kb = knowledge_base()
    public, _ = redaction.redact(kb, "public")
    assert [s.relation for s in public.statements if not s.certain] == [s.relation for s in kb.statements if not s.certain] == ["helped"]


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


GIVEN_AWAY = [
    ("Yldana Quorvish", "Qu&#111;rvish spoke"), ("Yldana Quorvish", "Qu&amp;#111;rvish spoke"), ("Yldana Quorvish", "https://n.example/%2551uorvish"),
    ("Yldana Quorvish", "Quor\u200bvish spoke"), ("Yldana Quorvish", "Quor\u00advish"), ("Yldana Quorvish", "Q u o r v i s h"), ("Yldana Quorvish", "ＱＵＯＲＶＩＳＨ"),
    ("Müller Ünal", "https://xn--mller-kva.example/"), ("Yldana Quorvish", "qu\u0301orvish"), ("Yldana Quorvish", "with_Quorvish_2"), ("Yldana Quorvish", "Quorvishes"),
    ("于一", "警方带走了于一和她的兄弟"), ("马丽", "马丽说"), ("이수", "이수는 말했다"), ("Анна", "говорили с Анной"), ("Иван", "рассказал Иваном"), ("Vale", "the two Vales"), ("Li Bo", "said Li Bo."),
    ("Анна Петрова", "вместе с Петровой"), ("Anna Kowalska", "z panią Kowalskiej"), ("Ivana Petra", "with Petroy"), ("Yldana Quorvish", "Y. Q. told us"), ("Yldana Quorvish", "as Q.Y. says"),
    ("Yldana Mira Quorvish", "Y.M.Q. was there"), ("Tomas Vale", "the house of Va-\nle"), ("Tomas Vale", "V-a-l-e"), ("Yusuf Haddad", "Youssef was there"), ("Mohammed Tal", "his son Muhamad"),
    ("Khadzhiev", "Hadzhijev"), ("Yusuf Haddad", "قال يوسف"), ("Yusuf Haddad", "ويوسف وأخوه"), ("يوسف حداد", "Youssef said"), ("יוסף", "לפי יוסף"), ("Dr. Yldana Quorvish", "quorvish"),
    ("Yldana quorvish", "Quorvish"), ("the Tiger", "they call him Tiger"), ("The", "The said"), ("Yldana Quorvish", "%2525252551uorvish"), ("Yldana Quorvish", "%25252525252551uorvish"), ("Yldana Quorvish", "\uff0551uorvish"),
    ("Yldana Quorvish", "%5\u200b1uorvish"), ("Yldana Quorvish", "https://xn--quorvish-.example/"), ("Jürgen Quist", "Juergen"), ("Łucja Wójcik", "Lucji Wojcikowi"),
]


@pytest.mark.parametrize(("name", "text"), GIVEN_AWAY)
def test_a_name_is_found_however_it_is_written(name, text):
    assert Secrets([name]).in_text(text)


@pytest.mark.parametrize(("name", "text"), [("Yldana Quorvish", "the quorum of the fish market"), ("Vale", "a valley of vales"), ("Li Bo", "Bo went to the lido"), ("Anna", "an annual report"),
                                            ("于一", "天下"), ("Иван", "диван стоял"), ("Yldana Quorvish", "xn--a"), ("Yldana Quorvish", "xn--5u35h"), ("Yldana Quorvish", "5 % of 20 & more, 100%25"), ("Yldana Quorvish", ""),
                                            ("Judge Quorvish", "the judge said"), ("the Tiger", "the mayor"), ("Vincent van Loo", "a van stood there"), ("Yldana Quorvish", "Y. and Q. Lind"),
                                            ("Yusuf Haddad", "قال الشرطي"), ("Tomas Vale", "re-\nvalued")])
def test_words_that_are_only_like_a_name_stay(name, text):
    assert not Secrets([name]).in_text(text)


@given(st.text() | st.text("%25&#;xn-amp0a\uff05\u200b"))
def test_any_text_is_looked_through(text):
    names = Secrets(["Yldana Quorvish", "Анна", "يوسف", "于一", "Li Bo"])
    assert names.in_text(text) in {True, False}
    assert names.in_text(f"{text} Quorvish {text}")


def test_an_id_is_no_hash_of_words_that_are_withheld():
    """Whoever guesses the words could compute the id again, so it is a random one wherever anything of the statement is withheld."""
    kb = knowledge_base()
    hints = (replace(kb.statements[3], id="st-dddddddddddddddd", object=Value("Yldana's flat")),
             replace(kb.statements[3], id="st-eeeeeeeeeeeeeeee", qualifiers=(("reason", "as Quorvish asked"),)),
             replace(kb.statements[3], id="st-ffffffffffffffff", object=replace(of(TOWN), mention="where Yldanka lives")))
    public, _ = redaction.redact(replace(kb, statements=(*kb.statements, *hints), claims=()), "partner")
    assert {s.id for s in kb.statements} & {s.id for s in public.statements} == {"st-cccccccccccccccc"}
    assert not {s.id for s in hints} & {s.id for s in public.statements}


def literal_claim(*told):
    """A knowledge base in which these statements make one claim whose object is a text."""
    kb = knowledge_base()
    body, value = told[0].subject.id, told[0].object.value
    claim = Claim(id=claim_id(body, "said", value, literal=True), subject=body, relation="said", object=value, literal=True, statements=tuple(s.id for s in told),
                  stances=tuple(sorted({s.stance for s in told})), speakers=2, contested=len({s.stance for s in told}) > 1)
    return replace(kb, statements=told, claims=(claim,), story=())


def test_a_value_that_is_withheld_from_a_statement_is_not_in_its_claim_either():
    """Somebody protected speaks, and is neither subject nor object; another says the same."""
    kb = knowledge_base()
    secret = replace(kb.statements[1], subject=of(BODY), object=Value("canary-value"), speaker=of(SECRET), stance=Stance.denied)
    open_ = replace(secret, id="st-dddddddddddddddd", speaker=of(TOWN), stance=Stance.asserted)
    alone, _ = redaction.redact(literal_claim(secret), "public")
    assert [c.object for c in alone.claims] == ["[withheld]"]
    assert "canary-value" not in repr(alone.claims)
    both, _ = redaction.redact(literal_claim(secret, open_), "public")
    by_object = {c.object: c for c in both.claims}
    assert by_object["canary-value"].statements == (open_.id,)
    assert (by_object["canary-value"].stances, by_object["canary-value"].contested) == ((Stance.asserted,), False)
    assert (by_object["[withheld]"].stances, by_object["[withheld]"].speakers) == ((Stance.denied,), 0)
    assert open_.id not in by_object["[withheld]"].statements


def test_two_claims_whose_values_are_withheld_are_not_taken_for_one():
    kb = knowledge_base()
    one, other = (replace(kb.statements[1], id=f"st-{n:016}", object=Value(f"canary-{n}")) for n in range(2))
    claims = tuple(Claim(id=claim_id(SECRET.id, "said", s.object.value, literal=True), subject=SECRET.id, relation="said", object=s.object.value, literal=True, statements=(s.id,),
                         stances=(s.stance,), speakers=1, contested=False) for s in (one, other))
    public, _ = redaction.redact(replace(kb, statements=(one, other), claims=claims, story=()), "public")
    assert [c.object for c in public.claims] == ["[withheld]"] * 2
    assert len({c.id for c in public.claims}) == 2
    assert not {c.id for c in claims} & {c.id for c in public.claims}


@pytest.mark.parametrize("confidential", [True, False])
def test_a_value_that_was_read_is_words_too(confidential):
    """What somebody said is the words of the source, and they are withheld with the quote; the id that was made from them is, too."""
    kb = knowledge_base()
    protected = "" if confidential else "quotes"
    said = replace(kb.statements[1], method=Method.extracted, object=Value("we were all taken to the canary house"), qualifiers=(("reason", "as the canary sang all of that night"),))
    kb = replace(kb, statements=(said,), claims=literal_claim(said).claims, story=(), entities=tuple(replace(e, protected=protected) if e.id == SECRET.id else e for e in kb.entities),
                 sources=tuple(replace(s, confidential=confidential) for s in kb.sources))
    public, _ = redaction.redact(kb, "public")
    assert "canary" not in repr(public.statements) + repr(public.claims)
    assert public.statements[0].id != said.id


def test_without_quotes_no_words_are_left_and_what_differed_still_differs():
    kb = knowledge_base()
    long = [replace(kb.statements[1], id=f"st-{n:016}", method=Method.extracted, object=Value(f"a canary that sang number {n} all night")) for n in range(2)]
    claims = [replace(literal_claim(s).claims[0], object=s.object.value) for s in long]
    bare = redaction.without_quotes(replace(kb, statements=(*kb.statements, *long), claims=(*kb.claims, *claims)))
    assert not {s.quote + s.prefix + s.suffix for s in bare.statements} - {""}
    assert "sang" not in repr(bare.statements) + repr(bare.claims)
    assert len({c.id for c in bare.claims}) == len(kb.claims) + 2
    assert {c.id for c in kb.claims} <= {c.id for c in bare.claims}
    assert not [n for n in bare.notes if n.quote]


def test_whom_a_source_does_not_name_is_not_called_after_that_source():
    """Somebody unidentified has the id of the source, which may hold a name."""
    kb = knowledge_base()
    claim = Claim(id="cl-x", subject="unidentified/yldana-interview", relation="helped", object=TOWN.id, literal=False, statements=(kb.statements[3].id,),
                  stances=(Stance.asserted,), speakers=1, contested=False)
    public, _ = redaction.redact(replace(kb, claims=(claim,)), "public")
    assert public.claims[0].subject in {f"unidentified/{s.id}" for s in public.sources}
    assert "yldana" not in public.claims[0].subject


def test_no_label_is_given_twice(monkeypatch):
    """Two people under one label would be one person in the export."""
    draws = iter("AABABCDEFGHJKMNPQ")
    monkeypatch.setattr(audience, "_label", lambda length=6: next(draws) * length)
    public, _ = redaction.redact(knowledge_base(), "public")
    names = [e.name for e in public.entities] + [s.id for s in public.sources]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("source", [Source(id="talk-with-vales"), Source(id="talk", file="reports/the-vales.txt")])
def test_an_id_or_a_file_gives_a_short_name_away_written_small(source):
    kb = knowledge_base()
    kb = replace(kb, entities=(replace(SECRET, name="Tomas Vale", aliases=()), BODY), statements=(), claims=(), story=(), sources=(source,))
    public, _ = redaction.redact(kb, "public")
    assert "vale" not in repr(public.sources)


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_where_in_a_confidential_source_something_stands_is_not_told(audience):
    kb = knowledge_base()
    told = replace(kb.statements[3], source="canary-confidential", locator="tape 4, 12:30", note="she told us in the kitchen")
    shown, _ = redaction.redact(replace(kb, statements=(told,), claims=(), story=()), audience)
    assert "tape 4" not in repr(shown)
    assert "kitchen" not in repr(shown)
    assert shown.statements[0].subject.name == BODY.name


def test_where_the_words_are_withheld_nobody_is_called_as_in_them():
    kb = knowledge_base()
    told = replace(kb.statements[0], subject=of(BODY, "the office behind the church"))
    public, _ = redaction.redact(replace(kb, statements=(told,), claims=(), story=()), "public")
    assert public.statements[0].subject == Participant(id=BODY.id, name=BODY.name, type=BODY.type)


def test_somebody_who_is_in_no_list_of_entities_is_withheld_all_the_same():
    kb = knowledge_base()
    said = replace(kb.statements[3], speaker=Participant(id="person/brother-of-quorvish", name="a brother", type=EntityType.person))
    public, labels = redaction.redact(replace(kb, statements=(said,), claims=(), story=()), "public")
    assert "quorvish" not in repr(public.statements)
    assert "a brother" not in labels.values()


def test_a_relation_that_is_called_after_somebody_protected_is_refused():
    kb = knowledge_base()
    relations = {"follows_quorvish": Relation(id="follows_quorvish", label="follows", inverse="", definition="", domain=("person",), range=("person",))}
    with pytest.raises(ExportError, match="follows_quorvish"):
        redaction.redact(replace(kb, relations=relations), "public")


def test_the_language_of_a_source_says_nothing_of_anybody():
    kb = knowledge_base()
    public, _ = redaction.redact(replace(kb, sources=(Source(id="gazette", language="the tongue of Quorvish"), *kb.sources[:1]), claims=()), "public")
    assert {s.language for s in public.sources} == {""}


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


def test_a_value_that_only_one_has_sets_apart():
    people = crowd(9)
    said = [Statement(id=f"st-v{n:015}", subject=of(e), relation="position", object=Value("cook" if n else "diver"), stance=Stance.asserted, source="gazette", method=Method.curated)
            for n, e in enumerate(people.entities[:9])]
    assert [e.telling for e in redaction.exposures(crowd(9, said))] == [("st-v000000000000000",)]
    assert redaction.exposures(crowd(9, said[1:])) != ()


def test_a_refusal_says_whom_it_would_expose_and_what_tells_them_apart():
    told = Statement(id="st-x", subject=of(Entity(id="person/p0", type=EntityType.person, name="Person 0")), relation="fled_to", object=of(TOWN),
                     stance=Stance.asserted, time="2021", source="gazette", method=Method.curated)
    kb = crowd(9, (told,))
    with pytest.raises(ExportError, match=r"Somebody: 1 alike; to blend in, drop fled_to 2021"):
        redaction.refuse(kb, {"Person 0": "Somebody"})
    redaction.refuse(kb, {}, k=1)
