"""Made-up stories with exact annotations, from `phrases.toml`: `made_up.py COUNT OUT.jsonl`. Names are assembled from syllables."""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from pathlib import Path

PHRASES = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text("utf-8"))
HEADS = ["Ma", "Ka", "Lo", "Te", "Sa", "Ru", "Vi", "No", "Be", "Da", "Ili", "Oma", "Cha", "Fer", "Gul", "Hen", "Jor", "Pe", "Zu", "Yan"]
TAILS = ["rin", "dov", "les", "mani", "tek", "shan", "bero", "quist", "vara", "niz", "holm", "ric", "tov", "gara", "jan", "wende", "lio", "sek"]
WOMEN = ["Alma", "Dilara", "Esi", "Farida", "Greta", "Ines", "Jamila", "Katya", "Leila", "Marta", "Nadia", "Olga", "Petra", "Rosa", "Sofia", "Thandi", "Vera", "Zeynep", "Mai", "Adaeze"]
MEN = ["Adam", "Boris", "Carlos", "Daniel", "Emre", "Fikret", "Goran", "Hassan", "Ivan", "Jomo", "Karim", "Luis", "Milan", "Nasir", "Omar", "Pavel", "Rashid", "Samuel", "Tomas", "Viktor"]
POLICE = ["police", "{} police", "the {} security service", "border guards", "soldiers", "the {} National Guard", "masked men", "gendarmes", "the {} prosecutor's office",
          "a court in {}", "the {} Regional Court", "plainclothes officers", "the Interior Ministry", "rebels", "militia fighters", "prison guards", "investigators", "the military", "a mob", "two officers", "authorities in {}"]
BODIES = ["the {} Committee", "the {} Foundation", "the Union of {} Teachers", "the {} Party", "the {} Human Rights Centre", "the Ministry of Health", "the {} Association", "the city council of {}", "{} Watch", "the Lawyers' Guild of {}", "the University of {}", "the European Court"]
MEDIA = ["the {} Herald", "Radio {}", "{} Today", "the weekly {}"]
GROUPS = ["the two men", "dozens of protesters", "three students", "his relatives", "several villagers", "seven fishermen"]
WHEN = ["on Monday", "in March 2019", "last week", "on 4 May", "in 2016", "two years later", "at dawn", "that evening", "", "", "", "in early April", "after the vote"]
SLOT = re.compile(r"\{(\d):([a-z]+)('s)?\}|\[(\w+) ([\d-]) ([\d-]):([^\]]+)\]|<(\w+) ([\d-]):([^>]+)>")


