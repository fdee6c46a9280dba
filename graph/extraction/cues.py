"""Closed classes of English words that say how real something is, how sure the speaker is, and who controls an infinitive.

Grouped after the verb classes of Levin (1993) and the implicatives of Karttunen (1971).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Telling: the clause below is what somebody says, told as fact.
TELLING = _words("""
    say tell add state report announce declare note explain confirm recall recount relate describe admit confess concede acknowledge
    reveal disclose stress emphasize emphasise observe remark reply respond answer write testify establish find conclude rule
    reiterate repeat warn inform advise notify remember document point tweet post record show indicate learn point
    insist maintain argue comment mention publish hear determine reckon claim read detail complain cite quote whisper shout cry
""")
# Alleging: the clause below is hedged.
ALLEGING = _words("""
    claim allege suspect believe think assume suppose presume contend accuse suggest speculate rumour rumor suspect guess
    purport imply hint charge feel consider estimate fear understand
""")
ADMITTING = _words("admit confess concede acknowledge recognize recognise")
DENYING = _words("deny reject dispute refute rebut repudiate dismiss disclaim disavow contradict")
SPEECH = TELLING | ALLEGING | DENYING

# The clause or infinitive below did not (have to) happen.
WISHING = _words("""
    urge ask request demand call press pressure push appeal want wish hope fear worry intend plan threaten vow pledge promise offer
    propose suggest recommend advise order instruct command invite encourage beg implore plead refuse decline fail try attempt
    seek aim consider mull prepare agree decide hesitate expect anticipate need require allow permit enable entitle authorize
    authorise convince persuade tempt dare prefer like love hate warn forbid prohibit ban bar prevent stop discourage dissuade
    avoid risk delay postpone oppose resist neglect forget omit swear undertake choose volunteer struggle hurry wait apply
    petition campaign lobby move vote sue tell lure commission incite instigate hire pay bribe aspire shortlist nominate
    convince fight long yearn bid scheme conspire plot contemplate propose favour favor refrain abstain pretend signal prompt
    determine schedule set due mean design suppose slate poise entice direct task assign mandate trust trick imagine dream fantasize fantasise joke jest quip feign lie visualise visualize
""")
# Infinitives that did happen when the governing verb did.
IMPLICATIVE = _words("""
    manage begin start continue proceed cease help make force compel coerce get come go happen use see hear watch let cause lead keep
    oblige have induce remain stay finish resume admit succeed turn stop end serve bother condescend spend catch leave notice film
    feel find
""")
# Raising: "is said to have", "is believed to be" hedge; "is known to" does not.
RAISING_HEDGE = _words("say believe allege report rumour rumor suspect think understand claim presume suppose appear seem assume reckon repute")
RAISING_FACT = _words("know find see hear turn prove happen continue use show establish confirm go")
OBJECT_CONTROL = _words("""
    force compel coerce make get press pressure order tell ask urge help persuade allow permit instruct command oblige lead let
    see hear watch find catch film have leave keep cause induce require request invite encourage warn forbid threaten
""")

MODALS = _words("can could may might would should must shall will 'll ca wo")
HEDGING_ADVERBS = _words("allegedly reportedly apparently supposedly purportedly ostensibly presumably possibly probably perhaps seemingly likely maybe")
HEDGING_ADJECTIVES = _words("alleged suspected supposed purported apparent presumed reported putative possible claimed rumoured")
NEGATIONS = _words("not n't never neither nor no nobody none nothing hardly scarcely barely rarely without cannot")
NEGATIVE_SUBJECTS = _words("nobody none nothing noone neither no-one")
CONDITIONAL_MARKS = _words("if unless whether lest provided suppose supposing should otherwise")
UNREAL_NOUNS = _words("""
    threat plan bid attempt fear risk request demand call hope order warrant effort decision proposal refusal failure intention wish
    possibility prospect danger chance need right permission authority power ability opportunity duty appeal suggestion offer promise
    pledge vow campaign motion draft law bill petition application case event conspiracy plot willingness desire recommendation
    pressure deadline time way ban summons invitation idea option
""")
ALLEGING_NOUNS = _words("allegation accusation claim suspicion charge rumour rumor count suggestion belief hearsay")
TELLING_NOUNS = _words("report statement evidence testimony news announcement account finding fact confirmation proof conclusion")
UNREAL_ADJECTIVES = _words("""
    likely unlikely ready willing unwilling due able unable about afraid eager reluctant free set sure certain bound prepared keen
    possible impossible liable supposed scheduled poised determined anxious hesitant necessary
""")
FICTION = _words("novel novella fiction thriller fantasy dream nightmare parody satire hoax")
SAYING_NOUN_VERBS = _words("make issue release give")

PUNISHING = frozenset(
    "arrest detain jail imprison abduct torture torment beat punish persecute prosecute harass dismiss sack expel deport blacklist interrogate "
    "detention imprisonment torture beating punishment persecution prosecution harassment expulsion dismissal".split())
"""What is done to somebody "for" a deed, as verbs and nouns; a verdict is left out, as it says that the deed was done."""