class Story:
    """A story in the making: its cast, its text so far, and what it says."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.text, self.mentions, self.events, self.types, self.cast = chance, "", [], [], [], []
        self.people = [self.enter(self.person(), chance.choice(["person", "person", "official"])) for _ in range(chance.randint(2, 5))]
        self.last: int | None = None

    def word(self) -> str:
        return self.chance.choice(HEADS) + self.chance.choice(TAILS)

    def person(self) -> dict:
        woman = self.chance.random() < 0.45
        first = self.chance.choice(WOMEN if woman else MEN)
        return {"full": f"{first} {self.word()}", "woman": woman, "seen": False}

    def enter(self, entity: dict, kind: str) -> int:
        self.cast.append(entity)
        self.types.append(kind)
        return len(self.cast) - 1

    def new(self, kind: str) -> int:
        """An entity for a slot: a person of the cast, or a body, a place or a work, some of them met before."""
        if kind in {"p", "obj", "full", "he", "his", "him"}:
            return self.chance.choice(self.people)
        old = [i for i, e in enumerate(self.cast) if e.get("kind") == kind]
        if old and self.chance.random() < 0.5:
            return self.chance.choice(old)
        if kind == "place":
            return self.enter({"full": self.word() + self.chance.choice(["", "ia", "grad", "ville", " Valley"]), "kind": kind}, "place")
        if kind == "work":
            return self.enter({"full": self.chance.choice(["the channel {}", "the film {}", "the blog {}", "the newsletter {}"]).format(self.word()), "kind": kind}, "work")
        forms = {"police": POLICE, "body": BODIES, "bare": BODIES, "media": MEDIA, "group": GROUPS}[kind]
        name = self.chance.choice(forms).format(self.word())
        named = any(c.isupper() for c in name) or name in {"police", "the military"}
        return self.enter({"full": name, "kind": kind}, "organization" if named else "group")

    def sentence(self, template: str, roles: dict[str, int] | None = None, **event) -> None:
        """Add a sentence; `event` gives stance and speaker of what it says."""
        who = dict(roles or {})
        template = re.sub(r"\s+([.,])", r"\1", template)
        begin = len(self.text)
        used: set[int] = set()
        position = 0
        parts = []
        for match in SLOT.finditer(template):
            self.text += template[position:match.start()]
            position = match.end()
            number, kind, possessive, relation, subject, obj, words, literal, holder, value = match.groups()
            if number:
                if number not in who:
                    for _ in range(20):
                        who[number] = self.new(kind)
                        if who[number] not in {v for k, v in who.items() if k != number}:
                            break
                self.mention(who[number], kind, possessive or "", begin, used)
            elif relation:
                parts.append((relation, subject, obj, (len(self.text), len(self.text) + len(words)), None))
                self.text += words
            else:
                span = len(self.text), len(self.text) + len(value)
                parts.append((literal, holder, "-", span, span))
                self.text += value
        self.text += template[position:]
        self.text = self.text[:begin] + self.text[begin:begin + 1].upper() + self.text[begin + 1:] + " "
        for relation, subject, obj, span, literal in parts:
            if literal and relation not in {"position", "age", "said", "witnessed", "denied", "at_risk_from"}:
                continue
            if not literal and obj == "-":
                continue
            own = event if relation != "accused" or "accuse" not in self.text[slice(*span)] else {}
            self.events.append({"start": span[0], "end": span[1], "relation": relation, "literal": literal, "stance": own.get("stance", "asserted"),
                                "optional": False, "subject": [who[subject]] if subject in who else [], "object": [who[obj]] if obj in who else [],
                                "speaker": [own["speaker"]] if "speaker" in own else [], "place": []})

    def mention(self, entity: int, kind: str, possessive: str, begin: int, used: set[int]) -> None:
        cast = self.cast[entity]
        if "woman" in cast:
            pronoun = {"p": ("he", "she"), "obj": ("him", "her"), "he": ("he", "she"), "his": ("his", "her"), "him": ("him", "her")}.get(kind)
            if pronoun and possessive:
                pronoun = ("his", "her")
            if pronoun and (kind in {"he", "his", "him"} or (self.last == entity and entity not in used and self.chance.random() < 0.55)):
                used.add(entity)
                self.text += pronoun[cast["woman"]]
                return
            name = cast["full"].split()[-1] if cast["seen"] and kind != "full" and self.chance.random() < 0.8 else cast["full"]
            cast["seen"] = True
            if kind in {"p", "full"} and (not used or kind == "p"):
                self.last = entity
            used.add(entity)
        else:
            name = cast["full"]
            if kind == "bare":
                name = re.sub("^the ", "", name)
        bare = len("the ") if name.startswith("the ") else 0
        self.mentions.append((len(self.text) + bare, len(self.text) + len(name), self.types[entity], entity))
        self.text += name + possessive


def forms(verb: str) -> dict[str, str]:
    """base, past, pp and ing of "take|took|taken _ into custody" or of a regular verb, each with `_` for the object."""
    pieces = verb.split("|")
    if len(pieces) == 1:
        base = verb
        past = base + "d" if base.endswith("e") else base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeo" else base + base[-1] + "ed" if base in {"stab", "ban", "club"} else base + "ed"
        past = {"free": "freed"}.get(base, past)
        pieces = [base, past, past]
    rest = pieces[2].split(" ", 1)
    tail = " " + rest[1] if len(rest) > 1 else " _"
    if len(rest) > 1 and rest[0] in {"forcibly"}:
        return {"base": pieces[0] + " _", "past": pieces[1] + " _", "pp": pieces[2] + " _", "ing": "forcibly disappearing _"}
    if "_" not in tail:
        tail += " _"
    ing = pieces[0].removesuffix("e") + "ing" if pieces[0].endswith("e") and not pieces[0].endswith("ee") else pieces[0] + "ing"
    return {"base": pieces[0] + tail, "past": pieces[1].split(" ")[0] + tail, "pp": rest[0] + tail, "ing": ing + tail}


def marked(form: str, event: str, obj: str) -> str:
    """`took _ into custody` -> `[detained 1 2:took] {2:obj} into custody`."""
    head, tail = form.split(" ", 1)
    return f"[{event}:{head}] {tail.replace('_', obj)}"


def passive(form: str, event: str) -> str | None:
    """The passive without its object, where the verb takes it directly; None for "file a complaint with _"."""
    head, tail = form.split(" ", 1)
    if not tail.startswith("_"):
        return None
    return f"[{event}:{head}]{tail[1:]}"


def act(story: Story, chance: random.Random) -> None:
    """A sentence or two in which somebody does something to somebody, in one of the ways English has."""
    relation = chance.choice(sorted(PHRASES["act"]))
    entry = PHRASES["act"][relation]
    verb = forms(chance.choice(entry["verbs"]))
    subject = entry.get("subject") or chance.choice(["police", "police", "body", "p"])
    kind = entry.get("object", "obj")
    obj, event, when = f"{{2:{kind}}}", f"{relation} 1 2", chance.choice(WHEN)
    who, target = f"{{1:{subject}}}", "{2:p}" if kind == "obj" else f"{{2:{kind}}}"
    gone = passive(verb["pp"], event)
    nobody = passive(verb["pp"], f"{relation} - 2")
    speaker = chance.choice(story.people)
    bare = {k: v.replace("_", obj) for k, v in verb.items()}
    ways = [
        lambda: story.sentence(f"{who} {marked(verb['past'], event, obj)} {when}."),
        lambda: story.sentence(f"{who} {marked(verb['past'], event, obj)} {when}."),
        lambda: story.sentence(f"{when[:1].upper() + when[1:] or 'Then'}, {who} {marked(verb['past'], event, obj)}."),
        lambda: story.sentence(f"According to {{9:full}}, {who} {marked(verb['past'], event, obj)} {when}.", {"9": speaker}, speaker=speaker),
        lambda: story.sentence(f"{{9:p}} said {who} had {marked(verb['pp'], event, obj)} {when}.", {"9": speaker}, speaker=speaker),
        lambda: story.sentence(f"{who} allegedly {marked(verb['past'], event, obj)} {when}.", stance="alleged"),
        lambda: story.sentence(f"{{9:p}} [accused 9 1:accuses] {who} of {marked(verb['ing'], event, obj)}.", {"9": speaker}, speaker=speaker, stance="alleged"),
        lambda: story.sentence(f"{{9:p}} denied that {who} had {marked(verb['pp'], event, obj)}.", {"9": speaker}, speaker=speaker, stance="denied"),
        lambda: story.sentence(f"{who} is suspected of {marked(verb['ing'], event, obj)}.", stance="alleged"),
        lambda: story.sentence(f"It was {who} that {marked(verb['past'], event, obj)}."),
        lambda: story.sentence(f"{who}, which had {marked(verb['pp'], event, obj)}, gave no comment."),
        lambda: story.sentence(f"{who} went on to {marked(verb['base'], event, obj)}."),
    ]
    if gone:
        ways += [
            lambda: story.sentence(f"{target} was {gone} by {who} {when}."),
            lambda: story.sentence(f"{target} was {gone} by {who} {when}."),
            lambda: story.sentence(f"{target} was {nobody} {when}."),
            lambda: story.sentence(f"{target}, who was {gone} by {who} {when}, is well known here."),
            lambda: story.sentence(f"{target}, {nobody} {when}, has not been seen since."),
            lambda: story.sentence(f"{gone} by {who} {when}, {target} lost everything."),
            lambda: story.sentence(f"{target} says {{2:he}} was {gone} by {who}.", stance="asserted") if kind == "obj" else None,
            lambda: story.sentence(f"{target} has been {nobody} {when}."),
            lambda: story.sentence(f"{{9:p}} said that {target} had been {gone} by {who}.", {"9": speaker}, speaker=speaker),
            lambda: story.sentence(f"{target} was reportedly {nobody} {when}.", stance="alleged"),
        ]
        template = chance.choice(PHRASES["lines"]["unreal_passive"])
        ways += [lambda: story.sentence(template.replace("PP", verb["pp"].split("_")[0].strip() + verb["pp"].split("_")[1]))]
    template = chance.choice(PHRASES["lines"]["unreal"])
    filled = template.replace("PAST_PERFECT", bare["past"]).replace("PAST", bare["past"]).replace("BASE", bare["base"])
    ways += [lambda: story.sentence(filled)] * 3
    if entry["nouns"]:
        noun = chance.choice(entry["nouns"])
        ways += [
            lambda: story.sentence(f"The [{event}:{noun}] of {obj} by {who} shocked the town."),
            lambda: story.sentence(f"{{9:body}} protested against the [{relation} - 2:{noun}] of {obj}."),
            lambda: story.sentence(f"{{2:full's}} [{relation} - 2:{noun}] came {when or 'without warning'}.") if kind == "obj" else None,
        ]
    chance.choice(ways)()


def story(seed: int) -> dict:
    """One story of some 12 to 20 sentences in short paragraphs."""
    chance = random.Random(seed)
    made = Story(chance)
    for _ in range(chance.randint(12, 20)):
        pick = chance.random()
        if pick < 0.6:
            act(made, chance)
        elif pick < 0.9:
            made.sentence(chance.choice(PHRASES["lines"]["state"]).replace("{1:full's}", "{1:full}'s").replace("{2:full's}", "{2:full}'s"))
        else:
            made.sentence(chance.choice(PHRASES["lines"]["filler"]))
        if chance.random() < 0.25:
            made.text = made.text[:-1] + "\n"
    return {"id": f"made-up-{seed}", "text": made.text, "mentions": made.mentions, "events": made.events,
            "entities": [{"type": kind} for kind in made.types]}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("count", type=int)
    cli.add_argument("out", type=Path)
    args = cli.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as out:
        for seed in range(args.count):
            out.write(json.dumps(story(seed), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
